import Testing

@testable import InvertedIndex

@Suite struct TermCountsTests {
  /// A passage as it is reported.
  private struct Passage: Equatable {
    let first: Int
    let sums: [UInt32]
  }

  @Test(arguments: 0..<40)
  func `passages have the counts of their stretches`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let columnCount = generator.number(below: 6) + 1
    var counts = TermCounts(columnCount: columnCount)
    for round in 0..<3 {  // memory is used again
      counts.removeAll()
      let stretchCount = generator.number(below: 60) + 1
      var plain = [[UInt32]](repeating: [UInt32](repeating: 0, count: columnCount), count: stretchCount)
      var titles = [UInt32](repeating: 0, count: columnCount)
      for _ in 0..<generator.number(below: 80) {
        let (column, position) = (generator.number(below: columnCount), generator.number(below: stretchCount * 32))
        counts.add(column, at: UInt32(position), isInTitle: position < 40)
        plain[position / 32][column] += 1
        if position < 40 { titles[column] += 1 }
      }
      while plain.last?.allSatisfy({ $0 == 0 }) ?? false { plain.removeLast() }
      let comment = Comment(rawValue: "seed \(seed), round \(round)")
      let all = (0..<columnCount).map { column in plain.reduce(0) { $0 + $1[column] } }
      #expect(counts.stretchCount == plain.count, comment)
      #expect((0..<columnCount).map { counts.total(of: $0) } == all, comment)
      #expect(counts.withTotals { totals, _ in Array(totals) } == all, comment)
      #expect(counts.withTotals { _, titles in Array(titles) } == titles, comment)
      for width in [1, 2, 5] { expectPassages(of: width, counts, plain, comment) }
    }
  }

  private func expectPassages(of width: Int, _ counts: TermCounts, _ plain: [[UInt32]], _ comment: Comment) {
    var expected: [Passage] = []
    for last in plain.indices where last + 1 >= width || last == plain.count - 1 {
      let first = last + 1 - width
      let sums = (0..<counts.columnCount).map { column in
        plain[max(first, 0)...last].reduce(0) { $0 + $1[column] }
      }
      if first > 1, expected.last?.sums == sums { continue }  // it may be left out
      expected.append(Passage(first: first, sums: sums))
    }
    var found: [Passage] = []
    var sums = [UInt32](repeating: 7, count: counts.columnCount)
    counts.forEachPassage(of: width, sums: &sums) { sums, first in
      let sums = Array(sums)
      if first > 1, found.last?.sums == sums { return }
      found.append(Passage(first: first, sums: sums))
    }
    #expect(found == expected, comment)
  }
}
