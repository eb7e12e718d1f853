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

  /// The head of a document that follows `previous` in its group.
  init(_ document: Document, tailByteCount: Int, after previous: DocumentHead) {
    self = previous
    key = Array(document.key.utf8)
    title = Array(document.title.utf8)
    tabsSeparateCells = document.tabsSeparateCells
    hasSource = document.source != nil
    if let source = document.source {
      path = Array(source.path.utf8)
      (startLine, endLine) = (source.startLine, source.endLine)
    }
    textByteCount = document.text.utf8.count
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
    if key == Self.successor(of: previous.key) { flags.insert(.isSuccessor) }
    if !title.isEmpty { flags.insert(.hasTitle) }
    if tailByteCount > 0 { flags.insert(.hasTail) }
    guard hasSource else { return flags }
    flags.insert(.hasSource)
    if path != previous.path { flags.insert(.hasPath) }
    if startLine != Self.line(behind: previous.endLine, withPath: path != previous.path) { flags.insert(.hasFirstLine) }
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

  /// The name whose last digits are the number behind; nil where it does not end in digits.
  private static func successor(of name: [UInt8]) -> [UInt8]? {
    var name = name
    return increment(&name) ? name : nil
  }

  private static func increment(_ name: inout [UInt8]) -> Bool {
    let (zero, nine) = (UInt8(ascii: "0"), UInt8(ascii: "9"))
    var index = name.count
    while index > 0, name[index - 1] == nine {
      name[index - 1] = zero
      index -= 1
    }
    if index > 0, name[index - 1] >= zero, name[index - 1] < nine {
      name[index - 1] += 1
    } else {
      guard index < name.count else { return false }
      name.insert(UInt8(ascii: "1"), at: index)
    }
    return true
  }
}
