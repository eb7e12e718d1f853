/// Cuts HTML or XML into tags and text, whatever is wrong with it.
///
/// A `<` begins a tag only where a letter, `/`, `!` or `?` follows, so that `各乡<镇>人民政府` is text. A quote that is never
/// closed is none, and so is a comment or `<script>` without its end: the tag then ends at the first `>`. What is looked
/// for in vain once is not looked for again, so that no input takes more than linear time.
struct MarkupScanner {
  /// A part of the source.
  enum Piece: Equatable {
    /// Characters between tags, with character references as they are written.
    case text(Range<Int>)
    /// A start tag, its name in lower case.
    case start(String, isEmptyElement: Bool)
    /// An end tag.
    case end(String)
    /// A comment, declaration or instruction.
    case other
  }

  /// The source, as UTF-8.
  let bytes: [UInt8]
  /// Where the next piece begins.
  private(set) var offset = 0
  private var tagStart = 0
  /// What does not occur any more from some place on.
  private var missing: Set<[UInt8]> = []
  private static let longestName = 32

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next piece; nil at the end.
  mutating func next() -> Piece? {
    guard offset < bytes.count else { return nil }
    guard bytes[offset] == UInt8(ascii: "<"), let piece = tag() else {
      let start = offset
      offset += 1
      while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") { offset += 1 }
      return .text(start..<offset)
    }
    return piece
  }

  /// Passes over everything up to the end tag of `name`, and over that; false, and nothing is passed, when there is none.
  ///
  /// - Parameter isRaw: whether what stands between is no markup; otherwise elements of the same name may be nested.
  mutating func skipElement(_ name: String, isRaw: Bool) -> Bool {
    let pattern = Array("</\(name)".utf8)
    guard !missing.contains(pattern) else { return false }
    var inner = self
    var depth = 1
    if isRaw {
      guard let end = firstIndex(of: pattern, from: offset, upTo: bytes.count) else {
        missing.insert(pattern)
        return false
      }
      offset = end
      return next() != nil
    }
    while depth > 0 {
      switch inner.next() {
      case .start(name, isEmptyElement: false): depth += 1
      case .end(name): depth -= 1
      case .start(let raw, _) where Self.rawElements.contains(raw): _ = inner.skipElement(raw, isRaw: true)
      case nil:
        missing = inner.missing
        missing.insert(pattern)
        return false
      default: break
      }
    }
    self = inner
    return true
  }

  /// Elements whose contents are no markup.
  static let rawElements: Set<String> = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed"]

  /// The number that the last tag gives for an attribute, whose name is in lower case; nil when it gives none.
  func number(of attribute: String) -> Int? {
    let name = Array((attribute + "=").utf8)
    guard let found = firstIndex(of: name, from: tagStart, upTo: offset) else { return nil }
    let value = bytes[(found + name.count)..<offset].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    return Int(String(decoding: value.prefix { Byte.isDigit($0) }.prefix(6), as: UTF8.self))
  }

  // MARK: tags

  private mutating func tag() -> Piece? {
    guard offset + 1 < bytes.count else { return nil }
    switch bytes[offset + 1] {
    case UInt8(ascii: "!"):
      if starts(with: Array("<!--".utf8)), let end = find(Array("-->".utf8), from: offset + 4) {
        offset = end + 3
        return .other
      }
      return declaration()
    case UInt8(ascii: "?"): return declaration()
    case UInt8(ascii: "/"):
      guard offset + 2 < bytes.count, Byte.isLetter(bytes[offset + 2]) else { return nil }
      let name = name(at: offset + 2)
      passTag()
      return .end(name)
    case let byte where Byte.isLetter(byte):
      let name = name(at: offset + 1)
      passTag()
      let isEmptyElement =
        offset >= 2 && bytes[offset - 1] == UInt8(ascii: ">") && bytes[offset - 2] == UInt8(ascii: "/")
      return .start(name, isEmptyElement: isEmptyElement)
    default: return nil
    }
  }

  /// Passes `<!…>` or `<?…>`.
  private mutating func declaration() -> Piece {
    offset = find([UInt8(ascii: ">")], from: offset).map { $0 + 1 } ?? bytes.count
    return .other
  }

  private func name(at start: Int) -> String {
    var name = ""
    var index = start
    while index < bytes.count, index - start < Self.longestName, Byte.isAttributeName(bytes[index]) {
      let byte = bytes[index]
      name.unicodeScalars.append(Unicode.Scalar(lower(byte)))
      index += 1
    }
    return name
  }

  /// Passes the tag at the front; one without its `>` reaches to the end.
  private mutating func passTag() {
    tagStart = offset
    var index = offset + 1
    var followsEquals = false
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: ">"):
        offset = index + 1
        return
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // Only behind `=` does a quote open a value.
        if followsEquals, let end = find([byte], from: index + 1) { index = end }
        followsEquals = false
      case UInt8(ascii: "="): followsEquals = true
      default: if !Byte.isHTMLSpace(byte) { followsEquals = false }
      }
      index += 1
    }
    offset = bytes.count
  }

  // MARK: search

  private func starts(with pattern: [UInt8]) -> Bool {
    offset + pattern.count <= bytes.count && bytes[offset..<offset + pattern.count].elementsEqual(pattern)
  }

  private mutating func find(_ pattern: [UInt8], from start: Int) -> Int? {
    guard !missing.contains(pattern) else { return nil }
    let found = firstIndex(of: pattern, from: start, upTo: bytes.count)
    if found == nil { missing.insert(pattern) }
    return found
  }

  /// Where `pattern`, in lower case, first stands in any case.
  private func firstIndex(of pattern: [UInt8], from start: Int, upTo end: Int) -> Int? {
    guard let first = pattern.first, end >= pattern.count else { return nil }
    var index = start
    while index <= end - pattern.count {
      if bytes[index] == first, pattern.indices.allSatisfy({ lower(bytes[index + $0]) == pattern[$0] }) { return index }
      index += 1
    }
    return nil
  }

  private func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
