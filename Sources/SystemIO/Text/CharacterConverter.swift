internal import Glibc

/// Text in another encoding, made into UTF-8 by the system's `iconv`.
public enum CharacterConverter {
  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Converts `bytes`; what the encoding does not allow becomes U+FFFD and is counted.
  ///
  /// - Parameters:
  ///   - encoding: the encoding's name, as `iconv -l` spells it.
  ///   - unitByteCount: how many bytes are passed over where they make no character.
  /// - Throws: `EINVAL` with the encoding as its path when the system does not know it.
  /// - Complexity: O(*n*) in the number of bytes.
  public static func utf8(
    of bytes: [UInt8], encoding: String, unitByteCount: Int
  ) throws(SystemError) -> (bytes: [UInt8], replacements: Int) {
    precondition(unitByteCount > 0)
    var opened: iconv_t?
    _ = try SystemCall.perform("iconv_open", on: encoding) {
      let descriptor = unsafe iconv_open("UTF-8", encoding)
      guard Int(bitPattern: descriptor) != -1 else { return -1 }
      unsafe opened = descriptor
      return 0
    }
    guard let descriptor = unsafe opened else { return ([], 0) }
    defer { unsafe iconv_close(descriptor) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 2 + 64)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var replacements = 0
    var offset = 0
    var isFlushed = false
    while !isFlushed {
      var inputLeft = bytes.count - offset
      var outputLeft = piece.count
      let isAtEnd = inputLeft == 0
      // SAFETY: both pointers are moved by iconv inside of their arrays, by the counts that are handed over with them, and
      // the input is only read.
      let failure = unsafe bytes.withUnsafeBytes { input in
        unsafe piece.withUnsafeMutableBytes { output in
          var from = unsafe UnsafeMutableRawPointer(mutating: input.baseAddress)?.advanced(by: offset)
            .assumingMemoryBound(to: CChar.self)
          var to = unsafe output.baseAddress?.assumingMemoryBound(to: CChar.self)
          let outcome =
            unsafe isAtEnd
            ? iconv(descriptor, nil, nil, &to, &outputLeft) : iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
          return outcome == -1 ? errno : 0
        }
      }
      result += piece.prefix(piece.count - outputLeft)
      offset = bytes.count - inputLeft
      switch failure {
      case 0: isFlushed = isAtEnd
      case E2BIG: break
      default:  // no character, or the beginning of one at the end
        guard inputLeft > 0 else { return (result, replacements) }
        result += replacement
        replacements += 1
        offset += min(unitByteCount, inputLeft)
        _ = unsafe iconv(descriptor, nil, nil, nil, nil)
      }
    }
    return (result, replacements)
  }
}
