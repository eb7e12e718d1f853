/// What BM25 makes of frequencies under one norm, f ÷ (f + norm): of small ones from a table.
struct Saturation {
  private let norm: Double
  private var small: [Double] = []  // by halves of a frequency
  private static let smallCount = 32

  /// The saturations under a norm above 0.
  init(norm: Double) {
    self.norm = norm
    small.reserveCapacity(Self.smallCount)
    for halves in 0..<Self.smallCount { small.append(Self.quotient(UInt32(halves), norm)) }
  }

  private static func quotient(_ halves: UInt32, _ norm: Double) -> Double {
    let frequency = Double(halves) * 0.5
    return frequency / (frequency + norm)
  }

  /// The sum of weights times the saturations of frequencies, in their order.
  ///
  /// - Parameter titles: frequencies of which `titleHalves` halves are added to each.
  /// - Precondition: there are as many frequencies of both kinds as weights.
  @inline(__always)
  func score(
    _ weights: [Double], _ frequencies: UnsafeBufferPointer<UInt32>, titles: UnsafeBufferPointer<UInt32>,
    titleHalves: UInt32
  ) -> Double {
    precondition(frequencies.count >= weights.count && titles.count >= weights.count, "a frequency for each weight")
    return unsafe small.withUnsafeBufferPointer { small in
      var score = 0.0
      for place in 0..<weights.count {
        // What has none adds 0, which changes no sum.
        let halves = unsafe 2 &* frequencies[place] &+ titleHalves &* titles[place]
        let saturation = unsafe halves < small.count ? small[Int(halves)] : Self.quotient(halves, norm)
        score += weights[place] * saturation
      }
      return score
    }
  }
}
