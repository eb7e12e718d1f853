internal import Synchronization

/// A document without its text, as a hit shows it, and where its text lies if that was needed.
final class DocumentHeader: Sendable {
  /// The segment's place in the snapshot.
  let segment: Int
  /// The document in the segment.
  let number: UInt32
  /// Key, title, source and fields.
  let document: Document
  /// The stored text; nil when only the rest was read.
  let text: StoredText?

  init(segment: Int, number: UInt32, document: Document, text: StoredText?) {
    self.segment = segment
    self.number = number
    self.document = document
    self.text = text
  }

  /// About how much memory it takes.
  var byteCount: Int {
    let places = (text?.places.places.count ?? 0) * MemoryLayout<TextPlaces.Place>.stride
    let names = document.key.utf8.count + document.title.utf8.count + (document.source?.path.utf8.count ?? 0)
    return document.fields.reduce(places + names) { $0 + $1.name.utf8.count + Self.byteCount(of: $1.value) }
  }

  private static func byteCount(of value: FieldValue) -> Int {
    switch value {
    case .string(let text): MemoryLayout<Field>.stride + text.utf8.count
    case .list(let values): values.reduce(MemoryLayout<Field>.stride) { $0 + byteCount(of: $1) }
    case .integer, .number, .boolean, .null: MemoryLayout<Field>.stride
    }
  }
}

/// Here is a hit; give me what was read of its document not long ago.
///
/// A document has one slot, which it shares with others: the last one read keeps it. Any number of threads may ask at once
/// and none ever waits: where another thread is at the same slots, nothing is known, and reading again costs less.
final class HeaderCache: Sendable {
  private final class Shard: Sendable {
    let slots = Mutex([DocumentHeader?](repeating: nil, count: HeaderCache.slotCount / HeaderCache.shardCount))
  }

  private let shards = (0..<HeaderCache.shardCount).map { _ in Shard() }
  private static let shardCount = 64
  private static let slotCount = 4096
  /// A larger header is read each time, so that all of them never take more than 16 MiB.
  private static let largestByteCount = 4096

  /// What is known of a document of a segment; nil when its slot is empty, another's, or in use.
  func header(segment: Int, number: UInt32) -> DocumentHeader? {
    let slot = Self.slot(segment, number)
    let found = shards[slot % Self.shardCount].slots.withLockIfAvailable { $0[slot / Self.shardCount] }
    guard let found = found ?? nil, found.number == number, found.segment == segment else { return nil }
    return found
  }

  /// Keeps what was read, unless it is large.
  func keep(_ header: DocumentHeader) {
    guard header.byteCount <= Self.largestByteCount else { return }
    let slot = Self.slot(header.segment, header.number)
    // What had the slot is let go of outside of the lock.
    var replaced: DocumentHeader? = header
    shards[slot % Self.shardCount].slots.withLockIfAvailable { swap(&$0[slot / Self.shardCount], &replaced) }
  }

  private static func slot(_ segment: Int, _ number: UInt32) -> Int { (Int(number) + segment * 257) % slotCount }
}
