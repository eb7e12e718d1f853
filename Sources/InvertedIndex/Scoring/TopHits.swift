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
    let score: Double

    /// Whether this one ranks before the other.
    func precedes(_ other: Entry) -> Bool {
      if score != other.score { return score > other.score }
      return (segment, document) < (other.segment, other.document)
    }
  }

  private let capacity: Int
  private var heap: [Entry] = []  // the worst on top

  /// Room for the `capacity` best.
  init(capacity: Int) {
    self.capacity = capacity
    threshold = capacity > 0 ? -.infinity : .infinity
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

  @inline(never)
  private mutating func insert(_ entry: Entry) {
    if heap.count < capacity {
      heap.append(entry)
      siftUp()
    } else {
      heap[0] = entry
      siftDown()
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

  private mutating func siftDown() {
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[worst].precedes(heap[child]) { worst = child }
      }
      guard worst != parent else { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }
}
