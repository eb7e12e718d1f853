/// The keys of a segment's documents while it is written: their bytes one behind the other, and four bytes for each.
///
/// The bytes lie in pieces of some thousand keys, so that a growing list copies no more than a piece.
struct KeyList {
  private struct Piece {
    var bytes: [UInt8] = []
    var ends: [UInt32] = []

    func withKey<Result>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
      let start = place == 0 ? 0 : Int(ends[place - 1])
      let end = Int(ends[place])
      return unsafe bytes.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
    }
  }

  /// How many keys were appended.
  private(set) var count = 0
  /// Bytes of all keys, and what is kept for each.
  private(set) var byteCount = 0

  private var pieces: [Piece] = []
  private static let pieceBits = 13
  private static let pieceCount = 1 << pieceBits  // times the longest key is below 2^32

  /// Appends a document's key.
  mutating func append(_ key: some Collection<UInt8>) {
    if count & (Self.pieceCount - 1) == 0 { pieces.append(Piece()) }
    let last = pieces.count - 1
    pieces[last].bytes.append(contentsOf: key)
    pieces[last].ends.append(UInt32(pieces[last].bytes.count))
    count += 1
    byteCount += key.count + MemoryLayout<UInt32>.stride
  }

  /// Whether one document's key comes before another's, by their bytes.
  func precedes(_ one: UInt32, _ other: UInt32) -> Bool {
    unsafe withKey(one) { one in unsafe withKey(other) { unsafe Self.precedes(one, $0) } }
  }

  /// The documents in the order of their keys.
  func sorted() -> [UInt32] {
    var order = Array(0..<UInt32(count))
    sort(&order)
    return order
  }

  /// Brings an order of all documents into that of their keys; runs that are in order already are only merged.
  func sort(_ order: inout [UInt32]) {
    precondition(order.count == count, "an order of all documents")
    order.sort { precedes($0, $1) }
  }

  private func withKey<Result>(_ document: UInt32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let place = Int(document) & (Self.pieceCount - 1)
    return unsafe pieces[Int(document) >> Self.pieceBits].withKey(place, body)
  }

  private static func precedes(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
    let count = min(one.count, other.count)
    var index = 0
    while index + 8 <= count {
      let oneWord = unsafe UInt64(bigEndian: one.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let otherWord = unsafe UInt64(bigEndian: other.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      if oneWord != otherWord { return oneWord < otherWord }
      index += 8
    }
    while index < count {
      if unsafe one[index] != other[index] { return unsafe one[index] < other[index] }
      index += 1
    }
    return one.count < other.count
  }
}
