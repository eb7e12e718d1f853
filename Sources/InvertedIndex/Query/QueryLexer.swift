/// Cuts a query into parts: phrases, text between white space, and operators.
///
/// Nothing is an error here: what cannot be an operator is text, and says why.
struct QueryLexer {
  /// One part.
  struct Part: Equatable {
    /// What it is.
    enum Kind: Equatable {
      /// Text without quotation marks, up to white space.
      case text(String)
      /// What stood between quotation marks, or behind a field's name.
      case phrase(String, StreamScope)
      /// `AND`, `OR` or `NOT` between spaces.
      case keyword(String)
    }

    /// What it is.
    var kind: Kind
    /// Whether a `-` that negates stands before it.
    var isNegated = false
    /// Where it begins, in Unicode scalars.
    var position: Int
    /// White space that stood before it, kept so that text can be put together again.
    var space: String
  }

  /// What looked like an operator and is not.
  struct Complaint: Equatable {
    let message: String
    let position: Int
  }

  /// What may enclose a phrase.
  private enum Mark: UInt32 {
    case straight = 0x22
    case wide = 0xFF02
    case opening = 0x201C
    case closing = 0x201D

    var byteCount: Int { self == .straight ? 1 : 3 }
  }

  private let bytes: [UInt8]
  private let fieldNames: Set<String>
  private var index = 0
  private var complaints: [Complaint] = []
  // How many scalars stand before the last byte asked about.
  private var counted = (byteCount: 0, scalarCount: 0)
  private static let unmatched = "a quotation mark that nothing closes"

  /// A lexer for `query` in an index that has fields of these names.
  init(_ query: String, fieldNames: Set<String>) {
    bytes = Array(query.utf8)
    self.fieldNames = fieldNames
  }

  /// All parts, and what looked like an operator and is not.
  mutating func parts() -> ([Part], [Complaint]) {
    var parts: [Part] = []
    while true {
      let spaceStart = index
      while case let byteCount = spaceByteCount(at: index), byteCount > 0 { index += byteCount }
      guard index < bytes.count else { return (parts, complaints) }
      // Text that goes on without white space, as behind a phrase, is a part of its own.
      parts.append(nextPart(space: text(spaceStart..<index)))
    }
  }

  private mutating func nextPart(space: String) -> Part {
    let start = index
    let position = position(at: start)
    var isNegated = false
    if bytes[index] == UInt8(ascii: "-"), index + 1 < bytes.count, !isSpace(index + 1),
      bytes[index + 1] != UInt8(ascii: "-")
    {
      if !space.isEmpty {
        isNegated = true
        index += 1
      } else if index == 0 {
        complain("'-' takes away only behind white space", at: index)
      }
    }
    if let kind = phrase(scope: .body) ?? fieldClause() {
      return Part(kind: kind, isNegated: isNegated, position: position, space: space)
    }
    let wordStart = index
    index += 1
    while index < bytes.count, !isSpace(index) {
      if let mark = mark(at: index), mark == .straight || mark == .wide {
        if next(mark, from: index + mark.byteCount) != nil { break }  // a phrase begins here
        complain(Self.unmatched, at: index)
      }
      index += 1
    }
    let word = text(wordStart..<index)
    let standsAlone = (index == bytes.count || isSpace(index)) && (!space.isEmpty || start == 0)
    if !isNegated, standsAlone, word == "AND" || word == "OR" || word == "NOT" {
      return Part(kind: .keyword(word), position: position, space: space)
    }
    return Part(kind: .text(word), isNegated: isNegated, position: position, space: space)
  }

  /// A phrase in `"…"` or `＂…＂`, or in `“…”` where that is a whole part between spaces.
  private mutating func phrase(scope: StreamScope) -> Part.Kind? {
    guard index < bytes.count, let open = mark(at: index), open != .closing else { return nil }
    if open == .opening {
      guard index == 0 || isBehindSpace(index) || scope != .body || bytes[index - 1] == UInt8(ascii: "-") else {
        return nil
      }
    }
    let start = index + open.byteCount
    guard let end = next(open == .opening ? .closing : open, from: start) else {
      if open != .opening { complain(Self.unmatched, at: index) }
      return nil
    }
    let after = end + open.byteCount
    if open == .opening, after < bytes.count, !isSpace(after) { return nil }
    index = after
    return .phrase(text(start..<end), scope)
  }

  /// `name:"…"` or `name:text` for a field that the index has.
  private mutating func fieldClause() -> Part.Kind? {
    var colon = index
    while colon < bytes.count, !isSpace(colon), bytes[colon] != UInt8(ascii: ":"), bytes[colon] != UInt8(ascii: "\"") {
      colon += 1
    }
    guard colon > index, colon + 1 < bytes.count, bytes[colon] == UInt8(ascii: ":"), !isSpace(colon + 1) else {
      return nil
    }
    let name = text(index..<colon)
    let scope: StreamScope
    switch name {
    case "title": scope = .title
    case "text": scope = .text
    case _ where fieldNames.contains(name): scope = .field(name)
    default:
      let isName = name.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 65 && $0 <= 90) || $0 == 95 }
      if isName && bytes[colon + 1] != UInt8(ascii: "/") { complain("no field has the name '\(name)'", at: index) }
      return nil
    }
    index = colon + 1
    if let phrase = phrase(scope: scope) { return phrase }
    let start = index
    while index < bytes.count, !isSpace(index) { index += 1 }
    return .phrase(text(start..<index), scope)
  }

  private mutating func complain(_ message: String, at index: Int) {
    complaints.append(Complaint(message: message, position: position(at: index)))
  }

  /// How many scalars stand before a byte; asked in order, it counts each once.
  private mutating func position(at index: Int) -> Int {
    if index < counted.byteCount { counted = (0, 0) }
    for byte in bytes[counted.byteCount..<index] where byte & 0xC0 != 0x80 { counted.scalarCount += 1 }
    counted.byteCount = index
    return counted.scalarCount
  }

  // MARK: characters by their bytes

  // An index inside of a character is neither white space nor a mark, so that a walk over bytes finds the same as one over
  // characters.

  private func mark(at index: Int) -> Mark? {
    switch bytes[index] {
    case 0x22: return .straight
    case 0xE2, 0xEF: return Mark(rawValue: threeByteScalar(at: index))
    default: return nil
    }
  }

  private func next(_ mark: Mark, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if self.mark(at: index) == mark { return index }
      index += 1
    }
    return nil
  }

  private func isSpace(_ index: Int) -> Bool { spaceByteCount(at: index) > 0 }

  private func isBehindSpace(_ index: Int) -> Bool {
    var start = index - 1
    while bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return isSpace(start)
  }

  /// The bytes of the white space at an index; 0 where there is none.
  private func spaceByteCount(at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    switch bytes[index] {
    case 0x20, 0x09...0x0D: return 1
    case 0xC2: return bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0 ? 2 : 0
    case 0xE1, 0xE2, 0xE3:
      switch threeByteScalar(at: index) {
      case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return 3
      default: return 0
      }
    default: return 0
    }
  }

  private func threeByteScalar(at index: Int) -> UInt32 {
    UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
  }

  private func text(_ range: Range<Int>) -> String {
    range.isEmpty ? "" : String(decoding: bytes[range], as: UTF8.self)
  }
}
