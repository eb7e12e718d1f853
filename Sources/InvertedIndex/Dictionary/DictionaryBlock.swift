/// Reads the terms of one block, one after the other; the same for a mapped block and for one that a merge has read.
struct DictionaryBlock {
  private var reader: ByteReader
  private var key: UInt64
  private var word: [UInt8] = []
  private var isAtFirst = true
  private var postingsOffset: Int
  private var positionsOffset: Int

  /// A block whose bytes the reader holds, and where its first lists begin.
  init(reader: ByteReader, firstKey: UInt64, postingsOffset: Int, positionsOffset: Int) {
    self.reader = reader
    key = firstKey
    self.postingsOffset = postingsOffset
    self.positionsOffset = positionsOffset
  }

  /// Whether all terms were read.
  var isAtEnd: Bool { reader.remaining == 0 }

  /// The next term of characters; nil when the block is damaged.
  mutating func nextCharacters() -> (key: UInt64, entry: TermEntry)? {
    guard let delta = reader.readVarint(), delta < 1 << 58, isAtFirst == (delta == 0), let entry = nextEntry() else {
      return nil
    }
    isAtFirst = false
    key &+= delta
    return (key, entry)
  }

  /// The next word, the field's number in front; nil when the block is damaged.
  mutating func nextWord() -> (word: [UInt8], entry: TermEntry)? {
    guard let shared = reader.readCount(), shared <= word.count, let count = reader.readCount(),
      count <= 2 + 255, let suffix = unsafe reader.readBytes(count)
    else { return nil }
    word.removeSubrange(shared...)
    unsafe word.append(contentsOf: suffix)
    return nextEntry().map { (word, $0) }
  }

  private mutating func nextEntry() -> TermEntry? {
    guard let documentFrequency = reader.readVarint32(), let extra = reader.readVarint(), extra < 1 << 48,
      let postingsCount = reader.readCount(), let positionsCount = reader.readCount(),
      postingsOffset + postingsCount < 1 << 48, positionsOffset + positionsCount < 1 << 48, documentFrequency > 0
    else { return nil }
    let entry = TermEntry(
      documentFrequency: documentFrequency, occurrences: UInt64(documentFrequency) + extra,
      postings: postingsOffset..<postingsOffset + postingsCount,
      positions: positionsOffset..<positionsOffset + positionsCount)
    postingsOffset += postingsCount
    positionsOffset += positionsCount
    return entry
  }
}
