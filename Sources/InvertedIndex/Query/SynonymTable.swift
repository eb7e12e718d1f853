import CJKTokenizer

/// Words that people type, and those that official texts have for the same.
///
///     # a comment
///     [民政]
///     低保 = 最低生活保障            words of either side find those of the other
///     断网 > 通信中断 通信保障        words of the left side find those of the right
public struct SynonymTable: Sendable {
  /// A line that is none of these.
  public struct FormatError: Error, Equatable, CustomStringConvertible {
    /// The line's number, from 1.
    public let line: Int
    /// What is wrong with it.
    public let reason: String
    /// One sentence.
    public var description: String { "Synonyms, line \(line): \(reason)." }
  }

  /// What was typed, and what is looked for beside it.
  public struct Use: Equatable, Sendable {
    /// The word as the table has it.
    public let typed: String
    /// The others.
    public let others: [String]
    /// Under which heading the line stands; empty before the first.
    public let domain: String
  }

  /// A word of the text.
  ///
  /// What is made of it waits until somebody asks: a process that answers one query reads the whole list.
  private struct Word: Sendable {
    /// Its bytes.
    let bytes: Range<Int32>
    /// Its folded characters, in ``characters``.
    let characters: Range<Int32>
    let group: Int32
    /// The next word that begins with the same character, and finds others; -1 for the last.
    var next: Int32 = -1
  }

  /// A line with words.
  private struct Group: Sendable {
    let left: Range<Int32>
    let right: Range<Int32>
    let domain: Range<Int32>
  }

  private let bytes: [UInt8]
  private var words: [Word] = []
  private var groups: [Group] = []
  private var characters: [UInt32] = []
  private var firstWords: [UInt32: Int32] = [:]  // by their first characters
  private static let longestTerm = 40

  /// How many words others are known for.
  ///
  /// - Complexity: O(*n*) in the words.
  public var count: Int {
    var known: Set<[UInt32]> = []
    for first in firstWords.values { forEachWord(from: first) { known.insert(Array(text(of: words[$0]))) } }
    return known.count
  }

  /// The table that a text is.
  ///
  /// - Complexity: O(*n*) in the bytes of `text`.
  public init(_ text: String) throws(FormatError) {
    bytes = Array(text.utf8)
    words.reserveCapacity(bytes.count / 10)
    characters.reserveCapacity(bytes.count / 3)
    groups.reserveCapacity(bytes.count / 50)
    firstWords.reserveCapacity(bytes.count / 80)
    var domain: Range<Int32> = 0..<0
    var line = 0
    var start = 0
    while start < bytes.count {
      line += 1
      start = try addLine(at: start, line, &domain)
    }
  }

  /// Adds what the line says that begins at a byte, and returns where the next one does.
  private mutating func addLine(at start: Int, _ line: Int, _ domain: inout Range<Int32>) throws(FormatError) -> Int {
    let first = words.count
    var sign: (byte: UInt8, place: Int)?
    var index = start
    while let word = nextWord(at: &index) {
      let byte = bytes[word.lowerBound]
      if first == words.count, sign == nil, byte == UInt8(ascii: "#") {
        return bytes[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      }
      if first == words.count, sign == nil, byte == UInt8(ascii: "[") {
        let isAlone = nextWord(at: &index) == nil
        guard isAlone, bytes[word.upperBound - 1] == UInt8(ascii: "]"), word.count > 2 else {
          throw FormatError(line: line, reason: "a heading is one word in brackets")
        }
        domain = Int32(word.lowerBound + 1)..<Int32(word.upperBound - 1)
        return index + 1
      }
      if word.count == 1, byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") {
        guard sign == nil else { throw Self.noGroup(line) }
        sign = (byte, words.count)
      } else {
        try add(word, line)
      }
    }
    if first == words.count, sign == nil { return index + 1 }
    guard let sign, first < sign.place, sign.place < words.count else { throw Self.noGroup(line) }
    groups.append(
      Group(
        left: Int32(first)..<Int32(sign.place), right: Int32(sign.place)..<Int32(words.count), domain: domain))
    for place in first..<(sign.byte == UInt8(ascii: "=") ? words.count : sign.place) {
      let character = characters[Int(words[place].characters.lowerBound)]
      words[place].next = firstWords.updateValue(Int32(place), forKey: character) ?? -1
    }
    return index + 1
  }

  /// The next word of a line: what white space parts, ASCII's and the ideographic space; nil at the line's end.
  private func nextWord(at index: inout Int) -> Range<Int>? {
    let bytes = bytes.span
    var start = index
    while index < bytes.count, bytes[index] != 0x0A {
      let isWide =
        bytes[index] == 0xE3 && index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80
      if bytes[index] <= 0x20 || isWide {
        if start < index { return start..<index }
        index += isWide ? 3 : 1
        start = index
      } else {
        index += 1
      }
    }
    return start < index ? start..<index : nil
  }

  private mutating func add(_ word: Range<Int>, _ line: Int) throws(FormatError) {
    let start = characters.count
    var index = word.lowerBound
    // Most words are of ideographs that stay what they are.
    while index + 2 < word.upperBound, bytes[index] >= 0xE4, bytes[index] <= 0xE9 {
      let unit =
        UInt16(bytes[index] & 0x0F) << 12 | UInt16(bytes[index + 1] & 0x3F) << 6 | UInt16(bytes[index + 2] & 0x3F)
      guard unit >= 0x4E00, Ideograph.folded(unit) == unit else { break }
      characters.append(UInt32(unit))
      index += 3
    }
    if index < word.upperBound {
      characters.removeSubrange(start...)
      characters += FoldedCharacters(Self.tokens(of: String(decoding: bytes[word], as: UTF8.self))).characters
    }
    guard (2...Self.longestTerm).contains(characters.count - start),
      !characters[start...].contains(FoldedCharacters.gap)
    else {
      let text = String(decoding: bytes[word], as: UTF8.self)
      throw FormatError(
        line: line, reason: "'\(text)' is not a word of 2 to \(Self.longestTerm) characters without punctuation")
    }
    words.append(
      Word(
        bytes: Int32(word.lowerBound)..<Int32(word.upperBound), characters: Int32(start)..<Int32(characters.count),
        group: Int32(groups.count)))
  }

  private static func noGroup(_ line: Int) -> FormatError {
    FormatError(line: line, reason: "words, one = or >, and words")
  }

  private static func tokens(of text: String) -> TokenBuffer {
    var buffer = TokenBuffer(minimumCapacity: 16)
    Tokenizer().tokenize(text, into: &buffer)
    return buffer
  }

  // MARK: Looking up

  /// What is looked for beside a word; nothing for a text that is no word of the table.
  public func others(of word: String) -> [String] {
    let text = FoldedCharacters(Self.tokens(of: word))
    return longest(in: text, at: 0).flatMap { $0.count == text.characters.count ? use(of: $0).others : nil } ?? []
  }

  /// The words of a text that others are known for, from left to right, the longest at each place; none overlap.
  func uses(in text: FoldedCharacters) -> [(use: Use, positions: Range<UInt32>)] {
    var found: [(use: Use, positions: Range<UInt32>)] = []
    var place = 0
    while place < text.characters.count {
      guard let word = longest(in: text, at: place) else {
        place += 1
        continue
      }
      let end = place + word.count
      found.append((use(of: word), text.positions[place]..<text.positions[end - 1] + 1))
      place = end
    }
    return found
  }

  /// The characters of the longest word at a place.
  private func longest(in text: FoldedCharacters, at place: Int) -> ArraySlice<UInt32>? {
    guard place < text.characters.count, let first = firstWords[text.characters[place]] else { return nil }
    var longest: ArraySlice<UInt32>?
    let next = place + 1 < text.characters.count ? text.characters[place + 1] : FoldedCharacters.gap
    forEachWord(from: first) { index in
      guard characters[Int(words[index].characters.lowerBound) + 1] == next else { return }  // words have two or more
      let word = self.text(of: words[index])
      if word.count > longest?.count ?? 0, text.has(word, at: place) { longest = word }
    }
    return longest
  }

  /// What all lines say of a word, the first ones first.
  private func use(of word: ArraySlice<UInt32>) -> Use {
    var places: [Int] = []
    if let first = word.first.flatMap({ firstWords[$0] }) {
      forEachWord(from: first) { if text(of: words[$0]) == word { places.append($0) } }
    }
    places.sort()
    var others: [String] = []
    let typed = places.first.map { string(words[$0].bytes) } ?? ""
    for place in places {
      let group = groups[Int(words[place].group)]
      for other in group.left.contains(Int32(place)) ? group.right : group.left {
        let text = string(words[Int(other)].bytes)
        if text != typed, !others.contains(text) { others.append(text) }
      }
    }
    let domain = places.first.map { string(groups[Int(words[$0].group)].domain) } ?? ""
    return Use(typed: typed, others: others, domain: domain)
  }

  private func forEachWord(from first: Int32, _ body: (Int) -> Void) {
    var index = first
    while index >= 0 {
      body(Int(index))
      index = words[Int(index)].next
    }
  }

  private func text(of word: Word) -> ArraySlice<UInt32> {
    characters[Int(word.characters.lowerBound)..<Int(word.characters.upperBound)]
  }

  private func string(_ range: Range<Int32>) -> String {
    String(decoding: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
  }
}
