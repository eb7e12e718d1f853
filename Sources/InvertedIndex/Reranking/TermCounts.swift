/// How often the terms of a query stand in each stretch of a document.
struct TermCounts {
  /// How many positions a stretch has.
  static let stretchWidth: UInt32 = 32
  /// How many terms there are.
  let termCount: Int
  /// How many stretches hold something.
  private(set) var stretchCount = 0
  private var counts: [UInt32] = []  // by stretch, then by term

  /// Counts of so many terms, all 0.
  init(termCount: Int) { self.termCount = termCount }

  /// Forgets what was counted.
  mutating func removeAll() {
    counts.removeAll(keepingCapacity: true)
    stretchCount = 0
  }

  /// Counts a term at a position.
  @inline(__always)
  mutating func add(_ term: Int, at position: UInt32) {
    let stretch = Int(position / Self.stretchWidth)
    if stretch >= stretchCount { grow(to: stretch + 1) }
    counts[stretch * termCount + term] += 1
  }

  private mutating func grow(to count: Int) {
    counts.append(contentsOf: repeatElement(0, count: (count - stretchCount) * termCount))
    stretchCount = count
  }

  /// Adds a stretch's counts, each multiplied by `sign`, to those of `sums`; there is nothing behind the last one.
  @inline(__always)
  func add(stretch: Int, to sums: inout [Double], sign: Double) {
    guard stretch < stretchCount else { return }
    let start = stretch * termCount
    for term in 0..<termCount where counts[start + term] > 0 { sums[term] += sign * Double(counts[start + term]) }
  }

  /// The counts of the whole document.
  func totals() -> [Double] {
    var sums = [Double](repeating: 0, count: termCount)
    for stretch in 0..<stretchCount { add(stretch: stretch, to: &sums, sign: 1) }
    return sums
  }
}
