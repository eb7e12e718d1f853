/// Questions to eight bytes of text at once, held in one integer.
///
/// `(x - 0x01…) & ~x & 0x80…` is not zero exactly when a byte of `x` is zero (H. S. Warren, *Hacker's Delight*, 6-1).
enum EightBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

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
}
