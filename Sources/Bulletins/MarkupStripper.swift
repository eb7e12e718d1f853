/// Takes marks that are no text out of a bulletin's text, and leaves the line numbers as they are.
///
/// What goes: heading marks (`#` to `######` and the white space behind them, at the start of a line), `**`, and the tags
/// p, b, br, sub, sup and input, with or without attributes. Everything else in angle brackets is text: bulletins print
/// `各乡<镇>人民政府`. Line ends become line feeds. A tab between two cells of a line stays; before the first and behind the
/// last it becomes a space, because there is nothing it could keep apart.
struct MarkupStripper {
  /// The text so far.
  private(set) var output: [UInt8] = []
  /// Where in ``output`` the first heading with words stands.
  private(set) var firstHeading: Range<Int>?
  /// Where in ``output`` the first line with words stands.
  private(set) var firstLine: Range<Int>?
  /// How many lines the source has; a line end at the very end begins no new line.
  private(set) var lineCount = 0
  private var lineStart = 0

  /// The text of `bytes`, which are valid UTF-8.
  init(stripping bytes: Span<UInt8>) {
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case Byte.lineFeed:
        endLine()
        index += 1
      case Byte.carriageReturn:
        endLine()
        index += index + 1 < bytes.count && bytes[index + 1] == Byte.lineFeed ? 2 : 1
      case UInt8(ascii: "*") where index + 1 < bytes.count && bytes[index + 1] == byte:
        index += 2
      case UInt8(ascii: "<"):
        guard let end = HTMLTag.end(in: bytes, from: index) else {
          output.append(byte)
          index += 1
          continue
        }
        keepLineEnds(of: bytes.extracting(index..<end))
        index = end
      default:
        let end = Self.endOfPlainText(in: bytes, from: index + 1)
        // SAFETY: the pointer lives as long as the closure, which copies what it points to.
        unsafe bytes.extracting(index..<end).withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
        index = end
      }
    }
    finishLine()
    if let last = bytes.indices.last, !Byte.endsLine(bytes[last]) { lineCount += 1 }
  }

  /// Where the next line end, `<` or `*` stands.
  private static func endOfPlainText(in bytes: Span<UInt8>, from start: Int) -> Int {
    // SAFETY: eight bytes are loaded only where eight follow; the span checks that again.
    let raw = unsafe bytes.bytes
    var index = start
    while index + 8 <= bytes.count {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let marks =
        EightBytes.controlMarks(in: word) | EightBytes.marks(of: UInt8(ascii: "<"), in: word)
        | EightBytes.marks(of: UInt8(ascii: "*"), in: word)
      if marks != 0 { break }
      index += 8
    }
    while index < bytes.count {
      switch bytes[index] {
      case Byte.lineFeed, Byte.carriageReturn, UInt8(ascii: "<"), UInt8(ascii: "*"): return index
      default: index += 1
      }
    }
    return index
  }

  private mutating func endLine() {
    finishLine()
    output.append(Byte.lineFeed)
    lineStart = output.count
    lineCount += 1
  }

  /// A tag may be broken over lines; the lines stay.
  private mutating func keepLineEnds(of tag: Span<UInt8>) {
    for index in tag.indices {
      let isFirstOfPair = index + 1 < tag.count && tag[index] == Byte.carriageReturn && tag[index + 1] == Byte.lineFeed
      if Byte.endsLine(tag[index]) && !isFirstOfPair { endLine() }
    }
  }

  /// Looks at the line that ends here: its heading mark, its outer tabs, and whether it may be the title.
  private mutating func finishLine() {
    let wordsStart = skipWhiteSpace(from: lineStart)
    var isHeading = false
    if let textStart = endOfHeadingMark(at: wordsStart) {
      output.removeSubrange(lineStart..<textStart)
      isHeading = true
    }
    let first = isHeading ? lineStart : wordsStart
    guard first < output.count else {
      replaceTabs(in: lineStart..<output.count)
      return
    }
    replaceTabs(in: lineStart..<first)
    var last = output.count
    while let length = Byte.whiteSpaceLength(in: output.span, before: last) { last -= length }
    replaceTabs(in: last..<output.count)
    if firstLine == nil { firstLine = first..<last }
    if isHeading && firstHeading == nil { firstHeading = first..<last }
  }

  private func skipWhiteSpace(from start: Int) -> Int {
    var index = start
    while let length = Byte.whiteSpaceLength(in: output.span, at: index) { index += length }
    return index
  }

  /// Where the words of a heading begin, if there is a heading mark at `start`.
  private func endOfHeadingMark(at start: Int) -> Int? {
    var index = start
    while index < output.count, output[index] == UInt8(ascii: "#") { index += 1 }
    guard (1...6).contains(index - start) else { return nil }
    let end = skipWhiteSpace(from: index)
    return end > index || end == output.count ? end : nil
  }

  private mutating func replaceTabs(in range: Range<Int>) {
    for index in range where output[index] == Byte.tab { output[index] = Byte.space }
  }
}

/// The few HTML tags that extracted bulletins contain.
enum HTMLTag {
  private static let names = ["p", "b", "br", "sub", "sup", "input"].map { Array($0.utf8) }
  /// A tag longer than this is text; keeps the search for its end short.
  private static let longestByteCount = 4096

  /// The offset behind the tag that begins at `start`, or nil if what stands there is text.
  ///
  /// A tag is `<` or `</`, one of six names in any case, attributes as HTML writes them (names of ASCII letters, digits,
  /// `-`, `_`, `:`, `.`), perhaps `/`, and `>`.
  static func end(in bytes: Span<UInt8>, from start: Int) -> Int? {
    let limit = min(bytes.count, start + longestByteCount)
    var index = start + 1
    if index < limit, bytes[index] == UInt8(ascii: "/") { index += 1 }
    let nameStart = index
    while index < limit, Byte.isLetter(bytes[index]) { index += 1 }
    guard index - nameStart <= 5, isKnownName(bytes.extracting(nameStart..<index)) else { return nil }
    while true {
      let gapStart = index
      while index < limit, Byte.isHTMLSpace(bytes[index]) { index += 1 }
      guard index < limit else { return nil }
      if bytes[index] == UInt8(ascii: ">") { return index + 1 }
      if bytes[index] == UInt8(ascii: "/"), index + 1 < limit, bytes[index + 1] == UInt8(ascii: ">") {
        return index + 2
      }
      guard index > gapStart, let next = endOfAttribute(in: bytes, from: index, limit: limit) else { return nil }
      index = next
    }
  }

  private static func isKnownName(_ name: Span<UInt8>) -> Bool {
    names.contains { known in
      known.count == name.count && name.indices.allSatisfy { name[$0] | 0x20 == known[$0] }
    }
  }

  private static func endOfAttribute(in bytes: Span<UInt8>, from start: Int, limit: Int) -> Int? {
    var index = start
    while index < limit, Byte.isAttributeName(bytes[index]) { index += 1 }
    guard index > start else { return nil }
    let nameEnd = index
    while index < limit, Byte.isHTMLSpace(bytes[index]) { index += 1 }
    guard index < limit, bytes[index] == UInt8(ascii: "=") else { return nameEnd }
    index += 1
    while index < limit, Byte.isHTMLSpace(bytes[index]) { index += 1 }
    guard index < limit else { return nil }
    let quote = bytes[index]
    let valueStart = index
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      index += 1
      while index < limit, bytes[index] != quote { index += 1 }
      return index < limit ? index + 1 : nil
    }
    while index < limit, !Byte.isHTMLSpace(bytes[index]), !Byte.endsUnquotedValue(bytes[index]) { index += 1 }
    return index > valueStart ? index : nil
  }
}
