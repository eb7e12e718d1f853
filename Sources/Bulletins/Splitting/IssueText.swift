/// A bulletin's text with what single lines are, as far as they show it themselves.
struct IssueText: Sendable {
  let text: SqueezedText
  /// The numbers of documents in it, from left to right.
  let mentions: [NumberMention]

  var units: [UInt16] { text.units }
  var lines: [SqueezedText.Line] { text.lines }

  init(_ text: SqueezedText) {
    self.text = text
    mentions = NumberScanner(text).mentions()
  }

  /// The index in ``mentions`` of the first number that begins at or behind `unit`.
  func firstMention(from unit: Int) -> Int {
    var low = 0
    var high = mentions.count
    while low < high {
      let middle = (low + high) / 2
      if mentions[middle].range.lowerBound < unit { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The units of line `index` without a bullet at its start.
  func words(of index: Int) -> Range<Int> {
    let range = text.lines[index].range
    var start = range.lowerBound
    while start < range.upperBound - 1, Self.bullets.contains(text.units[start]) { start += 1 }
    return start..<range.upperBound
  }

  func isTableRow(_ index: Int) -> Bool { text.lines[index].isTableRow }

  /// Whether the line can be no part of a title.
  func stopsTitle(_ index: Int) -> Bool {
    let range = words(of: index)
    return range.count > 90 || lines[index].isTableRow || endsSentence(index) || isDate(index) || isItem(index)
      || attachmentMark(index) != nil || isSectionHead(index) || isPageMark(index) || isContentsMark(index)
  }

  /// Whether the line ends in a mark that no title or name ends in.
  func endsSentence(_ index: Int) -> Bool {
    Self.sentenceEnds.contains(text.units[text.lines[index].range.upperBound - 1])
  }

  /// Whether the line is running text: it ends a sentence, or is longer than titles are.
  func isRunningText(_ index: Int) -> Bool {
    let range = text.lines[index].range
    guard !text.lines[index].isTableRow else { return text.units[range.lowerBound] != "|" }
    let last = text.units[range.upperBound - 1]
    if last == "。" { return range.count < 3 || text.units[range.upperBound - 2] != "。" }
    if last == ":" || last == ";" { return range.count > 12 || range.count > 4 && Addressee.isAddressee(self, range) }
    return range.count > 120
  }

  /// The date that the whole line is, perhaps in brackets.
  func date(_ index: Int) -> PrintedDate? {
    var range = words(of: index)
    if range.count > 2, text.units[range.lowerBound] == "(", text.units[range.upperBound - 1] == ")" {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    guard let date = PrintedDate(in: text.units, at: range.lowerBound, before: range.upperBound),
      date.end == range.upperBound
    else { return nil }
    return date
  }

  func isDate(_ index: Int) -> Bool { date(index) != nil }

  /// Whether the line begins as a numbered paragraph does: `一、`, `（二）`, `3.`, `第四条`.
  func isItem(_ index: Int) -> Bool { Self.isItem(text.units, words(of: index)) }

  private static func isItem(_ units: [UInt16], _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    if units[start] == "第" {
      guard let number = Numeral.value(in: units, at: start + 1, before: range.upperBound),
        number.end < range.upperBound
      else { return false }
      return articles.contains(units[number.end])
    }
    let isBracketed = units[start] == "("
    if isBracketed { start += 1 }
    guard let number = Numeral.value(in: units, at: start, before: range.upperBound), number.end < range.upperBound,
      number.end - start <= 3
    else { return false }
    let next = units[number.end]
    if isBracketed { return next == ")" }
    return next == "、" || next == "." || next == "," || next == ")"
  }

  /// Whether the line begins with 第: `第四条`, `第二章`.
  func isArticle(_ index: Int) -> Bool { text.units[words(of: index).lowerBound] == "第" }

  /// Whether the line is a document's number and nothing else.
  func isNumber(_ index: Int) -> Bool {
    let range = words(of: index)
    let mention = firstMention(from: range.lowerBound)
    return mention < mentions.count && mentions[mention].range == range
  }

  /// Whether `range`, brackets around it and a word such as 文号 before it are all that is on line `index`.
  func isWholly(_ range: Range<Int>, _ index: Int) -> Bool {
    let words = words(of: index)
    var (start, end) = (range.lowerBound, range.upperBound)
    guard words.lowerBound <= start, end <= words.upperBound else { return false }
    if start > words.lowerBound, end < words.upperBound, NumberScanner.openers.contains(units[start - 1]),
      NumberScanner.closers.contains(units[end])
    {
      start -= 1
      end += 1
    }
    guard end == words.upperBound else { return false }
    return start == words.lowerBound
      || Self.numberLabels.length(in: units, endingAt: start, from: words.lowerBound) == start - words.lowerBound
  }

  /// Whether the whole line is in brackets, as remarks are: （此件公开发布）.
  func isBracketed(_ index: Int) -> Bool {
    let range = words(of: index)
    return text.units[range.lowerBound] == "(" && text.units[range.upperBound - 1] == ")"
  }

  /// Words that stand before a document's own number.
  static let numberLabels: Phrases = ["文号:", "发文字号:", "文件编号:", "编号:", "字号:", "文号", "发文字号"]

  /// Whether the line is a head that parts a bulletin: 【县政府文件】.
  func isSectionHead(_ index: Int) -> Bool {
    let range = words(of: index)
    guard (3...24).contains(range.count) else { return false }
    let (first, last) = (text.units[range.lowerBound], text.units[range.upperBound - 1])
    return first == "【" && last == "】" || first == "〖" && last == "〗" || first == "◆" || first == "★" || first == "◇"
  }

  /// Whether the line is a page's number: `- 84 -`, `第3页`.
  func isPageMark(_ index: Int) -> Bool {
    let range = text.lines[index].range
    guard range.count <= 10 else { return false }
    return range.allSatisfy { text.units[$0].isDigit || Self.pageMarks.contains(text.units[$0]) }
  }

  /// Whether the line says 目录.
  func isContentsMark(_ index: Int) -> Bool {
    let range = words(of: index)
    guard range.count <= 12 else { return false }
    return Self.contentsMarks.contains { range.count >= $0.count && text.units[range].starts(with: $0) }
      && text.units[range].dropFirst(2).allSatisfy { !$0.isHan || $0 == "目" || $0 == "录" || $0 == "要" }
  }

  /// What 附件 at the start of a line says: its number, and where the words behind it begin.
  func attachmentMark(_ index: Int) -> AttachmentMark? {
    guard !lines[index].isTableRow else { return nil }
    return AttachmentMark(in: text.units, words(of: index))
  }

  private static let bullets: UnitSet = "-•·●○*■□◎▪–—"
  private static let sentenceEnds: UnitSet = "。;!?:,、"
  private static let articles: UnitSet = "条章节款编"
  private static let pageMarks: UnitSet = "-—–―－·•第页共/ "
  private static let contentsMarks = ["目录", "目次", "本期目录", "本期要目", "总目录", "本期目次"].map { Array($0.utf16) }
}

/// 附件 at the start of a line.
struct AttachmentMark {
  /// The attachment's number, if it has one.
  var number: Int?
  /// Where the words behind the mark begin; the end of the line if there are none.
  var contentStart: Int

  /// The mark at the start of `range`: `附件`, `附件：`, `附件 1:`, `附件二`, `附：`, `附表1`.
  init?(in units: [UInt16], _ range: Range<Int>) {
    guard let length = Self.names.length(in: units, at: range.lowerBound, before: range.upperBound) else { return nil }
    var index = range.lowerBound + length
    if let value = Numeral.value(in: units, at: index, before: min(index + 3, range.upperBound)), value.value < 100 {
      number = value.value
      index = value.end
    }
    let hasSeparator = index < range.upperBound && Self.separators.contains(units[index])
    if hasSeparator { index += 1 }
    if number == nil, length == 1, !hasSeparator { return nil }
    if index < range.upperBound, !hasSeparator, number == nil { return nil }
    if index < range.upperBound, !hasSeparator, !units[index].isHan && units[index] != "《" { return nil }
    if index < range.upperBound, Self.verbs.contains(units[index]), number != nil, !hasSeparator { return nil }
    contentStart = index
  }

  private static let names: Phrases = ["附件", "附表", "附录", "附"]
  private static let separators: UnitSet = ":.、,-—"
  /// What follows when a sentence speaks of an attachment.
  private static let verbs: UnitSet = "所的确规中列之和"
}
