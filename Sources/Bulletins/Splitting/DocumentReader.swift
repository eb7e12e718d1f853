/// Reads one document of an issue: its fields, what is attached, what it cites.
struct DocumentReader {
  private let issue: IssueText
  private let opening: Opening
  private let body: Range<Int>
  private let lineOffset: Int
  private let issuers: [Range<Int>]
  private let addressee: Range<Int>?
  private let signature: Signature?
  private let plan: AttachmentFinder.Found?
  private let marked: (printed: [AttachmentFinder.Found], announced: [Range<Int>])

  /// A reader of the document that begins at `opening` and ends before line `end`.
  init(issue: IssueText, opening: Opening, end: Int, lineOffset: Int) {
    (self.issue, self.opening, self.lineOffset) = (issue, opening, lineOffset)
    body = min(opening.bodyLine, end)..<end
    let title = opening.title.range
    let titleIssuers = TitleParts.issuers(in: issue.text, title)
    let bodyEnd = end > 0 && end <= issue.lines.count ? issue.lines[end - 1].range.upperBound : 0
    addressee =
      body.isEmpty || title.isEmpty
      ? nil : Addressee.range(in: issue, from: Self.startOfText(issue, body.lowerBound, opening), before: bodyEnd)
    let attachments = AttachmentFinder(
      issue: issue, body: body, passedOn: TitleParts.passedOn(in: issue.text, title).map { Array(issue.units[$0]) })
    let signatures = SignatureFinder(
      issue: issue, issuers: titleIssuers.map { Array(issue.units[$0]) },
      isOrder: DocumentType(title: issue.text.printed(title)) == .order
        || opening.number.map { $0.code.hasSuffix("令") } ?? false)
    let named = title.isEmpty ? nil : attachments.namedPlan(in: body)
    signature =
      title.isEmpty ? nil : Self.signature(of: issue, body, plan: named?.firstLine, signatures)
    if let named {
      plan = named
    } else if let signature, named == nil {
      plan = attachments.plan(behind: signature.lines.upperBound + 1)
    } else {
      plan = nil
    }
    marked = attachments.marked(from: plan?.firstLine)
    issuers = titleIssuers.isEmpty ? Self.issuers(of: issue, opening, signature) : titleIssuers
  }

  /// What is wrong with the document.
  var warnings: [BulletinWarning] {
    guard let signature, signature.date == nil else { return [] }
    return [BulletinWarning(line: sourceLine(signature.lines.upperBound), kind: .impossibleDate)]
  }

  /// The document, which has the lines `lines` of the source.
  func document(lines: ClosedRange<Int>) -> BulletinDocument {
    let title = TitleText.joined(opening.title.range, in: issue.text)
    let found = attached()
    let citations = CitationFinder(
      issue: issue, body: body, own: opening.number, title: opening.title.range,
      plan: plan?.title, planLine: plan?.firstLine, lineOffset: lineOffset)
    return BulletinDocument(
      title: title, number: opening.number, issuers: issuers.map { issue.text.printed($0) }, date: signature?.date,
      addressee: addressee.map { issue.text.printed($0) }, types: DocumentType.types(inTitle: title), lines: lines,
      attachments: found, missingAttachments: marked.announced.map { TitleText.joined($0, in: issue.text) },
      citations: citations.citations())
  }

  private func sourceLine(_ line: Int) -> Int { issue.lines[line].number + lineOffset }

  private func attached() -> [Attachment] {
    var found = marked.printed
    if let plan { found.append(plan) }
    found.sort { $0.firstLine < $1.firstLine }
    return found.enumerated().map { index, item in
      let end = index + 1 < found.count ? found[index + 1].firstLine : body.upperBound
      return Attachment(
        title: TitleText.joined(item.title, in: issue.text),
        lines: sourceLine(item.firstLine)...sourceLine(max(item.firstLine, end - 1)))
    }
  }

  /// Where the text on the body's first line begins: behind the document's number, if that is there.
  private static func startOfText(_ issue: IssueText, _ line: Int, _ opening: Opening) -> Int {
    let start = issue.words(of: line).lowerBound
    let index = issue.firstMention(from: start)
    guard index < issue.mentions.count, issue.mentions[index].range.lowerBound == start,
      issue.mentions[index].number == opening.number
    else { return start }
    return issue.mentions[index].range.upperBound
  }

  // MARK: Signature

  /// The document's own signature: before the plan, or behind everything else, never on a plan's cover.
  private static func signature(
    of issue: IssueText, _ body: Range<Int>, plan: Int?, _ finder: SignatureFinder
  ) -> Signature? {
    let notice = body.lowerBound..<(plan ?? body.upperBound)
    if let signature = finder.signature(in: notice) { return signature }
    if let plan {
      let behind = finder.signature(in: plan + 1..<max(plan + 1, body.upperBound)) { signature in
        let next = signature.lines.upperBound + 1
        return next >= body.upperBound || issue.attachmentMark(next) != nil || issue.lines[next].isTableRow
      }
      if let behind { return behind }
    }
    if let first = body.first, let date = issue.date(first), issue.units[issue.lines[first].range.lowerBound] == "(" {
      return Signature(date: date.date, names: nil, lines: first...first)
    }
    let attachments = notice.first { issue.attachmentMark($0) != nil && $0 > notice.lowerBound }
    return finder.loneDate(in: notice.lowerBound..<(plan == nil ? notice.upperBound : attachments ?? notice.upperBound))
  }

  /// The issuers where the title names none: the head of the paper, or who signs.
  private static func issuers(of issue: IssueText, _ opening: Opening, _ signature: Signature?) -> [Range<Int>] {
    if opening.firstLine < opening.title.lines.lowerBound {
      var words = issue.words(of: opening.firstLine)
      if words.count > 4, issue.units[words.upperBound - 1] == "件" { words = words.lowerBound..<words.upperBound - 2 }
      if Organ.isName(issue.units, words) { return [words] }
    }
    guard let names = signature?.names else { return [] }
    let parts = Organ.split(issue.text, names)
    return parts.allSatisfy { Organ.isName(issue.units, $0) } ? parts : []
  }
}

/// A title in one line.
enum TitleText {
  /// What was printed in `range`, white space between letters kept as one space.
  static func joined(_ range: Range<Int>, in text: SqueezedText) -> String {
    text.printed(range)
  }
}
