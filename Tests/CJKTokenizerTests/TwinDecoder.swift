import Foundation

@testable import CJKTokenizer

/// Reads scalars from bytes that may be malformed, asking the standard library about every possible piece.
enum TwinDecoder {
  struct Scalar {
    let value: UInt32
    let start: Int
    let end: Int
    let isMalformed: Bool
  }

  static func decode(_ bytes: [UInt8]) -> [Scalar] {
    var result: [Scalar] = []
    var start = 0
    while start < bytes.count {
      let longest = min(4, bytes.count - start)
      if let (value, count) = (1...longest).lazy.compactMap({ valid(bytes[start..<start + $0]) }).first {
        result.append(Scalar(value: value, start: start, end: start + count, isMalformed: false))
        start += count
      } else {
        let count = (1...longest).last { $0 == 1 || isBeginning(bytes[start..<start + $0]) } ?? 1
        result.append(Scalar(value: 0xFFFD, start: start, end: start + count, isMalformed: true))
        start += count
      }
    }
    return result
  }

  private static func valid(_ bytes: ArraySlice<UInt8>) -> (UInt32, Int)? {
    guard let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.count == 1 else { return nil }
    return text.unicodeScalars.first.map { ($0.value, bytes.count) }
  }

  /// Whether some scalar's bytes begin with these.
  private static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
    let fillers: [UInt8] = [0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF]
    var candidates = [Array(bytes)]
    for _ in 0..<3 {
      candidates = candidates.flatMap { candidate in fillers.map { candidate + [$0] } }
      if candidates.contains(where: { valid($0[...]) != nil }) { return true }
    }
    return false
  }
}

/// Whether a line begins with a numbering or a heading, by regular expressions over its folded beginning.
enum TwinNumbering {
  static func begins(_ scalars: [TwinDecoder.Scalar], at offset: Int) -> Bool {
    let rest = scalars.filter { $0.start >= offset }.prefix(40)
    guard let first = rest.first else { return false }
    if (0x2460...0x249B).contains(first.value) { return true }
    var line = String.UnicodeScalarView()
    for scalar in rest {
      let folded = FoldTable.shared.fold(scalar.value)
      let single = folded.count == 1 && scalar.value <= 0xFFFF ? folded[0] : scalar.value
      if let scalar = Unicode.Scalar(folded.count == 1 ? single : 0xFFFD) { line.append(scalar) }
    }
    let text = String(line)
    let numeral = "一二三四五六七八九十百〇零"
    let patterns = [
      "^#{1,6}(\\s|$)", "^第[\(numeral)0-9]{1,8}[编章节条款部篇]", "^\\([\(numeral)0-9]{1,3}\\)", "^[\(numeral)]{1,3}、",
      "^[0-9]{1,3}、", "^[0-9]{1,3}(\\.[0-9]{1,8})*\\.([^0-9]|$)", "^[0-9]{1,3}(\\.[0-9]{1,8}){2,}+(?!、)",
    ]
    return patterns.contains { text.range(of: $0, options: .regularExpression) != nil }
  }
}
