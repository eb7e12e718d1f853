/// What `GET /suggest` may be asked, checked.
public struct SuggestParameters: Equatable, Sendable {
  /// The most suggestions in one answer.
  public static let maximumLimit = 100

  /// What was typed so far.
  public var query: String
  /// How many suggestions are wanted at most.
  public var limit = 10

  /// Suggestions for `query`, as many as usual.
  public init(query: String) { self.query = query }

  /// Reads the parameters of a target's query; those with other names are ignored.
  ///
  /// - Throws: the ``ProblemDocument`` of the first that is wrong.
  public init(_ parameters: QueryParameters) throws(ProblemDocument) {
    self.init(query: try parameters.value(of: "q") ?? "")
    guard !query.isEmpty else { throw ProblemDocument(.queryMissing, "Say with q=… what was typed.") }
    try SearchParameters.checkLength(of: query)
    limit =
      try SearchParameters.number("limit", in: parameters, 1...Self.maximumLimit, beyond: .limitOutOfRange) ?? limit
  }

  /// The target that asks this.
  public var target: String {
    let usual = SuggestParameters(query: query)
    let further = limit == usual.limit ? "" : "&limit=\(limit)"
    return Route.suggestions.encodedPath + "?q=" + PercentEncoding.encode(query) + further
  }
}
