/// What the text of a law says of itself.
public enum LawText {
  /// The newest day in a law's head, as of its adoption and amendments, in the form of ISO 8601; nil where none is printed there.
  ///
  /// The head ends where the first article begins.
  public static func latestDate(in text: String) -> String? {
    let head = String(String.UnicodeScalarView(text.unicodeScalars.prefix(longestHead)))
    let end = head.firstRange(of: "\n第一条")?.lowerBound ?? head.endIndex
    let units = SqueezedText(String(head[..<end])).units
    var latest: CalendarDate?
    for start in units.indices where units[start].digit != nil && (start == 0 || units[start - 1].digit == nil) {
      guard let day = PrintedDate(in: units, at: start, before: units.count)?.date else { continue }
      latest = max(latest ?? day, day)
    }
    return latest?.description
  }

  private static let longestHead = 2000
}
