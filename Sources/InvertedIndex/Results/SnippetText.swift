import CJKTokenizer

/// Makes a passage readable: white space that analysis passes over goes, other white space becomes one space.
enum SnippetText {
  /// The snippet of a range of the text, which begins and ends on scalar bounds; `marks` are ranges of bytes of the text.
  static func make(_ text: [UInt8], range: Range<Int>, marks: [Range<Int>], tabIsGap: Bool) -> Snippet {
    let marks = merge(marks)
    var output: [UInt8] = []
    output.reserveCapacity(range.count + 8)
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
      let start = offset
      let (scalar, byteCount) = scalar(in: text, at: offset)
      offset = min(offset + byteCount, range.upperBound)
      let role = role(of: scalar)
      if role == .whiteSpace {
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
    output.append(contentsOf: text[copied..<max(copied, range.upperBound)])
    if let open = highlightStart { highlights.append(open..<count) }
    return Snippet(text: String(decoding: output, as: UTF8.self), highlights: merge(highlights))
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
