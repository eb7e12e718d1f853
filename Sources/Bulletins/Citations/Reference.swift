/// A place where a text names another document, by title, by number or by both.
struct Reference: Sendable {
  /// From 《 or the number's first letter to the bracket behind the number.
  var range: Range<Int>
  /// The title between 《 and 》.
  var title: Range<Int>?
  var number: DocumentNumber?
}

/// Finds the references in a range of an issue.
struct ReferenceScanner {
  private let issue: IssueText

  /// A title longer than this is no title, but a quotation mark that is never closed.
  private static let longestTitle = 160

  init(_ issue: IssueText) {
    self.issue = issue
  }

  /// The references in `range`, in order, none overlapping.
  ///
  /// - Complexity: O(*n*) in the length of the range.
  func references(in range: Range<Int>) -> [Reference] {
    var references: [Reference] = []
    var next = issue.firstMention(from: range.lowerBound)
    var index = range.lowerBound
    while index < range.upperBound {
      if next < issue.mentions.count, issue.mentions[next].range.lowerBound <= index {
        let mention = issue.mentions[next]
        if mention.range.lowerBound == index, mention.range.upperBound <= range.upperBound {
          references.append(Reference(range: mention.range, title: nil, number: mention.number))
        }
        index = max(index + 1, mention.range.upperBound)
        next += 1
        continue
      }
      guard issue.units[index] == "《", let close = closing(of: index, before: range.upperBound) else {
        index += 1
        continue
      }
      var reference = Reference(range: index..<close + 1, title: index + 1..<close, number: nil)
      while next < issue.mentions.count, issue.mentions[next].range.lowerBound <= close { next += 1 }
      if next < issue.mentions.count, let end = end(of: issue.mentions[next], behind: close, before: range.upperBound) {
        reference.number = issue.mentions[next].number
        reference.range = index..<end
        next += 1
      }
      if reference.number != nil || isDocumentTitle(index + 1..<close) { references.append(reference) }
      index = reference.range.upperBound
    }
    return references
  }

  /// The 》 that closes the 《 at `index`; inner titles may have the same marks.
  private func closing(of index: Int, before end: Int) -> Int? {
    var depth = 0
    for next in index..<min(end, index + Self.longestTitle) {
      if issue.units[next] == "《" { depth += 1 }
      if issue.units[next] == "。" { break }
      if issue.units[next] == "》" {
        depth -= 1
        if depth == 0 { return next }
      }
    }
    return issue.units[index..<min(end, index + Self.longestTitle)].firstIndex { $0 == "》" }
  }

  /// The end of a number that stands directly behind the 》 at `close`, its brackets included.
  private func end(of mention: NumberMention, behind close: Int, before end: Int) -> Int? {
    let start = mention.range.lowerBound
    guard mention.range.upperBound <= end else { return nil }
    if start == close + 1 { return mention.range.upperBound }
    guard start <= close + 8, issue.units[close + 1] == "(" else { return nil }
    // Between bracket and number only words such as 文号 may stand, no other document.
    guard issue.units[close + 2..<start].allSatisfy({ $0.isHan || $0 == ":" || $0 == " " }) else { return nil }
    let next = mention.range.upperBound
    return next < end && issue.units[next] == ")" ? next + 1 : next
  }

  /// Whether a title is that of a law or an official paper, not of a newspaper or a book.
  private func isDocumentTitle(_ range: Range<Int>) -> Bool {
    guard range.count >= 3 else { return false }
    let end = DocumentType.endOfName(in: issue.units, range)
    return DocumentType.type(in: issue.units, endingAt: end) != nil
      || Self.lawNames.length(in: issue.units, endingAt: end, from: range.lowerBound) != nil
  }

  private static let lawNames: Phrases = ["法", "法典", "宪法", "解释", "准则", "规范", "规约", "纲要", "协定", "公约", "目录", "名录"]
}
