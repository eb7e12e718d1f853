/// Splits the text of a bulletin into its documents, by the form that official papers have everywhere.
///
/// A document begins with its title, number and addressee; what a table of contents lists is looked for by its title. Heading
/// marks, blank lines and columns say nothing. No line is lost: each belongs to one document or to the issue.
public struct BulletinSplitter {
  private let issue: IssueText
  private let lineOffset: Int

  /// Splits `source`, whose text has lost its marks of Markdown and HTML.
  ///
  /// A file that holds no document of known form, or a single one, stays one document over all its lines.
  ///
  /// - Complexity: O(*n*) in the length of the text, with *m* lines of contents O(*n* + *m*²).
  public static func split(_ source: SourceDocument) -> Bulletin {
    BulletinSplitter(text: source.text, lineOffset: source.startLine).bulletin(
      title: source.title, sourceLineCount: source.endLine - source.startLine + 1)
  }

  private init(text: String, lineOffset: Int) {
    issue = IssueText(SqueezedText(text))
    self.lineOffset = lineOffset
  }

  private func bulletin(title: String, sourceLineCount: Int) -> Bulletin {
    let plan = SplitPlan(of: issue)
    var masthead = BulletinIssue(in: issue)
    // A statistical communiqué is called 公报, too, but has no number.
    if plan.contents == nil, plan.openings.isEmpty, masthead?.number == nil { masthead = nil }
    // A last line that holds nothing but marks is a line of the source, and none of the text.
    let lineCount = max(1, issue.text.lineCount, sourceLineCount)
    guard masthead != nil || plan.openings.count > 1 else {
      return singleDocument(title: title, opening: plan.openings.first, lineCount: lineCount)
    }
    var ends = plan.openings.dropFirst().map(\.firstLine)
    ends.append(endOfLastDocument(after: plan.openings.last?.bodyLine ?? 0))
    var documents: [BulletinDocument] = []
    var warnings: [BulletinWarning] = []
    for (opening, end) in zip(plan.openings, ends) {
      let last = trimmedEnd(of: opening, end, masthead: masthead?.name)
      let reader = DocumentReader(issue: issue, opening: opening, end: last, lineOffset: lineOffset)
      documents.append(reader.document(lines: sourceLine(opening.firstLine)...sourceLine(last - 1)))
      warnings += reader.warnings
    }
    if documents.isEmpty {
      warnings.append(BulletinWarning(line: lineOffset, kind: .noDocuments))
      return singleDocument(title: title, opening: nil, lineCount: lineCount, issue: masthead, warnings: warnings)
    }
    warnings += checks(documents, plan)
    let all = lineOffset...lineOffset + lineCount - 1
    return Bulletin(
      issue: masthead, documents: documents, issueLines: Self.rest(of: all, without: documents.map(\.lines)),
      contents: plan.contents?.entries.map(withSourceLines) ?? [], warnings: warnings.sorted { $0.line < $1.line })
  }

  private func singleDocument(
    title: String, opening: Opening?, lineCount: Int, issue masthead: BulletinIssue? = nil,
    warnings: [BulletinWarning] = []
  ) -> Bulletin {
    let lines = lineOffset...lineOffset + lineCount - 1
    let opening =
      opening
      ?? Opening(
        title: TitleBlock(lines: 0...0, range: 0..<0), number: nil, firstLine: 0, bodyLine: 0, reason: .title)
    let reader = DocumentReader(issue: issue, opening: opening, end: issue.lines.count, lineOffset: lineOffset)
    var document = reader.document(lines: lines)
    if document.title.isEmpty {
      document.title = title
      // 某县人民政府公报 is a bulletin's name, not a communiqué.
      document.types = DocumentType.types(inTitle: title).filter { $0 != .communique }
    }
    return Bulletin(
      issue: masthead, documents: [document], issueLines: [], contents: [], warnings: warnings + reader.warnings)
  }

  private func sourceLine(_ line: Int) -> Int { issue.lines[line].number + lineOffset }

  private func withSourceLines(_ entry: ContentsEntry) -> ContentsEntry {
    var entry = entry
    entry.lines = sourceLine(entry.lines.lowerBound)...sourceLine(entry.lines.upperBound)
    return entry
  }

  // MARK: Ends

  /// The line behind the document's last, section heads and running heads at its end left out.
  private func trimmedEnd(of opening: Opening, _ end: Int, masthead: String?) -> Int {
    let name = masthead.map { Array($0.utf16) }
    var end = end
    while end > opening.bodyLine {
      let isHead = name.map {
        issue.units[issue.words(of: end - 1)].starts(with: $0) && issue.words(of: end - 1).count < 40
      }
      guard issue.isSectionHead(end - 1) || isHead == true || issue.isPageMark(end - 1) else { break }
      end -= 1
    }
    return max(end, opening.bodyLine, opening.firstLine + 1)
  }

  /// Where the issue's imprint begins, or the end of its lines.
  private func endOfLastDocument(after bodyLine: Int) -> Int {
    let count = issue.lines.count
    let imprint = (max(bodyLine, count - 15)..<max(bodyLine, count)).filter { line in
      let words = issue.words(of: line)
      return words.count <= 60 && !issue.lines[line].isTableRow && !issue.endsSentence(line)
        && Self.imprintWords.length(in: issue.units, at: words.lowerBound, before: words.upperBound) != nil
    }
    guard imprint.count >= 2, let first = imprint.first else { return count }
    return first
  }

  // MARK: Checks

  private func checks(_ documents: [BulletinDocument], _ plan: SplitPlan) -> [BulletinWarning] {
    var warnings: [BulletinWarning] = []
    var seen: Set<DocumentNumber> = []
    for document in documents {
      if let number = document.number, !seen.insert(number).inserted {
        warnings.append(BulletinWarning(line: document.lines.lowerBound, kind: .repeatedNumber(number)))
      }
    }
    guard let contents = plan.contents, !contents.entries.isEmpty else { return warnings }
    for entry in plan.missing {
      let entry = withSourceLines(entry)
      warnings.append(BulletinWarning(line: entry.lines.lowerBound, kind: .missingDocument(title: entry.title)))
    }
    for (document, opening) in zip(documents, plan.openings) where !plan.isListed(opening) {
      warnings.append(
        BulletinWarning(line: document.lines.lowerBound, kind: .unlistedDocument(title: document.title)))
    }
    return warnings
  }

  /// The lines of `all` that none of `taken`, ascending, covers.
  private static func rest(of all: ClosedRange<Int>, without taken: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
    var rest: [ClosedRange<Int>] = []
    var next = all.lowerBound
    for range in taken {
      if next < range.lowerBound { rest.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= all.upperBound { rest.append(next...all.upperBound) }
    return rest
  }

  private static let imprintWords: Phrases = [
    "主管", "主办", "编辑", "出版", "印刷", "准印", "地址", "邮编", "邮政编码", "发行", "印数", "责任编辑", "网址", "承印", "刊号", "内部资料", "电话", "印制",
    "主编",
    "编印", "传真",
  ]
}
