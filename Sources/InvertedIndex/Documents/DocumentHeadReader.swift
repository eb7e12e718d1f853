/// Here are the heads of a record group; give me one after the other.
///
/// Who wants a document passes over the heads before its own: their names are put together in one piece of memory each, and
/// become strings or arrays only where they are asked for.
///
/// SAFETY: `memory` has room for three names of `longestName` bytes and outlives the reader, which lives inside of
/// ``forEach(_:of:_:)``. Nothing is written to a name before its new length was compared with `longestName`.
@safe struct DocumentHeadReader {
  /// What a head's first byte says.
  private(set) var flags: DocumentHead.Flags = []
  /// How many bytes the text has.
  private(set) var textByteCount = 0
  /// How many bytes the tail has.
  private(set) var tailByteCount = 0
  /// The lines of the last source in the group.
  private(set) var lines = (start: 0, end: 0)

  private var reader: ByteReader
  private var keyName: Name
  private var titleName: Name
  private var pathName: Name

  private static let longest = 1 << 48  // so that a group's sums stay far from an overflow

  private init(_ heads: UnsafeRawBufferPointer, longestName: Int, memory: UnsafeMutablePointer<UInt8>) {
    reader = unsafe ByteReader(heads)
    keyName = unsafe Name(memory, capacity: longestName)
    titleName = unsafe Name(memory + longestName, capacity: longestName)
    pathName = unsafe Name(memory + 2 * longestName, capacity: longestName)
  }

  /// Calls `body` with a reader that has read nothing yet of the heads of `count` documents.
  @inline(__always)
  static func read<Outcome>(
    _ heads: UnsafeRawBufferPointer, count: Int, _ body: (inout DocumentHeadReader) -> Outcome
  ) -> Outcome {
    // A name has no bytes but those of the heads, and one more for each time that it is counted on.
    let longestName = heads.count + count
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 3 * longestName + 1) { memory in
      guard let start = memory.baseAddress else { preconditionFailure("memory of a byte at least has an address") }
      var reader = unsafe DocumentHeadReader(heads, longestName: longestName, memory: start)
      return body(&reader)
    }
  }

  /// How many bytes are left.
  var remaining: Int { reader.remaining }

  /// The key's bytes.
  var key: [UInt8] { unsafe Array(keyName.bytes) }
  /// The title's bytes.
  var title: [UInt8] { unsafe Array(titleName.bytes) }
  /// The bytes of the source's path; without a source, of the last one in the group.
  var path: [UInt8] { unsafe Array(pathName.bytes) }

  /// The document, without what its tail and its text say.
  var document: Document {
    Document(
      key: keyName.text, title: titleName.text, text: "",
      source: flags.contains(.hasSource)
        ? SourceLocation(path: pathName.text, startLine: lines.start, endLine: lines.end) : nil,
      tabsSeparateCells: flags.contains(.tabsSeparateCells))
  }

  /// Reads the next head; false when it is damaged.
  @inline(__always)
  mutating func next() -> Bool {
    guard let byte = reader.readByte() else { return false }
    flags = DocumentHead.Flags(rawValue: byte)
    guard flags.contains(.isSuccessor) ? keyName.increment() : keyName.read(&reader) else { return false }
    if flags.contains(.hasTitle) {
      guard titleName.read(&reader) else { return false }
    } else {
      titleName.clear()
    }
    guard flags.isDisjoint(with: .ofSource) || readSource(), let textByteCount = reader.readCount(),
      let tailByteCount = flags.contains(.hasTail) ? reader.readCount() : 0,
      textByteCount <= Self.longest, tailByteCount <= Self.longest
    else { return false }
    (self.textByteCount, self.tailByteCount) = (textByteCount, tailByteCount)
    return true
  }

  private mutating func readSource() -> Bool {
    guard flags.contains(.hasSource) else { return false }
    let next = DocumentHead.line(behind: lines.end, withPath: flags.contains(.hasPath))
    if flags.contains(.hasPath) {
      guard pathName.read(&reader) else { return false }
    }
    guard let start = flags.contains(.hasFirstLine) ? reader.readCount() : next,
      let further = flags.contains(.hasFurtherLines) ? reader.readCount() : 0, further <= Int.max - start
    else { return false }
    lines = (start, start + further)
    return true
  }
}

/// A name that changes from head to head.
///
/// SAFETY: `start` has room for `capacity` bytes, of which `count` are written; both ways to change it see to `count` staying
/// at or below `capacity`.
@safe private struct Name {
  private let start: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var count = 0

  init(_ start: UnsafeMutablePointer<UInt8>, capacity: Int) {
    unsafe self.start = start
    self.capacity = capacity
  }

  var bytes: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: start, count: count) }
  var text: String { count == 0 ? "" : unsafe String(decoding: bytes, as: UTF8.self) }

  mutating func clear() { count = 0 }

  /// Reads how much stays of the name, and what follows; false when that is damaged.
  @inline(__always)
  mutating func read(_ reader: inout ByteReader) -> Bool {
    guard let counts = reader.readByte(), let shared = Self.readCount(counts & 15, &reader), shared <= count,
      let restCount = Self.readCount(counts >> 4, &reader), restCount <= capacity - shared,
      let rest = unsafe reader.readBytes(restCount)
    else { return false }
    if let source = rest.baseAddress, restCount > 0 {
      unsafe UnsafeMutableRawPointer(start + shared).copyMemory(from: source, byteCount: restCount)
    }
    count = shared + restCount
    return true
  }

  @inline(__always)
  private static func readCount(_ half: UInt8, _ reader: inout ByteReader) -> Int? {
    guard half == DocumentHead.longestInByte else { return Int(half) }
    guard let more = reader.readCount(), more <= Int.max >> 1 else { return nil }
    return Int(half) + more
  }

  /// Makes the number in the last digits one greater; false where there are none.
  @inline(__always)
  mutating func increment() -> Bool {
    let (zero, nine) = (UInt8(ascii: "0"), UInt8(ascii: "9"))
    var index = count
    while index > 0, unsafe start[index - 1] == nine { index -= 1 }
    if index > 0, case let digit = unsafe start[index - 1], digit >= zero, digit < nine {
      unsafe start[index - 1] = digit + 1
    } else {  // nines alone
      guard index < count, count < capacity else { return false }
      unsafe start[index] = UInt8(ascii: "1")
      index += 1
      count += 1
    }
    for place in index..<count { unsafe start[place] = zero }
    return true
  }
}
