/// Bytes that should be UTF-8, made into text that is.
enum UTF8Repair {
  /// The text that `bytes` hold, each ill-formed sequence replaced by one U+FFFD.
  ///
  /// A sequence is as long as the Unicode Standard recommends (section 3.9, "maximal subparts"): the longest beginning of a
  /// character that is broken off.
  ///
  /// SAFETY: the text in front of the first ill-formed sequence is taken over unchecked, because ``UTF8Check`` has checked it.
  ///
  /// - Returns: the text, and how many sequences were replaced.
  /// - Complexity: O(*n*) in the number of bytes.
  static func text(of bytes: Span<UInt8>) -> (text: String, replacements: Int) {
    let validEnd = UTF8Check.endOfValidText(in: bytes)
    var text = unsafe String(copying: UTF8Span(unchecked: bytes.extracting(0..<validEnd)))
    var replacements = 0
    var start = validEnd
    while start < bytes.count {
      let rest = bytes.extracting(start..<bytes.count)
      do throws(UTF8.ValidationError) {
        text += String(copying: try UTF8Span(validating: rest))
        break
      } catch {
        let broken = error.byteOffsets
        if let valid = try? UTF8Span(validating: rest.extracting(0..<broken.lowerBound)) {
          text += String(copying: valid)
        }
        text.unicodeScalars.append("\u{FFFD}")
        replacements += 1
        start += broken.upperBound
      }
    }
    return (text, replacements)
  }

  /// Where the text begins: behind a byte order mark, if there is one.
  static func startOfText(in bytes: Span<UInt8>) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }
}
