import SystemIO

/// Okapi BM25 (Robertson and Zaragoza 2009) with Lucene's idf, without the constant factor k1 + 1.
///
/// score(q, d) = Σ over the query's terms: idf × tf ÷ (tf + k1 × (1 − b + b × L′ ÷ avgL′)), with
/// idf = ln(1 + (N − n + ½) ÷ (n + ½)): N documents, n of them with the term, tf its frequency in the document, L the
/// document's length in bigrams, words and one-character runs, avgL the mean length. L′ is L up to a length that is called
/// the knee, and grows with the square root beyond it: √(knee × L).
struct BM25: Equatable, Sendable {
  /// Term frequency saturation, at least 0.
  let k1: Double
  /// Length normalisation, 0 to 1.
  let b: Double
  /// Documents in the index.
  let documentCount: Int
  /// Mean document length.
  let averageLength: Double
  /// The length from which on lengths count by their square roots; infinite where they all count as they are.
  let knee: Double

  /// How much a term weighs that stands in `documentFrequency` documents; never less than nothing, also where records that are
  /// no documents have it.
  func idf(documentFrequency: Int) -> Double {
    let all = Double(max(documentCount, documentFrequency))
    let having = Double(documentFrequency)
    return Mathematics.naturalLogarithm(1 + (all - having + 0.5) / (having + 0.5))
  }

  /// k1 × (1 − b + b × L′ ÷ avgL′).
  @inline(__always)
  func norm(length: UInt32) -> Double { norm(length: Double(length)) }

  @inline(__always)
  private func norm(length: Double) -> Double { lengthlessNorm + normPerLength * Self.effective(length, knee: knee) }

  /// L′ for a length L.
  @inline(__always)
  private static func effective(_ length: Double, knee: Double) -> Double {
    length <= knee ? length : (knee * length).squareRoot()
  }

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

  /// The same for two postings, given frequencies and lengths.
  @inline(__always)
  func parts(weight: Double, frequencies: SIMD2<Double>, lengths: SIMD2<Double>) -> SIMD2<Double> {
    let effective =
      knee == .infinity
      ? lengths : SIMD2(Self.effective(lengths[0], knee: knee), Self.effective(lengths[1], knee: knee))
    let norms = SIMD2(repeating: lengthlessNorm) + SIMD2(repeating: normPerLength) * effective
    let rounder = SIMD2(repeating: Self.rounder)
    return (SIMD2(repeating: weight) * (frequencies / (frequencies + norms)) + rounder) - rounder
  }

  /// At least the part of any posting that `impacts` bound.
  @inline(__always)
  func bound(weight: Double, _ impacts: BlockImpacts) -> Double {
    bound(weight: weight * impacts.maximum { saturation(frequency: $0, norm: norm(length: $1)) })
  }

  /// At least the part of any posting.
  @inline(__always)
  func bound(weight: Double) -> Double { weight * Self.roundingAllowance + 0x1p-36 }

  /// Tells postings whose part is below a threshold from the others without a division: it passes all that reach it, and
  /// next to no other.
  struct Sieve {
    /// What parts should reach.
    let threshold: Double
    // weight × f ÷ (f + norm) ≥ t where f × (weight − t) ≥ t × norm; both sides have some slack for what is rounded.
    private let perOccurrence: Double
    private let least: Double
    private let perLength: Double
    private let knee: Double

    /// A sieve for parts of at least `threshold`; below 0 it passes everything.
    init(_ formula: BM25, weight: Double, threshold: Double) {
      self.threshold = threshold
      knee = formula.knee
      let reached = max(0, threshold - 0x1p-36)
      perOccurrence = weight * roundingAllowance - reached
      least = reached * formula.lengthlessNorm
      perLength = reached * formula.normPerLength
    }

    /// Whether a posting's part may reach the threshold.
    @inline(__always)
    func passes(frequency: UInt32, length: UInt32) -> Bool {
      !(Double(frequency) * perOccurrence < least + perLength * effective(Double(length), knee: knee))
    }
  }

  /// Between 2¹⁶ and 2¹⁷ doubles are 2⁻³⁶ apart.
  private static let rounder: Double = 0x1.8p16
  /// The bound's quotient was rounded elsewhere than the part's.
  private static let roundingAllowance = 1 + 1e-9

  private let lengthlessNorm: Double
  private let normPerLength: Double

  /// The formula for an index of `documentCount` documents with `totalLength` in all.
  init(k1: Double, b: Double, knee: Double = .infinity, documentCount: Int, totalLength: UInt64) {
    let averageLength = totalLength == 0 ? 1 : Double(totalLength) / Double(documentCount)
    self.init(k1: k1, b: b, knee: knee, documentCount: documentCount, averageLength: averageLength)
  }

  private init(k1: Double, b: Double, knee: Double, documentCount: Int, averageLength: Double) {
    self.k1 = k1
    self.b = b
    self.knee = knee
    self.documentCount = documentCount
    self.averageLength = averageLength
    lengthlessNorm = k1 * (1 - b)
    normPerLength = k1 * b / Self.effective(averageLength, knee: knee)
  }

  /// The same formula with another length normalisation.
  func withLengthNormalisation(_ b: Double) -> BM25 {
    BM25(k1: k1, b: b, knee: knee, documentCount: documentCount, averageLength: averageLength)
  }
}
