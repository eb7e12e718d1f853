import SystemIO

/// Okapi BM25 (Robertson and Zaragoza 2009) with Lucene's idf, without the constant factor k1 + 1.
///
/// score(q, d) = Σ over the query's terms: idf × tf ÷ (tf + k1 × (1 − b + b × L ÷ avgL)), with
/// idf = ln(1 + (N − n + ½) ÷ (n + ½)): N documents, n of them with the term, tf its frequency in the document, L the
/// document's length in bigrams, words and one-character runs, avgL the mean length.
struct BM25: Equatable, Sendable {
  /// Term frequency saturation, at least 0.
  let k1: Double
  /// Length normalisation, 0 to 1.
  let b: Double
  /// Documents in the index.
  let documentCount: Int
  /// Mean document length.
  let averageLength: Double

  /// How much a term weighs that stands in `documentFrequency` documents.
  func idf(documentFrequency: Int) -> Double {
    let all = Double(documentCount)
    let having = Double(documentFrequency)
    return Mathematics.naturalLogarithm(1 + (all - having + 0.5) / (having + 0.5))
  }

  /// k1 × (1 − b + b × L ÷ avgL).
  @inline(__always)
  func norm(length: UInt32) -> Double { lengthlessNorm + normPerLength * Double(length) }

  /// A term's part of a score.
  @inline(__always)
  func saturation(frequency: UInt32, norm: Double) -> Double { Double(frequency) / (Double(frequency) + norm) }

  private let lengthlessNorm: Double
  private let normPerLength: Double

  /// The formula for an index of `documentCount` documents with `totalLength` in all.
  init(k1: Double, b: Double, documentCount: Int, totalLength: UInt64) {
    self.k1 = k1
    self.b = b
    self.documentCount = documentCount
    averageLength = totalLength == 0 ? 1 : Double(totalLength) / Double(documentCount)
    lengthlessNorm = k1 * (1 - b)
    normPerLength = k1 * b / averageLength
  }
}
