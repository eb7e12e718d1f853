/// What a record group says of a document before its fields: the names, which are coded by what they share with those of the
/// document before, and how long its text and its tail are.
///
/// Documents of one file follow each other with numbers for keys and line behind line: then a head is its flags and the
/// length of its text.
struct DocumentHead: Equatable, Sendable {
  /// How many documents a group has; the last group may have fewer.
  static let groupCount = 32

  /// What a head's first byte says.
  struct Flags: OptionSet {
    let rawValue: UInt8
    static let tabsSeparateCells = Flags(rawValue: 1)
    static let hasSource = Flags(rawValue: 2)
    static let isSuccessor = Flags(rawValue: 4)  // its key is the number behind that of the document before
    static let hasTitle = Flags(rawValue: 8)
    static let hasPath = Flags(rawValue: 16)  // otherwise it is that of the last source in the group
    static let hasFirstLine = Flags(rawValue: 32)  // otherwise it is the one behind that source, or the file's first
    static let hasFurtherLines = Flags(rawValue: 64)
    static let hasTail = Flags(rawValue: 128)
    /// What there is only with a source, and that there is one.
    static let ofSource: Flags = [.hasSource, .hasPath, .hasFirstLine, .hasFurtherLines]
  }

  /// The key's bytes.
  private(set) var key: [UInt8] = []
  /// The title's bytes.
  private(set) var title: [UInt8] = []
  private var tabsSeparateCells = false
  private var hasSource = false
  /// The source; without one, the last source in the group.
  private var path: [UInt8] = []
  private var startLine = 0
  private var endLine = 0
  /// How many bytes the text has.
  private(set) var textByteCount = 0
  /// How many bytes the tail has.
  private(set) var tailByteCount = 0

  /// What stands before a group's first document.
  init() {}

  /// Becomes the head of a document of a batch, which follows `previous` in its group; memory is kept.
  mutating func become(_ batch: DocumentBatch, _ index: Int, tailByteCount: Int, after previous: DocumentHead) {
    key.replace(with: batch.key(index))
    title.replace(with: batch.title(index))
    tabsSeparateCells = batch.tabsSeparateCells(index)
    let path = batch.path(index)
    hasSource = path != nil
    // The same array where it is the same path, so that they need not be compared again.
    self.path = path.map { $0 == previous.path ? previous.path : $0 } ?? previous.path
    (startLine, endLine) = hasSource ? batch.lines(index) : (previous.startLine, previous.endLine)
    textByteCount = batch.text(index).count
    self.tailByteCount = tailByteCount
  }

  /// The head that was read last.
  init(_ reader: DocumentHeadReader) {
    key = reader.key
    title = reader.title
    tabsSeparateCells = reader.flags.contains(.tabsSeparateCells)
    hasSource = reader.flags.contains(.hasSource)
    path = reader.path
    (startLine, endLine) = reader.lines
    (textByteCount, tailByteCount) = (reader.textByteCount, reader.tailByteCount)
  }

  /// This document's head where it follows another document.
  func following(_ previous: DocumentHead) -> DocumentHead {
    guard !hasSource else { return self }
    var head = self
    head.path = previous.path
    (head.startLine, head.endLine) = (previous.startLine, previous.endLine)
    return head
  }

  /// Appends the head, which follows `previous` in its group.
  func append(to writer: inout ByteWriter, after previous: DocumentHead) {
    let flags = flags(after: previous)
    writer.append(flags.rawValue)
    if !flags.contains(.isSuccessor) { Self.append(key, after: previous.key, to: &writer) }
    if flags.contains(.hasTitle) { Self.append(title, after: previous.title, to: &writer) }
    if flags.contains(.hasPath) { Self.append(path, after: previous.path, to: &writer) }
    if flags.contains(.hasFirstLine) { writer.append(varint: UInt64(startLine)) }
    if flags.contains(.hasFurtherLines) { writer.append(varint: UInt64(endLine - startLine)) }
    writer.append(varint: UInt64(textByteCount))
    if flags.contains(.hasTail) { writer.append(varint: UInt64(tailByteCount)) }
  }

  private func flags(after previous: DocumentHead) -> Flags {
    var flags: Flags = []
    if tabsSeparateCells { flags.insert(.tabsSeparateCells) }
    if Self.isSuccessor(key, of: previous.key) { flags.insert(.isSuccessor) }
    if !title.isEmpty { flags.insert(.hasTitle) }
    if tailByteCount > 0 { flags.insert(.hasTail) }
    guard hasSource else { return flags }
    flags.insert(.hasSource)
    let hasPath = path != previous.path
    if hasPath { flags.insert(.hasPath) }
    if startLine != Self.line(behind: previous.endLine, withPath: hasPath) { flags.insert(.hasFirstLine) }
    if endLine > startLine { flags.insert(.hasFurtherLines) }
    return flags
  }

  /// The line at which a source begins that does not say so, where the last one ended at `end`; nil behind the last line
  /// that there can be.
  static func line(behind end: Int, withPath: Bool) -> Int? { withPath ? 1 : end < Int.max ? end + 1 : nil }
}

// MARK: - Names

extension DocumentHead {
  /// What half a byte says of a count that does not fit in it.
  static let longestInByte = 15

  /// Appends how many bytes a name shares with the one before and how many follow, half a byte each, and these.
  private static func append(_ name: [UInt8], after previous: [UInt8], to writer: inout ByteWriter) {
    var shared = 0
    while shared < name.count, shared < previous.count, name[shared] == previous[shared] { shared += 1 }
    let rest = name.count - shared
    writer.append(UInt8(min(shared, longestInByte) | min(rest, longestInByte) << 4))
    for count in [shared, rest] where count >= longestInByte { writer.append(varint: UInt64(count - longestInByte)) }
    unsafe name.withUnsafeBytes { unsafe writer.append(UnsafeRawBufferPointer(rebasing: $0[shared...])) }
  }

  /// Whether a name is another one with the number behind in place of its last digits, as ``DocumentHeadReader`` puts it there.
  private static func isSuccessor(_ name: [UInt8], of previous: [UInt8]) -> Bool {
    let (zero, one, nine) = (UInt8(ascii: "0"), UInt8(ascii: "1"), UInt8(ascii: "9"))
    var end = previous.count  // of what is not a nine
    while end > 0, previous[end - 1] == nine { end -= 1 }
    let counts = end > 0 && previous[end - 1] >= zero && previous[end - 1] < nine
    guard counts || end < previous.count, name.count == previous.count + (counts ? 0 : 1) else { return false }
    let changed = counts ? end - 1 : end
    guard name[changed] == (counts ? previous[changed] + 1 : one) else { return false }
    for index in 0..<changed where name[index] != previous[index] { return false }
    for index in changed + 1..<name.count where name[index] != zero { return false }
    return true
  }
}

extension [UInt8] {
  fileprivate mutating func replace(with bytes: ArraySlice<UInt8>) {
    removeAll(keepingCapacity: true)
    append(contentsOf: bytes)
  }
}
