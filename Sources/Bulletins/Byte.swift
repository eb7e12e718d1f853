/// What single bytes of UTF-8 text are.
enum Byte {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20

  static func endsLine(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

  static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func isHTMLSpace(_ byte: UInt8) -> Bool {
    byte == space || byte == tab || byte == lineFeed || byte == carriageReturn || byte == 0x0C
  }

  static func isAttributeName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "."): true
    default: isLetter(byte) || isDigit(byte)
    }
  }

  /// Whether `byte` ends an attribute's value that has no quotes, or may not stand in it.
  static func endsUnquotedValue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "="),
      UInt8(ascii: "`"):
      true
    default: false
    }
  }

  /// The length of the white space character at `index`, or nil if there is none; a line feed is none.
  static func whiteSpaceLength(in bytes: Span<UInt8>, at index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case space, tab, 0x0B, 0x0C: return 1
    case 0xC2 where index + 1 < bytes.count: return bytes[index + 1] == 0xA0 || bytes[index + 1] == 0x85 ? 2 : nil
    case 0xE1...0xE3 where index + 2 < bytes.count:
      return isWideSpace(bytes[index], bytes[index + 1], bytes[index + 2]) ? 3 : nil
    default: return nil
    }
  }

  /// The length of the white space character that ends before `index`, or nil if there is none; a line feed is none.
  static func whiteSpaceLength(in bytes: Span<UInt8>, before index: Int) -> Int? {
    for length in 1...3 where index >= length && whiteSpaceLength(in: bytes, at: index - length) == length {
      return length
    }
    return nil
  }

  /// The white space of three bytes: U+1680, U+2000–200A, U+2028, U+2029, U+202F, U+205F and U+3000.
  private static func isWideSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second, third) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80): true
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF): true
    default: false
    }
  }
}
