/// One of `cites`: what a document says of another.
public struct CitationAnswer: Codable, Equatable, Sendable {
  /// `basis`, `implements`, `repeals`, `amends` or `mentions`.
  public var relation: String
  /// What the other is called there: its number, or its title in 《》.
  public var name: String
  /// The documents of the index that are called so.
  public var documents: [DocumentReference]

  /// Whether no document of the index is called so; the key is there only when it is true.
  public var isUnresolved: Bool { documents.isEmpty }

  private enum CodingKeys: String, CodingKey {
    case relation, name, documents
  }

  /// Puts a citation together.
  public init(relation: String, name: String, documents: [DocumentReference]) {
    self.relation = relation
    self.name = name
    self.documents = documents
  }

  /// Writes a citation, with `"unresolved":true` where it leads nowhere.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnswerKey.self)
    try container.encode(relation, forKey: AnswerKey("relation"))
    try container.encode(name, forKey: AnswerKey("name"))
    try container.encode(documents, forKey: AnswerKey("documents"))
    if isUnresolved { try container.encode(true, forKey: AnswerKey("unresolved")) }
  }
}

/// One of `cited_by`: a document that cites, and to what end.
public struct CitingAnswer: Codable, Equatable, Sendable {
  /// `basis`, `implements`, `repeals`, `amends` or `mentions`.
  public var relation: String
  /// The document that cites.
  public var document: DocumentReference

  /// Puts a citation together.
  public init(relation: String, document: DocumentReference) {
    self.relation = relation
    self.document = document
  }
}
