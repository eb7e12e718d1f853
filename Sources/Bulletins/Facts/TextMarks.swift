/// The places in a text where a reference or a signature may stand, found without reading the rest.
struct TextMarks: Sendable {
  /// Where 《, 〔, [ and 号 begin, ascending: every title that is cited and every number has one of them.
  private(set) var references: [Int] = []
  /// The line feeds behind 日, ascending: a signature's date ends there.
  private(set) var datedLineEnds: [Int] = []

  /// Looks `text` through; what was found before is forgotten.
  ///
  /// Eight places are asked at once: whether three bytes from each are one of the characters, or it is a line feed.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  mutating func find(in text: Span<UInt8>) {
    references.removeAll(keepingCapacity: true)
    datedLineEnds.removeAll(keepingCapacity: true)
    // SAFETY: loads of 8 bytes reach two bytes past the eight places, which the loop's condition leaves room for.
    let raw = unsafe text.bytes
    var index = 0
    while index + 10 <= text.count {
      let first = UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let second = UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index + 1, as: UInt64.self))
      let third = UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index + 2, as: UInt64.self))
      let isBracket =
        EightBytes.marks(of: 0xE3, in: first) & EightBytes.marks(of: 0x80, in: second)
        & (EightBytes.marks(of: 0x8A, in: third) | EightBytes.marks(of: 0x94, in: third))
      let isOrdinal =
        EightBytes.marks(of: 0xE5, in: first) & EightBytes.marks(of: 0x8F, in: second)
        & EightBytes.marks(of: 0xB7, in: third)
      let isSingle =
        EightBytes.marks(of: Byte.lineFeed, in: first) | EightBytes.marks(of: UInt8(ascii: "["), in: first)
      var places = isBracket | isOrdinal | isSingle
      while places != 0 {
        // A mark may be one too many behind a true one, so that each place is looked at again.
        take(at: index + (places.trailingZeroBitCount >> 3), in: text)
        places &= places - 1
      }
      index += 8
    }
    while index < text.count {
      take(at: index, in: text)
      index += 1
    }
  }

  private mutating func take(at index: Int, in text: Span<UInt8>) {
    switch text[index] {
    case Byte.lineFeed: if Self.isDay(in: text, before: index) { datedLineEnds.append(index) }
    case UInt8(ascii: "["): references.append(index)
    case 0xE3, 0xE5:
      guard index + 2 < text.count else { return }
      switch (text[index], text[index + 1], text[index + 2]) {
      case (0xE3, 0x80, 0x8A), (0xE3, 0x80, 0x94), (0xE5, 0x8F, 0xB7): references.append(index)
      default: break
      }
    default: break
    }
  }

  /// Whether 日, or 日 and a bracket, stands at the end of the line before `lineEnd`.
  private static func isDay(in text: Span<UInt8>, before lineEnd: Int) -> Bool {
    var end = lineEnd
    while end > 0, text[end - 1] == Byte.carriageReturn || text[end - 1] == Byte.space { end -= 1 }
    if end > 1, text[end - 1] == UInt8(ascii: ")") { end -= 1 }
    if end > 3, text[end - 3] == 0xEF, text[end - 2] == 0xBC, text[end - 1] == 0x89 { end -= 3 }
    return end >= 3 && text[end - 3] == 0xE6 && text[end - 2] == 0x97 && text[end - 1] == 0xA5
  }
}
