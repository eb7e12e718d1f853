/// What bounds the scores of a block's postings: at most four pairs of a frequency and a length, so that every posting has no
/// more than the frequency and no less than the length of one of them (Ding and Suel, "Faster top-k document retrieval using
/// block-max indexes", 2011; the pairs hold for any k1, b and mean length).
struct BlockImpacts: Equatable {
  /// A pair.
  struct Pair: Equatable {
    /// The largest frequency; 255 stands for any.
    var frequency: UInt8
    /// The code of the smallest length (see ``code(ofLength:)``).
    var length: UInt8
  }

  /// How many pairs there are at most.
  static let pairCount = 4
  /// Bytes in the skip table: two for a pair; pairs that are not needed are zeros.
  static let byteCount = pairCount * 2

  /// The bytes of a skip table's entry: for each pair the frequency, then the length's code, the first pair lowest.
  let word: UInt64

  /// Bounds read from a skip table.
  init(word: UInt64) { self.word = word }

  /// The largest value of a function that grows with the frequency and falls with the length.
  @inline(__always)
  func maximum(_ value: (_ frequency: UInt32, _ length: UInt32) -> Double) -> Double {
    var rest = word
    var maximum = 0.0
    while rest & 0xFF != 0 {
      let frequency = UInt32(truncatingIfNeeded: rest & 0xFF)
      let length = Self.length(ofCode: UInt8(truncatingIfNeeded: rest &>> 8))
      maximum = max(maximum, value(frequency == 255 ? UInt32.max : frequency, length))
      rest &>>= 16
    }
    return maximum
  }

  /// A length as a byte, rounded down: itself up to 31, then four bits behind the highest one.
  static func code(ofLength length: UInt32) -> UInt8 {
    guard length >= 32 else { return UInt8(length) }
    let exponent = 31 - length.leadingZeroBitCount  // at least 5
    guard exponent < 19 else { return 255 }
    return UInt8(exponent - 3) << 4 | UInt8(truncatingIfNeeded: length >> UInt32(exponent - 4) & 15)
  }

  /// The smallest length that has a code.
  @inline(__always)
  static func length(ofCode code: UInt8) -> UInt32 {
    guard code >= 32 else { return UInt32(code) }
    return UInt32(16 | code & 15) &<< UInt32((code &>> 4) &- 1)
  }
}
