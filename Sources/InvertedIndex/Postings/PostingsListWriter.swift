/// Codes lists of postings, one term after the other: documents and frequencies in one buffer, positions in another.
///
/// Lists follow one another without gaps. The owner takes the buffers' bytes out by ``drain(_:)`` whenever it likes, also in
/// the middle of a list.
///
/// SAFETY: `documents`, `ends`, `gaps`, `frequencies` and `positionGaps` have the counts that they were allocated with;
/// `postingCount` is at most 128, and `positionCount` at most `positionCapacity`. The class is not Sendable: one owner at a
/// time.
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
  private static let occurrencesInStep = 1 << 12
  private var postingsStart: UInt64 = 0  // of the current list, counted from the first one's
  private var positionsStart: UInt64 = 0
  // The block being filled: its documents and where the positions of each end, from index 1 on; what stands at index 0 is
  // one before the first document that may come, and 0. Then the gaps of all positions.
  private let documents = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingsBlock.fullCount + 1)
  private let ends = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingsBlock.fullCount + 1)
  private var positionGaps: UnsafeMutablePointer<UInt32>
  private var positionCapacity = 1 << 13
  private var postingCount = 0
  private var positionCount = 0
  // The last of the occurrences given by places, whose document may go on.
  private var openDocument = -1
  private var openPlace: UInt32 = 0
  // What is coded of them: gaps of the documents, and frequencies less one.
  private let gaps = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingsBlock.fullCount)
  private let blockCodes = UnsafeMutablePointer<UInt8>.allocate(capacity: PostingsBlock.fullCount)
  private let frequencies = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingsBlock.fullCount)
  private var summary = Summary()
  private let impacts = ImpactFinder()
  /// The code of each document's length, which the bounds of full blocks need; set before a list begins.
  var lengthCodes: [UInt8] = []

  init() {
    unsafe positionGaps = .allocate(capacity: positionCapacity)
    unsafe documents[0] = .max
    unsafe ends[0] = 0
  }

  deinit {
    unsafe documents.deallocate()
    unsafe ends.deallocate()
    unsafe gaps.deallocate()
    unsafe blockCodes.deallocate()
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
      var previous = UInt32.max  // so that the first step is the first position
      while start < end {
        let position = unsafe UInt32(truncatingIfNeeded: occurrences[start])
        unsafe positionGaps[positionCount] = position &- previous &- 1
        previous = position
        positionCount &+= 1
        start &+= 1
      }
      try finishPosting(document: document)
    }
  }

  /// Appends postings given by their occurrences, whose low 32 bits are places of `places`, rising (see ``PairOccurrences``).
  ///
  /// A list may come in several calls, and a document's occurrences too. Whether an occurrence begins a posting decides no branch: no processor guesses it.
  ///
  /// - Parameter firstDocument: the number of the first document of `places`.
  func append(
    occurrences: UnsafeBufferPointer<UInt64>, in places: DocumentPlaces, firstDocument: Int = 0
  ) throws(IndexError) {
    let tables = places.tables
    var index = 0
    var document = openDocument
    var free = openPlace &+ 1
    while index < occurrences.count {
      let end = min(occurrences.count, index &+ Self.occurrencesInStep)
      reserve(positions: end &- index)
      let (documents, ends, positionGaps) = unsafe (self.documents, self.ends, self.positionGaps)
      var slot = postingCount
      var count = positionCount
      while index < end {
        let occurrence = unsafe occurrences[index]
        let place = UInt32(truncatingIfNeeded: occurrence)
        let local = tables.document(of: occurrence)
        let current = firstDocument &+ local
        // Below 0 where a posting begins; of a comparison the compiler makes a branch.
        let rise = document &- current
        let next = slot &+ Int(truncatingIfNeeded: UInt64(bitPattern: Int64(rise)) &>> 63)
        if next > PostingsBlock.fullCount { break }
        slot = next
        let isNewMask = UInt32(truncatingIfNeeded: rise &>> 63)
        unsafe positionGaps[count] = place &- free &- (isNewMask & (tables.start(of: local) &- free))
        count &+= 1
        unsafe documents[slot] = UInt32(truncatingIfNeeded: current)
        unsafe ends[slot] = UInt32(truncatingIfNeeded: count)
        document = current
        free = place &+ 1
        index &+= 1
      }
      postingCount = slot
      positionCount = count
      if index < end { try finishFullBlock() }
    }
    openDocument = document
    openPlace = free &- 1
  }

  /// Appends a posting whose positions are given as gaps: the first one, then each step less one.
  func append(document: UInt32, positionGaps given: UnsafeBufferPointer<UInt32>) throws(IndexError) {
    reserve(positions: given.count)
    if let source = given.baseAddress { unsafe (positionGaps + positionCount).update(from: source, count: given.count) }
    positionCount += given.count
    try finishPosting(document: document)
  }

  /// Ends the list.
  func finishList() throws(IndexError) -> Summary {
    if postingCount == PostingsBlock.fullCount {
      try finishFullBlock()
    } else if postingCount > 0 {
      finishBlock()
    }
    openDocument = -1
    if skips.count > 0 { unsafe postings.append(skips.bytes) }
    summary.postingsByteCount = drainedPostings + UInt64(postings.count) - postingsStart
    summary.positionsByteCount = drainedPositions + UInt64(positions.count) - positionsStart
    let result = summary
    postingsStart += result.postingsByteCount
    positionsStart += result.positionsByteCount
    skips.removeAll()
    unsafe documents[0] = .max
    summary = Summary()
    return result
  }

  /// Ends the posting whose positions were put behind those of the one before.
  private func finishPosting(document: UInt32) throws(IndexError) {
    let isRising = unsafe document &+ 1 > documents[postingCount] &+ 1 || (postingCount == 0 && document == 0)
    precondition(
      unsafe isRising && positionCount > Int(ends[postingCount]), "postings come in order, each with a position")
    postingCount += 1
    unsafe documents[postingCount] = document
    unsafe ends[postingCount] = UInt32(truncatingIfNeeded: positionCount)
    if postingCount == PostingsBlock.fullCount { try finishFullBlock() }
  }

  /// Codes the block's postings and positions.
  private func finishBlock() {
    let postingCount = self.postingCount
    let (documents, ends) = unsafe (self.documents, self.ends)
    for slot in 0..<postingCount {
      unsafe gaps[slot] = documents[slot &+ 1] &- documents[slot] &- 1
      unsafe frequencies[slot] = ends[slot &+ 1] &- ends[slot] &- 1
    }
    let gaps = unsafe UnsafeBufferPointer(start: self.gaps, count: postingCount)
    let frequencies = unsafe UnsafeBufferPointer(start: self.frequencies, count: postingCount)
    let positionGaps = unsafe UnsafeBufferPointer(start: self.positionGaps, count: positionCount)
    let (gapShift, gapBits) = unsafe RiceCoding.bestShift(of: gaps, sum: RiceCoding.sum(of: gaps))
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
    let (shift, positionBits) = unsafe RiceCoding.bestShift(
      of: positionGaps, sum: RiceCoding.sum(of: positionGaps))
    unsafe positions.append(upTo: (positionBits + positionCount * shift) / 8 + 17) { start in
      unsafe start.storeBytes(of: UInt8(shift), as: UInt8.self)
      var writer = unsafe BitWriter(start + 1)
      unsafe writer.append(lowBitsOf: positionGaps, shift: shift)
      unsafe writer.append(highBitsOf: positionGaps, shift: shift)
      return unsafe writer.end()
    }
    summary.documentFrequency += UInt32(postingCount)
    summary.occurrences += UInt64(positionCount)
    unsafe documents[0] = documents[postingCount]
    self.postingCount = 0
    positionCount = 0
  }

  /// Codes a full block, and notes its last document, where its postings and positions end, and what bounds its scores.
  private func finishFullBlock() throws(IndexError) {
    finishBlock()
    let last = unsafe documents[PostingsBlock.fullCount]
    for slot in 0..<PostingsBlock.fullCount { unsafe blockCodes[slot] = lengthCodes[Int(documents[slot + 1])] }
    let bounds = unsafe impacts.bounds(
      frequencies: UnsafeBufferPointer(start: frequencies, count: PostingsBlock.fullCount),
      codes: UnsafeBufferPointer(start: blockCodes, count: PostingsBlock.fullCount))
    let postingsEnd = drainedPostings + UInt64(postings.count) - postingsStart
    let positionsEnd = drainedPositions + UInt64(positions.count) - positionsStart
    guard let postingsEnd = UInt32(exactly: postingsEnd), let positionsEnd = UInt32(exactly: positionsEnd) else {
      throw .limitExceeded("a term with more than 4 GiB of postings")
    }
    unsafe skips.append(upTo: PostingsBlock.skipByteCount) { target in
      unsafe target.storeBytes(of: last.littleEndian, as: UInt32.self)
      unsafe target.storeBytes(of: postingsEnd.littleEndian, toByteOffset: 4, as: UInt32.self)
      unsafe target.storeBytes(of: positionsEnd.littleEndian, toByteOffset: 8, as: UInt32.self)
      unsafe target.storeBytes(of: bounds.word.littleEndian, toByteOffset: 12, as: UInt64.self)
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
    precondition(positionCapacity < 1 << 32, "a block of fewer than 2^32 positions")
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: positionCapacity)
    unsafe larger.update(from: positionGaps, count: positionCount)
    unsafe positionGaps.deallocate()
    unsafe positionGaps = larger
  }
}
