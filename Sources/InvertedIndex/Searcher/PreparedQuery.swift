/// A query understood, its patterns found in every segment and weighed.
struct PreparedQuery {
  /// Patterns and how they are joined.
  let plan: QueryPlan
  /// How many documents hold each pattern.
  let documentFrequencies: [Int]
  /// What each pattern's saturation is multiplied by: idf × multiplicity.
  let weights: [Double]
  /// What the answer should say about the query.
  let notes: [String]
  /// The formula.
  let formula: BM25

  private let snapshot: Snapshot
  private let matches: [[Matches]]  // by segment, then by pattern

  /// The default ranking's k1 and b, and those of plain BM25 unless it says otherwise.
  static let defaultParameters = (k1: 1.2, b: 0.75)

  init(_ request: SearchRequest, _ snapshot: Snapshot) throws {
    let length = request.query.unicodeScalars.count
    guard length > 0 else { throw QueryError.empty }
    guard length <= QuerySyntax.longestQuery else {
      throw QueryError.tooLong(length: length, limit: QuerySyntax.longestQuery)
    }
    var parser = QueryParser(request.query, fieldNames: snapshot.fieldNames)
    let syntax = try parser.parse(isStrict: request.strict)
    plan = QueryPlan(syntax, joinsWords: request.ranking == .default)
    notes = syntax.notes
    self.snapshot = snapshot

    var matches: [[Matches]] = []
    var frequencies = [Int](repeating: 0, count: plan.patterns.count)
    for segment in snapshot.segments {
      let matcher = PatternMatcher(segment)
      var found: [Matches] = []
      for (index, pattern) in plan.patterns.enumerated() {
        let result = try matcher.matches(of: pattern)
        frequencies[index] += result.documentFrequency
        found.append(result)
      }
      matches.append(found)
    }
    self.matches = matches
    documentFrequencies = frequencies

    var parameters = Self.defaultParameters
    if case .bm25(let k1, let b) = request.ranking { parameters = (k1, b) }
    let formula = BM25(
      k1: parameters.k1, b: parameters.b, documentCount: snapshot.documentCount, totalLength: snapshot.totalLength)
    self.formula = formula
    weights = zip(frequencies, plan.multiplicities).map { formula.idf(documentFrequency: $0) * Double($1) }
  }

  /// The best `capacity` documents and how many match in all.
  func topHits(capacity: Int) throws(IndexError) -> (hits: [TopHits.Entry], total: Int) {
    var hits = TopHits(capacity: capacity)
    var total = 0
    guard let root = plan.root else { return ([], 0) }
    for (index, segment) in snapshot.segments.enumerated() {
      var evaluator = WindowEvaluator(segment, formula: formula, matches: matches[index], weights: weights)
      total += try evaluator.collect(root, segmentIndex: index, into: &hits)
    }
    return (hits.sorted(), total)
  }

  /// How often each pattern stands in a document, 0 where it does not.
  func frequencies(ofDocument document: UInt32, inSegment segment: Int) throws(IndexError) -> [UInt32] {
    var result: [UInt32] = []
    for pattern in matches[segment] {
      var found: UInt32 = 0
      var copy = pattern
      try copy.forEach(in: document..<document + 1) { _, frequency in found = frequency }
      result.append(found)
    }
    return result
  }
}
