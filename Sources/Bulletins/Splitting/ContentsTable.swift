/// The table of contents of an issue, read in spite of its line ends, bullets and leaders.
struct ContentsTable: Sendable {
  private(set) var entries: [ContentsEntry] = []

  /// A table of contents has at most so many lines.
  private static let mostLines = 2000

  /// The entries in lines `range`, which follow the word 目录.
  init(in issue: IssueText, lines range: Range<Int>) {
    var entry = EntryLines()
    for line in range.prefix(Self.mostLines) where !issue.isContentsMark(line) && !Self.isRuler(line, in: issue) {
      if issue.isSectionHead(line) || Self.isTableHead(line, in: issue)
        || Self.isPlainHead(line, behind: entry, in: issue)
      {
        finish(&entry, in: issue)
        continue
      }
      let cells = Self.cells(of: line, in: issue)
      guard !cells.isEmpty else { continue }
      if !entry.isEmpty, entry.isComplete || entry.isFull || Self.startsEntry(cells, entry) {
        finish(&entry, in: issue)
      }
      entry.append(cells, line: line)
    }
    finish(&entry, in: issue)
  }

  private mutating func finish(_ entry: inout EntryLines, in issue: IssueText) {
    if let parsed = entry.parsed { entries.append(parsed) }
    entry = EntryLines()
  }

  /// Puts whole numbers of orders in the place of short ones: 市政府令第62号 is 某某市人民政府令第62号 inside its issue.
  mutating func completeOrders(from numbers: [DocumentNumber]) {
    let orders = numbers.filter { $0.code.hasSuffix("令") }
    for index in entries.indices {
      guard let number = entries[index].number, number.code.hasSuffix("令"), !orders.contains(number) else { continue }
      let same = Set(orders.filter { $0.serial == number.serial && $0.year == number.year })
      if same.count == 1 { entries[index].number = same.first }
    }
  }

  /// Drops the entries from `line` on: what follows is already the issue's text.
  mutating func keepEntries(endingBefore line: Int) {
    entries.removeAll { $0.lines.lowerBound >= line }
  }

  /// Whether a line begins a new entry, though the one before has neither number nor page.
  private static func startsEntry(_ cells: String, _ entry: EntryLines) -> Bool {
    let text = SqueezedText(cells)
    if let ordinal = ordinalEnd(in: text.units), ordinal > 1 { return true }
    if entry.endsInNumber { return text.units.contains { $0.isHan } }
    guard let about = TitleParts.about(in: text.units, text.units.indices), about > 0 else { return false }
    return entry.endsInType && Organ.isName(text.units, 0..<about)
  }

  /// Where the words behind `12、` begin.
  fileprivate static func ordinalEnd(in units: [UInt16]) -> Int? {
    var start = 0
    if !units.isEmpty, units[0] == "(" { start = 1 }
    guard let number = Numeral.value(in: units, at: start, before: min(units.count, start + 3)), number.value < 200,
      number.end < units.count
    else { return nil }
    let next = units[number.end]
    guard next == "、" || next == "." || next == "," || start == 1 && next == ")" else { return nil }
    return number.end + 1
  }

  /// The words of a line, cells of a table parted by spaces, marks of a table and bullets left out.
  private static func cells(of line: Int, in issue: IssueText) -> String {
    let printed = issue.text.text(issue.text.byteRange(of: issue.words(of: line)))
    guard issue.lines[line].isTableRow || printed.utf8.contains(UInt8(ascii: "|")) else { return printed }
    return printed.split { $0 == "|" || $0 == "\t" }.joined(separator: " ")
  }

  private static func isRuler(_ line: Int, in issue: IssueText) -> Bool {
    issue.units[issue.lines[line].range].allSatisfy { $0 == "|" || $0 == "-" || $0 == ":" || $0 == " " }
  }

  private static func isTableHead(_ line: Int, in issue: IssueText) -> Bool {
    issue.lines[line].isTableRow && heads.firstIndex(in: issue.units, issue.lines[line].range) != nil
  }

  /// Whether the line is a head without brackets around it: 部门文件, 领导讲话.
  ///
  /// Where an entry has just ended with its number or page, any few words are a head, an office's name excepted.
  private static func isPlainHead(_ line: Int, behind entry: EntryLines, in issue: IssueText) -> Bool {
    let words = issue.words(of: line)
    guard words.count <= 12, entry.mayEnd, TitleParts.about(in: issue.units, words) == nil else { return false }
    if plainHeads.length(in: issue.units, endingAt: words.upperBound, from: words.lowerBound) != nil { return true }
    return words.count <= 8 && (entry.isEmpty || entry.isComplete || entry.endsInNumber)
      && words.allSatisfy { issue.units[$0].isHan } && !Organ.isName(issue.units, words)
  }

  private static let plainHeads: Phrases = ["文件", "政府令", "任免", "规章", "文件选登", "政策解读", "机构人事"]
  private static let heads: Phrases = ["标题|", "题名|", "文号|", "|页码", "\t页码", "名称|"]
}

/// One line of a table of contents: what an issue says it holds.
public struct ContentsEntry: Sendable, Equatable {
  /// The title without white space.
  public var title: String
  /// The document's number, if it is listed.
  public var number: DocumentNumber?
  /// The page, if it is listed.
  public var page: Int?
  /// The first and the last line of the entry, counted from 1 in the source.
  public var lines: ClosedRange<Int>
}

/// The lines that one entry is put together from.
private struct EntryLines {
  private var words = ""
  private var lineCount = 0
  private var lines: ClosedRange<Int> = 0...0
  var isEmpty: Bool { words.isEmpty }

  mutating func append(_ cells: String, line: Int) {
    lines = isEmpty ? line...line : lines.lowerBound...line
    lineCount += 1
    words += isEmpty ? cells : "\n" + cells
  }

  /// Whether the words end in a page.
  var isComplete: Bool {
    Self.page(in: SqueezedText(words))?.isMarked == true
  }

  /// Whether the entry has as many lines as an entry may have.
  var isFull: Bool { lineCount >= 12 }

  /// Whether nothing needs to follow.
  var mayEnd: Bool { isEmpty || isComplete || endsInNumber || endsInType }

  /// Whether the words end in a document's number.
  var endsInNumber: Bool {
    let text = SqueezedText(words)
    guard let last = NumberScanner(text).mentions().last, text.units.last.map({ $0 == "号" }) == true else {
      return false
    }
    return last.range.upperBound == text.units.count
  }

  /// Whether the words end in a type of paper.
  var endsInType: Bool {
    let text = SqueezedText(words)
    return DocumentType.type(in: text.units, endingAt: DocumentType.endOfName(in: text.units, text.units.indices))
      != nil
  }

  /// The page that `units` end in, and where the leader before it begins.
  private static func page(in text: SqueezedText) -> (value: Int, start: Int, isMarked: Bool)? {
    let units = text.units
    var end = units.count
    if end > 0, units[end - 1] == ")" { end -= 1 }
    var start = end
    while start > 0, units[start - 1].isDigit, end - start < 4 { start -= 1 }
    guard start < end, let value = Numeral.value(in: units, at: start, before: end)?.value else { return nil }
    let isBracketed = end < units.count && start > 0 && units[start - 1] == "("
    // 云政办发（2021）, whose serial is on the next line.
    if start > 1, (1900..<2200).contains(value), units[isBracketed ? start - 2 : start - 1].isHan { return nil }
    if isBracketed { start -= 1 }
    let leaderEnd = start
    while start > 0, leaders.contains(units[start - 1]) { start -= 1 }
    let isMarked =
      isBracketed || leaderEnd - start >= 2 || start > 0 && units[start - 1] == "号"
      || leaderEnd > 0 && text.gaps[leaderEnd] != .none
        && DocumentType.type(in: units, endingAt: DocumentType.endOfName(in: units, 0..<leaderEnd)) != nil
    return (value, start, isMarked)
  }

  var parsed: ContentsEntry? {
    let text = SqueezedText(words)
    let units = text.units
    var start = ContentsTable.ordinalEnd(in: units) ?? 0
    var end = units.count
    let page = Self.page(in: text)
    if let page, page.isMarked { end = page.start }
    let mention = NumberScanner(text).mentions(in: min(start, end)..<end).last
    if let mention, mention.range.upperBound >= end - 1 || mention.range.lowerBound > start + 6 {
      end = mention.range.lowerBound
      if end > start, units[end - 1] == "(" { end -= 1 }
    }
    while end > start, Self.leaders.contains(units[end - 1]) || units[end - 1] == " " { end -= 1 }
    while start < end, units[start] == " " || units[start] == "\t" { start += 1 }
    // A table's ordinal stands alone in its cell.
    if start == 0, let first = Numeral.value(in: units, at: 0, before: min(3, end)), first.end < end,
      text.gaps[first.end] != .none, units[first.end].isHan || units[first.end] == "《"
    {
      start = first.end
    }
    if end - start < 4, let mention { (start, end) = (mention.range.lowerBound, mention.range.upperBound) }
    guard end - start >= 4 else { return nil }
    return ContentsEntry(
      title: text.printed(start..<end), number: mention?.number, page: page?.isMarked == true ? page?.value : nil,
      lines: lines)
  }

  private static let leaders: UnitSet = ".…·。-—―_•⋯"
}
