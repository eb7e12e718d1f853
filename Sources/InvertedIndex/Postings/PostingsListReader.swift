/// Reads a whole list from memory, front to back, for merges and checks.
enum PostingsListReader {
  /// Calls `body` with each document, its frequency and its coded positions; false when the list is damaged.
  static func forEach(
    documentFrequency: Int, documentCount: Int, postings: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer,
    _ body: (_ document: UInt32, _ frequency: UInt32, _ positions: UnsafeRawBufferPointer) throws(IndexError) -> Void
  ) throws(IndexError) -> Bool {
    let fullBlockCount = documentFrequency / BitPacking.blockCount
    let dataCount = postings.count - fullBlockCount * 12
    guard dataCount >= 0, documentFrequency <= documentCount else { return false }
    var reader = unsafe ByteReader(UnsafeRawBufferPointer(rebasing: postings[..<dataCount]))
    var skips = unsafe ByteReader(UnsafeRawBufferPointer(rebasing: postings[dataCount...]))
    var positionsReader = unsafe ByteReader(positions)
    var block = PostingsBlock()
    var first: UInt64 = 0
    var left = documentFrequency
    while left > 0 {
      let size = min(left, BitPacking.blockCount)
      if size == BitPacking.blockCount {
        guard let last: UInt32 = skips.readFixed(), block.readFull(&reader, first: first, last: last),
          let postingsEnd: UInt32 = skips.readFixed(), Int(postingsEnd) == dataCount - reader.remaining,
          let positionsEnd: UInt32 = skips.readFixed(),
          unsafe try forEach(in: block, size, documentCount, &positionsReader, body),
          Int(positionsEnd) == positions.count - positionsReader.remaining
        else { return false }
      } else {
        guard block.readTail(&reader, size: size, first: first),
          unsafe try forEach(in: block, size, documentCount, &positionsReader, body)
        else { return false }
      }
      first = UInt64(block.documents[size - 1]) + 1
      left -= size
    }
    return reader.remaining == 0 && positionsReader.remaining == 0
  }

  private static func forEach(
    in block: PostingsBlock, _ size: Int, _ documentCount: Int, _ reader: inout ByteReader,
    _ body: (UInt32, UInt32, UnsafeRawBufferPointer) throws(IndexError) -> Void
  ) throws(IndexError) -> Bool {
    guard block.documents[size - 1] < documentCount else { return false }
    for slot in 0..<size {
      let start = unsafe reader.next
      guard reader.skipVarints(Int(block.frequencies[slot])) else { return false }
      let bytes = unsafe UnsafeRawBufferPointer(start: start, count: reader.next - start)
      unsafe try body(block.documents[slot], block.frequencies[slot], bytes)
    }
    return true
  }
}
