/// Of the documents of a pattern that is all that a query asks for, keeps those that may be among the best, whatever the
/// pattern weighs.
///
/// What it weighs depends on how many documents match, which is not known before all were seen; their order hardly does: the
/// part of a document with more of its weight is larger, or, where the two differ by less than parts are rounded, the same.
struct BestMatches: MatchFilter {
  private let formula: BM25
  private let lengths: DocumentLengths
  /// Saturations that differ by more have different parts, even with the weight of a term that every document has.
  private let allowance: Double
  private var best: TopHits  // by saturation
  private var sieve: BM25.Sieve

  /// Keeps what may be among the `capacity` best of a segment.
  init(_ formula: BM25, lengths: DocumentLengths, capacity: Int) {
    self.formula = formula
    self.lengths = lengths
    allowance = 0x1p-35 / formula.idf(documentFrequency: formula.documentCount)
    best = TopHits(capacity: capacity)
    sieve = BM25.Sieve(formula, weight: 1, threshold: best.threshold)
  }

  /// Whether a document may be among the best, given those before it.
  @inline(__always)
  mutating func keeps(_ document: UInt32, frequency: UInt32) -> Bool {
    let length = lengths[document]
    guard sieve.passes(frequency: frequency, length: length) else { return false }
    note(document, formula.saturation(frequency: frequency, norm: formula.norm(length: length)))
    return true
  }

  private mutating func note(_ document: UInt32, _ saturation: Double) {
    let before = best.threshold
    best.insert(segment: 0, document: document, score: saturation)
    if best.threshold != before {
      sieve = BM25.Sieve(formula, weight: 1, threshold: best.threshold - allowance)
    }
  }
}
