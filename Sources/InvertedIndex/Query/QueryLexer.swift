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

  private let scalars: [Unicode.Scalar]
  private let fieldNames: Set<String>
  private var index = 0
  private var complaints: [Complaint] = []
  private static let unmatched = "a quotation mark that nothing closes"

  /// A lexer for `query` in an index that has fields of these names.
  init(_ query: String, fieldNames: Set<String>) {
    scalars = Array(query.unicodeScalars)
    self.fieldNames = fieldNames
  }

  /// All parts, and what looked like an operator and is not.
  mutating func parts() -> ([Part], [Complaint]) {
    var parts: [Part] = []
    while true {
      let spaceStart = index
      while index < scalars.count, isSpace(index) { index += 1 }
      let space = text(spaceStart..<index)
      guard index < scalars.count else { return (parts, complaints) }
      let part = nextPart(space: space)
      // Text that goes on without white space, as behind a phrase, is a part of its own.
      parts.append(part)
    }
  }

  private mutating func nextPart(space: String) -> Part {
    let start = index
    var isNegated = false
    if scalars[index] == "-", !space.isEmpty, index + 1 < scalars.count, !isSpace(index + 1),
      scalars[index + 1] != "-"
    {
      isNegated = true
      index += 1
    } else if scalars[index] == "-", index == 0, scalars.count > 1, !isSpace(1), scalars[1] != "-" {
      complain("'-' takes away only behind white space", at: index)
    }
    if let phrase = phrase(scope: .body) {
      return Part(kind: phrase, isNegated: isNegated, position: start, space: space)
    }
    if let field = fieldClause() {
      return Part(kind: field, isNegated: isNegated, position: start, space: space)
    }
    let wordStart = index
    index += 1
    while index < scalars.count, !isSpace(index), !opensPhrase(index) {
      if isQuotationMark(index) { complain(Self.unmatched, at: index) }
      index += 1
    }
    let word = text(wordStart..<index)
    let standsAlone = (index == scalars.count || isSpace(index)) && (!space.isEmpty || start == 0)
    if !isNegated, standsAlone, ["AND", "OR", "NOT"].contains(word) {
      return Part(kind: .keyword(word), position: start, space: space)
    }
    return Part(kind: .text(word), isNegated: isNegated, position: start, space: space)
  }

  /// A phrase in `"…"` or `＂…＂`, or in `“…”` where that is a whole part between spaces.
  private mutating func phrase(scope: StreamScope) -> Part.Kind? {
    guard index < scalars.count else { return nil }
    let open = scalars[index]
    let close: Unicode.Scalar
    switch open {
    case "\"", "\u{FF02}": close = open
    case "“":
      guard index == 0 || isSpace(index - 1) || scope != .body || scalars[index - 1] == "-" else { return nil }
      close = "”"
    default: return nil
    }
    guard let end = scalars[(index + 1)...].firstIndex(of: close) else {
      if open != "“" { complain(Self.unmatched, at: index) }
      return nil
    }
    if open == "“", end + 1 < scalars.count, !isSpace(end + 1) { return nil }
    let content = text(index + 1..<end)
    index = end + 1
    return .phrase(content, scope)
  }

  /// Whether a phrase begins at an index inside of text; an unmatched mark does not begin one.
  private func opensPhrase(_ index: Int) -> Bool {
    isQuotationMark(index) && scalars[(index + 1)...].contains(scalars[index])
  }

  private func isQuotationMark(_ index: Int) -> Bool { scalars[index] == "\"" || scalars[index] == "\u{FF02}" }

  /// `name:"…"` or `name:text` for a field that the index has.
  private mutating func fieldClause() -> Part.Kind? {
    var colon = index
    while colon < scalars.count, !isSpace(colon), scalars[colon] != ":", scalars[colon] != "\"" { colon += 1 }
    guard colon > index, colon + 1 < scalars.count, scalars[colon] == ":", !isSpace(colon + 1) else { return nil }
    let name = text(index..<colon)
    let scope: StreamScope
    switch name {
    case "title": scope = .title
    case "text": scope = .text
    case _ where fieldNames.contains(name): scope = .field(name)
    default:
      let isName = name.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 65 && $0 <= 90) || $0 == 95 }
      if isName && scalars[colon + 1] != "/" { complain("no field has the name '\(name)'", at: index) }
      return nil
    }
    index = colon + 1
    if let phrase = phrase(scope: scope) { return phrase }
    let start = index
    while index < scalars.count, !isSpace(index) { index += 1 }
    return .phrase(text(start..<index), scope)
  }

  private mutating func complain(_ message: String, at position: Int) {
    complaints.append(Complaint(message: message, position: position))
  }

  private func isSpace(_ index: Int) -> Bool { scalars[index].properties.isWhitespace }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }
}
