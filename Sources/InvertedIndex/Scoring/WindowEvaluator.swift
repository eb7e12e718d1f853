/// Walks a segment in windows of neighbouring documents: a bit for each document that matches, a sum for its score.
///
/// Each pattern's postings are unpacked once, in order, and boolean queries are operations on words of bits. The total is
/// exact because every match is seen.
struct WindowEvaluator {
  private let segment: SegmentReader
  private let formula: BM25
  private let weights: [Double]
  private var matches: [Matches]
  private let filters: [DocumentSet]
  // Of a query that takes windows:
  private var isScored: [Bool] = []
  private var windowBits: [[UInt64]?] = []  // by pattern, for the current window
  private var scores: [Double] = []  // one for each document of the window
  private var lower = 0
  private static let windowSize = 8192

  /// An evaluator for the patterns' matches in a segment, the weight of each, and what the query's filters let through.
  init(
    _ segment: SegmentReader, formula: BM25, matches: [Matches], weights: [Double], filters: [DocumentSet] = []
  ) {
    self.filters = filters
    self.segment = segment
    self.formula = formula
    self.matches = matches
    self.weights = weights
  }

  /// Offers all documents that `node` asks for to `sink`, and returns how many there are.
  mutating func collect(_ node: MatchNode, segmentIndex: Int, into sink: inout MatchSink) throws(IndexError) -> Int {
    if case .pattern(let index) = node {
      if sink.needsAll { return try collect(all: index, segmentIndex: segmentIndex, into: &sink) }
      return try collect(pattern: index, segmentIndex: segmentIndex, into: &sink.hits)
    }
    if case .all(let nodes) = node, let patterns = Self.patterns(nodes) {
      var evaluator = ConjunctionEvaluator(
        segment, formula: formula, matches: matches, weights: weights, patterns: patterns)
      return try evaluator.collect(segmentIndex: segmentIndex, into: &sink)
    }
    if case .any(let nodes) = node, let patterns = Self.patterns(nodes) {
      var evaluator = UnionEvaluator(
        segment, formula: formula, matches: matches, weights: weights, patterns: patterns)
      return try evaluator.collect(segmentIndex: segmentIndex, into: &sink)
    }
    var total = 0
    isScored = [Bool](repeating: false, count: matches.count)
    windowBits = [[UInt64]?](repeating: nil, count: matches.count)
    for index in node.scoredPatterns { isScored[index] = true }
    scores = [Double](repeating: 0, count: Self.windowSize)
    while lower < segment.documentCount {
      let bits = try evaluate(node, mayStop: true)
      for (index, found) in bits.enumerated() where found != 0 {
        let word = found & (sink.allowed.map { $0.words[lower / 64 + index] } ?? .max)
        sink.note(word, at: lower / 64 + index)
        total += word.nonzeroBitCount
        var rest = word
        while rest != 0 {
          let slot = index * 64 + rest.trailingZeroBitCount
          rest &= rest - 1
          sink.hits.insert(segment: segmentIndex, document: UInt32(lower + slot), score: scores[slot])
        }
      }
      clearWindow()
      lower += Self.windowSize
    }
    return total
  }

  /// Clears the scores of all documents that some pattern has matched.
  private mutating func clearWindow() {
    for index in windowBits.indices {
      for (place, word) in (windowBits[index] ?? []).enumerated() where isScored[index] && word != 0 {
        for slot in place * 64..<place * 64 + 64 { scores[slot] = 0 }
      }
      windowBits[index] = nil
    }
  }

  /// The same for one pattern alone: no window is needed.
  private mutating func collect(
    pattern index: Int, segmentIndex: Int, into hits: inout TopHits
  ) throws(IndexError) -> Int {
    let formula = self.formula
    let weight = weights[index]
    let lengths = segment.documents.lengths
    var seen = 0
    var sieve = BM25.Sieve(formula, weight: weight, threshold: hits.threshold)
    try unsafe matches[index].forEachRun(
      bound: { formula.bound(weight: weight, $0) }, mayCompete: { $0 > hits.threshold }
    ) { documents, frequencies in
      seen += documents.count
      for place in 0..<documents.count {
        let (document, frequency) = unsafe (documents[place], frequencies[place])
        let length = lengths[document]
        guard sieve.passes(frequency: frequency, length: length) else { continue }
        let score = formula.part(weight: weight, frequency: frequency, norm: formula.norm(length: length))
        hits.insertUnordered(segment: segmentIndex, document: document, score: score)
        if hits.threshold != sieve.threshold {
          sieve = BM25.Sieve(formula, weight: weight, threshold: hits.threshold)
        }
      }
    }
    return matches[index].documentFrequency ?? seen
  }

  /// The same where every document must be looked at, though not each be scored.
  private mutating func collect(
    all index: Int, segmentIndex: Int, into sink: inout MatchSink
  ) throws(IndexError) -> Int {
    let formula = self.formula
    let weight = weights[index]
    let lengths = segment.documents.lengths
    var hits = sink.hits
    sink.hits = TopHits(capacity: 0)  // handed over, not shared
    var total = 0
    try unsafe matches[index].forEachRun(
      bound: { formula.bound(weight: weight, $0) }, mayCompete: { $0 > hits.threshold },
      { documents, frequencies in
        total += unsafe sink.note(documents)
        for place in 0..<documents.count {
          let document = unsafe documents[place]
          guard sink.allows(document) else { continue }
          let norm = formula.norm(length: lengths[document])
          let score = unsafe formula.part(weight: weight, frequency: frequencies[place], norm: norm)
          hits.insertUnordered(segment: segmentIndex, document: document, score: score)
        }
      },
      rest: { documents in
        total += unsafe sink.note(documents)
      })
    sink.hits = hits
    return total
  }

  /// The documents of the window that a node asks for.
  ///
  /// - Parameter mayStop: whether nothing else depends on the node, so that the rest of a conjunction that has already come
  ///   to nothing need not be looked at. Elsewhere it must be: a document's score is the sum over all patterns it matches.
  private mutating func evaluate(_ node: MatchNode, mayStop: Bool) throws(IndexError) -> [UInt64] {
    switch node {
    case .pattern(let index): return try evaluate(pattern: index)
    case .filter(let index): return words(of: filters[index])
    case .all(let nodes):
      var bits = try evaluate(nodes[0], mayStop: mayStop)
      for node in nodes.dropFirst() {
        if mayStop && Self.isEmpty(bits) { break }
        let other = try evaluate(node, mayStop: false)
        for index in bits.indices { bits[index] &= other[index] }
      }
      return bits
    case .any(let nodes):
      var bits = [UInt64](repeating: 0, count: Self.windowSize / 64)
      for node in nodes {
        let other = try evaluate(node, mayStop: false)
        for index in bits.indices { bits[index] |= other[index] }
      }
      return bits
    case .without(let node, let excluded):
      var bits = try evaluate(node, mayStop: mayStop)
      if mayStop && Self.isEmpty(bits) { return bits }
      let other = try evaluate(excluded, mayStop: false)
      for index in bits.indices { bits[index] &= ~other[index] }
      return bits
    case .boosted(let node, let boost):
      let bits = try evaluate(node, mayStop: mayStop)
      if mayStop && Self.isEmpty(bits) { return bits }
      _ = try evaluate(boost, mayStop: false)
      return bits
    }
  }

  /// The documents of a set in the window.
  private func words(of set: DocumentSet) -> [UInt64] {
    let start = min(lower / 64, set.words.count)
    let words = set.words[start..<min(start + Self.windowSize / 64, set.words.count)]
    return words + [UInt64](repeating: 0, count: Self.windowSize / 64 - words.count)
  }

  /// The patterns of nodes that are nothing else.
  private static func patterns(_ nodes: [MatchNode]) -> [Int]? {
    var patterns: [Int] = []
    for node in nodes {
      guard case .pattern(let index) = node else { return nil }
      patterns.append(index)
    }
    return patterns
  }

  private static func isEmpty(_ bits: [UInt64]) -> Bool { !bits.contains { $0 != 0 } }

  /// The documents of a pattern, and, unless it only takes away, its part of their scores.
  private mutating func evaluate(pattern index: Int) throws(IndexError) -> [UInt64] {
    if let bits = windowBits[index] { return bits }
    var bits = [UInt64](repeating: 0, count: Self.windowSize / 64)
    let range = UInt32(lower)..<UInt32(min(lower + Self.windowSize, segment.documentCount))
    let isScored = self.isScored[index]
    let formula = self.formula
    let weight = weights[index]
    let lengths = segment.documents.lengths
    let lowest = Int(range.lowerBound)
    // SAFETY: all documents of a run lie in `range`, as wide as the window that bits and scores are for.
    var failure: IndexError?
    unsafe bits.withUnsafeMutableBufferPointer { bits in
      unsafe scores.withUnsafeMutableBufferPointer { scores in
        do throws(IndexError) {
          try unsafe matches[index].forEachRun(in: range) { documents, frequencies in
            for place in 0..<documents.count {
              let slot = unsafe Int(documents[place]) &- lowest
              unsafe bits[slot >> 6] |= 1 << UInt64(truncatingIfNeeded: slot & 63)
              guard isScored else { continue }
              let norm = unsafe formula.norm(length: lengths[documents[place]])
              unsafe scores[slot] += formula.part(weight: weight, frequency: frequencies[place], norm: norm)
            }
          }
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
    windowBits[index] = bits
    return bits
  }
}
