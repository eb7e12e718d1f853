/// Here is a document's number; give me the document, its length, or the number for a key.
struct DocumentsReader: Sendable {
  /// How many documents the segment has, deleted ones included.
  let count: Int
  /// The segment's text.
  let blocks: TextBlocks
  private let records: RecordFile
  private let groups: ByteSection
  /// The documents' lengths for ranking.
  let lengths: DocumentLengths
  private let textStarts: NumberTable
  private let keyOrder: NumberTable

  /// Opens the sections of a documents file and checks their sizes; the lengths come from another file.
  init(file: SectionFile, lengths: DocumentLengths) throws(IndexError) {
    count = lengths.count
    self.lengths = lengths
    records = try RecordFile(file)
    groups = try file.section(.recordGroups)
    blocks = try TextBlocks(table: try file.section(.textBlocks), records: records)
    textStarts = try NumberTable(try file.section(.textStarts), count: count)
    keyOrder = try NumberTable(try file.section(.keyOrder), count: count)
    let groupCount = (count + DocumentHead.groupCount - 1) / DocumentHead.groupCount
    guard groups.count == groupCount * StoredChunk.rowByteCount else {
      throw records.damaged("a table of groups that does not fit \(count) documents")
    }
  }

  /// The position at which the document's text begins; its title stands before.
  func textStart(of document: UInt32) throws(IndexError) -> UInt32 { try textStarts.number(at: Int(document)) }

  /// The document at a place in the order of the keys.
  func document(atKeyRank rank: Int) throws(IndexError) -> UInt32 { try keyOrder.number(at: rank) }

  /// The whole document; documents side by side are read faster with one cache.
  func document(_ number: UInt32, using cache: TextBlockCache = TextBlockCache()) throws(IndexError) -> Document {
    var (document, text) = try documentAndText(number)
    document.text = String(decoding: try text.read(0..<text.range.count, using: cache), as: UTF8.self)
    return document
  }

  /// The document without its text.
  func header(of number: UInt32) throws(IndexError) -> Document {
    try header(of: number) { $0.document(fields: $1) }
  }

  /// What `make` makes of a document's head and its fields.
  @inline(__always)
  func header<Made>(
    of number: UInt32, _ make: (_ head: DocumentHeadReader, _ fields: [Field]) -> Made
  ) throws(IndexError) -> Made {
    try record(of: number) { head, tail, _ in DocumentCoding.fields(tail).map { make(head, $0) } }
  }

  /// The document without its text, and the text as it lies in the blocks.
  func documentAndText(_ number: UInt32) throws(IndexError) -> (document: Document, text: StoredText) {
    let textStart = try textStart(of: number)
    return try record(of: number) { head, tail, range in
      guard let (fields, places) = DocumentCoding.tail(tail, textStart: textStart),
        places.places.last.map({ $0.offset < range.count }) ?? true
      else { return nil }
      let text = StoredText(
        blocks: blocks, range: range, textStart: textStart, places: places,
        tabsSeparateCells: head.flags.contains(.tabsSeparateCells))
      return (head.document(fields: fields), text)
    }
  }

  /// Calls `body` with the titles of some documents, which rise, and where the text of each lies; those of one group are read
  /// together.
  func forEachTitle(
    of numbers: [UInt32], _ body: (_ title: [UInt8], _ text: Range<Int>, _ tabsSeparateCells: Bool) -> Void
  ) throws(IndexError) {
    var start = 0
    while start < numbers.count {
      guard numbers[start] < count else { throw damaged(numbers[start]) }
      let group = Int(numbers[start]) / DocumentHead.groupCount
      let end = numbers.partitionPoint(from: start) { Int($0) / DocumentHead.groupCount == group }
      let chunk = try StoredChunk(group, of: groups, sectionByteCount: records.count)
      var reader = try records.reader(of: chunk.range)
      guard numbers[end - 1] < count, let headByteCount = reader.readCount(),
        let heads = unsafe reader.readBytes(headByteCount)
      else { throw damaged(numbers[start]) }
      let isSound = unsafe DocumentHeadReader.read(heads, count: DocumentHead.groupCount) { head in
        var next = group * DocumentHead.groupCount
        var textStart = chunk.textOffset
        for number in numbers[start..<end] {
          guard let before = head.read(behind: Int(number) - next) else { return false }
          textStart &+= before.texts
          let textEnd = textStart &+ head.textByteCount
          body(head.title, textStart..<textEnd, head.flags.contains(.tabsSeparateCells))
          (next, textStart) = (Int(number) + 1, textEnd)
        }
        return true
      }
      guard isSound else { throw damaged(numbers[start]) }
      start = end
    }
  }

  /// The document's key.
  func key(of number: UInt32) throws(IndexError) -> [UInt8] { try record(of: number) { head, _, _ in head.key } }

  /// What `make` makes of a document's head, of its tail, and of where its text lies; it is nil when these are damaged.
  @inline(__always)
  private func record<Made>(
    of number: UInt32, _ make: (_ head: DocumentHeadReader, _ tail: ByteReader, _ text: Range<Int>) -> Made?
  ) throws(IndexError) -> Made {
    guard number < count else { throw damaged(number) }
    let chunk = try StoredChunk(
      Int(number) / DocumentHead.groupCount, of: groups, sectionByteCount: records.count)
    var tails = try records.reader(of: chunk.range)
    guard let headByteCount = tails.readCount(), let heads = unsafe tails.readBytes(headByteCount) else {
      throw damaged(number)
    }
    let index = Int(number) % DocumentHead.groupCount
    let made = unsafe DocumentHeadReader.read(heads, count: index + 1) { head -> Made? in
      guard let before = head.read(behind: index), tails.skip(before.tails),
        let tail = unsafe tails.readBytes(head.tailByteCount)
      else { return nil }
      let textStart = chunk.textOffset &+ before.texts
      return make(head, unsafe ByteReader(tail), textStart..<textStart &+ head.textByteCount)
    }
    guard let made else { throw damaged(number) }
    return made
  }

  /// Calls `body` with the head and the tail of each document, in order, and where its text begins.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` also when a group is not used up, or texts leave gaps.
  func forEachRecord(
    _ body: (UInt32, DocumentHead, [UInt8], Int) throws(IndexError) -> Void
  ) throws(IndexError) {
    var textEnd = 0
    for first in stride(from: 0, to: count, by: DocumentHead.groupCount) {
      let group = try StoredChunk(first / DocumentHead.groupCount, of: groups, sectionByteCount: records.count)
      let bytes = try records.read(group.range)
      let documentCount = min(DocumentHead.groupCount, count - first)
      let heads = unsafe bytes.withUnsafeBytes { unsafe Self.heads(documentCount, of: $0) }
      guard let heads, group.textOffset == textEnd else { throw damaged(UInt32(first)) }
      var tailStart = bytes.count - heads.reduce(0) { $0 + $1.tailByteCount }
      for (index, head) in heads.enumerated() {
        try body(UInt32(first + index), head, Array(bytes[tailStart..<tailStart + head.tailByteCount]), textEnd)
        tailStart += head.tailByteCount
        textEnd += head.textByteCount
      }
    }
    guard textEnd == blocks.textByteCount else { throw records.damaged("text that belongs to no document") }
  }

  /// All heads of a group; nil where they and their tails do not use it up.
  private static func heads(_ count: Int, of group: UnsafeRawBufferPointer) -> [DocumentHead]? {
    var reader = unsafe ByteReader(group)
    guard let headByteCount = reader.readCount(), headByteCount <= reader.remaining else { return nil }
    let tailByteCount = reader.remaining - headByteCount
    let headBytes = unsafe UnsafeRawBufferPointer(start: reader.next, count: headByteCount)
    let heads = unsafe DocumentHeadReader.read(headBytes, count: count) { reader -> [DocumentHead]? in
      var heads: [DocumentHead] = []
      for _ in 0..<count {
        guard reader.next() else { return nil }
        heads.append(DocumentHead(reader))
      }
      return reader.remaining == 0 ? heads : nil
    }
    guard let heads, heads.reduce(0, { $0 + $1.tailByteCount }) == tailByteCount else { return nil }
    return heads
  }

  /// The number of the document that has the key and is not marked; nil when there is none.
  ///
  /// Several documents of a segment may have had one key, one after the other; all but the last are marked.
  ///
  /// - Complexity: O(log *n*) records read.
  func document(forKey key: [UInt8], notMarkedIn marks: DeleteMarks?) throws(IndexError) -> UInt32? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if try self.key(of: document(atKeyRank: middle)).lexicographicallyPrecedes(key) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < count {
      let number = try document(atKeyRank: low)
      guard number < count, try self.key(of: number) == key else { return nil }
      if !(marks.map { $0[number] } ?? false) { return number }
      low += 1
    }
    return nil
  }

  /// Whether groups and blocks fill their section without gaps, none of them over another.
  func chunksFillSection() throws(IndexError) -> Bool {
    var ranges: [Range<Int>] = []
    for index in 0..<groups.count / StoredChunk.rowByteCount {
      ranges.append(try StoredChunk(index, of: groups, sectionByteCount: records.count).range)
    }
    for index in 0..<blocks.count { ranges.append(try blocks.chunk(index).chunk.range) }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    var next = 0
    for range in ranges {
      guard range.lowerBound == next, !range.isEmpty else { return false }
      next = range.upperBound
    }
    return next == records.count
  }

  private func damaged(_ number: UInt32) -> IndexError { records.damaged("the record of document \(number)") }
}
