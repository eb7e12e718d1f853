/// Cuts a query into parts: phrases, text between white space, operators, and groups of such.
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
      /// Text with `*` behind it, which is left out here.
      case beginning(String, StreamScope)
      /// `AND`, `OR` or `NOT` between spaces.
      case keyword(Keyword)
      /// `~10`: at most so many positions between its neighbours.
      case distance(Int)
      /// What stood in parentheses; text in it is looked for in the scope, as phrases, unless that is the body.
      case group([Part], StreamScope)
      /// Phrases that have to stand in one sentence or paragraph.
      case together([Part], TextUnit)
    }

    /// What it is.
    var kind: Kind
    /// Whether a `-` that negates stands before it.
    var isNegated = false
    /// Where it begins, in Unicode scalars.
    var position: Int
    /// White space that stood before it, kept so that text can be put together again.
    var space: String
    /// The bytes of the query that it takes, from a `-` on, since it may become text after all.
    var source: Range<Int>
  }

  /// What joins parts.
  enum Keyword: String, CaseIterable {
    case and = "AND"
    case or = "OR"
    case not = "NOT"
  }

  /// What looked like an operator and is not.
  struct Complaint: Equatable {
    let message: String
    let position: Int
  }

  /// The query.
  private(set) var characters: QueryCharacters
  private let fieldNames: Set<String>
  private var index = 0
  private var limit: Int  // where the query or the group ends
  private var depth = 0
  private var opensPart = true  // whether a group or a quotation may begin here
  private var unclosed = 0  // parentheses opened in text
  private var complaints: [Complaint] = []
  /// Groups are nested no deeper.
  static let deepestGroup = 16
  private static let unmatched = "a quotation mark that nothing closes"

  /// A lexer for `query` in an index that has fields of these names.
  init(_ query: String, fieldNames: Set<String>) {
    characters = QueryCharacters(query)
    limit = characters.bytes.count
    self.fieldNames = fieldNames
  }

  /// All parts, and what looked like an operator and is not.
  mutating func parts() -> ([Part], [Complaint]) { (parts(scope: .body), complaints) }

  private mutating func parts(scope: StreamScope) -> [Part] {
    var parts: [Part] = []
    opensPart = true
    while true {
      let spaceStart = index
      while index < limit, case let byteCount = characters.spaceByteCount(at: index), byteCount > 0 {
        index += byteCount
      }
      guard index < limit else { return parts }
      opensPart = opensPart || index > spaceStart
      // Text that goes on without white space, as behind a phrase, is a part of its own.
      let part = nextPart(space: characters.text(spaceStart..<index), scope: scope, isBehind: parts.last?.kind)
      parts.append(part)
      switch part.kind {
      case .keyword, .distance: opensPart = true
      default: opensPart = false
      }
    }
  }

  private mutating func nextPart(space: String, scope: StreamScope, isBehind last: Part.Kind?) -> Part {
    let start = index
    let position = characters.position(at: start)
    if let keyword = keyword(at: index), opensPart || last?.isGroup == true {
      index = keyword.end
      return Part(kind: .keyword(keyword.keyword), position: position, space: space, source: start..<index)
    }
    if opensPart || last?.isPhrase == true, let part = distance(position: position, space: space) { return part }
    let isNegated = takeMinus(isBehindSpace: !space.isEmpty || (depth > 0 && last == nil))
    opensPart = opensPart || isNegated
    if let kind = group(scope: scope) ?? phrase(scope: scope) ?? fieldClause(scope: scope) ?? together(scope: scope) {
      return Part(kind: kind, isNegated: isNegated, position: position, space: space, source: start..<index)
    }
    var kind = Part.Kind.text(word())
    if case .text(let text) = kind {
      if let beginning = beginning(text) {
        kind = .beginning(beginning, scope)
      } else if scope != .body {
        kind = .phrase(text, scope)
      }
    }
    return Part(kind: kind, isNegated: isNegated, position: position, space: space, source: start..<index)
  }

  /// Takes a `-` that negates, which stands behind white space and directly before something.
  private mutating func takeMinus(isBehindSpace: Bool) -> Bool {
    let (scalar, byteCount) = characters.narrowScalar(at: index)
    guard scalar == 0x2D, index + byteCount < limit, !characters.isSpace(at: index + byteCount),
      characters.narrowScalar(at: index + byteCount).scalar != 0x2D
    else { return false }
    if isBehindSpace {
      index += byteCount
      return true
    }
    if index == 0 { complain("'-' takes away only behind white space", at: index) }
    return false
  }

  /// Text up to white space, or to a quotation that begins in it.
  private mutating func word() -> String {
    let start = index
    while index < limit, !characters.isSpace(at: index) {
      switch characters.bytes[index] {
      case 0x22, 0x28, 0x29, 0xEF:
        if let mark = characters.quotation(at: index), mark.isStraight, index > start {
          if characters.close(of: mark, from: index + mark.byteCount, before: limit) != nil {
            return characters.text(start..<index)
          }
          complain(Self.unmatched, at: index)
        } else if let parenthesis = characters.parenthesis(at: index) {
          pass(parenthesis)
        }
      default: break
      }
      index += 1
    }
    return characters.text(start..<index)
  }

  /// Notes a parenthesis that is text.
  private mutating func pass(_ parenthesis: (opens: Bool, byteCount: Int)) {
    if parenthesis.opens {
      unclosed += 1
    } else if unclosed > 0 {
      unclosed -= 1
    } else if endsPart(index + parenthesis.byteCount) {
      complain("a parenthesis that nothing opens", at: index)
    }
  }

  /// Text without the `*` at its end, where there is one and text before it.
  private func beginning(_ text: String) -> String? {
    guard let last = text.unicodeScalars.last, last == "*" || last == "＊", text.unicodeScalars.count > 1 else {
      return nil
    }
    return String(text.unicodeScalars.dropLast())
  }

  /// Whether a part may end before an index: white space follows, or nothing, or the end of the group.
  private func endsPart(_ index: Int) -> Bool { index >= limit || characters.isSpace(at: index) }

  // MARK: operators

  /// `AND`, `OR`, `NOT` or `|` where nothing touches it but a parenthesis.
  private func keyword(at start: Int) -> (keyword: Keyword, end: Int)? {
    let byteCount: Int
    let keyword: Keyword
    switch characters.narrowScalar(at: start).scalar {
    case 0x41: (keyword, byteCount) = (.and, characters.byteCount(of: "AND", at: start) ?? 0)
    case 0x4E: (keyword, byteCount) = (.not, characters.byteCount(of: "NOT", at: start) ?? 0)
    case 0x4F: (keyword, byteCount) = (.or, characters.byteCount(of: "OR", at: start) ?? 0)
    case 0x7C: (keyword, byteCount) = (.or, characters.byteCount(of: "|", at: start) ?? 0)
    default: return nil
    }
    let end = start + byteCount
    guard byteCount > 0, end <= limit else { return nil }
    let isBeforeGroup = end < limit && characters.parenthesis(at: end)?.opens == true && groupEnd(from: end) != nil
    return endsPart(end) || isBeforeGroup ? (keyword, end) : nil
  }

  /// `~10` between two parts.
  private mutating func distance(position: Int, space: String) -> Part? {
    guard let (value, end) = distance(at: index) else { return nil }
    let start = index
    guard (1...QuerySyntax.largestDistance).contains(value) else {
      complain("a distance is a number from 1 to \(QuerySyntax.largestDistance)", at: index)
      return nil
    }
    index = end
    return Part(kind: .distance(value), position: position, space: space, source: start..<index)
  }

  /// A tilde and a number at an index, with white space or a quotation behind.
  private func distance(at start: Int) -> (value: Int, end: Int)? {
    guard start < limit else { return nil }
    let tilde = characters.narrowScalar(at: start)
    guard tilde.scalar == 0x7E || tilde.scalar == 0x301C else { return nil }
    var end = start + tilde.byteCount
    var value = 0
    while end < limit, case let digit = characters.narrowScalar(at: end), (0x30...0x39).contains(digit.scalar) {
      value = min(value * 10 + Int(digit.scalar - 0x30), 100_000)
      end += digit.byteCount
    }
    guard end > start + tilde.byteCount, endsPart(end) || characters.quotation(at: end) != nil else { return nil }
    return (value, end)
  }

  // MARK: phrases, fields, groups

  /// A phrase between straight marks, or between others where that is a whole part.
  private mutating func phrase(scope: StreamScope) -> Part.Kind? {
    guard let mark = characters.quotation(at: index), mark.isStraight || opensPart else { return nil }
    let start = index + mark.byteCount
    guard let end = characters.close(of: mark, from: start, before: limit) else {
      if mark.isStraight { complain(Self.unmatched, at: index) }
      return nil
    }
    let after = end + mark.byteCount
    if !mark.isStraight, !endsPart(after), distance(at: after) == nil { return nil }
    index = after
    return .phrase(characters.text(start..<end), scope)
  }

  /// `name:"…"`, `name:text` or `name:(…)` for a field that the index has.
  private mutating func fieldClause(scope outer: StreamScope) -> Part.Kind? {
    guard let (name, end) = fieldName() else { return nil }
    let scope: StreamScope
    switch name {
    case "title": scope = .title
    case "text": scope = .text
    case _ where fieldNames.contains(name): scope = .field(name)
    default:
      let isName = name.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 65 && $0 <= 90) || $0 == 95 }
      if isName && characters.bytes[end - 1] == UInt8(ascii: ":") && characters.bytes[end] != UInt8(ascii: "/") {
        complain("no field has the name '\(name)'", at: index)
      }
      return nil
    }
    index = end
    opensPart = true
    if let kind = group(scope: scope) ?? phrase(scope: scope) { return kind }
    let start = index
    while index < limit, !characters.isSpace(at: index) { index += 1 }
    let text = characters.text(start..<index)
    return beginning(text).map { .beginning($0, scope) } ?? .phrase(text, scope)
  }

  /// What stands before a colon of either width with something behind it, and where the colon ends.
  private func fieldName() -> (name: String, end: Int)? {
    var colon = index
    while colon < limit, !characters.isSpace(at: colon), characters.bytes[colon] != UInt8(ascii: "\"") {
      let byteCount: Int
      switch characters.bytes[colon] {
      case UInt8(ascii: ":"): byteCount = 1
      case 0xEF where characters.scalar(at: colon) == 0xFF1A: byteCount = 3
      default:
        colon += 1
        continue
      }
      let end = colon + byteCount
      guard colon > index, end < limit, !characters.isSpace(at: end) else { return nil }
      return (characters.text(index..<colon), end)
    }
    return nil
  }

  /// What stands in parentheses where these are a whole part.
  private mutating func group(scope: StreamScope) -> Part.Kind? {
    guard index < limit, opensPart, let open = characters.parenthesis(at: index), open.opens else { return nil }
    guard let close = groupEnd(from: index) else {
      if depth == Self.deepestGroup {
        complain("parentheses nest no deeper than \(Self.deepestGroup)", at: index)
      } else if characters.closingParenthesis(from: index, before: limit) == nil {
        complain("a parenthesis that nothing closes", at: index)
      }
      return nil
    }
    return .group(parts(in: index + open.byteCount..<close, scope: scope), scope)
  }

  /// Where the group ends that opens at an index; nil where that is no group.
  private func groupEnd(from start: Int) -> Int? {
    guard depth < Self.deepestGroup, let close = characters.closingParenthesis(from: start, before: limit),
      let parenthesis = characters.parenthesis(at: close), case let end = close + parenthesis.byteCount
    else { return nil }
    return endsPart(end) || keyword(at: end) != nil ? close : nil
  }

  /// The parts of a group, whose closing parenthesis is passed over.
  private mutating func parts(in range: Range<Int>, scope: StreamScope) -> [Part] {
    let outer = (limit: limit, unclosed: unclosed)
    (index, limit, unclosed) = (range.lowerBound, range.upperBound, 0)
    depth += 1
    let parts = parts(scope: scope)
    depth -= 1
    (limit, unclosed) = outer
    index = range.upperBound + (characters.parenthesis(at: range.upperBound)?.byteCount ?? 0)
    return parts
  }

  /// `sentence(…)` and the like; text where it has anything else than phrases in it.
  private mutating func together(scope: StreamScope) -> Part.Kind? {
    guard opensPart, let (unit, start) = unitName(), let open = characters.parenthesis(at: start), open.opens else {
      return nil
    }
    guard let close = groupEnd(from: start) else { return nil }
    let begin = index
    let members = parts(in: start + open.byteCount..<close, scope: scope).filter { $0.kind != .keyword(.and) }
    if members.isEmpty || members.contains(where: { !$0.isPhrase }) {
      complain("what has to stand in one \(unit.rawValue) are words and phrases", at: begin)
      return scope == .body ? .text(characters.text(begin..<index)) : .phrase(characters.text(begin..<index), scope)
    }
    return .together(members, unit)
  }

  private func unitName() -> (unit: TextUnit, end: Int)? {
    for (name, unit) in Self.unitNames where index + name.count < limit {
      if characters.bytes[index..<index + name.count].elementsEqual(name) { return (unit, index + name.count) }
    }
    return nil
  }

  private static let unitNames: [(name: [UInt8], unit: TextUnit)] = [
    (Array("同句".utf8), .sentence), (Array("同段".utf8), .paragraph), (Array("sentence".utf8), .sentence),
    (Array("paragraph".utf8), .paragraph),
  ]

  private mutating func complain(_ message: String, at index: Int) {
    complaints.append(Complaint(message: message, position: characters.position(at: index)))
  }
}

extension QueryLexer.Part {
  /// Whether it asks for one phrase, and takes nothing away.
  var isPhrase: Bool { !isNegated && (kind.isPhrase || kind.isText) }

  /// Whether it is text that is ranked by.
  var isText: Bool { kind.isText }
}

extension QueryLexer.Part.Kind {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
  fileprivate var isGroup: Bool { if case .group = self { true } else { false } }
  fileprivate var isPhrase: Bool {
    switch self {
    case .phrase, .beginning: true
    default: false
    }
  }
}
