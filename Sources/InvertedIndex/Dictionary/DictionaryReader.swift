/// Here is a term; give me its entry.
///
/// Works on the mapped file, so a lookup touches two or three pages.
struct DictionaryReader: Sendable {
  /// The names of the segment's fields; a field's number is its place plus one.
  let fieldNames: [String]
  private let characterBlocks: ByteSection
  private let characterIndex: ByteSection
  private let wordBlocks: ByteSection
  private let wordIndex: ByteSection
  private static let characterPlaceByteCount = 32
  private static let wordPlaceByteCount = 24

  /// Opens the sections of a terms file and checks their sizes.
  init(file: SectionFile) throws(IndexError) {
    characterBlocks = try file.section(.characterBlocks)
    characterIndex = try file.section(.characterIndex)
    wordBlocks = try file.section(.wordBlocks)
    wordIndex = try file.section(.wordIndex)
    guard characterIndex.count % Self.characterPlaceByteCount == 0, wordIndex.count % Self.wordPlaceByteCount == 0
    else { throw characterIndex.damaged("a dictionary index of a broken length") }
    let names = try file.section(.fieldNames)
    var reader = names.reader()
    var fieldNames: [String] = []
    guard let count = reader.readCount(), count <= Int(UInt16.max) else { throw names.damaged("field names") }
    for _ in 0..<count {
      guard let name = reader.readString() else { throw names.damaged("field names cut off") }
      let isInOrder = fieldNames.last.map { $0.utf8.lexicographicallyPrecedes(name.utf8) } ?? true
      guard isInOrder else { throw names.damaged("field names out of order") }
      fieldNames.append(name)
    }
    guard reader.remaining == 0 else { throw names.damaged("bytes behind the field names") }
    self.fieldNames = fieldNames
    let firstPlaces = [
      characterBlockCount > 0 ? try characterIndex.number(at: 1, as: UInt64.self) : 0,
      wordBlockCount > 0 ? try wordIndex.number(at: 0, as: UInt64.self) : 0,
    ]
    guard firstPlaces == [0, 0] else {
      throw characterIndex.damaged("a dictionary that does not begin at its beginning")
    }
  }

  /// How many blocks of character terms there are.
  var characterBlockCount: Int { characterIndex.count / Self.characterPlaceByteCount }
  /// How many blocks of words there are.
  var wordBlockCount: Int { wordIndex.count / Self.wordPlaceByteCount }

  /// The number of a field; nil when no document of the segment has it.
  func fieldNumber(_ name: String) -> UInt16? {
    fieldNames.firstIndex { $0.utf8.elementsEqual(name.utf8) }.map { UInt16($0 + 1) }
  }

  /// The entry of a term of characters.
  ///
  /// - Complexity: O(log *b* + 32) for *b* blocks.
  func entry(characters key: UInt64) throws(IndexError) -> TermEntry? {
    guard let number = try lastCharacterBlock(startingAtOrBefore: key) else { return nil }
    var block = try characterBlock(number)
    while !block.isAtEnd {
      guard let term = block.nextCharacters() else { throw characterBlocks.damaged("dictionary block \(number)") }
      if term.key == key { return term.entry }
      if term.key > key { return nil }
    }
    return nil
  }

  /// Calls `body` with each term of characters in `range`, in order; it stops when `body` returns false.
  func forEachCharacters(
    in range: ClosedRange<UInt64>, _ body: (UInt64, TermEntry) throws(IndexError) -> Bool
  ) throws(IndexError) {
    var number = try lastCharacterBlock(startingAtOrBefore: range.lowerBound) ?? 0
    while number < characterBlockCount {
      var block = try characterBlock(number)
      while !block.isAtEnd {
        guard let term = block.nextCharacters() else { throw characterBlocks.damaged("dictionary block \(number)") }
        if term.key > range.upperBound { return }
        if term.key >= range.lowerBound, try !body(term.key, term.entry) { return }
      }
      number += 1
    }
  }

  /// The entry of a word, the field's number in front (see ``FieldedKey/word(field:bytes:)``).
  func entry(word: [UInt8]) throws(IndexError) -> TermEntry? {
    guard let number = try lastWordBlock(startingAtOrBefore: word) else { return nil }
    var block = try wordBlock(number)
    while !block.isAtEnd {
      guard let term = block.nextWord() else { throw wordBlocks.damaged("word block \(number)") }
      if term.word == word { return term.entry }
    }
    return nil
  }

  /// Calls `body` with each word from `first` on, in order; it stops when `body` returns false.
  func forEachWord(
    from first: [UInt8] = [], _ body: ([UInt8], TermEntry) throws(IndexError) -> Bool
  ) throws(IndexError) {
    for number in (try lastWordBlock(startingAtOrBefore: first) ?? 0)..<wordBlockCount {
      var block = try wordBlock(number)
      while !block.isAtEnd {
        guard let term = block.nextWord() else { throw wordBlocks.damaged("word block \(number)") }
        if term.word.lexicographicallyPrecedes(first) { continue }
        if try !body(term.word, term.entry) { return }
      }
    }
  }

  /// One block of character terms.
  func characterBlock(_ number: Int) throws(IndexError) -> DictionaryBlock {
    let row = number * 4
    return DictionaryBlock(
      reader: try blockBytes(characterBlocks, characterIndex, number, column: 1, columns: 4).reader(),
      firstKey: try characterIndex.number(at: row), postingsOffset: try offset(characterIndex, at: row + 2),
      positionsOffset: try offset(characterIndex, at: row + 3))
  }

  /// One block of words.
  func wordBlock(_ number: Int) throws(IndexError) -> DictionaryBlock {
    let row = number * 3
    return DictionaryBlock(
      reader: try blockBytes(wordBlocks, wordIndex, number, column: 0, columns: 3).reader(), firstKey: 0,
      postingsOffset: try offset(wordIndex, at: row + 1), positionsOffset: try offset(wordIndex, at: row + 2))
  }

  private func blockBytes(
    _ blocks: ByteSection, _ index: ByteSection, _ number: Int, column: Int, columns: Int
  ) throws(IndexError) -> ByteSection {
    let start = try offset(index, at: number * columns + column)
    let isLast = (number + 1) * columns * 8 >= index.count
    let end = isLast ? blocks.count : try offset(index, at: (number + 1) * columns + column)
    return try blocks.piece(at: start, count: end - start)
  }

  private func offset(_ index: ByteSection, at element: Int) throws(IndexError) -> Int {
    let value: UInt64 = try index.number(at: element)
    guard value < 1 << 48 else { throw index.damaged("an offset of \(value)") }
    return Int(value)
  }

  private func lastCharacterBlock(startingAtOrBefore key: UInt64) throws(IndexError) -> Int? {
    var low = 0
    var high = characterBlockCount
    while low < high {
      let middle = (low + high) / 2
      let first: UInt64 = try characterIndex.number(at: middle * 4)
      if first <= key { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  private func lastWordBlock(startingAtOrBefore word: [UInt8]) throws(IndexError) -> Int? {
    var low = 0
    var high = wordBlockCount
    while low < high {
      let middle = (low + high) / 2
      var block = try wordBlock(middle)
      guard let first = block.nextWord() else { throw wordBlocks.damaged("word block \(middle)") }
      if word.lexicographicallyPrecedes(first.word) { high = middle } else { low = middle + 1 }
    }
    return low == 0 ? nil : low - 1
  }
}
