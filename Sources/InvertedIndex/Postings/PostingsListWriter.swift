/// Codes lists of postings, one term after the other: documents and frequencies in one buffer, positions in another.
///
/// Lists follow one another without gaps. The owner takes the buffers' bytes out by ``drain(_:)`` whenever it likes, also in
/// the middle of a list.
///
/// SAFETY: `gaps`, `frequencies` and `positionGaps` have the counts that they were allocated with; `postingCount` stays below
/// 128 between calls, and `positionCount` below `positionCapacity`. The class is not Sendable: one owner at a time.
@safe final class PostingsListWriter {
  /// What a finished list came to.
  struct Summary {
    /// Documents in the list.
    var documentFrequency: UInt32 = 0
    /// Sum of the frequencies.
    var occurrences: UInt64 = 0
    /// Bytes of the list in the postings section.
    var postingsByteCount: UInt64 = 0
    /// Bytes of the list in the positions section.
    var positionsByteCount: UInt64 = 0
  }

  private let postings = ByteBuffer(capacity: 1 << 17)
  private let positions = ByteBuffer(capacity: 1 << 17)
  private let skips = ByteBuffer()
  private var drainedPostings: UInt64 = 0
  private var drainedPositions: UInt64 = 0
  private var postingsStart: UInt64 = 0  // of the current list, counted from the first one's
  private var positionsStart: UInt64 = 0
  // The block being filled: gaps of the documents, frequencies less one, gaps of all positions.
  private let gaps: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>
  private var positionGaps: UnsafeMutablePointer<UInt32>
  private var positionCapacity = 1 << 10
  private var postingCount = 0
  private var positionCount = 0
  private var positionSum: UInt64 = 0
  private var blockStart: UInt64 = 0  // one past the last document of the block before
  private var next: UInt64 = 0  // one past the last document
  private var summary = Summary()
  private let blockLengths: UnsafeMutablePointer<UInt32>
  /// The length of each document, which the bounds of full blocks need; set before a list begins.
  var lengths: [UInt32] = []

  init() {
    unsafe blockLengths = .allocate(capacity: PostingsBlock.fullCount)
    unsafe gaps = .allocate(capacity: PostingsBlock.fullCount)
    unsafe frequencies = .allocate(capacity: PostingsBlock.fullCount)
    unsafe positionGaps = .allocate(capacity: positionCapacity)
  }

  deinit {
    unsafe blockLengths.deallocate()
    unsafe gaps.deallocate()
    unsafe frequencies.deallocate()
    unsafe positionGaps.deallocate()
  }

  /// Bytes that wait to be drained.
  var byteCount: Int { postings.count + positions.count }

  /// The bytes that wait to be drained, valid until the next change.
  var bytes: (postings: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer) {
    unsafe (postings.bytes, positions.bytes)
  }

  /// Passes the bytes coded so far to `body` and forgets them.
  func drain(
    _ body: (_ postings: UnsafeRawBufferPointer, _ positions: UnsafeRawBufferPointer) throws(IndexError) -> Void
  ) throws(IndexError) {
    unsafe try body(postings.bytes, positions.bytes)
    drainedPostings += UInt64(postings.count)
    drainedPositions += UInt64(positions.count)
    postings.removeAll()
    positions.removeAll()
  }

  /// Appends postings given by all their occurrences, each document above position.
  ///
  /// - Precondition: the occurrences rise, and their documents are greater than the one before.
  func append(occurrences: UnsafeBufferPointer<UInt64>) throws(IndexError) {
    var start = 0
    while start < occurrences.count {
      let document = unsafe UInt32(truncatingIfNeeded: occurrences[start] >> 32)
      let limit = UInt64(document) << 32 | 0xFFFF_FFFF
      var end = start &+ 1
      while end < occurrences.count, unsafe occurrences[end] <= limit { end &+= 1 }
      reserve(positions: end &- start)
      var count = positionCount
      var previous = UInt32.max  // so that the first step is the first position
      while start < end {
        let position = unsafe UInt32(truncatingIfNeeded: occurrences[start])
        unsafe positionGaps[count] = position &- previous &- 1
        previous = position
        count &+= 1
        start &+= 1
      }
      // The gaps of a document add up to its last position, less those before it.
      let frequency = count &- positionCount
      positionSum &+= UInt64(previous) &+ 1 &- UInt64(frequency)
      positionCount = count
      try finishPosting(document: document, frequency: UInt32(truncatingIfNeeded: frequency))
    }
  }

  /// Appends postings given by all their occurrences, whose low 32 bits are places of `places`, rising.
  func append(occurrences: UnsafeBufferPointer<UInt64>, in places: DocumentPlaces) throws(IndexError) {
    var next = 0
    while next < occurrences.count {
      let first = unsafe UInt32(truncatingIfNeeded: occurrences[next])
      let document = places.document(at: first)
      let start = places.starts[document]
      let end = places.starts[document + 1]
      reserve(positions: min(Int(end - start), occurrences.count - next))
      var count = positionCount
      var previous = start &- 1
      while next < occurrences.count {
        let place = unsafe UInt32(truncatingIfNeeded: occurrences[next])
        guard place < end else { break }
        unsafe positionGaps[count] = place &- previous &- 1
        previous = place
        count &+= 1
        next &+= 1
      }
      let frequency = count &- positionCount
      positionSum &+= UInt64(previous &- start) &+ 1 &- UInt64(frequency)
      positionCount = count
      try finishPosting(document: UInt32(document), frequency: UInt32(truncatingIfNeeded: frequency))
    }
  }

  /// Appends a posting whose positions are given as gaps: the first one, then each step less one.
  func append(document: UInt32, positionGaps given: UnsafeBufferPointer<UInt32>) throws(IndexError) {
    reserve(positions: given.count)
    for index in 0..<given.count {
      let gap = unsafe given[index]
      unsafe positionGaps[positionCount &+ index] = gap
      positionSum &+= UInt64(gap)
    }
    positionCount += given.count
    try finishPosting(document: document, frequency: UInt32(given.count))
  }

  /// Ends the list.
  func finishList() throws(IndexError) -> Summary {
    if postingCount > 0 { try finishBlock() }
    unsafe postings.append(skips.bytes)
    summary.postingsByteCount = drainedPostings + UInt64(postings.count) - postingsStart
    summary.positionsByteCount = drainedPositions + UInt64(positions.count) - positionsStart
    let result = summary
    postingsStart += result.postingsByteCount
    positionsStart += result.positionsByteCount
    skips.removeAll()
    blockStart = 0
    next = 0
    summary = Summary()
    return result
  }

  private func finishPosting(document: UInt32, frequency: UInt32) throws(IndexError) {
    precondition(UInt64(document) >= next && frequency > 0, "postings come in order, each with a position")
    unsafe gaps[postingCount] = UInt32(UInt64(document) - next)
    unsafe frequencies[postingCount] = frequency - 1
    next = UInt64(document) + 1
    postingCount += 1
    if postingCount == PostingsBlock.fullCount {
      let impacts = impacts()
      try finishBlock()
      try appendSkip(impacts)
    }
  }

  /// Codes the block's postings and positions.
  private func finishBlock() throws(IndexError) {
    let gaps = unsafe UnsafeBufferPointer(start: self.gaps, count: postingCount)
    let frequencies = unsafe UnsafeBufferPointer(start: self.frequencies, count: postingCount)
    let positionGaps = unsafe UnsafeBufferPointer(start: self.positionGaps, count: positionCount)
    let gapSum = next - blockStart - UInt64(postingCount)
    let (gapShift, gapBits) = unsafe RiceCoding.bestShift(of: gaps, sum: gapSum)
    let frequencySum = UInt64(positionCount - postingCount)
    let frequencyShift = min(
      PostingsBlock.largestFrequencyShift, RiceCoding.shift(sum: frequencySum, count: postingCount))
    let frequencyBits = unsafe RiceCoding.unaryBitCount(of: frequencies, shift: frequencyShift)
    let bitCount = gapBits + frequencyBits + postingCount * (gapShift + frequencyShift)
    unsafe postings.append(upTo: bitCount / 8 + 17) { start in
      unsafe start.storeBytes(of: UInt8(gapShift | frequencyShift << 5), as: UInt8.self)
      var target = unsafe start + 1
      let isFull = gaps.count == PostingsBlock.fullCount
      if isFull { unsafe target = BitPacking.pack(gaps, width: gapShift, into: target) }
      var writer = unsafe BitWriter(target)
      if !isFull { unsafe writer.append(lowBitsOf: gaps, shift: gapShift) }
      unsafe writer.append(highBitsOf: gaps, shift: gapShift)
      unsafe writer.append(lowBitsOf: frequencies, shift: frequencyShift)
      unsafe writer.append(highBitsOf: frequencies, shift: frequencyShift)
      return unsafe writer.end()
    }
    let (shift, positionBits) = unsafe RiceCoding.bestShift(of: positionGaps, sum: positionSum)
    unsafe positions.append(upTo: (positionBits + positionCount * shift) / 8 + 17) { start in
      unsafe start.storeBytes(of: UInt8(shift), as: UInt8.self)
      var writer = unsafe BitWriter(start + 1)
      unsafe writer.append(lowBitsOf: positionGaps, shift: shift)
      unsafe writer.append(highBitsOf: positionGaps, shift: shift)
      return unsafe writer.end()
    }
    summary.documentFrequency += UInt32(postingCount)
    summary.occurrences += UInt64(positionCount)
    postingCount = 0
    positionCount = 0
    positionSum = 0
    blockStart = next
  }

  private func impacts() -> BlockImpacts {
    var document = Int(blockStart)
    for slot in 0..<postingCount {
      document += unsafe Int(gaps[slot])
      unsafe blockLengths[slot] = lengths[document]
      document += 1
    }
    return unsafe BlockImpacts(
      frequencies: UnsafeBufferPointer(start: frequencies, count: postingCount),
      lengths: UnsafeBufferPointer(start: blockLengths, count: postingCount))
  }

  /// Notes the last document of a full block, where its postings and positions end, and what bounds its scores.
  private func appendSkip(_ impacts: BlockImpacts) throws(IndexError) {
    let postingsEnd = drainedPostings + UInt64(postings.count) - postingsStart
    let positionsEnd = drainedPositions + UInt64(positions.count) - positionsStart
    guard let postingsEnd = UInt32(exactly: postingsEnd), let positionsEnd = UInt32(exactly: positionsEnd) else {
      throw .limitExceeded("a term with more than 4 GiB of postings")
    }
    let last = UInt32(next - 1)
    unsafe skips.append(upTo: PostingsBlock.skipByteCount) { target in
      unsafe target.storeBytes(of: last.littleEndian, as: UInt32.self)
      unsafe target.storeBytes(of: postingsEnd.littleEndian, toByteOffset: 4, as: UInt32.self)
      unsafe target.storeBytes(of: positionsEnd.littleEndian, toByteOffset: 8, as: UInt32.self)
      unsafe target.storeBytes(of: impacts.word.littleEndian, toByteOffset: 12, as: UInt64.self)
      return unsafe target + PostingsBlock.skipByteCount
    }
  }

  @inline(__always)
  private func reserve(positions count: Int) {
    if count > positionCapacity - positionCount { grow(by: count) }
  }

  @inline(never)
  private func grow(by count: Int) {
    positionCapacity = max(positionCapacity * 2, positionCount + count)
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: positionCapacity)
    unsafe larger.update(from: positionGaps, count: positionCount)
    unsafe positionGaps.deallocate()
    unsafe positionGaps = larger
  }
}
