import SystemIO

/// Writes a segment's documents file: text blocks as they become full, record groups many at a time, the tables at the end.
///
/// Groups lie side by side so that the pages of a mapped file that hold them hold little else. Memory is these, a block and the
/// tables.
struct DocumentsWriter {
  /// How many documents were appended.
  var count: Int { lengths.count }

  private let file: SectionFileWriter
  private let encoder = TextEncoder()
  // A long text is read a passage at a time: smaller blocks, of which a passage needs less.
  private static let lonelyBlockByteCount = TextEncoder.blockByteCount / 2
  /// As many bytes of groups wait to be written together.
  private static let waitingByteCount = 1 << 19
  private var groups: [UInt64] = []
  private var blocks: [UInt64] = []
  /// The length of each.
  private(set) var lengths: [UInt32] = []
  private var textStarts: [UInt32] = []
  private var heads = ByteWriter()
  private var tails = ByteWriter()
  private var last = DocumentHead()  // of the group
  private var waiting = ByteWriter()  // groups that are whole
  private var waitingRows: [StoredChunk] = []  // where each of them lies in `waiting`
  private var current = DocumentHead()  // its memory
  private var chunk = ByteWriter()
  private var text: [UInt8] = []  // of the next block
  private var groupTextOffset = 0
  private var documentTextEnd = 0  // what the documents' heads add up to
  private var blockTextEnd = 0  // what is in blocks

  init(file: SectionFileWriter) {
    self.file = file
    file.beginSection(.stored)
  }

  /// Appends a document of a batch, whose details are noted there.
  mutating func append(_ batch: DocumentBatch, _ index: Int) throws(IndexError) {
    let tailStart = tails.count
    let details = batch.details(index)
    DocumentCoding.appendTail(
      batch.fields(index), places: batch.places(index), textStart: details.textStart, to: &tails)
    current.become(batch, index, tailByteCount: tails.count - tailStart, after: last)
    current.append(to: &heads, after: last)
    swap(&current, &last)
    try finishHead(length: details.length, textStart: details.textStart)
    try append(text: batch.text(index).span)
  }

  /// Appends a document that another segment holds, but for its text.
  mutating func append(
    _ head: DocumentHead, tail: [UInt8], length: UInt32, textStart: UInt32
  ) throws(IndexError) {
    tails.append(contentsOf: tail)
    let head = head.following(last)
    head.append(to: &heads, after: last)
    last = head
    try finishHead(length: length, textStart: textStart)
  }

  /// Takes the last head's document in.
  private mutating func finishHead(length: UInt32, textStart: UInt32) throws(IndexError) {
    documentTextEnd += last.textByteCount
    lengths.append(length)
    textStarts.append(textStart)
    if count % DocumentHead.groupCount == 0 { try finishGroup() }
  }

  /// Appends text of the documents, in their order.
  mutating func append(text: Span<UInt8>) throws(IndexError) {
    var isAlone = self.text.isEmpty  // whether the block has the text of this one document
    var start = 0
    while start < text.count {
      let limit = isAlone ? Self.lonelyBlockByteCount : TextEncoder.blockByteCount
      let room = min(text.count - start, limit - self.text.count)
      var end = start + room
      if end < text.count {  // before a character
        while end > start, start + room - end < 4, text[end] & 0xC0 == 0x80 { end -= 1 }
        if end == start, self.text.isEmpty { end += room }
      }
      unsafe text.extracting(start..<end).withUnsafeBufferPointer { unsafe self.text.append(contentsOf: $0) }
      start = end
      guard start < text.count else { return }
      try finishBlock()
      isAlone = true
    }
  }

  /// Appends text as the block that another segment has of it.
  mutating func append(block: [UInt8], textByteCount: Int) throws(IndexError) {
    try finishBlock()
    try appendBlock(block)
    blockTextEnd += textByteCount
  }

  /// Writes the tables; `keyOrder` lists the documents by their keys' bytes.
  mutating func finish(keyOrder: [UInt32]) throws(IndexError) {
    try finishGroup()
    try finishBlock()
    try writeGroups()
    precondition(documentTextEnd == blockTextEnd, "the texts of all documents")
    blocks += [file.sectionByteCount, 0, UInt64(blockTextEnd)]
    file.endSection()
    file.beginSection(.recordGroups)
    try file.append(groups)
    file.endSection()
    file.beginSection(.textBlocks)
    try file.append(blocks)
    file.endSection()
    try file.append(textStarts, as: .textStarts)
    try file.append(keyOrder, as: .keyOrder)
  }

  private mutating func finishBlock() throws(IndexError) {
    guard !text.isEmpty else { return }
    chunk.removeAll()
    unsafe text.withUnsafeBytes { unsafe encoder.encode($0, into: &chunk) }
    try appendBlock(chunk.bytes)
    blockTextEnd += text.count
    text.removeAll(keepingCapacity: true)
  }

  private mutating func appendBlock(_ bytes: [UInt8]) throws(IndexError) {
    let start = Int(file.sectionByteCount)
    try file.append(bytes)
    blocks += StoredChunk(range: start..<start + bytes.count, textOffset: blockTextEnd).row
  }

  private mutating func finishGroup() throws(IndexError) {
    guard heads.count > 0 else { return }
    let start = waiting.count
    waiting.append(varint: UInt64(heads.count))
    for part in [heads.bytes, tails.bytes] { unsafe part.withUnsafeBytes { unsafe waiting.append($0) } }
    waitingRows.append(StoredChunk(range: start..<waiting.count, textOffset: groupTextOffset))
    groupTextOffset = documentTextEnd
    heads.removeAll()
    tails.removeAll()
    last = DocumentHead()
    if waiting.count >= Self.waitingByteCount { try writeGroups() }
  }

  private mutating func writeGroups() throws(IndexError) {
    let start = Int(file.sectionByteCount)
    for var chunk in waitingRows {
      chunk.range = start + chunk.range.lowerBound..<start + chunk.range.upperBound
      groups += chunk.row
    }
    try file.append(waiting.bytes)
    waiting.removeAll()
    waitingRows.removeAll(keepingCapacity: true)
  }
}
