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
  private let documentCount: Int
  private let fullBlockCount: Int
  private let skips: ByteSection
  // The block that is unpacked.
  private var block = -1
  private var blockSize = 0
  private var index = -1
  private var values: PostingsBlock
  private var bits: BitReader
  private var positions: BlockPositions
  private var boundedBlock = 0  // the first one that reaches the range whose bounds were asked for
  private static let skipNumbers = PostingsBlock.skipByteCount / 4

  /// A cursor on the list of `entry` in a segment of `documentCount` documents.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when the list lies outside its section.
  init(
    entry: TermEntry, postings: ByteSection, positions: ByteSection, documentCount: Int,
    into block: PostingsBlock = PostingsBlock()
  ) throws(IndexError) {
    documentFrequency = Int(entry.documentFrequency)
    values = block
    fullBlockCount = documentFrequency / PostingsBlock.fullCount
    let list = try postings.piece(at: entry.postings.lowerBound, count: entry.postings.count)
    let skipBytes = fullBlockCount * PostingsBlock.skipByteCount
    guard list.count >= skipBytes, documentFrequency <= documentCount else { throw list.damaged("a list too short") }
    skips = try list.piece(at: list.count - skipBytes, count: skipBytes)
    self.postings = try list.piece(at: 0, count: list.count - skipBytes)
    self.positions = BlockPositions(
      try positions.piece(at: entry.positions.lowerBound, count: entry.positions.count))
    self.documentCount = documentCount
    bits = unsafe BitReader(self.postings.bytes)
  }

  /// A cursor on the same list, before its first document.
  ///
  /// - Precondition: this one was not moved.
  func again() -> PostingsCursor {
    precondition(block < 0 && index < 0, "a cursor that was not moved")
    var copy = self
    copy.values = PostingsBlock()
    return copy
  }

  /// How often the term occurs in the current document.
  mutating func frequency() throws(IndexError) -> UInt32 {
    try readFrequencies()
    return values.frequency(index)
  }

  /// Moves to the next document and returns it.
  @discardableResult
  mutating func advance() throws(IndexError) -> UInt32 {
    guard document != Self.exhausted else { return document }
    index += 1
    if index >= blockSize {
      guard try load(block: block + 1) else { return exhaust() }
      index = 0
    }
    document = values.document(index)
    return document
  }

  /// Moves to the first document at or after `target` and returns it.
  ///
  /// - Complexity: O(log *b* + 128) for a list of *b* blocks.
  @discardableResult
  mutating func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    guard index < 0 || document < target else { return document }
    if blockSize == 0 || values.document(blockSize - 1) < target {
      guard try load(block: try firstBlock(reaching: target)), values.document(blockSize - 1) >= target else {
        return exhaust()
      }
      index = 0
    }
    index = values.firstSlot(reaching: target, from: max(index, 0))
    document = values.document(index)
    return document
  }

  /// Reads the positions of the current document into the first places of `numbers`, and returns how many they are.
  ///
  /// They rise; four times 2³² − 1, which is no position, come behind them. `numbers` grows where it must.
  mutating func readPositions(into numbers: inout [UInt32]) throws(IndexError) -> Int {
    try readFrequencies()
    if !positions.reaches(index) {
      let start: UInt32 = block <= 0 ? 0 : try skips.number(at: (block - 1) * Self.skipNumbers + 2)
      try positions.begin(values, at: Int(start))
    }
    return try positions.read(index, of: values, into: &numbers)
  }

  @inline(__always)
  private mutating func readFrequencies() throws(IndexError) {
    guard unsafe values.readFrequencies(&bits, postings.bytes) else {
      throw postings.damaged("frequencies that do not add up")
    }
  }

  /// Calls `body` with all documents of `range` and their frequencies, in runs.
  ///
  /// Ranges come in order and do not overlap; a cursor walked in this way is moved in no other.
  @inline(__always)
  mutating func forEachRun(
    in range: Range<UInt32>,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    while let slots = try nextSlots(in: range) {
      try readFrequencies()
      unsafe values.withRun(slots, body)
    }
  }

  /// The unpacked slots of the next documents of `range`; nil when there are no more.
  ///
  /// Ranges come in order and do not overlap; a cursor walked in this way is moved in no other.
  mutating func nextSlots(in range: Range<UInt32>) throws(IndexError) -> Range<Int>? {
    guard document != Self.exhausted else { return nil }
    while true {
      if index + 1 >= blockSize || values.document(blockSize - 1) < range.lowerBound {
        let isBehind = blockSize == 0 || values.document(blockSize - 1) < range.lowerBound
        guard try load(block: isBehind ? firstBlock(reaching: range.lowerBound) : block + 1),
          values.document(blockSize - 1) >= range.lowerBound
        else {
          exhaust()
          return nil
        }
        index = -1
      }
      let start = values.firstSlot(reaching: range.lowerBound, from: index + 1)
      index = start - 1
      guard start < blockSize else { continue }
      let isWhole = values.document(blockSize - 1) < range.upperBound
      let end = isWhole ? blockSize : values.firstSlot(reaching: range.upperBound, from: start)
      guard end > start else { return nil }
      index = end - 1
      return start..<end
    }
  }

  /// The documents in slots that ``nextSlots(in:)`` returned last, valid until it is called again.
  @inline(__always)
  func documents(_ slots: Range<Int>) -> UnsafeBufferPointer<UInt32> { unsafe values.documents(slots) }

  /// The document in one of these slots.
  @inline(__always)
  func document(atSlot slot: Int) -> UInt32 { values.document(slot) }

  /// Moves `slot` to the first of the block that has a document at or after `document`, and says whether it is that one.
  @inline(__always)
  func slot(of document: UInt32, from slot: inout Int) -> Bool {
    slot = values.firstSlot(reaching: document, from: slot)
    return slot < blockSize && values.document(slot) == document
  }

  /// The frequency in one of these slots.
  @inline(__always)
  mutating func frequency(atSlot slot: Int) throws(IndexError) -> UInt32 {
    try readFrequencies()
    return values.frequency(slot)
  }

  /// The largest value of a function over the bounds of all blocks that may have documents of `range`, 0 when there is none.
  ///
  /// It is nil where a short last block may have some, whose bounds are not known. Ranges come in order.
  mutating func maximum(in range: Range<UInt32>, _ value: (BlockImpacts) -> Double) throws(IndexError) -> Double? {
    while boundedBlock < fullBlockCount, try lastDocument(ofBlock: boundedBlock) < range.lowerBound {
      boundedBlock += 1
    }
    var maximum = 0.0
    for number in boundedBlock..<fullBlockCount {
      maximum = max(maximum, value(try impacts(ofBlock: number)))
      if try lastDocument(ofBlock: number) >= range.upperBound - 1 { return maximum }
    }
    return documentFrequency % PostingsBlock.fullCount > 0 ? nil : maximum
  }

  /// Calls `body` with the postings of all blocks that may compete, in runs: first of the few with the largest bounds, which
  /// soon leave little for the others to compete with, then of the others in their order.
  ///
  /// What bounds a short last block is not known, and it is always among them. A cursor walked in this way is moved in no other.
  @inline(__always)
  mutating func forEachRun(
    bound: (BlockImpacts) -> Double, mayCompete: (Double) -> Bool,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    var bounds: [Double] = []
    bounds.reserveCapacity(fullBlockCount + 1)
    for number in 0..<fullBlockCount { bounds.append(bound(try impacts(ofBlock: number))) }
    if documentFrequency % PostingsBlock.fullCount > 0 { bounds.append(.infinity) }
    let first = Self.largest(bounds)
    for turn in 0..<first.count + bounds.count {
      let number = turn < first.count ? first[turn] : turn - first.count
      guard mayCompete(bounds[number]) else { continue }
      guard try load(block: number) else { break }
      bounds[number] = -.infinity  // seen
      try readFrequencies()
      unsafe values.withRun(0..<blockSize, body)
    }
    exhaust()
  }

  /// The same, but that the documents of the other blocks are passed to `rest`.
  @inline(__always)
  mutating func forEachRun(
    bound: (BlockImpacts) -> Double, mayCompete: (Double) -> Bool,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void,
    rest: (_ documents: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    var bounds: [Double] = []
    bounds.reserveCapacity(fullBlockCount + 1)
    for number in 0..<fullBlockCount { bounds.append(bound(try impacts(ofBlock: number))) }
    if documentFrequency % PostingsBlock.fullCount > 0 { bounds.append(.infinity) }
    for number in Self.largest(bounds) + Array(bounds.indices) where !bounds[number].isNaN {
      guard try load(block: number) else { break }
      if mayCompete(bounds[number]) {
        try readFrequencies()
        unsafe values.withRun(0..<blockSize, body)
      } else {
        unsafe rest(values.documents(0..<blockSize))
      }
      bounds[number] = .nan  // seen
    }
    exhaust()
  }

  /// The places of the largest of many numbers; none where there are few.
  private static func largest(_ numbers: [Double]) -> [Int] {
    let count = min(4, numbers.count / 4)
    guard count > 0 else { return [] }
    var places: [Int] = []
    places.reserveCapacity(count)
    for place in numbers.indices {
      if places.count == count, numbers[places[count - 1]] >= numbers[place] { continue }
      if places.count == count { places.removeLast() }
      let rank = places.firstIndex { numbers[$0] < numbers[place] } ?? places.count
      places.insert(place, at: rank)
    }
    return places
  }

  private func impacts(ofBlock number: Int) throws(IndexError) -> BlockImpacts {
    let low: UInt32 = try skips.number(at: number * Self.skipNumbers + 3)
    let high: UInt32 = try skips.number(at: number * Self.skipNumbers + 4)
    return BlockImpacts(word: UInt64(high) << 32 | UInt64(low))
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

  private func lastDocument(ofBlock number: Int) throws(IndexError) -> UInt32 {
    try skips.number(at: number * Self.skipNumbers)
  }

  /// Unpacks a block; false when there is none.
  private mutating func load(block number: Int) throws(IndexError) -> Bool {
    let isTail = number >= fullBlockCount
    let size = isTail ? documentFrequency - fullBlockCount * PostingsBlock.fullCount : PostingsBlock.fullCount
    guard number <= fullBlockCount, size > 0 else { return false }
    if number == block { return true }
    let first: UInt64 = number == 0 ? 0 : UInt64(try lastDocument(ofBlock: number - 1)) + 1
    let start: UInt32 = number == 0 ? 0 : try skips.number(at: (number - 1) * Self.skipNumbers + 1)
    let isRead = unsafe values.readDocuments(&bits, postings.bytes, at: Int(start), count: size, first: first)
    let last = isTail ? nil : try lastDocument(ofBlock: number)
    guard isRead, values.document(size - 1) < documentCount, last.map({ $0 == values.document(size - 1) }) ?? true
    else { throw postings.damaged("postings that do not add up") }
    block = number
    blockSize = size
    positions.leaveBlock()
    return true
  }
}
