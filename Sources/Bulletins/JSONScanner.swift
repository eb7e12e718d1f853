/// Reads the parts of one flat JSON object (RFC 8259), byte by byte, from left to right.
///
/// It is strict about the grammar and lenient about text: malformed UTF-8 and halves of surrogate pairs inside strings
/// become U+FFFD and are counted. Objects and lists inside a list are refused where they begin, so nothing recurses. A
/// scanner keeps its buffer between lines: ``start(at:)`` begins the next one.
struct JSONScanner {
  /// How many ill-formed sequences of text were replaced since ``start(at:)``.
  private(set) var replacements = 0
  private var offset = 0
  private var unescaped: [UInt8] = []

  /// Begins a new object at `offset`.
  mutating func start(at offset: Int) {
    self.offset = offset
    replacements = 0
  }

  /// The byte at the front, or nil at the end.
  func peek(_ bytes: Span<UInt8>) -> UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  /// Passes the white space at the front.
  mutating func skipWhiteSpace(_ bytes: Span<UInt8>) {
    while offset < bytes.count {
      switch bytes[offset] {
      case Byte.space, Byte.tab, Byte.lineFeed, Byte.carriageReturn: offset += 1
      default: return
      }
    }
  }

  /// Passes `byte` if it is at the front.
  mutating func skip(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard peek(bytes) == byte else { return false }
    offset += 1
    return true
  }

  /// The error that something else was expected at the front.
  func expected(_ what: String) -> ReadError.Reason {
    .malformed(expected: what, byte: offset + 1)
  }

  // MARK: Values

  /// The value of the field `name`: a scalar or a list of scalars.
  mutating func value(of name: String, _ bytes: Span<UInt8>) throws(ReadError.Reason) -> FieldValue {
    guard skip(UInt8(ascii: "["), bytes) else { return try scalar(of: name, bytes) }
    var items: [FieldValue] = []
    skipWhiteSpace(bytes)
    if skip(UInt8(ascii: "]"), bytes) { return .list(items) }
    while true {
      skipWhiteSpace(bytes)
      items.append(try scalar(of: name, bytes))
      skipWhiteSpace(bytes)
      if skip(UInt8(ascii: "]"), bytes) { return .list(items) }
      guard skip(UInt8(ascii: ","), bytes) else { throw expected("',' or ']'") }
    }
  }

  private mutating func scalar(of name: String, _ bytes: Span<UInt8>) throws(ReadError.Reason) -> FieldValue {
    switch peek(bytes) {
    case UInt8(ascii: "\""): return .string(try string(bytes))
    case UInt8(ascii: "{"), UInt8(ascii: "["): throw .nested(name)
    case UInt8(ascii: "t"): return try literal("true", .boolean(true), bytes)
    case UInt8(ascii: "f"): return try literal("false", .boolean(false), bytes)
    case UInt8(ascii: "n"): return try literal("null", .null, bytes)
    case let byte? where Byte.isDigit(byte) || byte == UInt8(ascii: "-"): return try number(bytes)
    default: throw expected("a value")
    }
  }

  private mutating func literal(_ word: StaticString, _ value: FieldValue, _ bytes: Span<UInt8>)
    throws(ReadError.Reason) -> FieldValue
  {
    let start = offset
    for byte in word.description.utf8 where !skip(byte, bytes) {
      offset = start
      throw expected("a value")
    }
    return value
  }

  // MARK: Numbers

  /// The number at the front; an integer when it is written as one and fits.
  mutating func number(_ bytes: Span<UInt8>) throws(ReadError.Reason) -> FieldValue {
    let start = offset
    let isInteger = try passNumber(bytes)
    let digits = digitsText(bytes.extracting(start..<offset))
    if isInteger, let integer = Int64(digits) { return .integer(integer) }
    guard let number = Double(digits), number.isFinite else { throw .numberOutOfRange(byte: start + 1) }
    return .number(number)
  }

  /// The digits of the integer at the front, of any length, or nil if the number there has a fraction or an exponent.
  mutating func integerDigits(_ bytes: Span<UInt8>) throws(ReadError.Reason) -> String? {
    let start = offset
    guard try passNumber(bytes) else { return nil }
    let digits = digitsText(bytes.extracting(start..<offset))
    return digits == "-0" ? "0" : digits
  }

  private func digitsText(_ bytes: Span<UInt8>) -> String {
    UTF8Repair.text(of: bytes).text
  }

  /// Passes a number and says whether it has neither fraction nor exponent.
  private mutating func passNumber(_ bytes: Span<UInt8>) throws(ReadError.Reason) -> Bool {
    _ = skip(UInt8(ascii: "-"), bytes)
    if !skip(UInt8(ascii: "0"), bytes) { try passDigits(bytes) }
    var isInteger = true
    if skip(UInt8(ascii: "."), bytes) {
      try passDigits(bytes)
      isInteger = false
    }
    if skip(UInt8(ascii: "e"), bytes) || skip(UInt8(ascii: "E"), bytes) {
      if !skip(UInt8(ascii: "+"), bytes) { _ = skip(UInt8(ascii: "-"), bytes) }
      try passDigits(bytes)
      isInteger = false
    }
    return isInteger
  }

  private mutating func passDigits(_ bytes: Span<UInt8>) throws(ReadError.Reason) {
    let start = offset
    while offset < bytes.count, Byte.isDigit(bytes[offset]) { offset += 1 }
    if offset == start { throw expected("a digit") }
  }

  // MARK: Strings

  /// The string at the front, without its quotes and escapes.
  mutating func string(_ bytes: Span<UInt8>) throws(ReadError.Reason) -> String {
    guard skip(UInt8(ascii: "\""), bytes) else { throw expected("a string") }
    let start = offset
    var isWellFormed = passPlainCharacters(bytes)
    if peek(bytes) == UInt8(ascii: "\"") {
      offset += 1
      let (text, count) = Self.text(of: bytes.extracting(start..<offset - 1), isWellFormed: isWellFormed)
      replacements += count
      return text
    }
    unescaped.removeAll(keepingCapacity: true)
    var runStart = start
    while true {
      // SAFETY: the pointer lives as long as the closure, which copies what it points to.
      unsafe bytes.extracting(runStart..<offset).withUnsafeBufferPointer { unsafe unescaped.append(contentsOf: $0) }
      switch peek(bytes) {
      case UInt8(ascii: "\""):
        offset += 1
        let (text, count) = Self.text(of: unescaped.span, isWellFormed: isWellFormed)
        replacements += count
        return text
      case UInt8(ascii: "\\"): try passEscape(bytes)
      case nil: throw expected("'\"' at the end of the string")
      default: throw expected("an escape instead of a control character")
      }
      runStart = offset
      isWellFormed = passPlainCharacters(bytes) && isWellFormed
    }
  }

  /// The text of `bytes`, mended unless they are well-formed, and how many sequences were replaced.
  private static func text(of bytes: Span<UInt8>, isWellFormed: Bool) -> (text: String, replacements: Int) {
    // SAFETY: well-formed are runs that ``UTF8Check`` found to be whole characters, and characters encoded by ourselves.
    isWellFormed ? (unsafe String(copying: UTF8Span(unchecked: bytes)), 0) : UTF8Repair.text(of: bytes)
  }

  /// Passes everything up to a quote, a backslash or a control character, and says whether it is well-formed UTF-8.
  private mutating func passPlainCharacters(_ bytes: Span<UInt8>) -> Bool {
    offset = UTF8Check.endOfPlainText(in: bytes, from: offset)
    var isWellFormed = true
    while offset < bytes.count, !EightBytes.isSpecial(bytes[offset]) {
      isWellFormed = false
      offset += 1
    }
    return isWellFormed
  }

  private mutating func passEscape(_ bytes: Span<UInt8>) throws(ReadError.Reason) {
    offset += 1
    switch peek(bytes) {
    case UInt8(ascii: "n"): unescaped.append(Byte.lineFeed)
    case UInt8(ascii: "t"): unescaped.append(Byte.tab)
    case UInt8(ascii: "r"): unescaped.append(Byte.carriageReturn)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case let byte? where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/"):
      unescaped.append(byte)
    case UInt8(ascii: "u"):
      offset += 1
      try passUnicodeEscape(bytes)
      return
    default: throw expected("one of \"\\/bfnrtu behind the backslash")
    }
    offset += 1
  }

  /// Passes four hexadecimal digits, and the second half of a surrogate pair if they are the first.
  private mutating func passUnicodeEscape(_ bytes: Span<UInt8>) throws(ReadError.Reason) {
    let first = try hexadecimal(bytes)
    if let scalar = Unicode.Scalar(first) {
      unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return
    }
    let afterFirst = offset
    if first < 0xDC00, skip(UInt8(ascii: "\\"), bytes), skip(UInt8(ascii: "u"), bytes) {
      let second = try hexadecimal(bytes)
      let pair = 0x1_0000 + ((first & 0x3FF) << 10 | second & 0x3FF)
      if (0xDC00...0xDFFF).contains(second), let encoded = Unicode.Scalar(pair).flatMap(UTF8.encode) {
        unescaped.append(contentsOf: encoded)
        return
      }
    }
    offset = afterFirst
    unescaped.append(contentsOf: UTF8.encodedReplacementCharacter)
    replacements += 1
  }

  private mutating func hexadecimal(_ bytes: Span<UInt8>) throws(ReadError.Reason) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = peek(bytes).flatMap(Self.hexadecimalValue) else { throw expected("a hexadecimal digit") }
      value = value << 4 | digit
      offset += 1
    }
    return value
  }

  private static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
