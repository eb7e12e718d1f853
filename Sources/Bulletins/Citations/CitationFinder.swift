/// Finds what one document cites, and to what end.
struct CitationFinder {
  private let issue: IssueText
  private let body: Range<Int>
  private let own: DocumentNumber?
  private let title: Range<Int>
  private let lineOffset: Int
  private let subjects: Subjects
  /// Where the opening paragraphs of the document and of its plan end, in units.
  private let preambles: [Range<Int>]

  /// A finder for the document with the lines `body`, whose plan has the title `plan` on `planLine`.
  init(
    issue: IssueText, body: Range<Int>, own: DocumentNumber?, title: Range<Int>, plan: Range<Int>?, planLine: Int?,
    lineOffset: Int
  ) {
    let starts = [body.lowerBound] + (planLine.map { [$0 + 1] } ?? [])
    let preambles = starts.compactMap { Self.preamble(from: $0, before: body.upperBound, in: issue) }
    self.init(
      issue: issue, body: body, own: own, title: title, plan: plan, preambles: preambles, lineOffset: lineOffset)
  }

  /// A finder for a document whose opening paragraphs are known.
  init(
    issue: IssueText, body: Range<Int>, own: DocumentNumber?, title: Range<Int>, plan: Range<Int>? = nil,
    preambles: [Range<Int>], lineOffset: Int
  ) {
    (self.issue, self.body, self.own, self.title) = (issue, body, own, title)
    (self.lineOffset, self.preambles) = (lineOffset, preambles)
    subjects = Subjects(of: issue.text, title: title, plan: plan)
  }

  /// The citations in the order of the text; the document's own title and number are none.
  ///
  /// - Complexity: O(*n*) in the length of the document.
  func citations() -> [Citation] {
    let scanner = ReferenceScanner(issue)
    var citations = scanner.references(in: title).filter { $0.title.map { !subjects.isOwn($0) } ?? false }.map {
      reference in
      let before = title.lowerBound..<reference.range.lowerBound
      let relation = Governing.verb(before: before, in: issue.units)?.relation ?? .mentions
      return citation(reference, relation == .basis ? .mentions : relation)
    }
    guard !body.isEmpty else { return citations }
    let range = issue.lines[body.lowerBound].range.lowerBound..<issue.lines[body.upperBound - 1].range.upperBound
    let references = scanner.references(in: range)
    let runs = Self.runs(of: references, in: issue.units)
    var sentence = range.lowerBound
    var context: Context?
    var carriedOut: Set<DocumentNumber> = []
    for (index, reference) in references.enumerated() {
      let floor = max(sentence, index > 0 ? references[index - 1].range.upperBound : range.lowerBound)
      sentence = lastSentenceStart(in: floor..<reference.range.lowerBound) ?? sentence
      if let number = reference.number, number == own { continue }
      if reference.number == nil, let title = reference.title, subjects.isOwn(title) { continue }
      if context?.after != runs[index].upperBound {
        let start = runs[index].lowerBound
        let before = max(sentence, start - Context.farthest)..<max(sentence, start)
        context = Context(
          verb: Governing.verb(before: before, in: issue.units), after: runs[index].upperBound,
          rest: clause(behind: index, references, runs), sentence: sentence)
      }
      guard let context else { continue }
      var relation = relation(of: reference, context)
      // What the document carries out it names once so; where it comes again, it only says what it does there.
      if relation == .implements, let number = reference.number, !carriedOut.insert(number).inserted,
        let verb = context.verb
      {
        relation = verb.relation
      }
      citations.append(citation(reference, relation))
    }
    return citations
  }

  private func citation(_ reference: Reference, _ relation: Citation.Relation) -> Citation {
    let line = issue.lines[issue.text.lineIndex(of: reference.range.lowerBound)].number + lineOffset
    return Citation(
      number: reference.number, title: reference.title.map { issue.text.printed($0) }, relation: relation, line: line)
  }

  // MARK: Relation

  /// The words around a reference.
  private struct Context {
    static let farthest = 300
    /// What governs the references that stand together, if anything does.
    var verb: Governing.Verb?
    /// The end of the last of them.
    var after: Int
    /// The clause behind them, up to the next reference.
    var rest: Range<Int>
    var sentence: Int
  }

  private func relation(of reference: Reference, _ context: Context) -> Citation.Relation {
    let units = issue.units
    let rest = context.rest
    let verb = context.verb
    if let ending = Governing.endings.firstIndex(in: units, rest), verb?.relation != .basis {
      // What has ended already is not ended by this document.
      return units[rest.lowerBound..<ending].contains { $0 == "已" } ? .mentions : .repeals
    }
    if Governing.changes.firstIndex(in: units, rest) != nil { return .amends }
    if let title = reference.title, subjects.isAmended(title) { return .amends }
    if Governing.tellsOfChange(units, rest) { return .mentions }
    if verb?.relation == .repeals || verb?.relation == .amends { return verb?.relation ?? .mentions }
    if verb?.relation ?? .mentions == .mentions, isListed(reference) {
      if subjects.repealsOthers { return .repeals }
      if let relation = introduction(to: reference) { return relation }
    }
    guard let verb, isPreamble(context) else { return .mentions }
    if verb.relation == .basis, let title = reference.title, subjects.isSame(title) { return .implements }
    return verb.relation
  }

  /// Whether the sentence says what the document rests on: an opening paragraph, 第一条, 编制依据, …制定本办法.
  private func isPreamble(_ context: Context) -> Bool {
    let start = context.sentence
    if preambles.contains(where: { $0.contains(start) }) { return true }
    let head = max(issue.lines[body.lowerBound].range.lowerBound, start - 24)..<min(start + 12, context.after)
    if Governing.basisHeads.firstIndex(in: issue.units, head) != nil { return true }
    let sentence = start..<endOfSentence(from: context.after)
    return Governing.purposes.firstIndex(in: issue.units, sentence) != nil
  }

  /// Whether the reference begins a numbered paragraph or stands in a table.
  private func isListed(_ reference: Reference) -> Bool {
    let line = issue.text.lineIndex(of: reference.range.lowerBound)
    return issue.lines[line].isTableRow || issue.isItem(line)
      || reference.range.lowerBound - issue.words(of: line).lowerBound < 4
  }

  /// What the line with a colon says under which the reference is listed: 决定废止下列文件：.
  private func introduction(to reference: Reference) -> Citation.Relation? {
    let line = issue.text.lineIndex(of: reference.range.lowerBound)
    // Articles are no list.
    guard !issue.isArticle(line) else { return nil }
    for above in (max(body.lowerBound, line - Self.longestList)..<max(body.lowerBound, line)).reversed() {
      let words = issue.words(of: above)
      let last = issue.units[words.upperBound - 1]
      if last == ":" {
        let sentence = max(words.lowerBound, words.upperBound - 80)..<words.upperBound
        return Governing.endings.firstIndex(in: issue.units, sentence) != nil ? .repeals : nil
      }
      guard !issue.isArticle(above), issue.isItem(above) || last == ";" || last == ")" || last == "号" else {
        return nil
      }
    }
    return nil
  }

  // MARK: Sentences

  /// Where in `range` the last sentence or numbered paragraph begins.
  private func lastSentenceStart(in range: Range<Int>) -> Int? {
    guard let last = range.last(where: { Self.sentenceEnds.contains(issue.units[$0]) }) else {
      return lastItemStart(in: range)
    }
    return max(last + 1, lastItemStart(in: last + 1..<range.upperBound) ?? 0)
  }

  private func lastItemStart(in range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    var line = issue.text.lineIndex(of: range.upperBound - 1)
    while line >= body.lowerBound, issue.lines[line].range.lowerBound >= range.lowerBound {
      if issue.isItem(line) || issue.lines[line].isTableRow { return issue.lines[line].range.lowerBound }
      line -= 1
    }
    return nil
  }

  /// The clause behind the run of reference `index`, and behind further ones that follow with a comma.
  private func clause(behind index: Int, _ references: [Reference], _ runs: [Range<Int>]) -> Range<Int> {
    var next = index
    var start = runs[index].upperBound
    for _ in 0..<Self.longestList {
      while next < references.count, references[next].range.lowerBound < start { next += 1 }
      guard next < references.count, references[next].range.lowerBound == start + 1, issue.units[start] == "," else {
        break
      }
      start = runs[next].upperBound
    }
    let limit = min(next < references.count ? references[next].range.lowerBound : issue.units.count, start + 40)
    let end = issue.units[start..<max(start, limit)].firstIndex { Self.sentenceEnds.contains($0) } ?? max(start, limit)
    // A word directly before the next reference is about that one.
    guard next < references.count, end == references[next].range.lowerBound,
      let length = Governing.endings.length(in: issue.units, endingAt: end, from: start)
    else { return start..<end }
    return start..<end - length
  }

  private func endOfSentence(from index: Int) -> Int {
    let limit = min(issue.units.count, index + Context.farthest)
    return issue.units[index..<limit].firstIndex { $0 == "。" } ?? limit
  }

  /// The opening paragraphs from `line` on, before the first numbered one.
  private static func preamble(from line: Int, before end: Int, in issue: IssueText) -> Range<Int>? {
    guard line < end else { return nil }
    let start = issue.lines[line].range.lowerBound
    var last = line
    while last < end, !endsPreamble(last, in: issue), issue.lines[last].range.upperBound - start < longestPreamble {
      last += 1
    }
    if last == line, issue.isArticle(line) { return nil }
    return start..<max(start + 1, last > line ? issue.lines[last - 1].range.upperBound : start)
  }

  /// Opening paragraphs have at most so many characters.
  static let longestPreamble = 1500

  /// Whether the first numbered paragraph, or a heading, is on `line`.
  static func endsPreamble(_ line: Int, in issue: IssueText) -> Bool {
    issue.isItem(line) || isHeading(line, in: issue)
  }

  /// `1 总则`: a number, a space and a few words.
  private static func isHeading(_ line: Int, in issue: IssueText) -> Bool {
    let words = issue.words(of: line)
    guard words.count < 20, issue.units[words.lowerBound].isDigit, words.count > 1 else { return false }
    return issue.text.gaps[words.lowerBound + 1] != .none
  }

  /// For each reference the range over all that stand together with it: `《…》（…号）、《…》和《…》`.
  private static func runs(of references: [Reference], in units: [UInt16]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first = 0
    for index in references.indices {
      let isLast = index + 1 == references.count
      if isLast || !isJoined(units[references[index].range.upperBound..<references[index + 1].range.lowerBound]) {
        let run = references[first].range.lowerBound..<references[index].range.upperBound
        runs += Array(repeating: run, count: index + 1 - first)
        first = index + 1
      }
    }
    return runs
  }

  /// Whether what stands between two references only strings them together; an office's name may be among it.
  private static func isJoined(_ between: ArraySlice<UInt16>) -> Bool {
    guard between.count <= 24, let first = between.first else { return between.isEmpty }
    if between.count <= 2 { return between.allSatisfy { joints.contains($0) } }
    guard joints.contains(first) else { return false }
    return between.dropFirst().allSatisfy { $0.isHan || $0 == " " || $0 == "、" }
      && Governing.verb(before: between.indices, in: Array(between), offset: between.startIndex) == nil
  }

  /// A list has at most so many lines.
  private static let longestList = 60
  private static let sentenceEnds: UnitSet = "。;!?"
  private static let joints: UnitSet = "、和及与以暨;"
}
