/// Reads a whole list from memory, front to back, for merges and checks.
struct PostingsListReader {
  private var block = PostingsBlock()
  private var gaps: [UInt32] = []

  /// Calls `body` with each document and the gaps of its positions (the first one, then each step less one); false when the
  /// list is damaged.
  ///
  /// - Parameter lengths: the documents' lengths, when the bounds of full blocks are to be checked.
  mutating func forEach(
    documentFrequency: Int, documentCount: Int, lengths: ((UInt32) -> UInt32)? = nil,
    postings: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer,
    _ body: (_ document: UInt32, _ positionGaps: UnsafeBufferPointer<UInt32>) throws(IndexError) -> Void
  ) throws(IndexError) -> Bool {
    let fullBlockCount = documentFrequency / PostingsBlock.fullCount
    let dataCount = postings.count - fullBlockCount * PostingsBlock.skipByteCount
    guard dataCount >= 0, documentFrequency <= documentCount else { return false }
    let data = unsafe UnsafeRawBufferPointer(rebasing: postings[..<dataCount])
    var skips = unsafe ByteReader(UnsafeRawBufferPointer(rebasing: postings[dataCount...]))
    var bits = unsafe BitReader(data)
    var positionBits = unsafe BitReader(positions)
    var first: UInt64 = 0
    var postingsEnd = 0
    var positionsEnd = 0
    var left = documentFrequency
    while left > 0 {
      let count = min(left, PostingsBlock.fullCount)
      guard unsafe block.readDocuments(&bits, data, at: postingsEnd, count: count, first: first),
        block.document(count - 1) < documentCount, let end = unsafe block.decodeFrequencies(&bits, data),
        let nextEnd = readGaps(&positionBits, at: positionsEnd)
      else { return false }
      postingsEnd = end
      positionsEnd = nextEnd
      if count == PostingsBlock.fullCount {
        guard let last: UInt32 = skips.readFixed(), block.document(count - 1) == last,
          let statedPostingsEnd: UInt32 = skips.readFixed(), Int(statedPostingsEnd) == postingsEnd,
          let statedPositionsEnd: UInt32 = skips.readFixed(), Int(statedPositionsEnd) == positionsEnd,
          let impacts: UInt64 = skips.readFixed(), lengths.map({ isBound(impacts, $0) }) ?? true
        else { return false }
      }
      var start = 0
      for slot in 0..<count {
        let end = start + Int(block.frequency(slot))
        unsafe try passGaps(start..<end, of: block.document(slot), to: body)
        start = end
      }
      first = UInt64(block.document(count - 1)) + 1
      left -= count
    }
    return postingsEnd == data.count && positionsEnd == positions.count
  }

  private func isBound(_ word: UInt64, _ length: (UInt32) -> UInt32) -> Bool {
    let frequencies = (0..<PostingsBlock.fullCount).map { block.frequency($0) - 1 }
    let lengths = (0..<PostingsBlock.fullCount).map { length(block.document($0)) }
    let impacts = unsafe frequencies.withUnsafeBufferPointer { frequencies in
      unsafe lengths.withUnsafeBufferPointer { unsafe BlockImpacts(frequencies: frequencies, lengths: $0) }
    }
    return impacts.word == word
  }

  private func passGaps(
    _ range: Range<Int>, of document: UInt32, to body: (UInt32, UnsafeBufferPointer<UInt32>) throws(IndexError) -> Void
  ) throws(IndexError) {
    var failure: IndexError?
    unsafe gaps.withUnsafeBufferPointer { gaps in
      do throws(IndexError) {
        try unsafe body(document, UnsafeBufferPointer(rebasing: gaps[range]))
      } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Reads the gaps of all positions of the block that begins at a byte, and returns the byte behind it; nil when they are
  /// damaged.
  private mutating func readGaps(_ bits: inout BitReader, at start: Int) -> Int? {
    var count = 0
    for slot in 0..<block.count { count += Int(block.frequency(slot)) }
    let shift = Int(bits.bits(at: start * 8, count: 8))
    guard shift <= RiceCoding.largestShift, count <= bits.byteCount * 8 else { return nil }  // each has a one
    if gaps.count < count { gaps = [UInt32](repeating: 0, count: max(count, 2 * gaps.count)) }
    var lowBit = start * 8 + 8
    let unaryBit = lowBit + count * shift
    bits.seekUnary(toBit: unaryBit)
    var previous = unaryBit - 1
    for index in 0..<count {
      guard let one = bits.nextOne() else { return nil }
      let high = UInt64(one - previous - 1)
      guard high >> UInt64(32 - shift) == 0 else { return nil }
      gaps[index] = UInt32(truncatingIfNeeded: high << UInt64(shift)) | bits.bits(at: lowBit, count: shift)
      previous = one
      lowBit += shift
    }
    return (previous + 8) / 8
  }
}
