/// How often the columns of a query, its terms and behind them its characters, stand in each stretch of a document.
///
/// SAFETY: `numbers` has ``rowWidth`` elements for each of two rows and ``stretchCount`` more, as ``grow(to:)`` sees to; a
/// column is compared with ``columnCount`` before anything is counted.
@safe struct TermCounts {
  /// How many positions a stretch has.
  static let stretchWidth: UInt32 = 32
  /// How many columns there are.
  let columnCount: Int
  /// How many stretches there are, up to the last one that holds something.
  private(set) var stretchCount = 0
  // A row for the whole document, one for its title, then one for each stretch: a number for each column, and their sum.
  private var numbers: [UInt32]
  private let rowWidth: Int

  /// Counts of so many columns, all 0.
  init(columnCount: Int) {
    self.columnCount = columnCount
    rowWidth = columnCount + 1
    numbers = [UInt32](repeating: 0, count: 16 * rowWidth)
  }

  /// Forgets what was counted.
  mutating func removeAll() {
    let used = (2 + stretchCount) * rowWidth
    unsafe numbers.withUnsafeMutableBufferPointer { unsafe $0[..<used].update(repeating: 0) }
    stretchCount = 0
  }

  /// Counts a column at a position.
  @inline(__always)
  mutating func add(_ column: Int, at position: UInt32, isInTitle: Bool) {
    precondition(column >= 0 && column < columnCount, "a column of the query")
    let stretch = Int(position / Self.stretchWidth)
    if stretch >= stretchCount { grow(to: stretch + 1) }
    let row = (2 &+ stretch) &* rowWidth
    let columnCount = self.columnCount
    unsafe numbers.withUnsafeMutableBufferPointer { numbers in
      unsafe numbers[column] &+= 1
      unsafe numbers[columnCount &+ 1 &+ column] &+= isInTitle ? 1 : 0
      unsafe numbers[row &+ column] &+= 1
      unsafe numbers[row &+ columnCount] &+= 1
    }
  }

  @inline(never)
  private mutating func grow(to count: Int) {
    stretchCount = count
    let wanted = (2 + count) * rowWidth
    if numbers.count < wanted {
      numbers += [UInt32](repeating: 0, count: max(wanted, 2 * numbers.count) - numbers.count)
    }
  }

  /// How often a column stands in the whole document.
  @inline(__always)
  func total(of column: Int) -> UInt32 { numbers[column] }

  /// How often columns stand in the whole document, and how often of these in its title.
  @inline(__always)
  func withTotals<Outcome>(
    _ body: (_ totals: UnsafeBufferPointer<UInt32>, _ titles: UnsafeBufferPointer<UInt32>) -> Outcome
  ) -> Outcome {
    unsafe numbers.withUnsafeBufferPointer { numbers in
      unsafe body(
        UnsafeBufferPointer(rebasing: numbers[..<columnCount]),
        UnsafeBufferPointer(rebasing: numbers[rowWidth..<rowWidth + columnCount]))
    }
  }

  /// Calls `body` with the counts of each passage of `width` stretches and the first stretch of each, in their order.
  ///
  /// Passages that are sure to have the same counts as the one before are left out, but for the first two. A text of fewer
  /// stretches is one passage, whose first stretch is 0 or less.
  ///
  /// - Parameter sums: memory for as many numbers as there are columns.
  @inline(__always)
  func forEachPassage(
    of width: Int, sums: inout [UInt32], _ body: (_ sums: UnsafeBufferPointer<UInt32>, _ first: Int) -> Void
  ) {
    precondition(sums.count == columnCount, "a sum for each column")
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe numbers.withUnsafeBufferPointer { numbers in
        unsafe sums.update(repeating: 0)
        for last in 0..<stretchCount {
          let first = last + 1 - width
          let entering = (2 + last) * rowWidth
          let leaving = (1 + first) * rowWidth
          let gains = unsafe numbers[entering + columnCount] > 0
          let loses = unsafe first > 0 && numbers[leaving + columnCount] > 0
          if gains {
            for column in 0..<columnCount { unsafe sums[column] &+= numbers[entering &+ column] }
          }
          if loses {
            for column in 0..<columnCount { unsafe sums[column] &-= numbers[leaving &+ column] }
          }
          if !gains && !loses && first > 1 { continue }
          if first >= 0 || last == stretchCount - 1 { unsafe body(UnsafeBufferPointer(sums), first) }
        }
      }
    }
  }
}
