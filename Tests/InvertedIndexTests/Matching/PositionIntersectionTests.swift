import Testing

@testable import InvertedIndex

/// Places kept four at a time against a search for each.
@Suite struct PositionIntersectionTests {
  /// The positions as a cursor leaves them: with their ends, and leftovers behind.
  private func padded(_ positions: [UInt32]) -> [UInt32] { positions + [UInt32](repeating: .max, count: 4) + [7, 9] }

  @Test(arguments: 0..<20)
  func `what is kept equals a search for each start`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let spread = 1 << generator.number(below: 24)
      func random(_ count: Int) -> [UInt32] {
        Set((0..<count).map { _ in UInt32(generator.number(below: spread)) }).sorted()
      }
      var starts = random(generator.number(below: 40))
      let distance = UInt32(generator.number(below: 30))
      var positions = random(generator.number(below: 60))
      // Half of them do have a place behind them.
      positions += starts.filter { _ in generator.number(below: 2) == 0 }.map { $0 + distance }
      positions = Set(positions).sorted()
      let expected = starts.filter { positions.contains($0 + distance) }
      let count = starts.count
      starts += [1, 2, 3]  // leftovers
      let kept = PositionIntersection.keep(
        &starts, count, before: padded(positions), positions.count, distance: distance)
      #expect(Array(starts[..<kept]) == expected, "seed \(seed)")
    }
  }

  @Test func `starts near the end of all numbers meet nothing behind it`() {
    var starts: [UInt32] = [0, 5, .max - 9, .max - 8, .max - 7, .max - 1]
    let positions: [UInt32] = [0, 1, 2, 8, .max - 1]
    let kept = PositionIntersection.keep(&starts, 6, before: padded(positions), 5, distance: 8)
    #expect(Array(starts[..<kept]) == [0, .max - 9])
    var one: [UInt32] = [.max - 1]
    #expect(PositionIntersection.keep(&one, 1, before: padded([6]), 1, distance: 8) == 0)
  }
}
