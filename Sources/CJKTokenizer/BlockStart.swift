/// The scalars that end a line.
enum UnicodeLineEnd {
  /// LF, VT, FF, CR, NEL, LS, PS.
  @inline(__always)
  static func contains(_ scalar: UInt32) -> Bool {
    (scalar >= 0x0A && scalar <= 0x0D) || scalar == 0x85 || scalar == 0x2028 || scalar == 0x2029
  }
}

/// What shows that a paragraph begins: a numbering such as 一、 （一） 1.2.3 ① 第三条, or a heading mark.
enum BlockStart {
  /// Whether a folded scalar is a closing bracket or quotation mark.
  static func closesBracket(_ folded: UInt32) -> Bool {
    switch folded {
    case 0x29, 0x5D, 0x7D, 0x2019, 0x201D: true
    case 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B: true
    default: false
    }
  }

  /// Whether a numbering or a heading stands at `offset`, the first visible character of a line.
  static func begins(_ text: UnsafePointer<UInt8>, count: Int, at offset: Int) -> Bool {
    var scanner = unsafe Scanner(text: text, count: count, offset: offset)
    let first = scanner.peek()
    if first >= 0x2460 && first <= 0x249B { return true }  // ① ⑴ ⒈
    switch scanner.folded(first) {
    case 0x23:  // #
      let marks = scanner.skip { $0 == 0x23 }
      return marks <= 6 && scanner.isAtWhiteSpace()
    case 0x7B2C:  // 第
      scanner.advance()
      let numerals = scanner.skip { isChineseNumeral($0) || isDigit($0) }
      return numerals > 0 && isDivision(scanner.folded(scanner.peek()))
    case 0x28:  // （
      scanner.advance()
      let numerals = scanner.skip { isChineseNumeral($0) || isDigit($0) }
      return numerals > 0 && numerals <= 3 && scanner.folded(scanner.peek()) == 0x29
    case let scalar where isChineseNumeral(scalar):
      let numerals = scanner.skip { isChineseNumeral($0) }
      return numerals <= 3 && scanner.folded(scanner.peek()) == 0x3001
    case let scalar where isDigit(scalar):
      return beginsDigitNumbering(&scanner)
    default:
      return false
    }
  }

  /// `1、`, `1.` not before a digit, and `1.2.3`.
  private static func beginsDigitNumbering(_ scanner: inout Scanner) -> Bool {
    guard scanner.skip(isDigit) <= 3 else { return false }
    var dots = 0
    while true {
      let mark = scanner.folded(scanner.peek())
      if mark == 0x3001 { return dots == 0 }
      guard mark == 0x2E else { return dots >= 2 }
      scanner.advance()
      dots += 1
      guard scanner.skip(isDigit) > 0 else { return true }
    }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool { scalar >= 0x30 && scalar <= 0x39 }

  private static func isChineseNumeral(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E, 0x3007, 0x96F6: true
    default: false
    }
  }

  /// Whether a scalar names a division of a law: 编 章 节 条 款 部 篇.
  private static func isDivision(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x7F16, 0x7AE0, 0x8282, 0x6761, 0x6B3E, 0x90E8, 0x7BC7: true
    default: false
    }
  }

  /// Reads on in the text, folding single scalars and passing over white space between them.
  ///
  /// SAFETY: made and used inside ``TokenizerPass``, whose promise about `text` and `count` it leans on.
  @safe private struct Scanner {
    let text: UnsafePointer<UInt8>
    let count: Int
    var offset: Int
    let table = FoldTable.shared

    /// The scalar here; 0 at the end.
    func peek() -> UInt32 {
      unsafe offset < count ? UTF8Decoder.decode(text, count: count, at: offset).scalar : 0
    }

    mutating func advance() {
      guard offset < count else { return }
      unsafe offset += UTF8Decoder.decode(text, count: count, at: offset).byteCount
    }

    func folded(_ scalar: UInt32) -> UInt32 {
      scalar <= 0xFFFF ? UInt32(table.basicFolds[Int(scalar)]) : scalar
    }

    func isAtWhiteSpace() -> Bool { table.scalarClass(folded(peek())) == .whiteSpace }

    /// Passes over at most eight scalars whose fold `matches`, and says how many.
    @inline(__always)
    mutating func skip(_ matches: (UInt32) -> Bool) -> Int {
      var skipped = 0
      while skipped < 8 && offset < count {
        let next = unsafe UTF8Decoder.decode(text, count: count, at: offset)
        guard matches(folded(next.scalar)) else { break }
        offset += next.byteCount
        skipped += 1
      }
      return skipped
    }
  }
}
