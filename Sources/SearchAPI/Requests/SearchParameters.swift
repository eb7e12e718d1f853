/// What `GET /search` may be asked, checked.
public struct SearchParameters: Equatable, Sendable {
  /// How hits are scored.
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

  /// What is searched for; empty when filters alone decide.
  public var query: String
  /// What hits must have in their fields: filters of one field are alternatives, and each field must have one that holds.
  public var filters: [FieldFilter] = []
  /// The fields whose values are counted over all hits, without commas in their names.
  public var facets: [String] = []
  /// How many values of each facet are wanted at most.
  public var facetLimit = 20
  /// How hits are ordered.
  public var sort = Sort.relevance
  /// What lifts documents a little, beside how well they fit.
  public var preferences: [Preference] = []
  /// How many hits are wanted at most.
  public var limit = 10
  /// How many hits come before the first that is wanted.
  public var offset = 0
  /// Whether hits bring pieces of their text.
  public var snippets = true
  /// How hits are scored.
  public var ranking = Ranking.default
  /// Whether an operator that cannot be one is an error instead of text.
  public var strict = false
  /// Whether each hit says what its score is made of.
  public var explain = false
  /// Whether synonyms of what is typed are looked for, too.
  public var synonyms = true

  /// A search for `query`, everything else as usual.
  public init(query: String) {
    self.query = query
  }

  /// Reads the parameters of a target's query; those with other names are ignored.
  ///
  /// - Throws: the ``ProblemDocument`` of the first that is wrong.
  public init(_ parameters: QueryParameters) throws(ProblemDocument) {
    self.init(query: try parameters.value(of: "q") ?? "")
    let filters = parameters.values(of: "filter")
    guard !query.isEmpty || !filters.isEmpty else {
      throw ProblemDocument(.queryMissing, "Say with q=… what to search for, or with filter=… what to list.")
    }
    try Self.checkLength(of: query)
    self.filters = try Self.filters(filters)
    facets = try Self.facets(parameters.values(of: "facet"))
    facetLimit =
      try Self.number("facet_limit", in: parameters, 1...Self.maximumFacetLimit, beyond: .invalidParameter)
      ?? facetLimit
    sort = try Self.choice("sort", in: parameters, Sort.allCases.map { ($0.rawValue, $0) }) ?? sort
    if let text = try parameters.value(of: "prefer") { preferences = try Self.preferences(text) }
    limit = try Self.number("limit", in: parameters, 0...Self.maximumLimit, beyond: .limitOutOfRange) ?? limit
    offset = try Self.number("offset", in: parameters, 0...Self.maximumOffset, beyond: .offsetOutOfRange) ?? offset
    snippets = try Self.choice("snippets", in: parameters, [("0", false), ("1", true)]) ?? snippets
    strict = try Self.choice("syntax", in: parameters, [("strict", true)]) ?? strict
    explain = try Self.choice("explain", in: parameters, [("0", false), ("1", true)]) ?? explain
    synonyms = try Self.choice("synonyms", in: parameters, [("0", false), ("1", true)]) ?? synonyms
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
    let usual = SearchParameters(query: query)
    var pairs = query.isEmpty && !filters.isEmpty ? [] : ["q=" + PercentEncoding.encode(query)]
    pairs += filters.map { "filter=" + PercentEncoding.encode($0.text) }
    pairs += facets.map { "facet=" + PercentEncoding.encode($0) }
    if facetLimit != usual.facetLimit { pairs.append("facet_limit=\(facetLimit)") }
    if sort != usual.sort { pairs.append("sort=\(sort.rawValue)") }
    if !preferences.isEmpty { pairs.append("prefer=" + preferences.map(\.rawValue).joined(separator: ",")) }
    if limit != usual.limit { pairs.append("limit=\(limit)") }
    if offset != usual.offset { pairs.append("offset=\(offset)") }
    if !snippets { pairs.append("snippets=0") }
    if case .bm25(let k1, let b) = ranking { pairs.append("rank=bm25&k1=\(k1)&b=\(b)") }
    if strict { pairs.append("syntax=strict") }
    if explain { pairs.append("explain=1") }
    if !synonyms { pairs.append("synonyms=0") }
    return Route.search.encodedPath + "?" + pairs.joined(separator: "&")
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

  /// A whole number in a range; nil when the parameter is not there.
  static func number(
    _ name: String, in parameters: QueryParameters, _ range: ClosedRange<Int>, beyond code: ErrorCode
  ) throws(ProblemDocument) -> Int? {
    guard let text = try parameters.value(of: name) else { return nil }
    guard !text.isEmpty, text.utf8.allSatisfy(\.isDigitByte), let number = Int(text), range.contains(number) else {
      throw ProblemDocument(
        code, "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'.")
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

  private static func choice<Value>(
    _ name: String, in parameters: QueryParameters, _ choices: [(text: String, value: Value)]
  ) throws(ProblemDocument) -> Value? {
    guard let text = try parameters.value(of: name) else { return nil }
    for choice in choices where choice.text == text { return choice.value }
    let names = choices.map(\.text).joined(separator: " or ")
    throw ProblemDocument(.invalidParameter, "\(name) can only be \(names), not '\(text)'.")
  }
}
