/// Puts the text of marked-up paragraphs and tables together: a line for each paragraph, and for each row of a table.
///
/// What stands in a row waits until the row ends. Then its cells are joined by tabs, the paragraphs inside of a cell by
/// spaces. But where a cell is as long as no cell of a table is, or holds a table itself, the row only lays out a page, and
/// its paragraphs become lines. Lines without words are left out.
struct MarkupLines {
  /// The lines, each with its line end.
  private(set) var output: [UInt8] = []
  /// Where the lines stand in the source.
  private(set) var map = LineMap()
  private var line = Line()
  /// The row being read: its lines so far, by cells.
  private var row: [[Line]]?
  /// How many columns the open cell takes; 0 when none is open.
  private var openColumns = 0
  /// For each column of the table, how many rows below still belong to a cell above.
  private var spannedRows: [Int] = []
  private static let longestCell = 3000  // bytes
  private static let mostParagraphs = 20
  private static let mostColumns = 200
  private static let mostRows = 1000

  private struct Line {
    var bytes: [UInt8] = []
    var first = 0
    var last = 0
    var space: UInt8?  // before the next character
  }

  /// Appends text of the source's line `sourceLine`.
  mutating func append(_ bytes: some Collection<UInt8>, sourceLine: Int) {
    if line.bytes.isEmpty { line.first = sourceLine } else if let space = line.space { line.bytes.append(space) }
    line.space = nil
    line.last = sourceLine
    line.bytes.append(contentsOf: bytes)
  }

  /// Appends white space: one space at the most, none at the ends of a line.
  mutating func appendSpace() { if !line.bytes.isEmpty && line.space == nil { line.space = Byte.space } }

  /// Appends a tab, in place of any white space around it; none at the ends of a line.
  mutating func appendTab() { if !line.bytes.isEmpty { line.space = Byte.tab } }

  /// Ends the line, if it has words.
  mutating func endLine() {
    let ended = line
    line = Line()
    guard !ended.bytes.isEmpty else { return }
    if row != nil, let last = row?.indices.last { row?[last].append(ended) } else { finish(ended) }
  }

  /// Begins a table, in whatever there is around it: a row that holds a table is none.
  mutating func beginTable() {
    endLine()
    for line in (row ?? []).joined() { finish(line) }
    (row, openColumns, spannedRows) = (nil, 0, [])
  }

  /// Ends the table.
  mutating func endTable() {
    endRow()
    spannedRows = []
  }

  /// Begins a row of a table; one that has not ended ends.
  mutating func beginRow() {
    endRow()
    row = [[]]
  }

  /// Begins a cell; one that has not ended ends.
  ///
  /// Cells that reach down from above come first, as empty ones.
  mutating func beginCell(columns: Int = 1, rows: Int = 1) {
    endCell()
    guard row != nil else { return }
    while let column = row?.indices.last, column < spannedRows.count, spannedRows[column] > 0, column < Self.mostColumns
    {
      spannedRows[column] -= 1
      row?.append([])
    }
    openColumns = min(max(columns, 1), Self.mostColumns)
    setSpan(min(max(rows, 1), Self.mostRows) - 1)
  }

  /// Makes the open cell so many columns wide.
  mutating func widenCell(to columns: Int) {
    if openColumns > 0 { openColumns = min(max(columns, 1), Self.mostColumns) }
  }

  private mutating func setSpan(_ rows: Int) {
    guard let column = row?.indices.last, column < Self.mostColumns else { return }
    let end = column + openColumns
    if spannedRows.count < end, rows > 0 {
      spannedRows += [Int](repeating: 0, count: end - spannedRows.count)
    }
    for index in spannedRows.indices.prefix(end).dropFirst(column) { spannedRows[index] = rows }
  }

  /// Ends the cell, when one is open, and otherwise the line.
  mutating func endCell() {
    endLine()
    for _ in 0..<openColumns { row?.append([]) }
    openColumns = 0
  }

  /// Ends the row.
  mutating func endRow() {
    endCell()
    guard var cells = row else { return }
    row = nil
    for column in spannedRows.indices.dropFirst(max(0, cells.count - 1)) where spannedRows[column] > 0 {
      spannedRows[column] -= 1
    }
    while cells.last?.isEmpty == true { cells.removeLast() }
    let isLayout = cells.contains { cell in
      cell.count > Self.mostParagraphs || cell.reduce(0) { $0 + $1.bytes.count } > Self.longestCell
    }
    guard !isLayout, cells.count(where: { !$0.isEmpty }) > 1 else {
      for line in cells.joined() { finish(line) }
      return
    }
    var whole = Line()
    whole.first = cells.joined().first?.first ?? 0
    for (index, cell) in cells.enumerated() {
      if index > 0 { whole.bytes.append(Byte.tab) }
      for (number, line) in cell.enumerated() {
        if number > 0 { whole.bytes.append(Byte.space) }
        whole.bytes += line.bytes.map { $0 == Byte.tab ? Byte.space : $0 }
        whole.last = max(whole.last, line.last)
      }
    }
    finish(whole)
  }

  private mutating func finish(_ line: Line) {
    output += line.bytes
    output.append(Byte.lineFeed)
    map.append(line.first...max(line.first, line.last))
  }
}
