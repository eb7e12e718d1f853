/// Here are bytes of a segment's text; give me them, out of the blocks that hold them.
struct TextBlocks: Sendable {
  /// How many blocks there are.
  let count: Int
  /// How many bytes of text they hold.
  let textByteCount: Int
  private let records: RecordFile
  private let table: ByteSection

  /// The blocks that a table tells of; its last row has no bytes and says where the text ends.
  init(table: ByteSection, records: RecordFile) throws(IndexError) {
    guard table.count >= StoredChunk.rowByteCount, table.count % StoredChunk.rowByteCount == 0 else {
      throw table.damaged("a table of text blocks without an end")
    }
    count = table.count / StoredChunk.rowByteCount - 1
    self.table = table
    self.records = records
    textByteCount = try StoredChunk(count, of: table, sectionByteCount: records.count).textOffset
    guard textByteCount <= count * TextEncoder.blockByteCount else {
      throw table.damaged("\(textByteCount) bytes of text in \(count) blocks")
    }
  }

  /// Where a block lies, and how many bytes of text it has.
  func chunk(_ index: Int) throws(IndexError) -> (chunk: StoredChunk, textByteCount: Int) {
    let chunk = try StoredChunk(index, of: table, sectionByteCount: records.count)
    let next = try StoredChunk(index + 1, of: table, sectionByteCount: records.count)
    guard chunk.textOffset < next.textOffset,
      next.textOffset - chunk.textOffset <= TextEncoder.blockByteCount,
      chunk.range.count <= next.textOffset - chunk.textOffset
    else { throw damaged(index) }
    return (chunk, next.textOffset - chunk.textOffset)
  }

  /// A block as it is stored.
  func storedBytes(of index: Int) throws(IndexError) -> [UInt8] { try records.read(chunk(index).chunk.range) }

  /// The bytes of a range of the text.
  ///
  /// - Complexity: O(log *b* + *n*) for *b* blocks, and the decoding of those that hold the *n* bytes, each from its beginning.
  func read(_ range: Range<Int>, using cache: TextBlockCache) throws(IndexError) -> [UInt8] {
    guard range.upperBound <= textByteCount else { throw records.damaged("a text outside of its blocks") }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var next = range.lowerBound
    var index = range.isEmpty ? 0 : try block(holding: next)
    while next < range.upperBound {
      let (chunk, count) = try chunk(index)
      let end = min(range.upperBound, chunk.textOffset + count)
      guard chunk.textOffset <= next, next < end else { throw damaged(index) }
      if !cache.has(index), !cache.begin(try records.read(chunk.range), index, textByteCount: count) {
        throw damaged(index)
      }
      guard cache.decode(upTo: end - chunk.textOffset) else { throw damaged(index) }
      unsafe bytes.append(contentsOf: cache.bytes(next - chunk.textOffset..<end - chunk.textOffset))
      next = end
      index += 1
    }
    return bytes
  }

  /// The last block that begins at or before a byte of the text.
  private func block(holding offset: Int) throws(IndexError) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let start: UInt64 = try table.number(at: 3 * middle + 2)
      if start <= UInt64(offset) { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { throw damaged(0) }
    return low - 1
  }

  private func damaged(_ index: Int) -> IndexError { records.damaged("text block \(index)") }
}

/// The text block that was read last, decoded as far as was asked for, so that passages and documents side by side decode it
/// once.
///
/// SAFETY: `memory` has room for a block's text and what the decoder may write behind it; `bytes` checks its range against
/// what was decoded. `stored` does not change while `decoding` is of it.
@safe final class TextBlockCache {
  private let memory = UnsafeMutableRawBufferPointer.allocate(
    byteCount: TextEncoder.blockByteCount + TextBlock.slack, alignment: 16)
  private let table = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 256)
  private var index = -1
  private var stored: [UInt8] = []
  private var decoding: TextBlock.Decoding?

  deinit {
    unsafe memory.deallocate()
    unsafe table.deallocate()
  }

  /// Whether the block is the one that was begun with last.
  func has(_ index: Int) -> Bool { self.index == index }

  /// Begins with a block; false when it is damaged.
  ///
  /// - Precondition: `textByteCount` is at most ``TextEncoder/blockByteCount``.
  func begin(_ stored: [UInt8], _ index: Int, textByteCount: Int) -> Bool {
    self.stored = stored
    decoding = unsafe stored.withUnsafeBytes { stored in
      unsafe TextBlock.Decoding(stored, textByteCount: textByteCount, table: table)
    }
    self.index = decoding == nil ? -1 : index
    return decoding != nil
  }

  /// Decodes on where less is decoded than up to byte `end` of the block's text; false when it is damaged.
  func decode(upTo end: Int) -> Bool {
    guard let decoding else { return false }
    guard decoding.byteCount < end else { return true }
    var further = decoding
    let isSound = unsafe stored.withUnsafeBytes { stored in
      unsafe further.go(on: stored, upTo: end, table: table, into: memory)
    }
    self.decoding = isSound ? further : nil
    if !isSound { index = -1 }
    return isSound
  }

  /// Bytes of the block's text; valid until another is begun with.
  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    precondition(range.upperBound <= decoding?.byteCount ?? 0, "bytes that were decoded")
    return unsafe UnsafeBufferPointer(rebasing: UnsafeBufferPointer(memory.assumingMemoryBound(to: UInt8.self))[range])
  }
}
