/// Here is a term's entry; give me its documents in order, and where the term stands in each.
///
/// A cursor begins before its first document: call ``advance()`` or ``seek(to:)`` first. It never moves backwards, and past
/// the last document it stays on ``exhausted``, where further calls change nothing.
///
///     // postings of 登记: 3, 7, 20
///     try cursor.seek(to: 4)   // document == 7
///     try cursor.seek(to: 21)  // document == exhausted
struct PostingsCursor {
  /// The document of a cursor that has no more.
  static let exhausted = UInt32.max

  /// The current document; meaningless before the first move.
  private(set) var document: UInt32 = 0
  /// How many documents the list has.
  let documentFrequency: Int

  private let postings: ByteSection
  private let positions: ByteSection
  private let documentCount: Int
  private let fullBlockCount: Int
  private let skips: ByteSection
  // The block that is unpacked.
  private var block = -1
  private var blockSize = 0
  private var index = -1
  private var values = PostingsBlock()
  // Where the positions of the block's posting `positionsIndex` begin.
  private var positionsReader: ByteReader
  private var positionsIndex = 0
  private var positionsUnread = 0  // of the posting before
  private static let skipByteCount = 12

  /// A cursor on the list of `entry` in a segment of `documentCount` documents.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when the list lies outside its section.
  init(
    entry: TermEntry, postings: ByteSection, positions: ByteSection, documentCount: Int
  ) throws(IndexError) {
    documentFrequency = Int(entry.documentFrequency)
    fullBlockCount = documentFrequency / BitPacking.blockCount
    let list = try postings.piece(at: entry.postings.lowerBound, count: entry.postings.count)
    let skipBytes = fullBlockCount * Self.skipByteCount
    guard list.count >= skipBytes, documentFrequency <= documentCount else { throw list.damaged("a list too short") }
    skips = try list.piece(at: list.count - skipBytes, count: skipBytes)
    self.postings = try list.piece(at: 0, count: list.count - skipBytes)
    self.positions = try positions.piece(at: entry.positions.lowerBound, count: entry.positions.count)
    self.documentCount = documentCount
    positionsReader = self.positions.reader()
  }

  /// How often the term occurs in the current document.
  var frequency: UInt32 { values.frequencies[index] }

  /// Moves to the next document and returns it.
  @discardableResult
  mutating func advance() throws(IndexError) -> UInt32 {
    guard document != Self.exhausted else { return document }
    index += 1
    if index >= blockSize {
      guard try load(block: block + 1) else { return exhaust() }
      index = 0
    }
    document = values.documents[index]
    return document
  }

  /// Moves to the first document at or after `target` and returns it.
  ///
  /// - Complexity: O(log *b* + 128) for a list of *b* blocks.
  @discardableResult
  mutating func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    guard index < 0 || document < target else { return document }
    if blockSize == 0 || values.documents[blockSize - 1] < target {
      guard try load(block: try firstBlock(reaching: target)) else { return exhaust() }
      index = -1
    }
    repeat {
      index += 1
      guard index < blockSize else { return exhaust() }
    } while values.documents[index] < target
    document = values.documents[index]
    return document
  }

  /// Replaces the contents of `list` by the positions of the current document, rising.
  mutating func readPositions(into list: inout [UInt32]) throws(IndexError) {
    try goToPositions()
    guard positionsReader.readRisingNumbers(Int(frequency), into: &list) else {
      throw positions.damaged("positions cut off or out of range")
    }
    positionsIndex = index + 1
  }

  /// Keeps of `starts`, which rise, those that are `offset` before a position of the current document.
  mutating func keep(_ starts: inout [UInt32], before offset: UInt32) throws(IndexError) {
    try goToPositions()
    guard let unread = positionsReader.keepInRisingNumbers(Int(frequency), of: &starts, offset: offset) else {
      throw positions.damaged("positions cut off")
    }
    positionsUnread = unread
    positionsIndex = index + 1
  }

  /// Brings the reader to the positions of the current document.
  private mutating func goToPositions() throws(IndexError) {
    if positionsIndex > index { try beginPositions() }
    var skipped = positionsUnread
    for passed in positionsIndex..<index { skipped += Int(values.frequencies[passed]) }
    guard positionsReader.skipVarints(skipped) else { throw positions.damaged("positions cut off") }
    positionsUnread = 0
    positionsIndex = index
  }

  /// Calls `body` with all documents of `range` and their frequencies, in runs.
  ///
  /// Ranges come in order and do not overlap; a cursor walked in this way is moved in no other.
  @inline(__always)
  mutating func forEachRun(
    in range: Range<UInt32>,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    guard document != Self.exhausted else { return }
    if blockSize == 0 || values.documents[blockSize - 1] < range.lowerBound {
      guard try load(block: try firstBlock(reaching: range.lowerBound)) else {
        exhaust()
        return
      }
      index = -1
    }
    while index + 1 < blockSize, values.documents[index + 1] < range.lowerBound { index += 1 }
    while true {
      var end = blockSize
      while end > index + 1, values.documents[end - 1] >= range.upperBound { end -= 1 }
      if end > index + 1 {
        unsafe values.withRun(index + 1..<end, body)
        index = end - 1
      }
      if end < blockSize { return }
      guard try load(block: block + 1) else {
        exhaust()
        return
      }
      index = -1
    }
  }

  @discardableResult
  private mutating func exhaust() -> UInt32 {
    document = Self.exhausted
    return document
  }

  /// The first block whose last document is at or after `target`, the current one or a later one.
  private func firstBlock(reaching target: UInt32) throws(IndexError) -> Int {
    var low = max(block, 0)
    var high = fullBlockCount
    var step = 1
    while low + step < fullBlockCount, try lastDocument(ofBlock: low + step - 1) < target {  // gallop
      low += step
      step *= 2
    }
    high = min(high, low + step)
    while low < high {
      let middle = (low + high) / 2
      if try lastDocument(ofBlock: middle) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func lastDocument(ofBlock number: Int) throws(IndexError) -> UInt32 { try skips.number(at: number * 3) }

  /// Unpacks a block; false when there is none.
  private mutating func load(block number: Int) throws(IndexError) -> Bool {
    let isTail = number >= fullBlockCount
    let size = isTail ? documentFrequency - fullBlockCount * BitPacking.blockCount : BitPacking.blockCount
    guard number <= fullBlockCount, size > 0 else { return false }
    if number == block { return true }
    let first: UInt64 = number == 0 ? 0 : UInt64(try lastDocument(ofBlock: number - 1)) + 1
    let start: UInt32 = number == 0 ? 0 : try skips.number(at: (number - 1) * 3 + 1)
    var reader = postings.reader(at: Int(start))
    let isSound =
      isTail
      ? values.readTail(&reader, size: size, first: first)
      : values.readFull(&reader, first: first, last: try lastDocument(ofBlock: number))
    guard isSound, values.documents[size - 1] < documentCount else {
      throw postings.damaged("postings that do not add up")
    }
    block = number
    blockSize = size
    try beginPositions()
    return true
  }

  private mutating func beginPositions() throws(IndexError) {
    let start: UInt32 = block <= 0 ? 0 : try skips.number(at: (block - 1) * 3 + 2)
    positionsReader = positions.reader(at: Int(start))
    positionsIndex = 0
    positionsUnread = 0
  }
}
