/// Documents that match a pattern, rising, and how often each does.
struct MatchList: Sendable {
  /// The documents.
  private(set) var documents: [UInt32] = []
  /// The frequency in each of them.
  private(set) var frequencies: [UInt32] = []

  /// How many documents match.
  var count: Int { documents.count }

  /// Makes room for so many documents.
  mutating func reserve(_ count: Int) {
    documents.reserveCapacity(count)
    frequencies.reserveCapacity(count)
  }

  /// Appends a document.
  mutating func append(document: UInt32, frequency: UInt32) {
    documents.append(document)
    frequencies.append(frequency)
  }
}

/// The matches of one pattern in one segment: unpacked as they are asked for, or found beforehand.
///
/// They are walked in one of two ways: in runs by ``forEachRun(in:_:)``, or one by one by ``advance()`` and ``seek(to:)``.
struct Matches {
  private var cursor: PostingsCursor?
  private let list: MatchList
  private var index = -1
  /// How many documents match.
  let documentFrequency: Int

  /// The postings of a term, all of which count.
  init(_ cursor: PostingsCursor) {
    documentFrequency = cursor.documentFrequency
    self.cursor = cursor
    list = MatchList()
  }

  /// Matches found beforehand.
  init(_ list: MatchList) {
    documentFrequency = list.count
    self.list = list
  }

  /// Calls `body` with all documents of `range` and their frequencies, in runs; ranges come in order and do not overlap.
  @inline(__always)
  mutating func forEachRun(
    in range: Range<UInt32>,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    if cursor != nil {
      try unsafe cursor?.forEachRun(in: range, body)
      return
    }
    let start = list.documents.partitionPoint(from: index + 1) { $0 < range.lowerBound }
    let end = list.documents.partitionPoint(from: start) { $0 < range.upperBound }
    index = end - 1
    unsafe list.documents.withUnsafeBufferPointer { documents in
      unsafe list.frequencies.withUnsafeBufferPointer { frequencies in
        unsafe body(
          UnsafeBufferPointer(rebasing: documents[start..<end]), UnsafeBufferPointer(rebasing: frequencies[start..<end])
        )
      }
    }
  }

  /// Calls `body` with all documents and their frequencies in runs, but for blocks that cannot compete.
  @inline(__always)
  mutating func forEachRun(
    where mayCompete: (BlockImpacts) -> Bool,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    if cursor != nil {
      try unsafe cursor?.forEachRun(where: mayCompete, body)
    } else {
      try unsafe forEachRun(in: 0..<PostingsCursor.exhausted, body)
    }
  }

  /// Calls `body` with each document of `range` and its frequency; ranges come in order and do not overlap.
  mutating func forEach(in range: Range<UInt32>, _ body: (UInt32, UInt32) -> Void) throws(IndexError) {
    try unsafe forEachRun(in: range) { documents, frequencies in
      for place in 0..<documents.count { unsafe body(documents[place], frequencies[place]) }
    }
  }

  /// Moves to the next document and returns it; ``PostingsCursor/exhausted`` behind the last.
  mutating func advance() throws(IndexError) -> UInt32 {
    if cursor != nil { return try cursor?.advance() ?? PostingsCursor.exhausted }
    index = min(index + 1, list.count)
    return index < list.count ? list.documents[index] : PostingsCursor.exhausted
  }

  /// Moves to the first document at or after `target` and returns it; ``PostingsCursor/exhausted`` behind the last.
  @inline(__always)
  mutating func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    if cursor != nil { return try cursor?.seek(to: target) ?? PostingsCursor.exhausted }
    var step = 1
    var low = max(index, 0)
    while low + step < list.count, list.documents[low + step] < target {  // gallop
      low += step
      step *= 2
    }
    index = list.documents.partitionPoint(from: low) { $0 < target }
    return index < list.count ? list.documents[index] : PostingsCursor.exhausted
  }

  /// The frequency in the current document, of matches that are walked one by one.
  mutating func frequency() throws(IndexError) -> UInt32 { try cursor?.frequency() ?? list.frequencies[index] }
}
