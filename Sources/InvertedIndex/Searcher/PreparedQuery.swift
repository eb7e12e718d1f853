/// A query understood, its patterns found in every segment and weighed.
struct PreparedQuery: ~Copyable {
  /// Patterns and how they are joined.
  let plan: QueryPlan
  /// How many documents each pattern is taken to stand in: those that match, or those of a phrase's rarest bigram or word.
  let documentFrequencies: [Int]
  /// How much the query asks for each pattern.
  let factors: [Double]
  /// What each pattern's saturation is multiplied by: idf × factor.
  let weights: [Double]
  /// What the answer should say about the query.
  let notes: [String]
  /// What is not counted everywhere, by pattern.
  let hosts: [Int: HostedTerm]
  /// What the plan's filters let through.
  let filters: [DocumentSelection]
  /// The formula.
  let formula: BM25

  private let snapshot: Snapshot
  private var matches: [[Matches]]  // by segment, then by pattern

  /// The default ranking's k1 and b.
  private static let defaultParameters = (k1: 0.9, b: 0.75)
  /// From this length on the default ranking takes lengths by their square roots.
  private static let defaultKnee = 800.0

  /// - Parameter capacity: where it is given, nothing will be asked for but so many of the best, and the total.
  init(_ request: SearchRequest, _ snapshot: Snapshot, onlyBest capacity: Int? = nil) throws {
    var (plan, notes) = try Self.plan(request, snapshot)
    let hosted = try plan.takeHosts { (bigram) throws(IndexError) in try snapshot.freeOccurrences(of: bigram) }
    let filters = try plan.filters.map { filter throws(IndexError) in try snapshot.selection(of: filter) }
    var parameters = Self.defaultParameters
    if case .bm25(let k1, let b) = request.ranking { parameters = (k1, b) }
    let formula = BM25(
      k1: parameters.k1, b: parameters.b, knee: request.ranking == .default ? Self.defaultKnee : .infinity,
      documentCount: snapshot.documentCount, totalLength: snapshot.totalLength)

    var found: [[FoundPattern]] = []
    found.reserveCapacity(snapshot.segments.count)
    for (number, segment) in snapshot.segments.enumerated() {
      let matcher = PatternMatcher(segment)
      found.append([])
      found[found.count - 1].reserveCapacity(plan.patterns.count)
      if let capacity, plan.patterns.count == 1, plan.root == .pattern(0), hosted.isEmpty {
        var filter = BestMatches(formula, lengths: segment.documents.lengths, capacity: capacity)
        found[found.count - 1].append(try matcher.matches(of: plan.patterns[0], keeping: &filter))
        continue
      }
      for (index, pattern) in plan.patterns.enumerated() {
        if !hosted.isEmpty, let bigram = hosted[index] {
          found[number].append(FoundPattern(matches: .list(bigram.free[number]), termFrequencies: []))
        } else {
          found[number].append(try matcher.matches(of: pattern))
        }
      }
    }
    let frequencies = plan.patterns.indices.map { index in Self.documentFrequency(of: found.lazy.map { $0[index] }) }
    var factors = plan.text.factors(
      documentFrequencies: frequencies, documentCount: snapshot.documentCount, idf: formula.idf)
    var weights: [Double] = []
    weights.reserveCapacity(factors.count)
    for index in factors.indices {
      factors[index] += Double(plan.multiplicities[index])
      weights.append(formula.idf(documentFrequency: frequencies[index]) * factors[index])
    }
    self.plan = plan
    self.documentFrequencies = frequencies
    self.factors = factors
    self.weights = weights
    self.notes = notes
    hosts = hosted.isEmpty ? [:] : hosted.mapValues(\.report)
    self.filters = filters
    self.formula = formula
    self.snapshot = snapshot
    matches = found.map { $0.map(\.matches) }
  }

  /// The document frequency that a pattern is weighed by: its own, or that of a phrase's rarest bigram or word, which is known
  /// without looking for the phrase.
  private static func documentFrequency(of segments: some Collection<FoundPattern>) -> Int {
    guard let termCount = segments.first?.termFrequencies.count, termCount > 0 else {
      return segments.reduce(0) { $0 + ($1.matches.documentFrequency ?? 0) }
    }
    return (0..<termCount).map { term in segments.reduce(0) { $0 + $1.termFrequencies[term] } }.min() ?? 0
  }

  /// The query understood, and what is to be said about it.
  private static func plan(
    _ request: SearchRequest, _ snapshot: Snapshot
  ) throws(QueryError) -> (plan: QueryPlan, notes: [String]) {
    if request.query.isEmpty, !request.filters.isEmpty {
      return (.all(of: request.filters.contains(.records) ? .records : .everything), [])
    }
    try checkLength(of: request.query)
    let syntax = try syntax(request, snapshot)
    let plan = QueryPlan(
      syntax, isPlain: request.ranking != .default, clauses: request.clauses,
      body: request.searchedField.map { .field($0) } ?? .body, synonyms: request.synonyms,
      hosts: snapshot.hosts)
    return (plan, syntax.notes)
  }

  private static func syntax(_ request: SearchRequest, _ snapshot: Snapshot) throws(QueryError) -> QuerySyntax {
    if let syntax = QuerySyntax(mereText: request.query) { return syntax }
    let names = request.clauses.map { snapshot.fieldNames.union($0.names) } ?? snapshot.fieldNames
    var parser = QueryParser(request.query, fieldNames: names)
    return try parser.parse(isStrict: request.strict)
  }

  private static func checkLength(of query: String) throws(QueryError) {
    guard !query.isEmpty else { throw .empty }
    if query.utf8.count <= QuerySyntax.longestQuery { return }  // a scalar has a byte at least
    let length = query.unicodeScalars.count
    guard length <= QuerySyntax.longestQuery else { throw .tooLong(length: length, limit: QuerySyntax.longestQuery) }
  }

  /// What a walk over all segments brings.
  struct Found {
    /// The best documents, best first.
    var entries: [TopHits.Entry] = []
    /// How many match in all.
    var total = 0
    /// By segment, all that match; nothing when nobody asked.
    var seen: [DocumentSet] = []
  }

  /// The best `capacity` documents that rank behind `last`, and how many match in all.
  ///
  /// It uses the matches up: nothing can be asked of them afterwards.
  ///
  /// - Parameter allowed: which documents may be hits; nil when all may.
  /// - Parameter isCollecting: whether all matches are wanted.
  mutating func find(
    capacity: Int, behind last: TopHits.Entry? = nil, allowed: DocumentSelection? = nil, isCollecting: Bool = false
  ) throws(IndexError) -> Found {
    var found = Found()
    guard let root = plan.root else { return found }
    let (rest, allowed) = try withoutFilters(root, allowed)
    var sink = MatchSink(hits: TopHits(capacity: capacity, behind: last), isCollecting: isCollecting)
    for (index, segment) in snapshot.segments.enumerated() {
      // Handed over, not shared: what the evaluator moves would otherwise be copied first.
      var handed: [Matches] = []
      swap(&handed, &matches[index])
      // Of filters alone, what they let through is the answer.
      let sets = filters.map { $0.sets[index] } + (rest == nil ? allowed.map { [$0.sets[index]] } ?? [] : [])
      var evaluator = WindowEvaluator(segment, formula: formula, matches: handed, weights: weights, filters: sets)
      sink.begin(documentCount: segment.documentCount, allowed: allowed?.sets[index])
      found.total += try evaluator.collect(rest ?? .filter(sets.count - 1), segmentIndex: index, into: &sink)
      if let seen = sink.seen { found.seen.append(seen) }
    }
    found.entries = sink.hits.sorted()
    return found
  }

  /// What the root asks for but for filters that all documents must pass, and the documents that pass these.
  private func withoutFilters(
    _ root: MatchNode, _ allowed: DocumentSelection?
  ) throws(IndexError) -> (rest: MatchNode?, allowed: DocumentSelection?) {
    var (required, excluded): ([Int], [Int]) = ([], [])
    let rest = root.takingOutFilters(&required, &excluded)
    var allowed = required.map { filters[$0] }.reduce(allowed) { $0?.intersection($1) ?? $1 }
    if !excluded.isEmpty {
      if allowed == nil { allowed = try snapshot.selection(of: .everything) }
      allowed = excluded.reduce(allowed) { $0?.subtracting(filters[$1]) }
    }
    return (rest, allowed)
  }

  /// Which parts of the text documents have together; nil for a query of one part or too many, and for one that is more than
  /// text and filters.
  ///
  /// - Parameter allowed: which documents may be hits; nil when all may.
  func coverage(allowed: DocumentSelection?) throws(IndexError) -> PartCoverage? {
    guard plan.text.texts.count == 1, plan.text.terms.count > 1, let root = plan.root else { return nil }
    let (rest, allowed) = try withoutFilters(root, allowed)
    guard case .any? = rest, plan.multiplicities.allSatisfy({ $0 == 0 }) else { return nil }
    let parts = plan.text.parts(plan.patterns, documentFrequencies: documentFrequencies, weights: weights)
    if parts.isEmpty { return nil }
    return try PartCoverage(parts, matches: matches, in: snapshot.segments, allowed: allowed)
  }

  /// What scores the best documents once more; nil where the query has too little text.
  func candidateScorer() throws(IndexError) -> CandidateScorer? {
    var frequencies: [UInt32: Int] = [:]
    guard plan.text.terms.count > 1 else { return nil }
    for scalar in plan.text.characters.keys where !FunctionCharacters.contains(scalar) {
      frequencies[scalar] = try snapshot.documentFrequency(ofCharacter: scalar)
    }
    return CandidateScorer(
      plan, weights: weights, characterFrequencies: frequencies, formula: formula, texts: snapshot.candidateTexts)
  }

  /// How often each pattern stands in a document, 0 where it does not.
  ///
  /// It uses the segment's matches up, as ``topHits(capacity:)`` does.
  mutating func frequencies(ofDocument document: UInt32, inSegment segment: Int) throws(IndexError) -> [UInt32] {
    var result: [UInt32] = []
    for index in matches[segment].indices {
      var found: UInt32 = 0
      try matches[segment][index].forEach(in: document..<document + 1) { _, frequency in found = frequency }
      result.append(found)
    }
    return result
  }
}
