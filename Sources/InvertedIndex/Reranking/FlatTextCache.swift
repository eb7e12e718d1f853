import Synchronization

/// The texts of a snapshot that were looked at twice lately, for the next query that has them among its best: neither read nor
/// decoded nor cut into tokens again.
///
/// Any number of threads may ask at once; nobody waits for another. It takes 5 MiB at the most.
final class FlatTextCache: Sendable {
  private let shelves: [Shelf]
  private static let shelfBits: UInt64 = 3
  private static let rowBits: UInt64 = 12

  private final class Shelf: Sendable {
    let texts = Mutex(Texts())
  }

  /// A part of the texts, one behind the other; the oldest are written over.
  private struct Texts {
    /// Where a text lies.
    struct Row {
      var key = UInt64.max
      var start = 0  // counted from the first text that there ever was
      var count: UInt16 = 0
      var textStart: UInt16 = 0
    }

    var rows: [Row] = []
    var characters: [UInt16] = []
    var end = 0
    static let capacity = 1 << 18

    /// Copies the text of a row; one that will be written over soon is written anew.
    mutating func copy(_ index: Int, _ key: UInt64, into text: inout FlatText) -> Bool {
      guard index < rows.count, case let row = rows[index], row.key == key, end - row.start <= Self.capacity else {
        return false
      }
      let start = row.start % Self.capacity
      text.become(characters[start..<start + Int(row.count)], textStart: UInt32(row.textStart))
      if end - row.start > Self.capacity * 3 / 4 { keep(text, index, key) }
      return true
    }

    /// Keeps a text in a row, in place of what was there.
    mutating func keep(_ text: FlatText, _ index: Int, _ key: UInt64) {
      let count = text.characters.count
      if rows.isEmpty { rows = [Row](repeating: Row(), count: 1 << FlatTextCache.rowBits) }
      var start = end % Self.capacity
      if start + count > Self.capacity {  // a text lies in one piece
        end += Self.capacity - start
        start = 0
      }
      if start + count > characters.count {
        let wanted = min(Self.capacity, max(start + count, 2 * characters.count))
        characters += [UInt16](repeating: 0, count: wanted - characters.count)
      }
      characters.replaceSubrange(start..<start + count, with: text.characters)
      rows[index] = Row(key: key, start: end, count: UInt16(count), textStart: UInt16(text.textStart))
      end += count
    }
  }

  init() { shelves = (0..<1 << Self.shelfBits).map { _ in Shelf() } }

  /// Makes `text` that of a document, by its segment's place and its number; false where it is not at hand.
  func copy(_ document: UInt32, inSegment segment: Int, into text: inout FlatText) -> Bool {
    let (key, shelf, row) = place(of: document, segment)
    return shelves[shelf].texts.withLockIfAvailable { $0.copy(row, key, into: &text) } ?? false
  }

  /// Keeps the text of a document.
  func keep(_ text: FlatText, of document: UInt32, inSegment segment: Int) {
    guard text.characters.count <= FlatText.longestCount, Int(text.textStart) <= text.characters.count else { return }
    let (key, shelf, row) = place(of: document, segment)
    _ = shelves[shelf].texts.withLockIfAvailable { $0.keep(text, row, key) }
  }

  private func place(of document: UInt32, _ segment: Int) -> (key: UInt64, shelf: Int, row: Int) {
    let key = UInt64(truncatingIfNeeded: segment) << 32 | UInt64(document)
    let hash = key &* 0x9E37_79B9_7F4A_7C15
    let shelf = hash >> (64 - Self.shelfBits)
    return (key, Int(shelf), Int(hash >> (64 - Self.shelfBits - Self.rowBits) & (1 << Self.rowBits - 1)))
  }
}
