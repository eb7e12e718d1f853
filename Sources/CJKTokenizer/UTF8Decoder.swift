/// Reads one Unicode scalar after the other from bytes that may be malformed.
enum UTF8Decoder {
  /// What a malformed sequence is read as.
  static let replacement: UInt32 = 0xFFFD

  /// The scalar that begins at `offset`, and its length in bytes.
  ///
  /// A malformed sequence is one replacement character for its maximal valid part (Unicode 15, 3.9, "Substitution of
  /// Maximal Subparts"): its length is 1 to 3 and `isMalformed` is set.
  ///
  /// - Precondition: `offset < count`.
  @inline(__always)
  static func decode(
    _ text: UnsafePointer<UInt8>, count: Int, at offset: Int
  ) -> (scalar: UInt32, byteCount: Int, isMalformed: Bool) {
    let first = unsafe text[offset]
    if first < 0x80 { return (UInt32(first), 1, false) }
    if first >= 0xE1 && first <= 0xEC && offset + 2 < count {
      let second = unsafe text[offset + 1]
      let third = unsafe text[offset + 2]
      if second & 0xC0 == 0x80 && third & 0xC0 == 0x80 {
        return (UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F), 3, false)
      }
    }
    return unsafe decodeRest(text, count: count, at: offset, first: first)
  }

  @inline(never)
  private static func decodeRest(
    _ text: UnsafePointer<UInt8>, count: Int, at offset: Int, first: UInt8
  ) -> (scalar: UInt32, byteCount: Int, isMalformed: Bool) {
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, low) = (3, 0xA0)
    case 0xED: (length, high) = (3, 0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, low) = (4, 0x90)
    case 0xF4: (length, high) = (4, 0x8F)
    case 0xF1...0xF3: length = 4
    default: return (replacement, 1, true)
    }
    var scalar = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for index in 1..<length {
      guard offset + index < count else { return (replacement, index, true) }
      let byte = unsafe text[offset + index]
      guard byte >= low && byte <= high else { return (replacement, index, true) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
      (low, high) = (0x80, 0xBF)
    }
    return (scalar, length, false)
  }
}
