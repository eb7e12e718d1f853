import CJKTokenizer

/// Makes a passage readable: white space that analysis passes over goes, other white space becomes one space.
enum SnippetText {
  /// The snippet of a range of the text, which begins and ends on scalar bounds; `marks` are ranges of bytes of the text.
  static func make(_ text: [UInt8], range: Range<Int>, marks: [Range<Int>], tabIsGap: Bool) -> Snippet {
    let marks = merge(marks)
    var output: [UInt8] = []
    var copied = range.lowerBound  // what stands before is in the output
    var count = 0  // scalars in the output, and those that wait to be copied
    var highlights: [Range<Int>] = []
    var highlightStart: Int?
    var nextMark = 0
    var offset = range.lowerBound
    var joinsBefore = true  // nothing stands before: no space is needed
    var sawSpace = false
    var sawBorder = false
    while offset < range.upperBound {
      if !sawSpace {
        // Ideographs up to where a mark begins or ends: there is nothing to do but to count them.
        var end = range.upperBound - 2
        if nextMark < marks.count {
          end = min(end, highlightStart == nil ? marks[nextMark].lowerBound : marks[nextMark].upperBound)
        }
        let first = offset
        while offset < end, isUnifiedIdeograph(text, at: offset) { offset += 3 }
        if offset > first {
          count += (offset - first) / 3
          joinsBefore = true
          continue
        }
      }
      let start = offset
      let (scalar, byteCount) = scalar(in: text, at: offset)
      offset = min(offset + byteCount, range.upperBound)
      let role = role(of: scalar)
      if role == .whiteSpace {
        if output.isEmpty { output.reserveCapacity(range.count + 8) }
        output.append(contentsOf: text[copied..<start])
        copied = offset
        if scalar == 0x09 && tabIsGap { sawBorder = true }
        sawSpace = true
        continue
      }
      if let open = highlightStart, start >= marks[nextMark].upperBound {
        highlights.append(open..<count)
        highlightStart = nil
      }
      let joins = role == .joining
      if sawSpace, count > 0, sawBorder || !(joinsBefore || joins) {
        output.append(UInt8(ascii: " "))
        count += 1
      }
      (sawSpace, sawBorder, joinsBefore) = (false, false, joins)
      while nextMark < marks.count, start >= marks[nextMark].upperBound { nextMark += 1 }
      if highlightStart == nil, nextMark < marks.count, start >= marks[nextMark].lowerBound { highlightStart = count }
      count += 1
    }
    if let open = highlightStart { highlights.append(open..<count) }
    let rest = text[copied..<max(copied, range.upperBound)]
    guard copied > range.lowerBound else {
      return Snippet(text: String(decoding: rest, as: UTF8.self), highlights: merge(highlights))
    }
    output.append(contentsOf: rest)
    return Snippet(text: String(decoding: output, as: UTF8.self), highlights: merge(highlights))
  }

  /// Whether the three bytes from an offset on, all in the text, are of U+4E00…U+9FFF.
  @inline(__always)
  private static func isUnifiedIdeograph(_ text: [UInt8], at offset: Int) -> Bool {
    switch text[offset] {
    case 0xE5...0xE9: true
    case 0xE4: text[offset + 1] & 0x3F >= 0x38
    default: false
    }
  }

  /// The role of a scalar; most are of the Unified Ideographs, all of which join, or visible ASCII.
  @inline(__always)
  static func role(of scalar: UInt32) -> Tokenizer.WhiteSpaceRole {
    switch scalar {
    case 0x4E00...0x9FFF: .joining
    case 0x21...0x7E: .other
    default: Tokenizer.whiteSpaceRole(of: scalar)
    }
  }

  /// Ranges that overlap or touch become one.
  private static func merge(_ ranges: [Range<Int>]) -> [Range<Int>] {
    if ranges.count < 2 { return ranges }
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

  /// The scalar at an offset of valid UTF-8, and its length; bytes that are cut off count as zero bits.
  private static func scalar(in text: [UInt8], at offset: Int) -> (scalar: UInt32, byteCount: Int) {
    func bits(_ index: Int) -> UInt32 { offset + index < text.count ? UInt32(text[offset + index] & 0x3F) : 0 }
    let first = UInt32(text[offset])
    switch first {
    case ..<0x80: return (first, 1)
    case ..<0xE0: return ((first & 0x1F) << 6 | bits(1), 2)
    case ..<0xF0: return ((first & 0x0F) << 12 | bits(1) << 6 | bits(2), 3)
    default: return ((first & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3), 4)
    }
  }
}
