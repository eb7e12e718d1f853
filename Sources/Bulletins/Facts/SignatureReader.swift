/// Finds with what a text that is never split is signed, looking only at its dated lines and at its end.
struct SignatureReader {
  /// The document's issuers, as their units.
  let issuers: [[UInt16]]
  let isOrder: Bool

  /// An office and a date.
  struct Found {
    var date: CalendarDate?
    var issuers: [String]
  }

  /// So many dated lines are looked at, each with three lines before it.
  private static let mostDates = 40
  private static let linesBefore = 3
  private static let longestSignature = 900
  /// The end of a text has at most so many bytes and lines.
  private static let tailLength = 900
  private static let tailLines = 5

  /// The first signature by one of the issuers, or else one that ends the text.
  func signature(in text: Span<UInt8>, datedLineEnds: [Int]) -> Found? {
    if !issuers.isEmpty || isOrder {
      for end in datedLineEnds.prefix(Self.mostDates) {
        var start = TextSpan.lineStart(in: text, at: end, notBefore: max(0, end - Self.longestSignature))
        for _ in 0..<Self.linesBefore where start > 0 {
          let above = TextSpan.lineStart(in: text, at: start - 1, notBefore: max(0, end - Self.longestSignature))
          guard above == 0 || text[above - 1] == Byte.lineFeed else { break }
          start = above
        }
        guard start == 0 || text[start - 1] == Byte.lineFeed else { continue }
        let issue = Self.issue(text, start..<end)
        let finder = SignatureFinder(issue: issue, issuers: issuers, isOrder: isOrder)
        if let own = finder.ownSignature(in: issue.lines.indices) { return Self.found(own, in: issue) }
      }
    }
    return closing(text)
  }

  /// The signature that the text ends with.
  private func closing(_ text: Span<UInt8>) -> Found? {
    guard Self.mayEndInDate(text) else { return nil }
    var start = max(0, text.count - Self.tailLength)
    if start > 0 { start = min(text.count, TextSpan.lineEnd(in: text, from: start, before: text.count) + 1) }
    let issue = Self.issue(text, start..<text.count)
    var end = issue.lines.count
    while end > 1, issue.isBracketed(end - 1), !issue.isDate(end - 1) { end -= 1 }
    let finder = SignatureFinder(issue: issue, issuers: issuers, isOrder: isOrder)
    guard end > 0 else { return nil }
    let lines = max(0, end - Self.tailLines)..<end
    let last = lines.upperBound - 1
    if let signature = finder.ownSignature(in: lines) { return Self.found(signature, in: issue) }
    if let signature = finder.signature(in: lines, where: { $0.lines.upperBound == last }) {
      return Self.found(signature, in: issue)
    }
    guard let lone = finder.loneDate(in: lines), lone.lines.upperBound == last else {
      return nil
    }
    return Self.found(lone, in: issue)
  }

  /// Whether the last character can be that of a date, or of a remark in brackets behind one.
  private static func mayEndInDate(_ text: Span<UInt8>) -> Bool {
    var end = text.count
    while end > 0, text[end - 1] <= Byte.space { end -= 1 }
    guard end > 0 else { return false }
    if Byte.isDigit(text[end - 1]) || text[end - 1] == UInt8(ascii: ")") { return true }
    return end >= 3 && ends.occur(in: text, end - 3..<end)
  }

  private static func found(_ signature: Signature, in issue: IssueText) -> Found {
    let names = signature.names.map { Organ.split(issue.text, $0) } ?? []
    let isOffices = names.allSatisfy { Organ.isName(issue.units, $0) }
    return Found(date: signature.date, issuers: isOffices ? names.map { issue.text.printed($0) } : [])
  }

  private static func issue(_ text: Span<UInt8>, _ range: Range<Int>) -> IssueText {
    var bytes: [UInt8] = []
    TextSpan.append(range, of: text, to: &bytes)
    return IssueText(SqueezedText(utf8: bytes))
  }

  private static let ends = ByteWords(["日", "）", "曰"])
}
