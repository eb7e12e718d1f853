/// The best documents so far, best first; equal scores in the order of segments and documents.
///
/// - Complexity: O(log *k*) for each document that enters; memory for *k* at most.
struct TopHits {
  /// A document and its score.
  struct Entry: Equatable, Sendable {
    /// The segment's place in the snapshot.
    let segment: Int
    /// The document in the segment.
    let document: UInt32
    /// The score.
    var score: Double

    /// Whether this one ranks before the other.
    func precedes(_ other: Entry) -> Bool {
      if score != other.score { return score > other.score }
      return (segment, document) < (other.segment, other.document)
    }
  }

  private let capacity: Int
  private let last: Entry?  // of the page before
  private var heap: [Entry] = []  // the worst on top

  /// Room for the `capacity` best of those that rank behind `last`.
  init(capacity: Int, behind last: Entry? = nil) {
    self.capacity = capacity
    self.last = last
    threshold = capacity > 0 ? -.infinity : .infinity
    heap.reserveCapacity(min(capacity, 64))
  }

  /// What a score must exceed to enter, given that documents come in order: the worst one's when there is no more room.
  private(set) var threshold: Double

  /// Takes a document in if it is among the best.
  ///
  /// - Precondition: documents come in the order of segments and documents, so that one whose score equals the worst's ranks
  ///   behind it.
  @inline(__always)
  mutating func insert(segment: Int, document: UInt32, score: Double) {
    guard score > threshold else { return }
    insert(Entry(segment: segment, document: document, score: score))
  }

  /// The same for documents that come in any order.
  @inline(__always)
  mutating func insertUnordered(segment: Int, document: UInt32, score: Double) {
    guard score >= threshold else { return }
    insertUnordered(Entry(segment: segment, document: document, score: score))
  }

  @inline(never)
  private mutating func insertUnordered(_ entry: Entry) {
    if heap.count < capacity || heap.first.map(entry.precedes) ?? false { insert(entry) }
  }

  @inline(never)
  private mutating func insert(_ entry: Entry) {
    if let last, !last.precedes(entry) { return }
    if heap.count < capacity {
      heap.append(entry)
      siftUp()
    } else {
      replaceWorst(by: entry)
    }
    if heap.count == capacity { threshold = heap[0].score }
  }

  /// The entries, best first.
  func sorted() -> [Entry] { heap.sorted { $0.precedes($1) } }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[parent].precedes(heap[child]) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func replaceWorst(by entry: Entry) {
    unsafe heap.withUnsafeMutableBufferPointer { heap in
      // SAFETY: places are checked against the count, which is at least 1.
      var place = 0
      while true {
        var child = 2 &* place &+ 1
        guard child < heap.count else { break }
        if child &+ 1 < heap.count, unsafe heap[child].precedes(heap[child &+ 1]) { child &+= 1 }
        guard unsafe entry.precedes(heap[child]) else { break }
        unsafe heap[place] = heap[child]
        place = child
      }
      unsafe heap[place] = entry
    }
  }
}
