/// What an issue says of itself on its cover.
public struct BulletinIssue: Sendable, Equatable {
  /// The bulletin's name: 云泽县人民政府公报.
  public var name: String
  /// The year of the issue.
  public var year: Int?
  /// The issue within the year, as printed: 第2期（下）.
  public var number: String?

  /// The issue that the first lines of `issue` name, or nil if they name none.
  init?(in issue: IssueText) {
    var name: String?
    for line in 0..<min(Self.lineCount, issue.lines.count) {
      let words = issue.words(of: line)
      if name == nil { name = Self.name(in: issue, words) }
      if number == nil, words.count <= 80, let found = Self.number(in: issue, words) { (year, number) = found }
      if name != nil, number != nil, year != nil { break }
    }
    guard let name else { return nil }
    self.name = name
  }

  /// Covers and mastheads are no longer than this.
  private static let lineCount = 40

  private static func name(in issue: IssueText, _ words: Range<Int>) -> String? {
    var words = words
    if let issueNumber = issueStart(in: issue.units, words), issueNumber > words.lowerBound {
      words = words.lowerBound..<issueNumber
      if issue.units[words.upperBound - 1] == "(" { words = words.lowerBound..<words.upperBound - 1 }
    }
    guard (4...30).contains(words.count),
      nameEnds.length(in: issue.units, endingAt: words.upperBound, from: words.lowerBound) != nil,
      words.allSatisfy({ issue.units[$0].isHan || issue.units[$0] == "《" || issue.units[$0] == "》" })
    else { return nil }
    return issue.text.printed(words)
  }

  /// Where `2021年第2期` begins.
  private static func issueStart(in units: [UInt16], _ range: Range<Int>) -> Int? {
    range.first { PrintedDate.year(in: units, at: $0) != nil || units[$0] == "第" }
  }

  private static func number(in issue: IssueText, _ words: Range<Int>) -> (Int?, String)? {
    let units = issue.units
    guard let ordinal = words.first(where: { units[$0] == "第" }),
      let value = Numeral.value(in: units, at: ordinal + 1, before: words.upperBound), value.end < words.upperBound,
      units[value.end] == "期" || units[value.end] == "号"
    else { return nil }
    var end = value.end + 1
    if end < words.upperBound, units[end] == "(",
      let close = units[end..<words.upperBound].firstIndex(where: { $0 == ")" })
    {
      end = close + 1
    }
    let year = words.lazy.compactMap { PrintedDate.year(in: units, at: $0) }.first
    return (year, issue.text.printed(ordinal..<end))
  }

  private static let nameEnds: Phrases = ["公报", "政报", "公报》", "政报》"]
}
