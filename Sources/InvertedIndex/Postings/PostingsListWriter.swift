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
  private var postings = ByteWriter()
  private var positions = ByteWriter()
  private var skips = ByteWriter()
  private var gaps: [UInt32] = []
  private var frequencies: [UInt32] = []
  private var next: UInt64 = 0  // one past the last document
  private var summary = Summary()
  private var flushedPostings: UInt64 = 0
  private var flushedPositions: UInt64 = 0

  init(postings: SectionFileWriter, positions: SectionFileWriter) {
    postingsFile = postings
    positionsFile = positions
    gaps.reserveCapacity(BitPacking.blockCount)
    frequencies.reserveCapacity(BitPacking.blockCount)
  }

  /// Appends a posting with its positions.
  ///
  /// - Precondition: `document` is greater than the one before, and `positions` rise.
  mutating func append(document: UInt32, positions list: some Collection<UInt32>) throws(IndexError) {
    var previous: UInt32 = 0
    var isFirst = true
    for position in list {
      positions.append(varint: UInt64(isFirst ? position : position - previous - 1))
      previous = position
      isFirst = false
    }
    try finishPosting(document: document, frequency: UInt32(list.count))
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
    postings.append(contentsOf: skips.bytes)
    summary.postingsByteCount = flushedPostings + UInt64(postings.count)
    summary.positionsByteCount = flushedPositions + UInt64(positions.count)
    try flush()
    let result = summary
    gaps.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    skips.removeAll()
    next = 0
    summary = Summary()
    flushedPostings = 0
    flushedPositions = 0
    return result
  }

  private mutating func finishPosting(document: UInt32, frequency: UInt32) throws(IndexError) {
    precondition(UInt64(document) >= next && frequency > 0, "postings come in order, each with a position")
    gaps.append(UInt32(UInt64(document) - next))
    frequencies.append(frequency)
    next = UInt64(document) + 1
    summary.documentFrequency += 1
    summary.occurrences += UInt64(frequency)
    if gaps.count == BitPacking.blockCount { try finishBlock() }
    if positions.count >= 1 << 16 {
      flushedPositions += UInt64(positions.count)
      try positionsFile.append(positions.bytes)
      positions.removeAll()
    }
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
    let positionsEnd = flushedPositions + UInt64(positions.count)
    let postingsEnd = flushedPostings + UInt64(postings.count)
    guard positionsEnd <= UInt64(UInt32.max), postingsEnd <= UInt64(UInt32.max) else {
      throw .limitExceeded("a term with more than 4 GiB of postings")
    }
    skips.append(fixed: UInt32(next - 1))
    skips.append(fixed: UInt32(postingsEnd))
    skips.append(fixed: UInt32(positionsEnd))
    gaps.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    if postings.count >= 1 << 16 {
      flushedPostings = postingsEnd
      try postingsFile.append(postings.bytes)
      postings.removeAll()
    }
  }

  private mutating func flush() throws(IndexError) {
    if postings.count > 0 { try postingsFile.append(postings.bytes) }
    if positions.count > 0 { try positionsFile.append(positions.bytes) }
    postings.removeAll()
    positions.removeAll()
  }
}
