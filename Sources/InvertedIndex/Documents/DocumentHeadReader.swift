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

  // The flags that say where names and lines come from, and those of a head that goes on from the one before.
  private static let goesOn = DocumentHead.Flags([.isSuccessor, .hasSource]).rawValue
  private static let namesAndLines = goesOn | DocumentHead.Flags([.hasTitle, .hasPath, .hasFirstLine]).rawValue
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

  /// The document, without its text.
  func document(fields: [Field]) -> Document {
    Document(
      key: keyText, title: titleText, text: "", fields: fields, source: source(sharing: nil),
      tabsSeparateCells: flags.contains(.tabsSeparateCells))
  }

  /// The source, if the document has one; where its path is `path`, it shares that one's memory.
  func source(sharing path: String?) -> SourceLocation? {
    guard flags.contains(.hasSource) else { return nil }
    return SourceLocation(path: pathName.text(sharing: path), startLine: lines.start, endLine: lines.end)
  }

  /// The key as text.
  var keyText: String { keyName.text }
  /// The title as text.
  var titleText: String { titleName.text }

  /// Passes over `count` heads, reads the one behind them, and returns how many bytes tails and texts have before its own;
  /// nil when one is damaged.
  mutating func read(behind count: Int) -> (tails: Int, texts: Int)? {
    var sums = (tails: 0, texts: 0)
    var left = count
    while true {
      guard passSuccessors(&left, &sums), next() else { return nil }
      if left == 0 { return sums }
      left &-= 1
      sums.tails &+= tailByteCount
      sums.texts &+= textByteCount
    }
  }

  /// Passes over at most `count` heads that only go on from the ones before: with the next key, without a title, in the next
  /// lines of the same file; false when one is damaged.
  @inline(__always)
  private mutating func passSuccessors(_ count: inout Int, _ sums: inout (tails: Int, texts: Int)) -> Bool {
    var reader = self.reader
    var lines = self.lines
    var passed = 0
    while passed < count, let byte = reader.peekByte(),
      byte & Self.namesAndLines == Self.goesOn
    {
      _ = reader.skip(1)
      let flags = DocumentHead.Flags(rawValue: byte)
      guard lines.end < Int.max, let further = flags.contains(.hasFurtherLines) ? reader.readSmallCount() : 0,
        further < Int.max - lines.end, let textByteCount = reader.readSmallCount(),
        let tailByteCount = flags.contains(.hasTail) ? reader.readSmallCount() : 0,
        textByteCount <= Self.longest, tailByteCount <= Self.longest
      else { return false }
      lines = (lines.end + 1, lines.end + 1 + further)
      sums.tails &+= tailByteCount
      sums.texts &+= textByteCount
      passed &+= 1
    }
    self.reader = reader
    self.lines = lines
    count &-= passed
    return passed == 0 || keyName.increment(by: passed)
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

  /// The same as `other`, where it is that.
  func text(sharing other: String?) -> String {
    guard let other, other.utf8.count == count else { return text }
    let isSame = unsafe other.utf8.withContiguousStorageIfAvailable { unsafe isEqual(to: $0) } ?? false
    return isSame ? other : text
  }

  private func isEqual(to other: UnsafeBufferPointer<UInt8>) -> Bool {
    // SAFETY: both names have `count` bytes, as was just checked.
    guard other.count == count, let other = unsafe UnsafeRawPointer(other.baseAddress) else { return false }
    let own = unsafe UnsafeRawPointer(start)
    var place = 0
    while place &+ 8 <= count {
      let word = unsafe own.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      if unsafe word != other.loadUnaligned(fromByteOffset: place, as: UInt64.self) { return false }
      place &+= 8
    }
    while place < count {
      if unsafe start[place] != other.load(fromByteOffset: place, as: UInt8.self) { return false }
      place &+= 1
    }
    return true
  }

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

  /// Makes the number in the last digits greater by at most 90; false where there are none.
  @inline(__always)
  mutating func increment(by addend: Int = 1) -> Bool {
    let (zero, nine) = (UInt8(ascii: "0"), UInt8(ascii: "9"))
    var carry = addend
    var index = count
    while carry > 0, index > 0, case let digit = unsafe start[index - 1], digit >= zero, digit <= nine {
      let sum = Int(digit - zero) + carry
      unsafe start[index - 1] = zero + UInt8(sum % 10)
      carry = sum / 10
      index -= 1
    }
    if carry == 0 { return true }
    guard index < count, carry < 10, count < capacity else { return false }
    var place = count
    while place > index {
      unsafe start[place] = start[place - 1]
      place -= 1
    }
    unsafe start[index] = zero + UInt8(carry)
    count += 1
    return true
  }
}
