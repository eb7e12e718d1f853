/// Writes a segment's terms file: terms of characters first, then words, each in rising order of their keys.
struct DictionaryWriter {
  private let file: SectionFileWriter
  private var block = ByteWriter()
  private var index = ByteWriter()
  private var termsInBlock = 0
  private var previousKey: UInt64 = 0
  private var previousWord: [UInt8] = []
  private var postingsOffset: UInt64 = 0
  private var positionsOffset: UInt64 = 0
  private var isWritingWords = false

  init(file: SectionFileWriter) {
    self.file = file
    file.beginSection(.characterBlocks)
  }

  /// Appends a term of characters whose lists come next in postings and positions.
  ///
  /// - Precondition: `key` is greater than the one before, and no word was appended.
  mutating func append(
    characters key: UInt64, documentFrequency: UInt32, occurrences: UInt64, postingsByteCount: UInt64,
    positionsByteCount: UInt64
  ) throws(IndexError) {
    precondition(!isWritingWords && (key > previousKey || (key == 0 && previousKey == 0)), "terms come in order")
    if termsInBlock == dictionaryBlockCount { try finishBlock() }
    if termsInBlock == 0 {
      index.append(fixed: key)
      appendBlockPlace()
      previousKey = key
    }
    block.append(varint: key - previousKey)
    previousKey = key
    try appendEntry(documentFrequency, occurrences, postingsByteCount, positionsByteCount)
  }

  /// Appends a word whose lists come next in postings and positions.
  ///
  /// - Precondition: `word` is greater than the one before, by its bytes.
  mutating func append(
    word: [UInt8], documentFrequency: UInt32, occurrences: UInt64, postingsByteCount: UInt64,
    positionsByteCount: UInt64
  ) throws(IndexError) {
    if !isWritingWords { try beginWords() }
    if termsInBlock == dictionaryBlockCount { try finishBlock() }
    var shared = 0
    if termsInBlock == 0 {
      appendBlockPlace()
    } else {
      while shared < min(word.count, previousWord.count), word[shared] == previousWord[shared] { shared += 1 }
    }
    block.append(varint: UInt64(shared))
    block.append(varint: UInt64(word.count - shared))
    block.append(contentsOf: word[shared...])
    previousWord = word
    try appendEntry(documentFrequency, occurrences, postingsByteCount, positionsByteCount)
  }

  /// Writes the rest and the fields' names; the file is then to be finished by its owner.
  mutating func finish(fieldNames: [String]) throws(IndexError) {
    if !isWritingWords { try beginWords() }
    try finishBlock()
    file.endSection()
    file.beginSection(.wordIndex)
    try file.append(index.bytes)
    file.endSection()
    file.beginSection(.fieldNames)
    var names = ByteWriter()
    names.append(varint: UInt64(fieldNames.count))
    for name in fieldNames { names.append(string: name) }
    try file.append(names.bytes)
    file.endSection()
  }

  private mutating func beginWords() throws(IndexError) {
    try finishBlock()
    file.endSection()
    file.beginSection(.characterIndex)
    try file.append(index.bytes)
    file.endSection()
    index.removeAll()
    isWritingWords = true
    file.beginSection(.wordBlocks)
  }

  private mutating func appendBlockPlace() {
    index.append(fixed: file.sectionByteCount)
    index.append(fixed: postingsOffset)
    index.append(fixed: positionsOffset)
  }

  private mutating func appendEntry(
    _ documentFrequency: UInt32, _ occurrences: UInt64, _ postingsByteCount: UInt64, _ positionsByteCount: UInt64
  ) throws(IndexError) {
    block.append(varint: UInt64(documentFrequency))
    block.append(varint: occurrences - UInt64(documentFrequency))
    block.append(varint: postingsByteCount)
    block.append(varint: positionsByteCount)
    postingsOffset += postingsByteCount
    positionsOffset += positionsByteCount
    termsInBlock += 1
  }

  private mutating func finishBlock() throws(IndexError) {
    try file.append(block.bytes)
    block.removeAll()
    termsInBlock = 0
  }
}
