import CJKTokenizer

/// A query that is words or one quoted phrase, with nothing of a language of queries in it, taken apart at its spaces.
struct TypedText {
  /// What stands between two spaces, as the index reads it.
  struct Piece {
    /// Its place in the query's UTF-8.
    let range: Range<Int>
    /// Its Han characters, folded, where it is nothing else and has two at least.
    let characters: [UInt16]
    /// Where in the query each of these stands.
    let places: [Range<Int>]
    /// Its letters, where it is nothing but letters from a to z.
    let letters: [UInt8]
  }

  private let bytes: [UInt8]
  let isQuoted: Bool
  private(set) var pieces: [Piece] = []

  private static let quotes: [(open: [UInt8], close: [UInt8])] = [
    ("\"", "\""), ("“", "”"), ("「", "」"), ("『", "』"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
  private static let specials = quotes.flatMap { [$0.open, $0.close] } + [":", "：", "(", ")"].map { Array($0.utf8) }
  private static let wideSpace = Array("\u{3000}".utf8)
  private static let longest = 400  // bytes; what is longer is no slip of a few words
  private static let mostPieces = 8

  /// Nil for a query with operators, fields, or quotation marks inside.
  init?(_ query: String) {
    let bytes = Array(query.utf8)
    self.bytes = bytes
    guard bytes.count <= Self.longest else { return nil }
    var words = Self.words(of: bytes[...])
    guard let first = words.first, let last = words.last else { return nil }
    let whole = first.lowerBound..<last.upperBound
    let pair = Self.quotes.first {
      whole.count > $0.open.count + $0.close.count && bytes[whole].starts(with: $0.open)
        && bytes[whole].suffix($0.close.count).elementsEqual($0.close)
    }
    isQuoted = pair != nil
    var inner = whole
    if let pair {
      inner = whole.lowerBound + pair.open.count..<whole.upperBound - pair.close.count
      words = Self.words(of: bytes[inner])
    }
    guard words.count <= Self.mostPieces, !Self.hasSpecial(bytes[inner]) else { return nil }
    for range in words {
      if bytes[range.lowerBound] == UInt8(ascii: "-") { return nil }
      if range.count < 4, ["AND", "OR", "NOT"].contains(text(range)) { return nil }
      pieces.append(Piece(range: range, bytes: Array(bytes[range])))
    }
  }

  /// Whether a query begins with a quotation mark.
  static func isQuoted(_ query: String) -> Bool { quotes.contains { query.utf8.starts(with: $0.open) } }

  /// What stands between spaces.
  private static func words(of bytes: ArraySlice<UInt8>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = bytes.startIndex
    var place = start
    while place < bytes.endIndex {
      let isWide = bytes[place] == wideSpace[0] && bytes[place...].starts(with: wideSpace)
      guard bytes[place] <= 0x20 || isWide else {
        place += 1
        continue
      }
      if place > start { words.append(start..<place) }
      place += isWide ? wideSpace.count : 1
      start = place
    }
    if place > start { words.append(start..<place) }
    return words
  }

  private static func hasSpecial(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.indices.contains { place in
      // Of Han only what begins like one of the marks: U+201C, U+300C, U+FF1A.
      let byte = bytes[place]
      guard byte < 0x80 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF else { return false }
      return specials.contains { $0[0] == byte && bytes[place...].starts(with: $0) }
    }
  }

  /// The query with other characters in some places.
  func replacing(_ replacements: [(range: Range<Int>, text: String)]) -> String {
    var changed = bytes
    for item in replacements.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      changed.replaceSubrange(item.range, with: Array(item.text.utf8))
    }
    return String(decoding: changed, as: UTF8.self)
  }

  /// What the query says in a place.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension TypedText.Piece {
  fileprivate init(range: Range<Int>, bytes: [UInt8]) {
    self.range = range
    var buffer = TokenBuffer()
    Tokenizer().tokenize(bytes.span, into: &buffer)
    let tokens = buffer.tokens
    if tokens.count == 1, tokens[0].kind == .word {
      let word = buffer.wordBytes(of: tokens[0])
      letters = word.allSatisfy { $0 >= 0x61 && $0 <= 0x7A } ? Array(word) : []
      (characters, places) = ([], [])
      return
    }
    var characters: [UInt16] = []
    var places: [Range<Int>] = []
    for (index, token) in tokens.enumerated() {
      // Each but the last is a bigram whose second character begins the next token.
      let isLast = index == tokens.count - 1
      guard token.kind == (isLast ? .runEnd : .bigram), let first = CharacterKey(rawValue: token.key).first,
        let character = UInt16(exactly: first.value), Readings.isHan(character)
      else {
        (characters, places) = ([], [])
        break
      }
      characters.append(character)
      let end = isLast ? Int(token.end) : Int(tokens[index + 1].start)
      places.append(range.lowerBound + Int(token.start)..<range.lowerBound + max(end, Int(token.start)))
    }
    letters = []
    (self.characters, self.places) = characters.count > 1 ? (characters, places) : ([], [])
  }
}
