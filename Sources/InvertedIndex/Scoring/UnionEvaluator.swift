/// Finds the best documents that match any of several patterns, and counts all of them.
///
/// The segment is walked in windows of neighbouring documents, whose scores and bits stay in the nearest cache; each pattern's
/// postings are unpacked once. A score is the sum of its parts in the order of the query.
struct UnionEvaluator {
  private let segment: SegmentReader
  private let formula: BM25
  private let weights: [Double]
  private let patterns: [Int]  // in the order of the query
  private var matches: [Matches]
  private let windowSize: Int
  private var bits: [UInt64]
  private var scores: [Double]  // by slot of the window

  /// An evaluator for some of a segment's matches, and the weight of each.
  init(_ segment: SegmentReader, formula: BM25, matches: [Matches], weights: [Double], patterns: [Int]) {
    self.segment = segment
    self.formula = formula
    self.matches = matches
    self.weights = weights
    self.patterns = patterns
    windowSize = segment.documentCount < 1 << 15 ? 1 << 10 : 1 << 12
    bits = [UInt64](repeating: 0, count: windowSize / 64)
    scores = [Double](repeating: 0, count: windowSize)
  }

  /// Offers all documents to `hits`, and returns how many there are.
  mutating func collect(segmentIndex: Int, into hits: inout TopHits) throws(IndexError) -> Int {
    var total = 0
    var lower = 0
    while lower < segment.documentCount {
      let range = UInt32(lower)..<UInt32(min(lower + windowSize, segment.documentCount))
      for index in patterns { try score(pattern: index, in: range) }
      total += take(lower, segmentIndex, into: &hits)
      lower += windowSize
    }
    return total
  }

  /// Adds a pattern's part to the scores of its documents.
  private mutating func score(pattern index: Int, in range: Range<UInt32>) throws(IndexError) {
    let formula = self.formula
    let weight = weights[index]
    let lengths = segment.documents.lengths
    let lowest = range.lowerBound
    var failure: IndexError?
    // SAFETY: all documents of a run lie in `range`, which is no wider than the window that bits and scores are for.
    unsafe bits.withUnsafeMutableBufferPointer { bits in
      unsafe scores.withUnsafeMutableBufferPointer { scores in
        do throws(IndexError) {
          try unsafe matches[index].forEachRun(in: range) { documents, frequencies in
            for place in 0..<documents.count {
              let document = unsafe documents[place]
              let slot = Int(document &- lowest)
              unsafe bits[slot >> 6] |= 1 &<< UInt64(truncatingIfNeeded: slot & 63)
              let norm = formula.norm(length: lengths[document])
              unsafe scores[slot] += weight * formula.saturation(frequency: frequencies[place], norm: norm)
            }
          }
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  /// Takes a window in which every pattern was scored, and clears it.
  private mutating func take(_ lower: Int, _ segmentIndex: Int, into hits: inout TopHits) -> Int {
    var total = 0
    for index in bits.indices where bits[index] != 0 {
      var rest = bits[index]
      total += rest.nonzeroBitCount
      bits[index] = 0
      while rest != 0 {
        let slot = index * 64 + rest.trailingZeroBitCount
        rest &= rest - 1
        hits.insert(segment: segmentIndex, document: UInt32(lower + slot), score: scores[slot])
        scores[slot] = 0
      }
    }
    return total
  }
}
