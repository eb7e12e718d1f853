/// Which places of an issue are the beginnings of its documents.
struct SplitPlan {
  /// The beginnings, in order; each has text behind it.
  private(set) var openings: [Opening] = []
  /// The table of contents; nil if the issue has none.
  private(set) var contents: ContentsTable?
  /// The entries of the contents for which nothing was found.
  private(set) var missing: [ContentsEntry] = []
  private let issue: IssueText
  private var listed = ListedDocuments([])

  init(of issue: IssueText) {
    self.issue = issue
    let finder = OpeningFinder(issue: issue)
    let numbered = finder.numberedOpenings()
    var bodyStart = 0
    if let mark = contentsMark() {
      var contents = ContentsTable(in: issue, lines: mark + 1..<firstText(from: mark + 1))
      contents.completeOrders(from: numbered.filter { $0.firstLine > mark }.compactMap(\.number))
      let titles = TitleIndex(of: contents.entries, in: issue, from: mark + 1)
      bodyStart = startOfText(behind: mark, numbered, contents, titles)
      contents.keepEntries(endingBefore: bodyStart)
      self.contents = contents
      listed = ListedDocuments(contents.entries)
      openings = numbered.filter { $0.firstLine >= bodyStart }
      addListed(contents, titles, from: bodyStart)
    } else {
      openings = numbered
    }
    addSigned(from: bodyStart)
    dropEmpty()
    dropQuoted()
    missing = missingEntries()
  }

  /// Whether the contents list the document that begins there.
  func isListed(_ opening: Opening) -> Bool {
    listed.contains(title: Array(issue.units[opening.title.range]), number: opening.number)
  }

  // MARK: Contents

  /// The line of 目录, which stands before all running text.
  private func contentsMark() -> Int? {
    for line in 0..<min(issue.lines.count, 200) {
      if issue.isContentsMark(line) { return line }
      if issue.isRunningText(line), Addressee.isAddressee(issue, issue.words(of: line)) { return nil }
    }
    return nil
  }

  /// The first line from `line` on that holds a sentence.
  private func firstText(from line: Int) -> Int {
    (line..<max(line, issue.lines.count)).first { issue.isRunningText($0) && !issue.isTableRow($0) }
      ?? issue.lines.count
  }

  /// Where the contents end: the first place where a document begins that they list.
  private func startOfText(
    behind mark: Int, _ numbered: [Opening], _ contents: ContentsTable, _ titles: TitleIndex
  ) -> Int {
    var start = issue.lines.count
    let byNumber = Dictionary(grouping: numbered.filter { $0.number != nil }) { $0.number }
    for (index, entry) in contents.entries.enumerated() {
      if let number = entry.number,
        let opening = byNumber[number]?.first(where: { $0.firstLine > entry.lines.upperBound })
      {
        start = min(start, opening.firstLine)
      }
      if let line = titles.lines(of: index).first(where: { $0 > entry.lines.upperBound }) {
        let opening = numbered.first {
          $0.firstLine > entry.lines.upperBound && $0.firstLine <= line && line < $0.bodyLine
        }
        start = min(start, opening?.firstLine ?? line)
      }
    }
    if start < issue.lines.count { return start }
    let text = firstText(from: mark + 1)
    return numbered.last { $0.firstLine > mark && $0.bodyLine <= text }?.firstLine ?? min(text, issue.lines.count)
  }

  /// Adds the documents that only the contents know of, by their titles.
  private mutating func addListed(_ contents: ContentsTable, _ titles: TitleIndex, from bodyStart: Int) {
    let found = Set(openings.compactMap(\.number))
    var added: [Opening] = []
    for (index, entry) in contents.entries.enumerated() {
      if let number = entry.number, found.contains(number) { continue }
      for line in titles.lines(of: index) where line >= bodyStart && line > entry.lines.upperBound {
        guard !openings.contains(where: { $0.firstLine <= line && line < $0.bodyLine }) else { break }
        let start = issue.words(of: line).lowerBound
        let range = start..<start + titles.length(of: index)
        let last = issue.text.lineIndex(of: range.upperBound - 1)
        added.append(
          Opening(
            title: TitleBlock(lines: line...last, range: range), number: entry.number, firstLine: line,
            bodyLine: last + 1,
            reason: .contents))
        break
      }
    }
    insert(added)
  }

  // MARK: Documents without a number

  /// Adds titles that have no number, where a signature of the same office stands behind them.
  private mutating func addSigned(from bodyStart: Int) {
    var added: [Opening] = []
    let isComplete = contents.map { !$0.entries.isEmpty && missingEntries().isEmpty } ?? false
    let signatures = DatedLines(of: issue)
    var next = 0
    var line = bodyStart
    while line < issue.lines.count {
      while next < openings.count, openings[next].firstLine <= line { next += 1 }
      if next > 0, line < openings[next - 1].bodyLine {
        line = openings[next - 1].bodyLine
        continue
      }
      defer { line += 1 }
      guard mayBeginTitle(line), line == 0 || next == 0 && added.isEmpty || mayPrecedeTitle(line - 1) else { continue }
      let limit = next < openings.count ? openings[next].firstLine : issue.lines.count
      guard let title = TitleBlock(startingOn: line, in: issue, before: limit) else { continue }
      let opening = Opening(
        title: title, number: nil, firstLine: line, bodyLine: title.lines.upperBound + 1, reason: .title)
      let evidence = self.evidence(for: opening, before: limit, signatures)
      guard evidence.isSigned, !isComplete || evidence.isAddressed && !passesOn(next - 1) else { continue }
      added.append(opening)
      line = title.lines.upperBound
    }
    insert(added)
  }

  private func mayBeginTitle(_ line: Int) -> Bool {
    guard !issue.lines[line].isTableRow else { return false }
    let words = issue.words(of: line)
    guard words.count <= 90, words.count >= 4, !issue.endsSentence(line) else { return false }
    if let about = TitleParts.endOfIssuers(in: issue.units, words) {
      return Organ.isName(issue.units, words.lowerBound..<about)
        || Organ.isJointName(issue.text, words.lowerBound..<about)
    }
    return Organ.lastNameEnd(in: issue.units, words) != nil
  }

  /// Whether a document may end with the line: not within a sentence, nor on the mark of an attachment.
  private func mayPrecedeTitle(_ line: Int) -> Bool {
    if issue.isDate(line) || issue.isSectionHead(line) || issue.lines[line].isTableRow { return true }
    guard issue.attachmentMark(line) == nil else { return false }
    let last = issue.units[issue.lines[line].range.upperBound - 1]
    return last == "。" || last == ")" || last == ";" || last == "!"
  }

  private func evidence(
    for opening: Opening, before limit: Int, _ signatures: DatedLines
  ) -> (isSigned: Bool, isAddressed: Bool) {
    guard opening.bodyLine < limit else { return (false, false) }
    let issuers = TitleParts.issuers(in: issue.text, opening.title.range).map { Array(issue.units[$0]) }
    let finder = SignatureFinder(
      issue: issue, issuers: issuers, isOrder: issue.units[opening.title.range.upperBound - 1] == "令")
    let start = issue.words(of: opening.bodyLine).lowerBound
    return (
      signatures.holdSignature(in: opening.bodyLine..<limit, by: finder),
      Addressee.range(in: issue, from: start, before: issue.units.count) != nil
    )
  }

  /// The entries of the contents that no opening answers to.
  private func missingEntries() -> [ContentsEntry] {
    guard let contents, !contents.entries.isEmpty else { return [] }
    return listed.missing(
      from: contents.entries, found: openings.map { (Array(issue.units[$0.title.range]), $0.number) })
  }

  private func passesOn(_ index: Int) -> Bool {
    guard openings.indices.contains(index) else { return false }
    return Self.forwarding.firstIndex(in: issue.units, openings[index].title.range) != nil
  }

  // MARK: What is no beginning

  /// Drops beginnings without text behind them, such as numbers in a list.
  private mutating func dropEmpty() {
    var kept: [Opening] = []
    for (index, opening) in openings.enumerated() {
      let end = index + 1 < openings.count ? openings[index + 1].firstLine : issue.lines.count
      if opening.bodyLine < end, (opening.bodyLine..<end).contains(where: issue.isRunningText) { kept.append(opening) }
    }
    openings = kept
  }

  /// Drops papers of other offices that a document passes on, with numbers of their own.
  private mutating func dropQuoted() {
    var kept: [Opening] = []
    for opening in openings {
      if opening.reason == .number, let previous = kept.last, isQuoted(opening, in: previous) { continue }
      kept.append(opening)
    }
    openings = kept
  }

  private func isQuoted(_ opening: Opening, in previous: Opening) -> Bool {
    let hasContents = contents?.entries.isEmpty == false
    if hasContents && isListed(opening) { return false }
    if Self.forwarding.firstIndex(in: issue.units, previous.title.range) != nil {
      if hasContents { return true }
      let title = opening.title.range
      guard let about = TitleParts.about(in: issue.units, title), title.upperBound - about >= 6 else { return false }
      return Phrases([String(decoding: issue.units[about..<about + 6], as: UTF16.self)])
        .firstIndex(in: issue.units, previous.title.range) != nil
    }
    return hasContents && opening.firstLine > 0 && issue.attachmentMark(opening.firstLine - 1) != nil
  }

  private mutating func insert(_ added: [Opening]) {
    guard !added.isEmpty else { return }
    var merged: [Opening] = []
    for opening in (openings + added).sorted(by: { $0.firstLine < $1.firstLine }) {
      if let last = merged.last, opening.firstLine < last.bodyLine { continue }
      merged.append(opening)
    }
    openings = merged
  }

  private static let forwarding: Phrases = ["转发", "批转"]
}
