/// Where a document begins.
struct Opening: Sendable {
  /// What says that a document begins here.
  enum Reason: Sendable {
    /// A number on a line of its own, or glued to a title.
    case number
    /// An entry of the table of contents.
    case contents
    /// A title with a signature and a date behind it.
    case title
  }

  var title: TitleBlock
  var number: DocumentNumber?
  /// The first line that belongs to the document.
  var firstLine: Int
  /// The first line behind title and number.
  var bodyLine: Int
  var reason: Reason
}

/// Finds where documents begin.
struct OpeningFinder {
  let issue: IssueText

  /// The openings that a number shows, in order, whether contents or text.
  func numberedOpenings() -> [Opening] {
    var openings: [Opening] = []
    var floor = 0
    for mention in issue.mentions {
      guard let opening = opening(at: mention, notBefore: floor) else { continue }
      openings.append(opening)
      floor = opening.bodyLine
    }
    return openings
  }

  private func opening(at mention: NumberMention, notBefore floor: Int) -> Opening? {
    let first = issue.text.lineIndex(of: mention.range.lowerBound)
    let last = issue.text.lineIndex(of: mention.range.upperBound - 1)
    guard first >= floor, last - first <= 2, !issue.lines[first].isTableRow, !issue.lines[last].isTableRow else {
      return nil
    }
    var start = mention.range.lowerBound
    var end = mention.range.upperBound
    let lineRange = issue.words(of: first)
    let lineEnd = issue.lines[last].range.upperBound
    if start > lineRange.lowerBound, issue.units[start - 1] == "(", end < lineEnd, issue.units[end] == ")" {
      start -= 1
      end += 1
    }
    guard end == lineEnd else {
      return openingBefore(mention, first: first, last: last, start: start, end: end, notBefore: floor)
    }
    if start > lineRange.lowerBound, isLabel(lineRange.lowerBound..<start) { start = lineRange.lowerBound }
    if start > lineRange.lowerBound {
      guard let title = TitleBlock(endingAt: start, on: first, in: issue, notBefore: floor) else { return nil }
      return Opening(
        title: title, number: mention.number, firstLine: title.lines.lowerBound, bodyLine: last + 1, reason: .number)
    }
    return wholeLineOpening(mention, first: first, last: last, notBefore: floor)
  }

  /// A number on a line of its own.
  private func wholeLineOpening(_ mention: NumberMention, first: Int, last: Int, notBefore floor: Int) -> Opening? {
    let isOrder = mention.number.year == nil || mention.number.description.contains("年第")
    if isOrder {
      return orderOpening(mention, first: first, last: last)
    }
    var above = first - 1
    while above > floor, issue.isPageMark(above) { above -= 1 }
    if above >= floor, !isPaperHead(above),
      let title = TitleBlock(
        endingAt: issue.lines[above].range.upperBound, on: above, in: issue, notBefore: floor)
    {
      return Opening(
        title: title, number: mention.number, firstLine: title.lines.lowerBound, bodyLine: last + 1, reason: .number)
    }
    guard last + 1 < issue.lines.count,
      let title = TitleBlock(startingOn: last + 1, in: issue, before: issue.lines.count)
        ?? titleWithoutIssuer(startingOn: last + 1), !isNumber(title.lines.upperBound + 1)
    else { return nil }
    return Opening(
      title: title, number: mention.number, firstLine: letterhead(above: first, notBefore: floor) ?? first,
      bodyLine: title.lines.upperBound + 1, reason: .number)
  }

  /// `云泽县人民政府令` over `第3号`: both are the title, unless a numbered notice has one of its own below.
  private func orderOpening(_ mention: NumberMention, first: Int, last: Int) -> Opening {
    let order = TitleBlock(lines: first...last, range: mention.range)
    if mention.number.code.hasSuffix("告"), last + 1 < issue.lines.count,
      let title = TitleBlock(startingOn: last + 1, in: issue, before: issue.lines.count)
        ?? titleWithoutIssuer(startingOn: last + 1)
    {
      return Opening(
        title: title, number: mention.number, firstLine: first, bodyLine: title.lines.upperBound + 1, reason: .number)
    }
    return Opening(title: order, number: mention.number, firstLine: first, bodyLine: last + 1, reason: .number)
  }

  /// A number in front of a title on one line.
  private func openingBefore(
    _ mention: NumberMention, first: Int, last: Int, start: Int, end: Int, notBefore floor: Int
  ) -> Opening? {
    guard start == issue.words(of: first).lowerBound, issue.text.gaps[end] != .none else { return nil }
    if Addressee.isAddressee(issue, end..<issue.lines[last].range.upperBound),
      issue.units[issue.lines[last].range.upperBound - 1] == ":"
    {
      return wholeLineOpening(mention, first: first, last: last, notBefore: floor).map { opening in
        var opening = opening
        opening.bodyLine = last
        return opening
      }
    }
    var line = last
    while line < issue.lines.count, line - last < 6 {
      let lineEnd = issue.lines[line].range.upperBound
      if line > last, issue.stopsTitle(line) { return nil }
      let nameEnd = DocumentType.endOfName(in: issue.units, end..<lineEnd)
      if DocumentType.type(in: issue.units, endingAt: nameEnd) != nil,
        TitleParts.about(in: issue.units, end..<lineEnd) != nil, TitleBlock.isBalanced(issue.units[end..<lineEnd])
      {
        return Opening(
          title: TitleBlock(lines: first...line, range: end..<lineEnd), number: mention.number, firstLine: first,
          bodyLine: line + 1, reason: .number)
      }
      line += 1
    }
    return nil
  }

  /// A title that begins with 关于, below a number.
  private func titleWithoutIssuer(startingOn first: Int) -> TitleBlock? {
    let start = issue.words(of: first).lowerBound
    var last = first
    while last < issue.lines.count, last - first < 6, !issue.stopsTitle(last) {
      let range = start..<issue.lines[last].range.upperBound
      let nameEnd = DocumentType.endOfName(in: issue.units, range)
      if TitleParts.about(in: issue.units, range) == start,
        DocumentType.type(in: issue.units, endingAt: nameEnd) != nil,
        TitleBlock.isBalanced(issue.units[range])
      {
        return TitleBlock(lines: first...last, range: range)
      }
      last += 1
    }
    return nil
  }

  /// The line of the office's paper above a number: 云泽县人民政府文件.
  private func letterhead(above line: Int, notBefore floor: Int) -> Int? {
    guard line > floor, !issue.lines[line - 1].isTableRow else { return nil }
    var words = issue.words(of: line - 1)
    if words.count > 6, issue.units[words.upperBound - 2] == "文", issue.units[words.upperBound - 1] == "件" {
      words = words.lowerBound..<words.upperBound - 2
    }
    return Organ.isName(issue.units, words) ? line - 1 : nil
  }

  /// Whether the line is the head of an office's paper: 云泽县人民政府文件.
  private func isPaperHead(_ line: Int) -> Bool {
    let words = issue.words(of: line)
    guard words.count > 5, issue.units[words.upperBound - 2] == "文", issue.units[words.upperBound - 1] == "件" else {
      return false
    }
    return Organ.isName(issue.units, words.lowerBound..<words.upperBound - 2)
  }

  /// Whether the line begins with a number: the title above it is that number's.
  private func isNumber(_ line: Int) -> Bool {
    guard line < issue.lines.count else { return false }
    let start = issue.words(of: line).lowerBound
    let next = issue.firstMention(from: start)
    return next < issue.mentions.count && issue.mentions[next].range.lowerBound <= start + 1
  }

  private func isLabel(_ range: Range<Int>) -> Bool {
    IssueText.numberLabels.length(in: issue.units, endingAt: range.upperBound, from: range.lowerBound) == range.count
  }
}
