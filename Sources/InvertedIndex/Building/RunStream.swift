import SystemIO

/// Reads words of a run from front to back through a buffer of its own.
///
/// SAFETY: `buffer` has room for the words of `unread`. One thread at a time uses a stream.
@safe final class RunStream: @unchecked Sendable {
  private let file: ScratchFile
  private let buffer: LargeBuffer<UInt32>
  private var offset: UInt64 = 0  // of the word behind the buffer's last
  private var end: UInt64 = 0
  private var unread = 0..<0

  /// A stream that reads nothing yet, `byteCount` bytes at a time.
  init(_ file: ScratchFile, byteCount: Int) {
    self.file = file
    buffer = LargeBuffer(capacity: max(byteCount / 4, 64))
  }

  /// Goes to a range of the file.
  func read(_ range: Range<UInt64>) {
    (offset, end, unread) = (range.lowerBound, range.upperBound, 0..<0)
  }

  /// Whether all words were read.
  var isAtEnd: Bool { unread.isEmpty && offset == end }

  /// The next word.
  func next() throws(IndexError) -> UInt32 {
    if unread.isEmpty { try fill() }
    let word = unsafe buffer.start[unread.lowerBound]
    unread = unread.lowerBound + 1..<unread.upperBound
    return word
  }

  /// The next word and the one above it.
  func nextLong() throws(IndexError) -> UInt64 {
    let low = try next()
    return UInt64(try next()) << 32 | UInt64(low)
  }

  /// At least one and at most `count` of the next words, valid until the next call.
  func next(atMost count: Int) throws(IndexError) -> UnsafeBufferPointer<UInt32> {
    if unread.isEmpty { try fill() }
    let start = unread.lowerBound
    let taken = min(count, unread.count)
    unread = start + taken..<unread.upperBound
    return unsafe UnsafeBufferPointer(start: buffer.start + start, count: taken)
  }

  private func fill() throws(IndexError) {
    let count = Int(min(UInt64(buffer.capacity), (end - offset) / 4))
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: buffer.start, count: count * 4)
    let (file, offset) = (self.file, self.offset)
    let read = try wrapping { () throws(SystemError) in unsafe try file.read(into: bytes, at: offset) }
    guard read == count * 4, read > 0 else {
      throw .damaged(file: file.path, detail: "occurrences that were written are not there")
    }
    self.offset += UInt64(read)
    unread = 0..<count
  }
}

/// The terms of pairs in all runs, in their order, with the occurrences that each run has of them.
///
/// SAFETY: one thread at a time; `occurrences` has room for `pieceCount` of them.
@safe final class PairRunReader: @unchecked Sendable {
  private let runs: SpilledRuns
  private let streams: [RunStream]
  private var heads: [(term: UInt64, count: Int)] = []  // of each run; .max at its end
  private var term: UInt64 = .max
  private let occurrences = LargeBuffer<UInt64>(capacity: pieceCount)
  private static let pieceCount = 1 << 12

  /// A reader of the runs, one of `shareCount` that share the memory for it.
  init(_ runs: SpilledRuns, shareCount: Int) {
    self.runs = runs
    let byteCount = min(1 << 18, max(1 << 12, (1 << 24) / shareCount / max(runs.runs.count, 1)))
    streams = runs.runs.map { _ in RunStream(runs.file, byteCount: byteCount) }
  }

  /// Goes to the first term of some buckets.
  func read(_ buckets: Range<Int>) throws(IndexError) {
    heads = []
    for (run, stream) in zip(runs.runs, streams) {
      stream.read(run.bucketStarts[buckets.lowerBound]..<run.bucketStarts[buckets.upperBound])
      heads.append(try Self.head(of: stream))
    }
    findTerm()
  }

  /// The key of the next term; nil behind the last one of the buckets.
  var nextKey: UInt64? {
    guard term != .max else { return nil }
    return PairOccurrences.key(bucket: Int(term >> 22), term: UInt32(term & (1 << 22 - 1)))
  }

  /// Calls `body` with all occurrences of the next term, a piece at a time, and goes on to the term behind.
  func forEachPiece(
    _ body: (UnsafeBufferPointer<UInt64>, DocumentPlaces, _ firstDocument: Int) throws(IndexError) -> Void
  ) throws(IndexError) {
    for index in heads.indices where heads[index].term == term {
      let run = runs.runs[index]
      var left = heads[index].count
      while left > 0 {
        let words = unsafe try streams[index].next(atMost: min(left, Self.pieceCount))
        left -= words.count
        try unsafe body(unpack(words, run.places), run.places, run.firstDocument)
      }
      heads[index] = try Self.head(of: streams[index])
    }
    findTerm()
  }

  private func findTerm() {
    term = .max
    for head in heads { term = min(term, head.term) }
  }

  private static func head(of stream: RunStream) throws(IndexError) -> (term: UInt64, count: Int) {
    if stream.isAtEnd { return (.max, 0) }
    let term = UInt64(try stream.next())
    return (term, Int(try stream.next()))
  }

  /// Makes occurrences of words again.
  private func unpack(
    _ words: UnsafeBufferPointer<UInt32>, _ places: DocumentPlaces
  ) -> UnsafeBufferPointer<UInt64> {
    let target = unsafe occurrences.start
    let placeBits = places.bitCount
    let placeMask = placeBits == 32 ? UInt32.max : 1 << placeBits - 1
    let longestStep = min(Int(UInt64(UInt32.max) >> UInt64(placeBits)), DocumentPlaces.longestStep)
    for index in 0..<words.count {
      let word = unsafe words[index]
      let place = word & placeMask
      var step = UInt64(word) >> UInt64(placeBits)
      if step >= longestStep { step = places.step(toPlace: place, atLeast: longestStep) }
      unsafe target[index] = step << DocumentPlaces.stepShift | UInt64(place)
    }
    return unsafe UnsafeBufferPointer(start: target, count: words.count)
  }
}
