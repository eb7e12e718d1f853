/// A document's title where it is printed, over one line or several.
struct TitleBlock: Sendable {
  /// The title's first and last line.
  var lines: ClosedRange<Int>
  /// The title's units, issuer in front.
  var range: Range<Int>

  /// Titles have at most this many lines, and this many characters.
  private static let mostLines = 9
  private static let longest = 240

  /// The title that ends before unit `end` on line `last`, looked for upwards; nil if what stands there is none.
  ///
  /// A title begins with its issuer or, where no issuer is printed, with 关于.
  init?(endingAt end: Int, on last: Int, in issue: IssueText, notBefore floor: Int) {
    var first = last
    var best: Int?
    while first >= floor, last - first < Self.mostLines {
      let start = issue.words(of: first).lowerBound
      if first == last
        ? issue.lines[first].isTableRow || issue.isItem(first) || start >= end
        : issue.stopsTitle(first) || issue.isNumber(first)
      {
        break
      }
      guard end - start <= Self.longest else { break }
      let range = start..<end
      if let about = TitleParts.endOfIssuers(in: issue.units, range) {
        if about == start {
          best = first
          if let issuer = Self.issuerLines(above: first, in: issue, notBefore: floor, title: last) { best = issuer }
          break
        }
        let head = start..<about
        let isObject =
          first > floor && !issue.stopsTitle(first - 1)
          && TitleParts.endsInVerb(issue.units, issue.words(of: first - 1))
        if !isObject, Organ.isName(issue.units, head) || Organ.isJointName(issue.text, head) {
          best = first
          if let joint = Self.issuerLines(above: first, in: issue, notBefore: floor, title: last, needsProof: true) {
            best = joint
          }
          break
        }
        if best != nil { break }
      } else if Organ.lastNameEnd(in: issue.units, start..<DocumentType.endOfName(in: issue.units, range)) != nil,
        !Self.continuesTitle(first, in: issue, notBefore: floor)
      {
        best = first
        break
      }
      first -= 1
    }
    guard let best else { return nil }
    let start = issue.words(of: best).lowerBound
    guard Self.isTitle(start..<end, in: issue) else { return nil }
    lines = best...last
    range = start..<end
  }

  /// The title that begins on line `first`, looked for downwards until it names a type of paper; nil if there is none.
  init?(startingOn first: Int, in issue: IssueText, before limit: Int) {
    let start = issue.words(of: first).lowerBound
    var last = first
    while last < limit, last - first < Self.mostLines {
      let end = issue.lines[last].range.upperBound
      guard !issue.stopsTitle(last), end - start <= Self.longest else { return nil }
      let nameEnd = DocumentType.endOfName(in: issue.units, start..<end)
      if DocumentType.type(in: issue.units, endingAt: nameEnd) != nil, Self.isWholeTitle(start..<end, in: issue) {
        (lines, range) = (first...last, start..<end)
        return
      }
      last += 1
    }
    return nil
  }

  /// Creates a title of known place.
  init(lines: ClosedRange<Int>, range: Range<Int>) {
    (self.lines, self.range) = (lines, range)
  }

  /// Whether the title names a type of paper, or at least an office and 关于.
  private static func isTitle(_ range: Range<Int>, in issue: IssueText) -> Bool {
    let units = issue.units
    guard range.count >= 4, units[range.upperBound - 1] != "》",
      isBalanced(units[range])
    else { return false }
    let end = DocumentType.endOfName(in: units, range)
    if DocumentType.type(in: units, endingAt: end) != nil { return true }
    guard let about = TitleParts.about(in: units, range) else { return false }
    return about > range.lowerBound && range.upperBound - about >= 6
  }

  /// Whether the title begins with its issuer, and has an end.
  private static func isWholeTitle(_ range: Range<Int>, in issue: IssueText) -> Bool {
    guard isBalanced(issue.units[range]), !TitleParts.issuers(in: issue.text, range).isEmpty else { return false }
    if TitleParts.endOfIssuers(in: issue.units, range) != nil { return true }
    let type = DocumentType.type(in: issue.units, endingAt: DocumentType.endOfName(in: issue.units, range))
    return type == .order || type == .announcement || type == .publicNotice || type == .decision
  }

  /// The first of the lines above `line` that hold nothing but offices; nil if there are none.
  ///
  /// Where the title has an issuer already, a further one must sign the document as well.
  private static func issuerLines(
    above line: Int, in issue: IssueText, notBefore floor: Int, title: Int, needsProof: Bool = false
  ) -> Int? {
    var first = line
    while first > floor, line - first < 12, !issue.lines[first - 1].isTableRow {
      let words = issue.words(of: first - 1)
      guard Organ.isName(issue.units, words) || Organ.isJointName(issue.text, words) else { break }
      if needsProof || first < line {
        guard signs(issue.units[words], behind: title, in: issue) else { break }
      }
      first -= 1
    }
    return first < line ? first : nil
  }

  /// Whether a line in some distance behind `line` holds the name, alone or beside others.
  private static func signs(_ name: ArraySlice<UInt16>, behind line: Int, in issue: IssueText) -> Bool {
    for next in line + 1..<max(line + 1, min(issue.lines.count, line + 400)) {
      let words = issue.words(of: next)
      guard words.count <= 120, words.count >= name.count, !issue.lines[next].isTableRow else { continue }
      if issue.units[words].starts(with: name) { return !isIssuerLine(next, in: issue) }
      let parts = Organ.split(issue.text, words)
      if parts.count > 1, parts.contains(where: { issue.units[$0].elementsEqual(name) }) { return true }
    }
    return false
  }

  /// Whether the title of another document goes on behind the office on `line`.
  private static func isIssuerLine(_ line: Int, in issue: IssueText) -> Bool {
    let words = issue.words(of: line)
    if TitleParts.about(in: issue.units, words) != nil { return true }
    guard line + 1 < issue.lines.count else { return false }
    let next = issue.words(of: line + 1)
    return TitleParts.about(in: issue.units, next) == next.lowerBound
  }

  /// Whether the line above carries a title that goes on at `line`.
  private static func continuesTitle(_ line: Int, in issue: IssueText, notBefore floor: Int) -> Bool {
    guard line > floor, !issue.stopsTitle(line - 1) else { return false }
    return TitleParts.about(in: issue.units, issue.words(of: line - 1)) != nil
  }

  static func isBalanced(_ units: ArraySlice<UInt16>) -> Bool {
    var depth = 0
    for unit in units {
      if unit == "《" { depth += 1 }
      if unit == "》" { depth -= 1 }
      if depth < 0 { return false }
    }
    return depth == 0
  }
}
