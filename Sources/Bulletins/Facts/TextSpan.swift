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
    bytes.reserveCapacity(bytes.count + range.count)
    for index in range { bytes.append(text[index]) }
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

/// Words as UTF-8, of which one is looked for in a short piece of text.
struct ByteWords: Sendable {
  /// The words, by their first byte.
  private let byFirst: [[[UInt8]]]

  init(_ words: [String]) {
    var byFirst: [[[UInt8]]] = Array(repeating: [], count: 256)
    for word in words.map({ Array($0.utf8) }) where !word.isEmpty { byFirst[Int(word[0])].append(word) }
    self.byFirst = byFirst
  }

  /// Whether one of the words stands in `range`.
  func occur(in text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range {
      let words = byFirst[Int(text[index])]
      if words.isEmpty { continue }
      for word in words where index + word.count <= range.upperBound && TextSpan.has(word, in: text, at: index) {
        return true
      }
    }
    return false
  }
}
