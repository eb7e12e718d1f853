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
  private var bits: BitReader
  // Where reading stands in the block's positions.
  private var positionBits: BitReader
  private var positionStarts: [UInt32] = []  // by slot, counted in positions; empty before they are asked for
  private var positionShift = 0
  private var lowBit = 0  // where the low bits begin
  private var passed = 0  // positions read or passed over; -1: none, and `lowBit` is not known
  private var lastOne = 0
  private var positionList: [UInt32] = []  // of the current document, as far as they were read
  private static let skipNumbers = PostingsBlock.skipByteCount / 4

  /// A cursor on the list of `entry` in a segment of `documentCount` documents.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when the list lies outside its section.
  init(
    entry: TermEntry, postings: ByteSection, positions: ByteSection, documentCount: Int
  ) throws(IndexError) {
    documentFrequency = Int(entry.documentFrequency)
    fullBlockCount = documentFrequency / PostingsBlock.fullCount
    let list = try postings.piece(at: entry.postings.lowerBound, count: entry.postings.count)
    let skipBytes = fullBlockCount * PostingsBlock.skipByteCount
    guard list.count >= skipBytes, documentFrequency <= documentCount else { throw list.damaged("a list too short") }
    skips = try list.piece(at: list.count - skipBytes, count: skipBytes)
    self.postings = try list.piece(at: 0, count: list.count - skipBytes)
    self.positions = try positions.piece(at: entry.positions.lowerBound, count: entry.positions.count)
    self.documentCount = documentCount
    bits = unsafe BitReader(self.postings.bytes)
    positionBits = unsafe BitReader(self.positions.bytes)
  }

  /// How often the term occurs in the current document.
  mutating func frequency() throws(IndexError) -> UInt32 {
    try readFrequencies()
    return values.frequencies[index]
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
      guard try load(block: try firstBlock(reaching: target)), values.documents[blockSize - 1] >= target else {
        return exhaust()
      }
      index = 0
    } else if index < 0 {
      index = 0
    }
    while index &+ 8 < blockSize, values.documents[index &+ 8] < target { index &+= 8 }
    while values.documents[index] < target { index &+= 1 }  // ends: the last one is not below
    document = values.documents[index]
    return document
  }

  /// Replaces the contents of `list` by the positions of the current document, rising.
  mutating func readPositions(into list: inout [UInt32]) throws(IndexError) {
    let count = try readPositions()
    list.removeAll(keepingCapacity: true)
    list.append(contentsOf: positionList[..<count])
  }

  /// Keeps of the first `count` of `starts`, which rise, those that are `offset` before a position of the current document,
  /// and returns how many these are.
  mutating func keep(_ starts: inout [UInt32], _ count: Int, before offset: UInt32) throws(IndexError) -> Int {
    let positionCount = try readPositions()
    var kept = 0
    unsafe starts.withUnsafeMutableBufferPointer { starts in
      unsafe positionList.withUnsafeBufferPointer { positions in
        // SAFETY: both indices are checked before use; `kept` is never above `place`.
        var place = 0
        var next = 0
        while place < count && next < positionCount {
          let wanted = unsafe UInt64(starts[place]) + UInt64(offset)
          let position = unsafe UInt64(positions[next])
          if wanted == position {
            unsafe starts[kept] = starts[place]
            kept &+= 1
          }
          place &+= wanted <= position ? 1 : 0
          next &+= position <= wanted ? 1 : 0
        }
      }
    }
    return kept
  }

  /// Reads the positions of the current document into the first places of `positionList`, and returns how many there are.
  private mutating func readPositions() throws(IndexError) -> Int {
    try goToPositions()
    let count = Int(values.frequencies[index])
    guard count <= positions.count * 8 else { throw positions.damaged("positions cut off") }  // each has a one
    if positionList.count < count { positionList = [UInt32](repeating: 0, count: max(count, 64)) }
    let outcome = unsafe positionList.withUnsafeMutableBufferPointer { list -> (last: Int, next: UInt64)? in
      // SAFETY: the array has room for `count` numbers, as was just seen to.
      guard let list = list.baseAddress else { return (lastOne, 0) }
      return unsafe positionBits.readRising(
        count, lowBit: lowBit &+ passed &* positionShift, shift: positionShift, behind: lastOne, from: 0, into: list)
    }
    guard let outcome else { throw positions.damaged("positions cut off or out of range") }
    lastOne = outcome.last
    passed &+= count
    return count
  }

  /// Brings the reader to the positions of the current document.
  private mutating func goToPositions() throws(IndexError) {
    try readFrequencies()
    if positionStarts.isEmpty { sumFrequencies() }
    let first = Int(positionStarts[index])
    if passed < 0 || first < passed { try beginPositions() }
    guard first > passed else { return }
    guard let one = positionBits.skipOnes(first - passed) else { throw positions.damaged("positions cut off") }
    lastOne = one
    passed = first
  }

  private mutating func sumFrequencies() {
    var sum: UInt32 = 0
    positionStarts.reserveCapacity(blockSize + 1)
    for slot in 0..<blockSize {
      positionStarts.append(sum)
      sum &+= values.frequencies[slot]
    }
    positionStarts.append(sum)
  }

  /// Goes to the first position of the block.
  private mutating func beginPositions() throws(IndexError) {
    let start: UInt32 = block <= 0 ? 0 : try skips.number(at: (block - 1) * Self.skipNumbers + 2)
    let header = positionBits.bits(at: Int(start) * 8, count: 8)
    guard Int(start) < positions.count, header <= RiceCoding.largestShift else {
      throw positions.damaged("positions cut off")
    }
    positionShift = Int(header)
    lowBit = Int(start) * 8 + 8
    let unaryBit = lowBit + Int(positionStarts[blockSize]) * positionShift
    positionBits.seekUnary(toBit: unaryBit)
    lastOne = unaryBit - 1
    passed = 0
  }

  @inline(__always)
  private mutating func readFrequencies() throws(IndexError) {
    guard values.readFrequencies(&bits) else { throw postings.damaged("frequencies that do not add up") }
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
  private mutating func nextSlots(in range: Range<UInt32>) throws(IndexError) -> Range<Int>? {
    guard document != Self.exhausted else { return nil }
    while true {
      if index + 1 >= blockSize || values.documents[blockSize - 1] < range.lowerBound {
        let isBehind = blockSize == 0 || values.documents[blockSize - 1] < range.lowerBound
        guard try load(block: isBehind ? firstBlock(reaching: range.lowerBound) : block + 1),
          values.documents[blockSize - 1] >= range.lowerBound
        else {
          exhaust()
          return nil
        }
        index = -1
      }
      while index + 1 < blockSize, values.documents[index + 1] < range.lowerBound { index += 1 }
      guard index + 1 < blockSize else { continue }
      var end = blockSize
      while end > index + 1, values.documents[end - 1] >= range.upperBound { end -= 1 }
      guard end > index + 1 else { return nil }
      defer { index = end - 1 }
      return index + 1..<end
    }
  }

  /// Calls `body` with the postings of all blocks of which `mayCompete` says so, in runs; what bounds a short last block is
  /// not known, and it is always among them.
  ///
  /// A cursor walked in this way is moved in no other.
  @inline(__always)
  mutating func forEachRun(
    where mayCompete: (BlockImpacts) -> Bool,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    for number in 0...fullBlockCount {
      if number < fullBlockCount, !mayCompete(try impacts(ofBlock: number)) { continue }
      guard try load(block: number) else { break }
      try readFrequencies()
      unsafe values.withRun(0..<blockSize, body)
    }
    exhaust()
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
    guard isRead, values.documents[size - 1] < documentCount, last.map({ $0 == values.documents[size - 1] }) ?? true
    else { throw postings.damaged("postings that do not add up") }
    block = number
    blockSize = size
    positionStarts.removeAll(keepingCapacity: true)
    passed = -1
    return true
  }
}
