/// Questions to eight bytes of text at once, held in one integer.
///
/// `(x - 0x01…) & ~x & 0x80…` is not zero exactly when a byte of `x` is zero (H. S. Warren, *Hacker's Delight*, 6-1).
enum EightBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  /// The highest bit of each, which bytes that are not ASCII have.
  static let tops: UInt64 = 0x8080_8080_8080_8080

  /// Not zero if `byte` is among them.
  @inline(__always)
  static func marks(of byte: UInt8, in word: UInt64) -> UInt64 {
    let difference = word ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & tops
  }

  /// Not zero if one of them is below 0x20.
  @inline(__always)
  static func controlMarks(in word: UInt64) -> UInt64 {
    (word &- ones &* 0x20) & ~word & tops
  }

  /// Whether JSON allows `byte` in no string, or for more than itself: a quote, a backslash or a control character.
  @inline(__always)
  static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < Byte.space
  }

  /// Whether ``isSpecial(_:)`` is true of one of them.
  @inline(__always)
  static func hasSpecialByte(_ word: UInt64) -> Bool {
    controlMarks(in: word) | marks(of: UInt8(ascii: "\""), in: word) | marks(of: UInt8(ascii: "\\"), in: word) != 0
  }
}
