/// A paper that is printed behind a document and belongs to it: the plan that a notice passes on, a table, a form.
public struct Attachment: Sendable, Equatable {
  /// Its title; as the document announces it, where it does.
  public var title: String
  /// Its lines in the source, counted from 1.
  public var lines: ClosedRange<Int>
}

/// Finds what is attached to one document.
struct AttachmentFinder {
  let issue: IssueText
  /// The document's lines behind title and number.
  let body: Range<Int>
  /// What the document's title says that it passes on.
  let passedOn: [UInt16]?

  /// An attachment with the line it begins on.
  struct Found {
    var title: Range<Int>
    var firstLine: Int
    /// Whether it is the paper that the document passes on, not one behind the word 附件.
    var isPlan: Bool
  }

  /// Titles of attachments have at most this many characters and lines.
  private static let longestTitle = 110
  private static let mostLines = 4

  /// Where the paper that the document passes on begins, found by the title that the document gives it.
  func namedPlan(in lines: Range<Int>) -> Found? {
    guard let passedOn else { return nil }
    var quoted: Found?
    for line in lines {
      guard let found = heading(at: line, equal: passedOn) else { continue }
      // In 《》 it may be the notice's own words, broken off at the end of a column.
      if issue.units[issue.words(of: line).lowerBound] != "《" || passedOn[0] == "《" { return found }
      if quoted == nil, !isSentence(behind: found) { quoted = found }
    }
    return quoted
  }

  /// Whether the words behind a title go on with a sentence: 已经县政府同意.
  private func isSentence(behind found: Found) -> Bool {
    let end = found.title.upperBound
    guard end < issue.units.count else { return false }
    let next = issue.units[end] == "》" ? end + 1 : end
    guard next < issue.units.count else { return false }
    return issue.units[next] == "已" || issue.units[next] == "经" || issue.units[next] == "印"
  }

  /// The paper that begins on the first line behind the signature, if a title stands there.
  func plan(behind line: Int) -> Found? {
    var line = line
    while line < body.upperBound, issue.isPageMark(line) || isRemark(line) { line += 1 }
    guard line < body.upperBound, issue.attachmentMark(line) == nil else { return nil }
    guard let title = title(at: line) else { return nil }
    return Found(title: title, firstLine: line, isPlan: true)
  }

  /// What stands behind the marks 附件 in the document, and what is announced and not printed.
  func marked(from plan: Int?) -> (printed: [Found], announced: [Range<Int>]) {
    var printed: [Found] = []
    var announced: [Item] = []
    var byNumber: [Int?: Range<Int>] = [:]
    var line = body.lowerBound
    while line < body.upperBound {
      guard let mark = issue.attachmentMark(line) else {
        line += 1
        continue
      }
      if let list = list(at: line, mark) {
        announced += list.items
        for item in list.items where byNumber[item.number] == nil { byNumber[item.number] = item.title }
        line = max(line + 1, list.end)
        continue
      }
      if let found = printedTitle(at: line, mark) {
        let item = byNumber[mark.number] ?? (announced.count == 1 ? announced[0].title : nil)
        let isAnnounced = item.map { isSimilar($0, found) } ?? false
        printed.append(Found(title: isAnnounced ? item ?? found : found, firstLine: line, isPlan: false))
      }
      line += 1
    }
    let titles = Set(printed.map { issue.units[$0.title] })
    let missing = announced.map(\.title).filter { !titles.contains(issue.units[$0]) }
    return (printed, missing)
  }

  // MARK: Titles

  /// The title equal to `words` that begins on `line`.
  private func heading(at line: Int, equal words: [UInt16]) -> Found? {
    guard !issue.lines[line].isTableRow, let first = words.first else { return nil }
    var start = issue.words(of: line).lowerBound
    if issue.units[start] == "《", first != "《" { start += 1 }
    guard issue.units[start] == first else { return nil }
    let end = start + words.count
    guard end <= issue.units.count, issue.units[start..<end].elementsEqual(words) else { return nil }
    let lineEnd = issue.lines[issue.text.lineIndex(of: end - 1)].range.upperBound
    let rest = issue.units[end..<lineEnd]
    guard
      rest.isEmpty || rest.elementsEqual(["》".utf16.first ?? 0])
        || rest.first.map({ $0 == "(" }) == true && rest.count < 16
    else { return nil }
    return Found(title: start..<(rest.first.map { $0 == "(" } == true ? lineEnd : end), firstLine: line, isPlan: true)
  }

  /// The title over one line or several that begins on `line` and names a type of paper.
  private func title(at line: Int) -> Range<Int>? {
    if let passedOn, let named = heading(at: line, equal: passedOn) { return named.title }
    let start = issue.words(of: line).lowerBound
    var last = line
    while last < body.upperBound, last - line < Self.mostLines {
      guard !issue.stopsTitle(last), issue.attachmentMark(last) == nil else { return nil }
      let end = issue.lines[last].range.upperBound
      guard end - start <= Self.longestTitle else { return nil }
      let nameEnd = DocumentType.endOfName(in: issue.units, start..<end)
      let endsInType =
        DocumentType.type(in: issue.units, endingAt: nameEnd) != nil
        || Self.otherNames.length(in: issue.units, endingAt: nameEnd, from: start) != nil
      if endsInType, end - start >= 4, !goesOn(after: last) { return start..<end }
      last += 1
    }
    return nil
  }

  /// Whether the next line can only be the rest of a title: brackets such as （试行）.
  private func goesOn(after line: Int) -> Bool {
    guard line + 1 < body.upperBound else { return false }
    let next = issue.words(of: line + 1)
    return next.count <= 16 && issue.units[next.lowerBound] == "(" && issue.units[next.upperBound - 1] == ")"
      && !isRemark(line + 1) && !issue.isDate(line + 1)
  }

  /// The title behind a mark, on its line or on the next ones.
  private func printedTitle(at line: Int, _ mark: AttachmentMark) -> Range<Int>? {
    let lineEnd = issue.lines[line].range.upperBound
    if mark.contentStart < lineEnd {
      let content = mark.contentStart..<lineEnd
      guard content.count <= Self.longestTitle, !issue.endsSentence(line), !isOmitted(content) else { return nil }
      return content
    }
    var next = line + 1
    while next < body.upperBound, issue.isPageMark(next) { next += 1 }
    guard next < body.upperBound else { return nil }
    if let title = title(at: next) { return title }
    guard !issue.stopsTitle(next), issue.words(of: next).count <= 60 else { return nil }
    return issue.words(of: next)
  }

  // MARK: Lists

  private typealias Item = (number: Int?, title: Range<Int>)

  /// The list of attachments that begins at a mark: `附件：1.…⏎2.…`, or one title with a signature behind it.
  ///
  /// Nil if what stands behind the mark is the attachment itself.
  private func list(at line: Int, _ mark: AttachmentMark) -> (items: [Item], end: Int)? {
    var next = line
    var start = mark.contentStart
    let isInline = start < issue.lines[line].range.upperBound
    if !isInline {
      guard mark.number == nil, line + 1 < body.upperBound else { return nil }
      next += 1
      start = issue.words(of: next).lowerBound
    }
    var items: [Item] = []
    var isNumbered = false
    while next < body.upperBound {
      let end = issue.lines[next].range.upperBound
      guard !issue.lines[next].isTableRow, start < end, end - start <= Self.longestTitle else { break }
      let item = numberedItem(start..<end)
      if items.isEmpty {
        isNumbered = item != nil
        items.append(item ?? (mark.number, trimmed(start..<end)))
      } else if let item, isNumbered {
        items.append(item)
      } else if let last = items.last, end - last.title.lowerBound <= Self.longestTitle,
        goesOn(last.title, on: next)
      {
        items[items.count - 1].title = last.title.lowerBound..<trimmed(start..<end).upperBound
      } else {
        break
      }
      next += 1
      guard next < body.upperBound else { break }
      start = issue.words(of: next).lowerBound
    }
    guard !items.isEmpty else { return nil }
    let isSigned = next < body.upperBound && endsList(next)
    return isNumbered || isSigned && (isInline || items.count == 1) || isInline && next == body.upperBound
      ? (items, next) : nil
  }

  private func numberedItem(_ range: Range<Int>) -> Item? {
    guard
      let value = Numeral.value(
        in: issue.units, at: range.lowerBound, before: min(range.lowerBound + 3, range.upperBound)),
      value.end < range.upperBound, Self.separators.contains(issue.units[value.end])
    else { return nil }
    let title = trimmed(value.end + 1..<range.upperBound)
    return title.isEmpty ? nil : (value.value, title)
  }

  /// Whether the title of a list, which names no type of paper yet, goes on in `line`.
  private func goesOn(_ title: Range<Int>, on line: Int) -> Bool {
    !issue.stopsTitle(line) && !Organ.isName(issue.units, issue.words(of: line))
      && DocumentType.type(in: issue.units, endingAt: title.upperBound) == nil
      && Self.otherNames.length(in: issue.units, endingAt: title.upperBound, from: title.lowerBound) == nil
  }

  /// Whether a signature, a date or the next attachment begins on `line`.
  private func endsList(_ line: Int) -> Bool {
    let words = issue.words(of: line)
    if issue.isDate(line) || issue.attachmentMark(line) != nil || isRemark(line) { return true }
    guard Organ.isName(issue.units, words) || Organ.isJointName(issue.text, words) else { return false }
    return (line + 1..<min(line + 4, max(line + 1, body.upperBound))).contains { issue.isDate($0) }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while end > start, Self.itemEnds.contains(issue.units[end - 1]) { end -= 1 }
    if end - start > 2, issue.units[start] == "《", issue.units[end - 1] == "》" {
      start += 1
      end -= 1
    }
    return start..<end
  }

  private func isOmitted(_ range: Range<Int>) -> Bool {
    Self.omissions.length(in: issue.units, endingAt: range.upperBound, from: range.lowerBound) != nil
  }

  /// `（此件公开发布）`, 抄送 and the like, which stand behind a signature.
  private func isRemark(_ line: Int) -> Bool {
    let words = issue.words(of: line)
    return Self.remarks.length(in: issue.units, at: words.lowerBound, before: words.upperBound) != nil
  }

  /// Whether an announced and a printed title are the same paper's: one ends as the other does.
  private func isSimilar(_ announced: Range<Int>, _ printed: Range<Int>) -> Bool {
    let common = zip(issue.units[announced].reversed(), issue.units[printed].reversed()).prefix { $0 == $1 }.count
    let front = zip(issue.units[announced], issue.units[printed]).prefix { $0 == $1 }.count
    return (common + front) * 2 >= min(announced.count, printed.count)
  }

  private static let separators: UnitSet = ".、,:)"
  private static let itemEnds: UnitSet = "。;,、 "
  private static let omissions: Phrases = ["(略)", "略", "(另发)", "(另附)"]
  private static let remarks: Phrases = ["(此件", "(本件", "(联系", "(此文", "抄送", "抄报", "主题词", "(公开", "(依申请", "(主动"]
  /// What tables, drawings and forms are called besides the types of papers.
  private static let otherNames: Phrases = [
    "表", "图", "书", "职责", "分工", "流程", "条件", "分级", "组成人员", "目录", "台账", "汇总", "明细", "样式", "范围", "内容", "说明", "守则", "公约",
    "部署",
    "专班", "领导小组", "领导组", "纲要", "大纲", "指引", "评分", "体系", "安排", "合同", "协议", "承诺", "提纲", "事项", "任务", "模板", "单",
  ]
}
