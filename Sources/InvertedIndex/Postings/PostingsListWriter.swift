/// Writes lists of postings, one term after the other: documents and frequencies in one file, positions in another.
struct PostingsListWriter {
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

  private let postingsFile: SectionFileWriter
  private let positionsFile: SectionFileWriter
  private var postings = ByteWriter()  // not yet in the file; lists follow one another without gaps
  private var positions = ByteWriter()
  private var flushedPostings: UInt64 = 0
  private var flushedPositions: UInt64 = 0
  private var postingsStart: UInt64 = 0  // of the current list, in the section
  private var positionsStart: UInt64 = 0
  private var skips = ByteWriter()
  private var gaps: [UInt32] = []
  private var frequencies: [UInt32] = []
  private var next: UInt64 = 0  // one past the last document
  private var summary = Summary()
  private static let bufferByteCount = 1 << 16

  init(postings: SectionFileWriter, positions: SectionFileWriter) {
    postingsFile = postings
    positionsFile = positions
    gaps.reserveCapacity(BitPacking.blockCount)
    frequencies.reserveCapacity(BitPacking.blockCount)
  }

  /// Appends postings given by all their occurrences, each document above position.
  ///
  /// - Precondition: the occurrences rise, and their documents are greater than the one before.
  mutating func append(occurrences: UnsafeBufferPointer<UInt64>) throws(IndexError) {
    var start = 0
    while start < occurrences.count {
      let document = unsafe UInt32(truncatingIfNeeded: occurrences[start] >> 32)
      var end = start
      var next: UInt32 = 0
      while end < occurrences.count {
        let occurrence = unsafe occurrences[end]
        guard UInt32(truncatingIfNeeded: occurrence >> 32) == document else { break }
        let position = UInt32(truncatingIfNeeded: occurrence)
        positions.append(varint: UInt64(position - next))
        next = position + 1
        end += 1
      }
      try finishPosting(document: document, frequency: UInt32(end - start))
      start = end
    }
  }

  /// Appends a posting whose positions are already coded.
  mutating func append(
    document: UInt32, frequency: UInt32, codedPositions: UnsafeRawBufferPointer
  ) throws(IndexError) {
    unsafe positions.append(contentsOf: codedPositions)
    try finishPosting(document: document, frequency: frequency)
  }

  /// Ends the list.
  mutating func finishList() throws(IndexError) -> Summary {
    for index in gaps.indices {
      postings.append(varint: UInt64(gaps[index]) << 1 | (frequencies[index] == 1 ? 1 : 0))
      if frequencies[index] > 1 { postings.append(varint: UInt64(frequencies[index] - 2)) }
    }
    if skips.count > 0 { postings.append(contentsOf: skips.bytes) }
    summary.postingsByteCount = flushedPostings + UInt64(postings.count) - postingsStart
    summary.positionsByteCount = flushedPositions + UInt64(positions.count) - positionsStart
    let result = summary
    postingsStart += result.postingsByteCount
    positionsStart += result.positionsByteCount
    gaps.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    skips.removeAll()
    next = 0
    summary = Summary()
    try flushFullBuffers()
    return result
  }

  /// Writes what is left to the files' sections, which their owner then ends.
  mutating func finish() throws(IndexError) {
    try postingsFile.append(postings.bytes)
    try positionsFile.append(positions.bytes)
    postings.removeAll()
    positions.removeAll()
  }

  private mutating func finishPosting(document: UInt32, frequency: UInt32) throws(IndexError) {
    precondition(UInt64(document) >= next && frequency > 0, "postings come in order, each with a position")
    gaps.append(UInt32(UInt64(document) - next))
    frequencies.append(frequency)
    next = UInt64(document) + 1
    summary.documentFrequency += 1
    summary.occurrences += UInt64(frequency)
    if gaps.count == BitPacking.blockCount { try finishBlock() }
  }

  /// Packs 128 postings and notes the last document, and where postings and positions end.
  private mutating func finishBlock() throws(IndexError) {
    let gapWidth = BitPacking.width(of: gaps)
    let lowered = frequencies.map { $0 - 1 }
    let frequencyWidth = BitPacking.width(of: lowered)
    postings.append(UInt8(gapWidth))
    postings.append(UInt8(frequencyWidth))
    postings.append(packed: gaps, width: gapWidth)
    postings.append(packed: lowered, width: frequencyWidth)
    let positionsEnd = flushedPositions + UInt64(positions.count) - positionsStart
    let postingsEnd = flushedPostings + UInt64(postings.count) - postingsStart
    guard positionsEnd <= UInt64(UInt32.max), postingsEnd <= UInt64(UInt32.max) else {
      throw .limitExceeded("a term with more than 4 GiB of postings")
    }
    skips.append(fixed: UInt32(next - 1))
    skips.append(fixed: UInt32(postingsEnd))
    skips.append(fixed: UInt32(positionsEnd))
    gaps.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    try flushFullBuffers()
  }

  private mutating func flushFullBuffers() throws(IndexError) {
    if postings.count >= Self.bufferByteCount {
      flushedPostings += UInt64(postings.count)
      try postingsFile.append(postings.bytes)
      postings.removeAll()
    }
    if positions.count >= Self.bufferByteCount {
      flushedPositions += UInt64(positions.count)
      try positionsFile.append(positions.bytes)
      positions.removeAll()
    }
  }
}
