/// Some documents of a segment: one bit a document.
struct DocumentSet: Sendable, Equatable {
  /// The bits, document 0 in the lowest bit of the first word; those behind the last document are 0.
  private(set) var words: [UInt64]

  /// No documents, of a segment that has so many.
  init(documentCount: Int) { words = [UInt64](repeating: 0, count: (documentCount + 63) / 64) }

  /// All documents of a segment that has so many, but for deleted ones.
  init(allOf documentCount: Int, but deletes: DeleteMarks?) {
    self.init(documentCount: documentCount)
    for index in words.indices { words[index] = .max }
    if documentCount % 64 > 0 { words[words.count - 1] = 1 << UInt64(documentCount % 64) - 1 }
    if let deletes { subtract(deletes.words) }
  }

  /// How many documents there are.
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether a document is one of them.
  @inline(__always)
  func contains(_ document: UInt32) -> Bool { words[Int(document >> 6)] >> UInt64(document & 63) & 1 == 1 }

  /// Takes a document in.
  @inline(__always)
  mutating func insert(_ document: UInt32) { words[Int(document >> 6)] |= 1 << UInt64(document & 63) }

  /// Takes in documents that rise.
  @inline(__always)
  mutating func insert(_ documents: UnsafeBufferPointer<UInt32>) {
    guard let last = unsafe documents.last else { return }
    precondition(Int(last >> 6) < words.count, "documents of the segment")
    unsafe words.withUnsafeMutableBufferPointer { words in
      // SAFETY: no document is above the last one, whose word there is.
      var index = 0
      var bits: UInt64 = 0
      for place in 0..<documents.count {
        let document = unsafe documents[place]
        if Int(document >> 6) != index {
          unsafe words[index] |= bits
          index = min(Int(document >> 6), words.count - 1)
          bits = 0
        }
        bits |= 1 << UInt64(document & 63)
      }
      unsafe words[index] |= bits
    }
  }

  /// How many documents another set has, too.
  func countOfIntersection(_ other: DocumentSet) -> Int {
    var count = 0
    for index in words.indices where words[index] & other.words[index] != 0 {
      count += (words[index] & other.words[index]).nonzeroBitCount
    }
    return count
  }

  /// Takes 64 documents in by their bits; `index` is that of the word.
  @inline(__always)
  mutating func insert(_ bits: UInt64, at index: Int) { words[index] |= bits }

  /// Takes in what another set has.
  mutating func formUnion(_ other: DocumentSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// Leaves what another set has, too.
  mutating func formIntersection(_ other: DocumentSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  /// Takes out what some bits say.
  mutating func subtract(_ other: [UInt64]) {
    for index in words.indices { words[index] &= ~other[index] }
  }

  /// Calls `body` with each document, rising.
  @inline(__always)
  func forEach(_ body: (UInt32) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(UInt32(truncatingIfNeeded: index &* 64 &+ rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
  }
}
