/// The day on which a law was adopted or last changed, as the lines under its title tell:
/// （2007年8月30日…第二十九次会议通过　根据2022年6月24日…《…的决定》修正）.
enum AdoptionDate {
  /// Such lines stand among the first of a text, and are no longer than this.
  private static let mostLines = 24
  private static let longestLine = 3000

  /// The last day at which the lines before the text proper say that it was adopted, approved or changed, or else the last
  /// at which they say that it was made public; nil if they say neither.
  static func date(in text: Span<UInt8>) -> CalendarDate? {
    var found = Found()
    var line = 0
    var behind = 0
    for _ in 0..<mostLines where line < text.count {
      let end = TextSpan.lineEnd(in: text, from: line, before: min(text.count, line + longestLine))
      let first = TextSpan.firstWord(in: text, line..<end)
      line = end + 1
      guard first < end else { continue }
      behind = first
      if end < text.count, text[end] != Byte.lineFeed || endsText(text, first..<end) { break }
      if beginsWithDate(text, first) {
        var bytes: [UInt8] = []
        TextSpan.append(first..<end, of: text, to: &bytes)
        found.read(SqueezedText(utf8: bytes).units)
        behind = min(line, text.count)
      } else if beginsArticle(text, first) {
        break
      }
    }
    guard TextSpan.firstWord(in: text, behind..<text.count) < text.count else { return nil }
    return found.adopted ?? found.published
  }

  private struct Found {
    var adopted: CalendarDate?
    var published: CalendarDate?

    /// Takes the dates of one line, each with the words up to the next one.
    mutating func read(_ units: [UInt16]) {
      var dates: [(date: CalendarDate?, end: Int)] = []
      var starts: [Int] = []
      var index = 0
      while index + 5 < units.count {
        if units[index].digit != nil, units[index + 4] == "年",
          let date = PrintedDate(in: units, at: index, before: units.count)
        {
          dates.append((date.date, date.end))
          starts.append(index)
          index = date.end
        } else {
          index += 1
        }
      }
      for (position, date) in dates.enumerated() {
        let end = position + 1 < starts.count ? starts[position + 1] : units.count
        guard let day = date.date, !(starts[position] > 0 && units[starts[position] - 1] == "自") else { continue }
        let words = AdoptionDate.withoutTitles(units[date.end..<max(date.end, end)])
        if AdoptionDate.adopting.firstIndex(in: words, words.indices) != nil {
          adopted = max(adopted ?? day, day)
        } else if AdoptionDate.publishing.firstIndex(in: words, words.indices) != nil {
          published = max(published ?? day, day)
        }
      }
    }
  }

  /// The units outside 《》, 〈〉 and <>.
  private static func withoutTitles(_ units: ArraySlice<UInt16>) -> [UInt16] {
    var depth = 0
    return units.filter { unit in
      if openers.contains(unit) { depth += 1 }
      defer { if closers.contains(unit) { depth = max(0, depth - 1) } }
      return depth == 0
    }
  }

  /// Whether a year, or 根据 or a bracket before one, may begin at `index`.
  private static func beginsWithDate(_ text: Span<UInt8>, _ index: Int) -> Bool {
    switch text[index] {
    case UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "("): true
    case 0xEF, 0xE4, 0xE6: beginnings.occur(in: text, index..<min(text.count, index + 3))
    default: false
    }
  }

  private static func beginsArticle(_ text: Span<UInt8>, _ index: Int) -> Bool {
    TextSpan.has(ordinal, in: text, at: index)
  }

  /// Whether the line is running text, which stands behind all that is said of the adoption.
  private static func endsText(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    var end = line.upperBound
    while end > line.lowerBound, text[end - 1] <= Byte.space { end -= 1 }
    return end > line.lowerBound && TextSpan.has(fullStop, in: text, at: end - 3)
  }

  private static let adopting: Phrases = ["通过", "批准", "修订", "修正", "修改"]
  private static let publishing: Phrases = ["公布", "发布", "颁布"]
  private static let openers: UnitSet = "《〈<"
  private static let closers: UnitSet = "》〉>"
  private static let beginnings = ByteWords(["（", "１", "２", "一", "二", "根"])
  private static let ordinal = Array("第".utf8)
  private static let fullStop = Array("。".utf8)
}
