/// Documents that match a pattern, rising, and how often each does; they are walked in runs or sought one by one.
struct MatchList: Sendable {
  /// The documents.
  private(set) var documents: [UInt32] = []
  /// The frequency in each of them.
  private(set) var frequencies: [UInt32] = []
  /// How many documents match besides, which nobody needs to know.
  private(set) var passedOver = 0
  private var index = 0  // where the walk stands

  /// No documents.
  init() {}

  /// Documents, rising, and as many frequencies.
  init(documents: [UInt32], frequencies: [UInt32]) {
    precondition(documents.count == frequencies.count, "a frequency for each document")
    self.documents = documents
    self.frequencies = frequencies
  }

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

  /// Appends documents, which rise, and as many frequencies.
  mutating func append(_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) {
    precondition(documents.count == frequencies.count, "a frequency for each document")
    unsafe self.documents.append(contentsOf: documents)
    unsafe self.frequencies.append(contentsOf: frequencies)
  }

  /// Counts documents that match and are not in the list.
  mutating func passOver(_ count: Int) { passedOver += count }

  /// Forgets all documents, and keeps the room.
  mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
  }

  /// Passes the documents and the frequencies in some places to `body`.
  @inline(__always)
  func withRun(
    _ places: Range<Int>, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    unsafe documents.withUnsafeBufferPointer { documents in
      unsafe frequencies.withUnsafeBufferPointer { frequencies in
        unsafe body(
          UnsafeBufferPointer(rebasing: documents[places]), UnsafeBufferPointer(rebasing: frequencies[places]))
      }
    }
  }

  /// Calls `body` with all documents of `range` and their frequencies; ranges come in order and do not overlap.
  @inline(__always)
  mutating func forEachRun(
    in range: Range<UInt32>, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    let start = documents.partitionPoint(from: index) { $0 < range.lowerBound }
    index = documents.partitionPoint(from: start) { $0 < range.upperBound }
    if index > start { unsafe withRun(start..<index, body) }
  }

  /// Moves to the first document at or after `target`, which is not below one asked for before, and returns it;
  /// ``PostingsCursor/exhausted`` behind the last.
  mutating func seek(to target: UInt32) -> UInt32 {
    var step = 1
    var low = index
    while low + step < count, documents[low + step] < target {  // gallop
      low += step
      step *= 2
    }
    index = documents.partitionPoint(from: low) { $0 < target }
    return index < count ? documents[index] : PostingsCursor.exhausted
  }

  /// The frequency in the document that was sought last.
  var frequency: UInt32 { frequencies[index] }

  /// Passes all documents and frequencies to `body`.
  @inline(__always)
  func withAll(_ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void) {
    unsafe withRun(0..<count, body)
  }
}
