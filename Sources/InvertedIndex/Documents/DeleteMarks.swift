/// Which documents of a segment are deleted: one bit a document.
struct DeleteMarks: Sendable, Equatable {
  /// How many documents are marked.
  private(set) var count = 0
  /// The bits, document 0 in the lowest bit of the first word.
  private(set) var words: [UInt64]

  /// No marks, for a segment of `documentCount` documents.
  init(documentCount: Int) { words = [UInt64](repeating: 0, count: (documentCount + 63) / 64) }

  /// Reads the marks of a segment.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when they do not fit the segment or `expectedCount`.
  init(reading section: ByteSection, documentCount: Int, expectedCount: Int) throws(IndexError) {
    self.init(documentCount: documentCount)
    guard section.count == words.count * 8 else { throw section.damaged("marks of another segment") }
    for index in words.indices {
      words[index] = try section.number(at: index)
      count += words[index].nonzeroBitCount
    }
    let spare = words.count * 64 - documentCount
    guard count == expectedCount, spare == 0 || words[words.count - 1].leadingZeroBitCount >= spare else {
      throw section.damaged("\(count) marks; the commit says \(expectedCount)")
    }
  }

  /// Whether a document is marked.
  @inline(__always)
  subscript(document: UInt32) -> Bool { words[Int(document >> 6)] >> UInt64(document & 63) & 1 == 1 }

  /// Marks a document; false when it was marked before.
  mutating func mark(_ document: UInt32) -> Bool {
    guard !self[document] else { return false }
    words[Int(document >> 6)] |= 1 << UInt64(document & 63)
    count += 1
    return true
  }
}
