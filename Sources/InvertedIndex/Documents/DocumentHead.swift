/// What a record group says of a document before its fields: the names, which are coded by what they share with those of the
/// document before, and how long its text and its tail are.
///
/// Documents of one file follow each other with numbers for keys and line behind line: then a head is its flags and the
/// length of its text.
struct DocumentHead: Equatable, Sendable {
  /// How many documents a group has; the last group may have fewer.
  static let groupCount = 32

  /// What a head's first byte says.
  private struct Flags: OptionSet {
    let rawValue: UInt8
    static let tabsSeparateCells = Flags(rawValue: 1)
    static let hasSource = Flags(rawValue: 2)
    static let isSuccessor = Flags(rawValue: 4)  // its key is the number behind that of the document before
    static let hasTitle = Flags(rawValue: 8)
    static let hasPath = Flags(rawValue: 16)  // otherwise it is that of the last source in the group
    static let hasFirstLine = Flags(rawValue: 32)  // otherwise it is the one behind that source, or the file's first
    static let hasFurtherLines = Flags(rawValue: 64)
    static let hasTail = Flags(rawValue: 128)
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

  /// The document, without what its tail and its text say.
  var document: Document {
    let (key, title) = (String(decoding: key, as: UTF8.self), String(decoding: title, as: UTF8.self))
    return Document(key: key, title: title, text: "", source: source, tabsSeparateCells: tabsSeparateCells)
  }

  private var source: SourceLocation? {
    guard hasSource else { return nil }
    return SourceLocation(path: String(decoding: path, as: UTF8.self), startLine: startLine, endLine: endLine)
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
    if startLine != previous.lineBehind(withPath: path != previous.path) { flags.insert(.hasFirstLine) }
    if endLine > startLine { flags.insert(.hasFurtherLines) }
    return flags
  }

  /// The line at which a source begins that does not say so; nil behind the last line that there can be.
  private func lineBehind(withPath: Bool) -> Int? { withPath ? 1 : endLine < Int.max ? endLine + 1 : nil }

  /// Reads the next document's head over this one; false when it is damaged.
  mutating func readNext(_ reader: inout ByteReader) -> Bool {
    guard let flags = reader.readByte().map({ Flags(rawValue: $0) }),
      flags.contains(.isSuccessor) ? Self.increment(&key) : Self.read(&key, &reader)
    else { return false }
    tabsSeparateCells = flags.contains(.tabsSeparateCells)
    if flags.contains(.hasTitle) {
      guard Self.read(&title, &reader) else { return false }
    } else if !title.isEmpty {
      title = []
    }
    guard readSource(flags, &reader), let textByteCount = reader.readCount(),
      let tailByteCount = flags.contains(.hasTail) ? reader.readCount() : 0,
      textByteCount <= Self.longest, tailByteCount <= Self.longest
    else { return false }
    (self.textByteCount, self.tailByteCount) = (textByteCount, tailByteCount)
    return true
  }

  private static let longest = 1 << 48  // so that a group's sums stay far from an overflow

  private mutating func readSource(_ flags: Flags, _ reader: inout ByteReader) -> Bool {
    hasSource = flags.contains(.hasSource)
    guard hasSource else { return flags.isDisjoint(with: [.hasPath, .hasFirstLine, .hasFurtherLines]) }
    let next = lineBehind(withPath: flags.contains(.hasPath))
    if flags.contains(.hasPath) {
      guard Self.read(&path, &reader) else { return false }
    }
    guard let startLine = flags.contains(.hasFirstLine) ? reader.readCount() : next,
      let further = flags.contains(.hasFurtherLines) ? reader.readCount() : 0, further <= Int.max - startLine
    else { return false }
    (self.startLine, endLine) = (startLine, startLine + further)
    return true
  }
}

// MARK: - Names

extension DocumentHead {
  private static let longestInByte = 15

  /// Appends how many bytes a name shares with the one before and how many follow, half a byte each, and these.
  private static func append(_ name: [UInt8], after previous: [UInt8], to writer: inout ByteWriter) {
    var shared = 0
    while shared < name.count, shared < previous.count, name[shared] == previous[shared] { shared += 1 }
    let rest = name.count - shared
    writer.append(UInt8(min(shared, longestInByte) | min(rest, longestInByte) << 4))
    for count in [shared, rest] where count >= longestInByte { writer.append(varint: UInt64(count - longestInByte)) }
    unsafe name.withUnsafeBytes { unsafe writer.append(UnsafeRawBufferPointer(rebasing: $0[shared...])) }
  }

  private static func read(_ name: inout [UInt8], _ reader: inout ByteReader) -> Bool {
    guard let counts = reader.readByte(), let shared = readCount(Int(counts & 15), &reader), shared <= name.count,
      let count = readCount(Int(counts >> 4), &reader), let rest = unsafe reader.readBytes(count)
    else { return false }
    name.removeLast(name.count - shared)
    unsafe name.append(contentsOf: rest.assumingMemoryBound(to: UInt8.self))
    return true
  }

  private static func readCount(_ half: Int, _ reader: inout ByteReader) -> Int? {
    guard half == longestInByte else { return half }
    guard let more = reader.readCount(), more <= longest else { return nil }
    return half + more
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
