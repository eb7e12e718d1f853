/// What `GET /search` may be asked, checked.
public struct SearchParameters: Equatable, Sendable {
  /// How hits are ordered.
  public enum Ranking: Equatable, Sendable {
    /// As the engine thinks best.
    case `default`
    /// Plain BM25 with these constants.
    case bm25(k1: Double, b: Double)
  }

  /// The longest query, in Unicode scalars.
  public static let maximumQueryLength = 1000
  /// The most hits in one answer.
  public static let maximumLimit = 1000
  /// The most hits that can be passed over.
  public static let maximumOffset = 1_000_000_000

  /// What is searched for.
  public var query: String
  /// How many hits are wanted at most.
  public var limit = 10
  /// How many hits come before the first that is wanted.
  public var offset = 0
  /// Whether hits bring pieces of their text.
  public var snippets = true
  /// How hits are ordered.
  public var ranking = Ranking.default
  /// Whether an operator that cannot be one is an error instead of text.
  public var strict = false

  /// A search for `query`, everything else as usual.
  public init(query: String) {
    self.query = query
  }

  /// Reads the parameters of a target's query; those with other names are ignored.
  ///
  /// - Throws: the ``ProblemDocument`` of the first that is wrong.
  public init(_ parameters: QueryParameters) throws(ProblemDocument) {
    guard let query = try parameters.value(of: "q"), !query.isEmpty else {
      throw ProblemDocument(.queryMissing, "Say with q=… what to search for.")
    }
    self.init(query: query)
    try Self.checkLength(of: query)
    limit = try Self.number("limit", in: parameters, maximum: Self.maximumLimit, beyond: .limitOutOfRange) ?? limit
    offset = try Self.number("offset", in: parameters, maximum: Self.maximumOffset, beyond: .offsetOutOfRange) ?? offset
    snippets = try Self.choice("snippets", in: parameters, [("0", false), ("1", true)]) ?? snippets
    strict = try Self.choice("syntax", in: parameters, [("strict", true)]) ?? strict
    ranking = try Self.ranking(parameters)
  }

  /// - Throws: `query_too_long` for more than ``maximumQueryLength`` Unicode scalars.
  public static func checkLength(of query: String) throws(ProblemDocument) {
    if query.utf8.count <= maximumQueryLength { return }  // a scalar has a byte at least
    let length = query.unicodeScalars.count
    guard length <= maximumQueryLength else {
      throw ProblemDocument(.queryTooLong, "q has \(length) characters; \(maximumQueryLength) are the most.")
    }
  }

  /// The target that asks this: `/search?q=…`, with only those parameters that differ from what is usual.
  public var target: String {
    var target = Route.search.encodedPath + "?q=" + PercentEncoding.encode(query)
    let usual = SearchParameters(query: query)
    if limit != usual.limit { target += "&limit=\(limit)" }
    if offset != usual.offset { target += "&offset=\(offset)" }
    if !snippets { target += "&snippets=0" }
    if case .bm25(let k1, let b) = ranking { target += "&rank=bm25&k1=\(k1)&b=\(b)" }
    if strict { target += "&syntax=strict" }
    return target
  }

  private static func ranking(_ parameters: QueryParameters) throws(ProblemDocument) -> Ranking {
    let k1 = try constant("k1", in: parameters, range: 0...1_000_000, "a number from 0 to 1000000")
    let b = try constant("b", in: parameters, range: 0...1, "a number from 0 to 1")
    switch try parameters.value(of: "rank") {
    case "bm25": return .bm25(k1: k1 ?? 1.2, b: b ?? 0.75)
    case nil where k1 == nil && b == nil: return .default
    case nil: throw ProblemDocument(.invalidParameter, "k1 and b go with rank=bm25.")
    case .some: throw ProblemDocument(.unknownRanking, "rank can only be bm25.")
    }
  }

  private static func number(
    _ name: String, in parameters: QueryParameters, maximum: Int, beyond code: ErrorCode
  ) throws(ProblemDocument) -> Int? {
    guard let text = try parameters.value(of: name) else { return nil }
    guard !text.isEmpty, text.utf8.allSatisfy(\.isDigitByte), let number = Int(text), number <= maximum else {
      throw ProblemDocument(code, "\(name) is a whole number from 0 to \(maximum), not '\(text)'.")
    }
    return number
  }

  private static func constant(
    _ name: String, in parameters: QueryParameters, range: ClosedRange<Double>, _ expected: String
  ) throws(ProblemDocument) -> Double? {
    guard let text = try parameters.value(of: name) else { return nil }
    // Double would also take "inf", "nan" and hexadecimal.
    guard text.utf8.allSatisfy({ $0.isDigitByte || ".eE+-".utf8.contains($0) }), let number = Double(text),
      range.contains(number)
    else {
      throw ProblemDocument(.invalidParameter, "\(name) is \(expected), not '\(text)'.")
    }
    return number
  }

  private static func choice(
    _ name: String, in parameters: QueryParameters, _ choices: [(text: String, value: Bool)]
  ) throws(ProblemDocument) -> Bool? {
    guard let text = try parameters.value(of: name) else { return nil }
    for choice in choices where choice.text == text { return choice.value }
    let names = choices.map(\.text).joined(separator: " or ")
    throw ProblemDocument(.invalidParameter, "\(name) can only be \(names), not '\(text)'.")
  }
}
