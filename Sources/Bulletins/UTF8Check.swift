/// Finds out whether bytes are UTF-8, at a speed that suits Chinese: five characters of three bytes at once.
enum UTF8Check {
  /// The offset of the first ill-formed sequence in `bytes`, or their count if there is none.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  static func endOfValidText(in bytes: Span<UInt8>) -> Int {
    endOfText(in: bytes, from: 0, stopsAtSpecialBytes: false)
  }

  /// The offset of the first byte at or after `start` that is a quote, a backslash or a control character, or begins an
  /// ill-formed sequence; their count if there is none.
  ///
  /// - Complexity: O(*n*) in the number of bytes passed.
  static func endOfPlainText(in bytes: Span<UInt8>, from start: Int) -> Int {
    endOfText(in: bytes, from: start, stopsAtSpecialBytes: true)
  }

  @inline(__always)
  private static func endOfText(in bytes: Span<UInt8>, from start: Int, stopsAtSpecialBytes: Bool) -> Int {
    let count = bytes.count
    // SAFETY: loads of 4 and 8 bytes at `index` happen only where so many bytes follow; the span checks that again.
    let raw = unsafe bytes.bytes
    var index = start
    while index < count {
      if index + 16 <= count {
        index += wideLength(
          UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)),
          UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index + 8, as: UInt64.self)))
        if index == count { break }
      }
      if bytes[index] < 0x80 {
        if stopsAtSpecialBytes && EightBytes.isSpecial(bytes[index]) { return index }
        index += 1
        while index + 8 <= count {
          let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
          if word & EightBytes.tops != 0 || stopsAtSpecialBytes && EightBytes.hasSpecialByte(word) { break }
          index += 8
        }
      } else if index + 4 <= count {
        let word = UInt32(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self))
        let length = multiByteLength(word)
        if length == 0 { return index }
        index += length
      } else {
        let end = endOfValidTail(in: bytes, from: index)
        while stopsAtSpecialBytes && index < end && !EightBytes.isSpecial(bytes[index]) { index += 1 }
        return stopsAtSpecialBytes ? index : end
      }
    }
    return count
  }

  /// How many of sixteen bytes are characters of three bytes, one behind the other from the front; 15 at most.
  ///
  /// Behind E0 and ED not every second byte is allowed, so that it stops there.
  @inline(__always)
  private static func wideLength(_ low: UInt64, _ high: UInt64) -> Int {
    // The first bytes of characters are 0, 3 and 6 of the low word, 1 and 4 of the high one, whose last is not looked at.
    let lowMarks = strangeMarks(
      low, mask: 0xC0F0_C0C0_F0C0_C0F0, pattern: 0x80E0_8080_E080_80E0, firsts: 0x0001_0000_0100_0001)
    if lowMarks != 0 { return (lowMarks.trailingZeroBitCount >> 3) / 3 * 3 }
    let highMarks = strangeMarks(
      high, mask: 0x00C0_C0F0_C0C0_F0C0, pattern: 0x0080_80E0_8080_E080, firsts: 0x0000_0001_0000_0100)
    return highMarks == 0 ? 15 : (8 + (highMarks.trailingZeroBitCount >> 3)) / 3 * 3
  }

  /// Bits in the bytes of `word` that differ from `pattern` under `mask`, and in those of `firsts` that are E0 or ED.
  @inline(__always)
  private static func strangeMarks(_ word: UInt64, mask: UInt64, pattern: UInt64, firsts: UInt64) -> UInt64 {
    // With 15 added, bit 4 tells whether a number of four bits was not 0.
    let nibbles = word & (firsts &* 0x0F)
    let isNotE0 = nibbles &+ firsts &* 0x0F
    let isNotED = (nibbles ^ (firsts &* 0x0D)) &+ firsts &* 0x0F
    return ((word & mask) ^ pattern) | (~(isNotE0 & isNotED) & (firsts &* 0x10))
  }

  /// The length of the well-formed character of two to four bytes at the front of `word`, its first byte lowest; 0 if there
  /// is none (table 3-7 of the Unicode Standard).
  @inline(__always)
  private static func multiByteLength(_ word: UInt32) -> Int {
    if word & 0x00C0_C0F0 == 0x0080_80E0 {
      // The low half of the first byte and bit 5 of the second: neither overlong (E0 80…9F) nor a surrogate (ED A0…BF).
      let choice = word & 0x200F
      return choice != 0 && choice != 0x200D ? 3 : 0
    }
    if word & 0x0000_C0E0 == 0x0000_80C0 {
      return word & 0x1E != 0 ? 2 : 0
    }
    if word & 0xC0C0_C0F8 == 0x8080_80F0 {
      let scalarTop = (word & 0x07) << 2 | (word >> 12) & 0x03
      return (1...16).contains(scalarTop) ? 4 : 0
    }
    return 0
  }

  /// ``endOfValidText(in:)`` for the last three bytes at most.
  private static func endOfValidTail(in bytes: Span<UInt8>, from start: Int) -> Int {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.extracting(start..<bytes.count))
      return bytes.count
    } catch {
      return start + error.byteOffsets.lowerBound
    }
  }
}

extension UTF8Check {
  /// How many well-formed characters of more than one byte there are, and how many ill-formed sequences, each with the
  /// bytes behind it that can only go on.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  static func countCharacters(in bytes: Span<UInt8>) -> (characters: Int, damages: Int) {
    var (characters, damages) = (0, 0)
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      var word: UInt32 = 0
      for place in 0..<min(4, bytes.count - index) { word |= UInt32(bytes[index + place]) << (8 * UInt32(place)) }
      let length = multiByteLength(word)
      if length > 0 {
        characters += 1
        index += length
      } else {
        damages += 1
        index += 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      }
    }
    return (characters, damages)
  }
}
