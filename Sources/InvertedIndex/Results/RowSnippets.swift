import CJKTokenizer

/// Here is a passage in which something stands in a row of a table; give me the whole row, each cell under its head.
///
///     姓名\t职务\n张三\t局长  // 姓名：张三 | 职务：局长
struct RowSnippets {
  /// A place that a pattern matched, in bytes.
  struct Mark {
    let bytes: Range<Int>
    let pattern: Int
  }

  /// A passage as it was chosen; its bytes count from the beginning of `piece`.
  struct Passage {
    /// A part of the text.
    let piece: [UInt8]
    /// Where in the text it begins.
    let start: Int
    /// What would be shown of it.
    let shown: Range<Int>
    /// What matched in it, rising.
    let marks: [Mark]
  }

  private let patterns: [Pattern]
  private let weights: [Double]
  private let openings: PatternOpenings
  private let haveGaps: Bool
  private var buffer = TokenBuffer()
  /// A cell without a match is cut to so many scalars.
  private static let longestCell = 60

  init(patterns: [Pattern], weights: [Double], _ openings: PatternOpenings) {
    self.patterns = patterns
    self.weights = weights
    self.openings = openings
    haveGaps = patterns.contains { !$0.gaps.isEmpty }
  }

  /// The passage in parts: its rows in which something matches, and the lines between them where something does, the
  /// worthiest first; nil where nothing matches in a row, or a match goes beyond one.
  ///
  /// Rows that were shown before are left out; `shownRows` has their first bytes.
  mutating func snippets(
    of passage: Passage, in text: StoredText, using cache: TextBlockCache, shownRows: inout Set<Int>
  ) throws(IndexError) -> [Snippet]? {
    guard let first = passage.marks.first,
      let last = passage.marks.max(by: { $0.bytes.upperBound < $1.bytes.upperBound }),
      Self.isPerhapsInRow(passage.marks, passage.piece)
    else { return nil }
    let start = max(0, passage.start + first.bytes.lowerBound - TableHeads.reach)
    let end = min(text.range.count, passage.start + last.bytes.upperBound + TableRow.longestByteCount)
    let bytes = try text.read(start..<end, using: cache)
    // Bytes of the piece, counted from the beginning of `bytes`.
    let shift = passage.start - start
    let context = Context(bytes: bytes, isCutAbove: start > 0, isCutBelow: end < text.range.count)
    guard let lines = context.lines(of: passage.marks, shift) else { return nil }

    let heads = TableHeads(bytes, isCutAbove: context.isCutAbove)
    var parts: [(worth: Double, snippet: Snippet)] = []
    var restStart = passage.shown.lowerBound + shift
    let rowLines = lines.filter { $0.row != nil }
    for line in rowLines {
      guard let row = line.row else { continue }
      appendRest(restStart..<max(restStart, line.bytes.lowerBound), passage, shift, bytes, to: &parts)
      restStart = max(restStart, line.bytes.upperBound)
      guard shownRows.insert(start + line.bytes.lowerBound).inserted else { continue }
      let marks = marks(in: bytes, line.bytes)
      let snippet = Self.snippet(bytes, row, heads.heads(of: row, on: line.bytes), marks.map(\.bytes))
      parts.append((worth(of: marks), snippet))
    }
    appendRest(restStart..<max(restStart, passage.shown.upperBound + shift), passage, shift, bytes, to: &parts)
    return parts.enumerated()
      .sorted { ($1.element.worth, $0.offset) < ($0.element.worth, $1.offset) }.map(\.element.snippet)
  }

  /// Whether a line with a mark, as far as the piece has it, has a border of cells.
  private static func isPerhapsInRow(_ marks: [Mark], _ piece: [UInt8]) -> Bool {
    let bytes = piece.span
    var end = 0  // of the last line looked at
    for mark in marks where mark.bytes.lowerBound >= end {
      var start = mark.bytes.lowerBound
      while start > end, bytes[start - 1] != 0x0A {
        start -= 1
        if bytes[start] == 0x09 || bytes[start] == UInt8(ascii: "|") { return true }
      }
      end = mark.bytes.lowerBound
      while end < bytes.count, bytes[end] != 0x0A {
        if bytes[end] == 0x09 || bytes[end] == UInt8(ascii: "|") { return true }
        end += 1
      }
    }
    return false
  }

  /// Appends what stands between rows, if something matches there.
  private func appendRest(
    _ range: Range<Int>, _ passage: Passage, _ shift: Int, _ bytes: [UInt8],
    to parts: inout [(worth: Double, snippet: Snippet)]
  ) {
    let marks = passage.marks.map { mark in
      Mark(bytes: mark.bytes.lowerBound + shift..<mark.bytes.upperBound + shift, pattern: mark.pattern)
    }.filter { range.contains($0.bytes.lowerBound) && $0.bytes.upperBound <= range.upperBound }
    guard let first = marks.first, let last = marks.max(by: { $0.bytes.upperBound < $1.bytes.upperBound }) else {
      return
    }
    let lines = Self.linesAround(first.bytes.lowerBound..<last.bytes.upperBound, in: bytes, within: range)
    let snippet = SnippetText.make(bytes, range: lines, marks: marks.map(\.bytes), tabIsGap: true)
    parts.append((worth(of: marks), snippet))
  }

  /// The lines around some bytes as far as none is a row, within `range`.
  private static func linesAround(_ place: Range<Int>, in bytes: [UInt8], within range: Range<Int>) -> Range<Int> {
    var start = bytes[range.lowerBound..<place.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? range.lowerBound
    while start > range.lowerBound {
      let above = bytes[range.lowerBound..<start - 1].lastIndex(of: 0x0A).map { $0 + 1 } ?? range.lowerBound
      if TableRow(bytes, above..<start - 1) != nil { break }
      start = above
    }
    var end = bytes[place.upperBound..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
    while end < range.upperBound {
      let below = bytes[(end + 1)..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
      if TableRow(bytes, end + 1..<below) != nil { break }
      end = below
    }
    return start..<end
  }

  private func worth(of marks: [Mark]) -> Double {
    Set(marks.map(\.pattern)).sorted().reduce(0) { $0 + max(weights[$1], 1e-6) }
  }

  /// What matches in a row, all of it.
  private mutating func marks(in bytes: [UInt8], _ line: Range<Int>) -> [Mark] {
    buffer.removeAll()
    Tokenizer(tabRule: .cellBorder).tokenize(bytes.span.extracting(line), into: &buffer)
    let scan = PatternScan(buffer, knowsGaps: haveGaps)
    var marks: [Mark] = []
    for (place, token) in buffer.tokens.enumerated() where openings.mayBegin(with: token) {
      for index in openings.patterns(beginningWith: token, in: buffer) {
        guard let end = scan.end(of: patterns[index], at: place) else { continue }
        marks.append(Mark(bytes: line.lowerBound + Int(token.start)..<line.lowerBound + end, pattern: index))
      }
    }
    return marks
  }

  /// The row's cells that are not empty, with ` | ` between them, each behind its head.
  private static func snippet(
    _ bytes: [UInt8], _ row: TableRow, _ heads: [Range<Int>]?, _ marks: [Range<Int>]
  ) -> Snippet {
    var snippet = Snippet(text: "", highlights: [])
    var count = 0  // scalars of the text
    func append(_ text: String) {
      snippet.text += text
      count += text.unicodeScalars.count
    }
    for (index, cell) in row.cells.enumerated() where !cell.isEmpty {
      if count > 0 { append(" | ") }
      if let head = heads?[index], !head.isEmpty {
        append(SnippetText.make(bytes, range: head, marks: [], tabIsGap: true).text + "：")
      }
      var shown = SnippetText.make(bytes, range: cell, marks: marks, tabIsGap: true)
      if shown.highlights.isEmpty, shown.text.unicodeScalars.count > longestCell {
        shown.text = String(String.UnicodeScalarView(shown.text.unicodeScalars.prefix(longestCell))) + "…"
      }
      snippet.highlights += shown.highlights.map { $0.lowerBound + count..<$0.upperBound + count }
      append(shown.text)
    }
    return snippet
  }

  /// A part of the text around a passage.
  private struct Context {
    let bytes: [UInt8]
    let isCutAbove: Bool
    let isCutBelow: Bool

    /// A line with a match; its row, if it is one.
    struct Line {
      let bytes: Range<Int>
      let row: TableRow?
    }

    /// The lines in which something matches; nil when none is a row, or a match goes from a row into another line.
    func lines(of marks: [Mark], _ shift: Int) -> [Line]? {
      var lines: [Line] = []
      for mark in marks {
        let (first, end) = (mark.bytes.lowerBound + shift, mark.bytes.upperBound + shift)
        if let last = lines.last, last.bytes.contains(first) {
          if end > last.bytes.upperBound && last.row != nil { return nil }
          continue
        }
        let line = line(around: first)
        if end > line.bytes.upperBound, line.row != nil || self.line(around: end - 1).row != nil { return nil }
        lines.append(line)
      }
      return lines.contains { $0.row != nil } ? lines : nil
    }

    private func line(around place: Int) -> Line {
      let before = bytes[..<place].lastIndex(of: 0x0A)
      let behind = bytes[place...].firstIndex(of: 0x0A)
      let range = (before.map { $0 + 1 } ?? 0)..<(behind ?? bytes.count)
      let isWhole = (before != nil || !isCutAbove) && (behind != nil || !isCutBelow)
      return Line(bytes: range, row: isWhole ? TableRow(bytes, range) : nil)
    }
  }
}
