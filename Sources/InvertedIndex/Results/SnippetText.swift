import CJKTokenizer

/// Makes a passage readable: white space that analysis passes over goes, other white space becomes one space.
enum SnippetText {
  /// The snippet of a range of the text; `marks` are ranges of bytes of the text, rising by their starts.
  static func make(_ text: Span<UInt8>, range: Range<Int>, marks: [Range<Int>], tabIsGap: Bool) -> Snippet {
    let merged = merge(marks)
    var result = String.UnicodeScalarView()
    var count = 0
    var highlights: [Range<Int>] = []
    var next = 0
    var highlightStart: Int?
    var offset = range.lowerBound
    var previous: Unicode.Scalar?
    var pendingSpace = false
    var pendingTab = false
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(text[index]) }
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let start = offset
      offset += UTF8.width(scalar)
      if scalar.properties.isWhitespace {
        if scalar == "\t" && tabIsGap { pendingTab = true }
        pendingSpace = true
        continue
      }
      if let open = highlightStart, next < merged.count, start >= merged[next].upperBound {
        highlights.append(open..<count)
        highlightStart = nil
        next += 1
      }
      if pendingSpace, let before = previous {
        let isPassedOver = Tokenizer.joinsAcrossWhiteSpace(before) || Tokenizer.joinsAcrossWhiteSpace(scalar)
        if pendingTab || !isPassedOver {
          result.append(" ")
          count += 1
        }
      }
      pendingSpace = false
      pendingTab = false
      while next < merged.count, start >= merged[next].upperBound { next += 1 }
      if highlightStart == nil, next < merged.count, start >= merged[next].lowerBound { highlightStart = count }
      result.append(scalar)
      count += 1
      previous = scalar
    }
    if let open = highlightStart { highlights.append(open..<count) }
    return Snippet(text: String(result), highlights: join(highlights))
  }

  /// Ranges that overlap or touch become one.
  private static func merge(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// Highlights that touch, now that white space has gone, become one.
  private static func join(_ ranges: [Range<Int>]) -> [Range<Int>] { merge(ranges) }
}
