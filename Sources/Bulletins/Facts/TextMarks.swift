/// The places in a text where a reference or a signature may stand, found without reading the rest.
struct TextMarks: Sendable {
  /// Where 《, 〔, [ and 号 begin, ascending: every title that is cited and every number has one of them.
  private(set) var references: [Int] = []
  /// The line feeds behind 日, ascending: a signature's date ends there.
  private(set) var datedLineEnds: [Int] = []

  /// Looks `text` through; what was found before is forgotten.
  ///
  /// Sixteen places are asked at once: whether the second and the third byte from each may be those of one of the characters,
  /// or it is a line feed or a bracket itself.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  mutating func find(in text: Span<UInt8>) {
    references.removeAll(keepingCapacity: true)
    datedLineEnds.removeAll(keepingCapacity: true)
    // SAFETY: loads of 16 bytes reach two bytes past the sixteen places, which the loop's condition leaves room for.
    let raw = unsafe text.bytes
    var index = 0
    while index + 18 <= text.count {
      let first = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
      let second = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index + 1, as: SIMD16<UInt8>.self)
      let third = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index + 2, as: SIMD16<UInt8>.self)
      let isBracket =
        Self.places(of: 0x80, in: second) & (Self.places(of: 0x8A, in: third) | Self.places(of: 0x94, in: third))
      let isOrdinal = Self.places(of: 0x8F, in: second) & Self.places(of: 0xB7, in: third)
      let isSingle = Self.places(of: Byte.lineFeed, in: first) | Self.places(of: UInt8(ascii: "["), in: first)
      let places = isBracket | isOrdinal | isSingle
      if places.x | places.y != 0 {
        take(places.x.littleEndian, at: index, in: text)
        take(places.y.littleEndian, at: index + 8, in: text)
      }
      index += 16
    }
    while index < text.count {
      take(at: index, in: text)
      index += 1
    }
  }

  /// Where `byte` is among sixteen, as ones in its place.
  @inline(__always)
  private static func places(of byte: UInt8, in bytes: SIMD16<UInt8>) -> SIMD2<UInt64> {
    // SAFETY: a mask has as many bits as what it was compared from. The type is spelled out: left to be inferred, the
    // comparison is the generic one, a byte at a time.
    unsafe unsafeBitCast(bytes .== SIMD16<UInt8>(repeating: byte), to: SIMD2<UInt64>.self)
  }

  /// Looks again at each of eight places whose byte of `places` is not zero.
  private mutating func take(_ places: UInt64, at index: Int, in text: Span<UInt8>) {
    var places = places & 0x0101_0101_0101_0101
    while places != 0 {
      take(at: index + places.trailingZeroBitCount >> 3, in: text)
      places &= places - 1
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
