/// What the beginning of a text says of its document: number and title.
struct HeadReader {
  /// The number, if the text begins with one of its own.
  private(set) var number: DocumentNumber?
  /// The title that stands there with its issuer; nil if none was recognised.
  private(set) var title: String?
  /// The issuers that this title names.
  private(set) var issuers: [String] = []

  /// A number that begins farther behind is no text's own.
  static let farthestNumber = 500
  /// A title below the number may go on so far, in bytes.
  private static let restLength = 600

  /// Reads the head of `text`, in front of which `title` stands.
  init(of text: Span<UInt8>, title: String) {
    let farthest = OpeningLines.end(ofFirst: Self.farthestNumber, in: text)
    let end = TextSpan.lineEnd(in: text, from: min(text.count, farthest + Self.restLength), before: text.count)
    var bytes = Array(title.utf8)
    if !bytes.isEmpty { bytes.append(Byte.lineFeed) }
    let bodyStart = bytes.count
    Self.appendWithoutMarks(text, 0..<min(end, farthest + Self.restLength * 4), to: &bytes)
    let issue = IssueText(SqueezedText(utf8: bytes))
    guard !issue.lines.isEmpty, !issue.lines.indices.prefix(Self.mostLines).contains(where: issue.isContentsMark) else {
      return
    }
    let first = issue.lines.first { $0.bytes.lowerBound >= bodyStart }?.range.lowerBound ?? issue.units.count
    let limit = first + Self.farthestNumber
    let opening = OpeningFinder(issue: issue).numberedOpenings().first
    if let opening, let number = opening.number, Self.place(of: number, in: issue) < limit {
      self.number = number
      self.title = issue.text.printed(opening.title.range)
      issuers = TitleParts.issuers(in: issue.text, opening.title.range).map { issue.text.printed($0) }
    } else if !title.isEmpty {
      number = Self.numberOnItsOwnLine(in: issue, before: limit)
    }
  }

  private static let mostLines = 40

  private static func place(of number: DocumentNumber, in issue: IssueText) -> Int {
    issue.mentions.first { $0.number == number }?.range.lowerBound ?? Int.max
  }

  /// The number that fills a line above all running text, its brackets and a word such as 文号 left out.
  private static func numberOnItsOwnLine(in issue: IssueText, before limit: Int) -> DocumentNumber? {
    for mention in issue.mentions where mention.range.lowerBound < limit {
      let line = issue.text.lineIndex(of: mention.range.lowerBound)
      if (0..<line).contains(where: { issue.isRunningText($0) && !issue.isTableRow($0) }) { return nil }
      if issue.isWholly(mention.range, line) { return mention.number }
    }
    return nil
  }

  /// Appends the lines of `range`, each without the marks # of a heading.
  private static func appendWithoutMarks(_ text: Span<UInt8>, _ range: Range<Int>, to bytes: inout [UInt8]) {
    var line = range.lowerBound
    var limit = min(range.upperBound, text.count)
    while limit > line, !TextSpan.isBoundary(in: text, limit) { limit -= 1 }
    while line < limit {
      let end = TextSpan.lineEnd(in: text, from: line, before: limit)
      var start = line
      while start < end, text[start] == UInt8(ascii: "#") || text[start] == Byte.space { start += 1 }
      TextSpan.append(start..<end, of: text, to: &bytes)
      bytes.append(Byte.lineFeed)
      line = end + 1
    }
  }
}
