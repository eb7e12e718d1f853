/// Where evaluators bring the documents that match: the best are kept, and all of them where that is asked for.
struct MatchSink {
  /// The best so far.
  var hits: TopHits
  /// Which documents of the segment may be hits; nil when all may.
  private(set) var allowed: DocumentSet?
  /// All that matched in the segment; nil when nobody asks.
  private(set) var seen: DocumentSet?
  private let isCollecting: Bool

  /// A sink; `isCollecting` says whether all matches are asked for.
  init(hits: TopHits, isCollecting: Bool = false) {
    self.hits = hits
    self.isCollecting = isCollecting
  }

  /// Whether every document must be looked at: nothing may be passed over because it cannot be among the best.
  var needsAll: Bool { isCollecting || allowed != nil }

  /// Begins with a segment.
  mutating func begin(documentCount: Int, allowed: DocumentSet?) {
    self.allowed = allowed
    if isCollecting { seen = DocumentSet(documentCount: documentCount) }
  }

  /// Whether a document may be a hit.
  @inline(__always)
  func allows(_ document: UInt32) -> Bool { allowed.map { $0.contains(document) } ?? true }

  /// Takes in a document that matches; documents come in their order.
  @inline(__always)
  mutating func insert(segment: Int, document: UInt32, score: Double) {
    seen?.insert(document)
    hits.insert(segment: segment, document: document, score: score)
  }

  /// Notes which of some rising documents may be hits, and says how many.
  mutating func note(_ documents: UnsafeBufferPointer<UInt32>) -> Int {
    guard let allowed else {
      unsafe seen?.insert(documents)
      return documents.count
    }
    var count = 0
    for place in 0..<documents.count {
      let document = unsafe documents[place]
      guard allowed.contains(document) else { continue }
      count += 1
      seen?.insert(document)
    }
    return count
  }

  /// Takes in 64 documents by their bits, but for their scores.
  mutating func note(_ bits: UInt64, at index: Int) { seen?.insert(bits, at: index) }
}
