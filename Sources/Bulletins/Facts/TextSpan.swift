/// Looking around in the UTF-8 of a text: lines, sentences, words.
enum TextSpan {
  /// Where the line that holds `index` begins; `floor` if that comes first.
  static func lineStart(in text: Span<UInt8>, at index: Int, notBefore floor: Int = 0) -> Int {
    var start = index
    while start > floor, text[start - 1] != Byte.lineFeed { start -= 1 }
    return start
  }

  /// The line feed behind `index`, or `limit` if none comes before it.
  static func lineEnd(in text: Span<UInt8>, from index: Int, before limit: Int) -> Int {
    var end = index
    // SAFETY: eight bytes are loaded where they lie before both the limit and the text's end.
    let raw = unsafe text.bytes
    while end + 8 <= min(limit, text.count), end >= 0 {
      let word = UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self))
      let marks = EightBytes.marks(of: Byte.lineFeed, in: word)
      if marks != 0 { return end + marks.trailingZeroBitCount >> 3 }  // the first mark is never one too many
      end += 8
    }
    while end < limit, text[end] != Byte.lineFeed { end += 1 }
    return end
  }

  /// Whether a sentence ends before `index`: with 。；！？ or their ASCII forms.
  static func endsSentence(in text: Span<UInt8>, before index: Int) -> Bool {
    switch text[index - 1] {
    case UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"): return true
    case 0x82: return index >= 3 && text[index - 2] == 0x80 && text[index - 3] == 0xE3
    case 0x81, 0x9B, 0x9F: return index >= 3 && text[index - 2] == 0xBC && text[index - 3] == 0xEF
    default: return false
    }
  }

  /// Whether `index` is the start of a character.
  static func isBoundary(in text: Span<UInt8>, _ index: Int) -> Bool {
    index >= text.count || text[index] & 0xC0 != 0x80
  }

  /// Whether `bytes` stand at `index`.
  static func has(_ bytes: [UInt8], in text: Span<UInt8>, at index: Int) -> Bool {
    guard index >= 0, index + bytes.count <= text.count else { return false }
    for offset in bytes.indices where text[index + offset] != bytes[offset] { return false }
    return true
  }

  /// Appends the bytes of `range` to `bytes`.
  static func append(_ range: Range<Int>, of text: Span<UInt8>, to bytes: inout [UInt8]) {
    // SAFETY: the part is the text's own, which was checked, and is read here alone.
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Where the first character that is no white space stands in `range`, or its end.
  static func firstWord(in text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let part = text.extracting(range)
    var index = 0
    while index < part.count {
      if part[index] == Byte.lineFeed || part[index] == Byte.carriageReturn {
        index += 1
      } else if let length = Byte.whiteSpaceLength(in: part, at: index) {
        index += length
      } else {
        break
      }
    }
    return range.lowerBound + index
  }
}

/// Words as UTF-8, each of three bytes or more, of which one is looked for in a short piece of text.
struct ByteWords: Sendable {
  private let words: [[UInt8]]
  /// By six bits of the second and of the third byte of each word: few other characters share them.
  private var marks = [UInt64](repeating: 0, count: 64)

  init(_ words: [String]) {
    self.words = words.map { Array($0.utf8) }
    for word in self.words {
      precondition(word.count >= 3, "words begin with a character of three bytes")
      marks[Int(word[1] & 0x3F)] |= 1 << UInt64(word[2] & 0x3F)
    }
  }

  /// Whether one of the words stands in `range`.
  func occur(in text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let part = text.extracting(range)
    let marks = self.marks.span
    var index = 0
    while index + 2 < part.count {
      if marks[Int(part[index + 1] & 0x3F)] >> UInt64(part[index + 2] & 0x3F) & 1 != 0, begins(at: index, in: part) {
        return true
      }
      // No word begins inside of a character.
      index += part[index] & 0xF0 == 0xE0 ? 3 : 1
    }
    return false
  }

  @inline(never)
  private func begins(at index: Int, in text: Span<UInt8>) -> Bool {
    for word in words where TextSpan.has(word, in: text, at: index) { return true }
    return false
  }
}
