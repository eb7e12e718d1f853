/// The lines at the beginning of a text, read without the rest.
enum OpeningLines {
  /// Where the opening paragraphs end: before the first numbered paragraph, or after so much text.
  ///
  /// - Complexity: O(1): a few thousand bytes are looked at.
  static func preambleEnd(of text: Span<UInt8>) -> Int {
    var line = 0
    var count = 0
    while line < text.count {
      let end = TextSpan.lineEnd(in: text, from: line, before: text.count)
      let first = TextSpan.firstWord(in: text, line..<end)
      if first < end {
        if Excerpt.mayBeginItem(in: text, first), endsPreamble(text, first..<end) { return line }
        count += characters(in: text, first..<end)
        if count >= CitationFinder.longestPreamble { return line }
      }
      line = end + 1
    }
    return text.count
  }

  private static func endsPreamble(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    var end = min(line.upperBound, line.lowerBound + 160)
    while end < line.upperBound, !TextSpan.isBoundary(in: text, end) { end += 1 }
    var bytes: [UInt8] = []
    TextSpan.append(line.lowerBound..<end, of: text, to: &bytes)
    let issue = IssueText(SqueezedText(utf8: bytes))
    return !issue.lines.isEmpty && CitationFinder.endsPreamble(0, in: issue)
  }

  /// How many characters stand in `range`, ASCII white space left out.
  private static func characters(in text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var count = 0
    for index in range where text[index] & 0xC0 != 0x80 && text[index] > Byte.space { count += 1 }
    return count
  }

  /// The end of the first `count` characters, moved to the end of its line.
  static func end(ofFirst count: Int, in text: Span<UInt8>) -> Int {
    var left = count
    var index = 0
    while index < text.count {
      if text[index] & 0xC0 != 0x80 {
        if left == 0 { break }
        left -= 1
      }
      index += 1
    }
    return index
  }
}
