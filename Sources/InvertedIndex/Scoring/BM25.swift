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

  /// How much of its weight a term brings in a document: from 0 to 1.
  @inline(__always)
  func saturation(frequency: UInt32, norm: Double) -> Double { Double(frequency) / (Double(frequency) + norm) }

  /// A term's part of a score: weight × saturation, rounded to a multiple of 2⁻³⁶, so that sums of parts below 2¹⁵ are exact
  /// and it does not matter in which order they are made.
  ///
  /// - Parameter weight: at most 2¹⁴, which a query of 1,000 characters cannot reach.
  @inline(__always)
  func part(weight: Double, frequency: UInt32, norm: Double) -> Double {
    (weight * saturation(frequency: frequency, norm: norm) + Self.rounder) - Self.rounder
  }

  /// At least the part of any posting that `impacts` bound.
  @inline(__always)
  func bound(weight: Double, _ impacts: BlockImpacts) -> Double {
    bound(weight: weight * impacts.maximum { saturation(frequency: $0, norm: norm(length: $1)) })
  }

  /// At least the part of any posting.
  @inline(__always)
  func bound(weight: Double) -> Double { weight * Self.roundingAllowance + 0x1p-36 }

  /// A frequency below which no document's part exceeds `threshold`, however short it is.
  func leastFrequency(weight: Double, above threshold: Double) -> UInt32 {
    guard threshold > 0 else { return 0 }
    guard bound(weight: weight) > threshold else { return .max }
    guard weight > threshold else { return 0 }
    let least = threshold / (weight - threshold) * lengthlessNorm * 0.999
    return least < 0x1p31 ? UInt32(least) : 1 << 31
  }

  /// Between 2¹⁶ and 2¹⁷ doubles are 2⁻³⁶ apart.
  private static let rounder: Double = 0x1.8p16
  /// The bound's quotient was rounded elsewhere than the part's.
  private static let roundingAllowance = 1 + 1e-9

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
