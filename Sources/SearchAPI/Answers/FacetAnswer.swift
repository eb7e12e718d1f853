/// One member of `facets`: the values of a field among all hits, and how many hits have each.
public struct FacetAnswer: Equatable, Sendable {
  /// The field's name, which is the member's key.
  public var field: String
  /// The values wanted, in order.
  public var values: [FacetValue]
  /// How many further values there are, which the limit left out.
  public var more: Int

  /// Puts a facet together.
  public init(field: String, values: [FacetValue], more: Int) {
    self.field = field
    self.values = values
    self.more = more
  }

  /// What stands behind the key.
  fileprivate struct Content: Codable {
    let values: [FacetValue]
    let more: Int
  }
}

/// A value of a field, and how many hits have it.
public struct FacetValue: Codable, Equatable, Sendable {
  /// The value.
  public var value: String
  /// The number of hits.
  public var count: Int

  /// Puts a value and its count together.
  public init(value: String, count: Int) {
    self.value = value
    self.count = count
  }
}

extension KeyedEncodingContainer<AnswerKey> {
  /// Encodes the members of `facets`.
  mutating func encode(facets: [FacetAnswer]) throws {
    for facet in facets {
      try encode(FacetAnswer.Content(values: facet.values, more: facet.more), forKey: AnswerKey(facet.field))
    }
  }
}

extension KeyedDecodingContainer<AnswerKey> {
  /// Decodes the members of `facets`, by name.
  func decodeFacets() throws -> [FacetAnswer] {
    try allKeys.map(\.stringValue).sorted().map { field in
      let content = try decode(FacetAnswer.Content.self, forKey: AnswerKey(field))
      return FacetAnswer(field: field, values: content.values, more: content.more)
    }
  }
}
