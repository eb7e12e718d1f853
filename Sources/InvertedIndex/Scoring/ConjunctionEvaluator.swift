/// Finds the best documents that match several patterns, all of them, and counts these.
///
/// The lists of all terms, those of phrases as well, are walked together: the shortest leads, the others gallop after it.
/// Phrases are looked for in documents that have every term of the query, the one with the rarest term first.
struct ConjunctionEvaluator {
  private let segment: SegmentReader
  private let formula: BM25
  private var lists: [MatchList] = []
  private var terms: [PatternTerm] = []  // those of a phrase one behind the other
  private var phrases: [Phrase] = []  // in the same order
  private let weights: [Double]  // in the order of the query
  private var frequencies: [UInt32]
  private let listPlaces: [Int]  // where in the query each list comes from
  private var verifier = PhraseVerifier()

  /// The terms of a pattern.
  private struct Phrase {
    let terms: Range<Int>
    let place: Int  // in the query
  }

  /// An evaluator for some of a segment's matches, at least one, and the weight of each.
  init(_ segment: SegmentReader, formula: BM25, matches: [Matches], weights: [Double], patterns: [Int]) {
    precondition(!patterns.isEmpty, "a conjunction of nothing")
    self.segment = segment
    self.formula = formula
    self.weights = patterns.map { weights[$0] }
    frequencies = [UInt32](repeating: 0, count: patterns.count)
    var found: [(terms: [PatternTerm], place: Int)] = []
    var listPlaces: [Int] = []
    for (place, pattern) in patterns.enumerated() {
      switch matches[pattern] {
      case .list(let list):
        lists.append(list)
        listPlaces.append(place)
      case .terms(let cursors): found.append((cursors.terms, place))
      }
    }
    self.listPlaces = listPlaces
    found.sort { ($0.terms[0].cursor.documentFrequency, $0.place) < ($1.terms[0].cursor.documentFrequency, $1.place) }
    for item in found {
      phrases.append(Phrase(terms: terms.count..<terms.count + item.terms.count, place: item.place))
      terms += item.terms
    }
  }

  /// Offers all documents to `sink`, and returns how many there are.
  mutating func collect(segmentIndex: Int, into sink: inout MatchSink) throws(IndexError) -> Int {
    var failure: IndexError?
    var handed: [PatternTerm] = []
    swap(&handed, &terms)
    let total = unsafe handed.withUnsafeMutableBufferPointer { terms in
      do throws(IndexError) {
        return unsafe try collect(terms, segmentIndex, into: &sink)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return total
  }

  private mutating func collect(
    _ terms: UnsafeMutableBufferPointer<PatternTerm>, _ segmentIndex: Int, into sink: inout MatchSink
  ) throws(IndexError) -> Int {
    let lengths = segment.documents.lengths
    let allowed = sink.allowed
    var total = 0
    var document = unsafe try next(terms, from: 0)
    while document != PostingsCursor.exhausted {
      if allowed.map({ $0.contains(document) }) ?? true, unsafe try isMatch(terms) {
        let norm = formula.norm(length: lengths[document])
        var score = 0.0
        for place in weights.indices {
          score += formula.part(weight: weights[place], frequency: frequencies[place], norm: norm)
        }
        sink.insert(segment: segmentIndex, document: document, score: score)
        total += 1
      }
      document = unsafe try next(terms, from: document + 1)
    }
    return total
  }

  /// The first document at or after `target` that is in every list, has every term, and is not deleted.
  @inline(__always)
  private mutating func next(
    _ terms: UnsafeMutableBufferPointer<PatternTerm>, from target: UInt32
  ) throws(IndexError) -> UInt32 {
    var document = target
    while true {
      let start = document
      for index in lists.indices { document = lists[index].seek(to: document) }
      if !terms.isEmpty && document != PostingsCursor.exhausted { document = unsafe try terms.seekAll(to: document) }
      if document == PostingsCursor.exhausted { return document }
      if document == start || lists.isEmpty {
        if !segment.isDeleted(document) { return document }
        document += 1
      }
    }
  }

  /// Whether the document that all have come to holds all phrases; their frequencies are set then.
  @inline(__always)
  private mutating func isMatch(_ terms: UnsafeMutableBufferPointer<PatternTerm>) throws(IndexError) -> Bool {
    for phrase in phrases {
      let count = unsafe try verifier.count(terms, in: phrase.terms)
      if count == 0 { return false }
      frequencies[phrase.place] = count
    }
    for index in lists.indices { frequencies[listPlaces[index]] = lists[index].frequency }
    return true
  }
}
