import SystemIO

/// The occurrences of documents that did not fit into memory together: sorted runs in a file without a name.
///
/// There is one for each time that memory was full. They are read once, side by side, when the segment's lists are coded.
///
/// A run is words of 32 bits, in the order of the machine. For each term of characters of title and text: the bucket above
/// the term, how many occurrences there are, and for each its place with as much of its step above as there is room for (see
/// ``PairOccurrences``). Then for each other term: 0 and the key in two words, or its byte count and the bytes of a word; how
/// many occurrences there are, and each in two words, document above position. Then the occurrences of the two marks alike.
///
/// SAFETY: what is read is what this process wrote, as with memory that the system swaps out; its owner appends, and nobody
/// reads before the last run is there.
final class SpilledRuns: @unchecked Sendable {
  /// One run.
  struct Run {
    /// Where the terms of each bucket begin, in bytes of the file, and where the last one ends.
    var bucketStarts: [UInt64]
    /// Which document each place belongs to.
    let places: DocumentPlaces
    /// The number of its first document.
    let firstDocument: Int
    /// The fields' names, rising by their bytes: the numbers of fields in the run are their places here plus one.
    let fieldNames: [[UInt8]]
    /// The other terms, in bytes of the file.
    var others: Range<UInt64> = 0..<0
    /// The two marks.
    var marks: [Range<UInt64>] = []
  }

  /// The runs, in the order of their documents.
  private(set) var runs: [Run] = []
  /// The file.
  let file: ScratchFile
  private static let workerCount = 2
  private static let occurrencesInPiece = 1 << 18

  /// No runs, in a file made at `path`.
  init(creating path: String) throws(IndexError) {
    file = try wrapping { () throws(SystemError) in
      try FileSystem.remove(path)
      return try ScratchFile(creating: path)
    }
  }

  /// How many words each bucket has in all runs.
  var bucketSizes: [Int] {
    (0..<PairOccurrences.bucketCount).map { bucket in
      runs.reduce(0) { $0 + Int($1.bucketStarts[bucket + 1] - $1.bucketStarts[bucket]) / 4 }
    }
  }

  /// Begins a run with the occurrences of pairs, which two threads sort.
  func append(_ occurrences: PairOccurrences, firstDocument: Int, fieldNames: [[UInt8]]) throws(IndexError) {
    let places = occurrences.places
    let make = { () -> PieceWork<SortedWords>.Make in
      let sorter = PairSorter(occurrences)
      return { (buckets, give) throws(IndexError) in
        let words = SortedWords()
        for bucket in buckets {
          try unsafe sorter.forEachTerm(
            ofBucket: bucket,
            terms: { (term, occurrences) throws(IndexError) in
              unsafe words.append(bucket: bucket, term: term, occurrences, placeBits: places.bitCount)
            })
          words.finishBucket()
        }
        _ = give(words)
      }
    }
    let sizes = (0..<PairOccurrences.bucketCount).map(occurrences.count)
    let pieces = PieceWork<SortedWords>.pieces(of: sizes, size: Self.occurrencesInPiece)
    var run = Run(bucketStarts: [file.byteCount], places: places, firstDocument: firstDocument, fieldNames: fieldNames)
    try PieceWork(pieces, (0..<Self.workerCount).map { _ in make() }).forEach { (words) throws(IndexError) in
      let start = file.byteCount
      try words.write(to: file)
      run.bucketStarts += words.bucketEnds.map { start + UInt64($0) }
    }
    runs.append(run)
  }

  /// Ends the last run with its other terms, in their order, and the marks.
  func finishRun(
    others: [(term: TermOccurrences.Term, occurrences: ArraySlice<UInt64>)], marks: [[UInt64]]
  ) throws(IndexError) {
    let words = SortedWords()
    let start = file.byteCount
    for other in others {
      words.append(other.term)
      words.append(counted: other.occurrences)
      if words.byteCount >= 1 << 20 { try words.write(to: file) }
    }
    try words.write(to: file)
    runs[runs.count - 1].others = start..<file.byteCount
    for mark in marks {
      let start = file.byteCount
      words.append(counted: mark[...])
      try words.write(to: file)
      runs[runs.count - 1].marks.append(start..<file.byteCount)
    }
  }
}

/// Words of a run on their way to the file.
///
/// SAFETY: one thread at a time: the one that makes it, then the one that writes it.
private final class SortedWords: @unchecked Sendable {
  private let bytes = ByteBuffer(capacity: 1 << 20)
  /// Where each bucket ends.
  private(set) var bucketEnds: [Int] = []

  var byteCount: Int { bytes.count }

  func append(bucket: Int, term: UInt32, _ occurrences: UnsafeBufferPointer<UInt64>, placeBits: UInt32) {
    unsafe bytes.append(upTo: (occurrences.count + 2) * 4) { target in
      let words = unsafe target.assumingMemoryBound(to: UInt32.self)
      unsafe words[0] = UInt32(bucket) << 22 | term
      unsafe words[1] = UInt32(occurrences.count)
      let longestStep = UInt64(UInt32.max) >> UInt64(placeBits)
      for index in 0..<occurrences.count {
        let occurrence = unsafe occurrences[index]
        let step = UInt32(truncatingIfNeeded: min(occurrence &>> DocumentPlaces.stepShift, longestStep))
        unsafe words[index + 2] = UInt32(truncatingIfNeeded: occurrence) | step << placeBits
      }
      return unsafe target + (occurrences.count + 2) * 4
    }
  }

  func finishBucket() { bucketEnds.append(bytes.count) }

  func append(_ term: TermOccurrences.Term) {
    switch term {
    case .characters(let key): append([0, UInt32(truncatingIfNeeded: key), UInt32(key >> 32)])
    case .word(let word):
      append([UInt32(word.count)])
      unsafe word.withUnsafeBytes { word in
        unsafe bytes.append(word)
        unsafe bytes.append(upTo: 3) { target in
          let padding = (4 - word.count & 3) & 3
          unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: padding)
          return unsafe target + padding
        }
      }
    }
  }

  func append(counted occurrences: ArraySlice<UInt64>) {
    append([UInt32(occurrences.count)])
    unsafe occurrences.withUnsafeBytes { unsafe bytes.append($0) }
  }

  private func append(_ words: [UInt32]) { unsafe words.withUnsafeBytes { unsafe bytes.append($0) } }

  func write(to file: ScratchFile) throws(IndexError) {
    try wrapping { () throws(SystemError) in unsafe try file.append(bytes.bytes) }
    bytes.removeAll()
  }
}
