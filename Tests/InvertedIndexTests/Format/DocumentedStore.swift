import InvertedIndex

/// The stored documents of a segment, read by the chapter "Documents" of FORMAT.md.
struct DocumentedStore {
  /// A place from which a text can be analysed as if it began there.
  struct Place: Equatable {
    let position: Int
    let offset: Int
  }

  /// What a group says of a document.
  private struct Record {
    var document: Document
    let textRange: Range<Int>
    var tail: DocumentedBytes
  }

  private var records: [Record] = []
  private var text: [UInt8] = []

  /// Reads the groups and the blocks that the tables tell of.
  init(_ section: DocumentedBytes, groups: [Int], blocks: [Int], documentCount: Int) throws {
    try hold(groups.count == 3 * ((documentCount + 31) / 32), "a row for 32 documents")
    try hold(blocks.count >= 3 && blocks.count % 3 == 0, "a row for each block, and one more")
    var chunks: [Range<Int>] = []
    func chunk(_ table: [Int], _ row: Int) throws -> DocumentedBytes {
      chunks.append(table[3 * row]..<table[3 * row] + table[3 * row + 1])
      return try section.piece(table[3 * row], table[3 * row] + table[3 * row + 1])
    }
    for row in 0..<blocks.count / 3 - 1 {
      try hold(blocks[3 * row + 2] == text.count, "where a block's text begins")
      let count = blocks[3 * row + 5] - blocks[3 * row + 2]
      try hold(count > 0 && count <= 32768, "a block of 1 to 32,768 bytes of text")
      text += try DocumentedTextBlock.text(try chunk(blocks, row), textByteCount: count)
    }
    try hold(blocks.suffix(2) == [0, text.count], "where the text ends")
    var textEnd = 0
    for row in 0..<groups.count / 3 {
      try hold(groups[3 * row + 2] == textEnd, "where a group's text begins")
      let count = min(32, documentCount - 32 * row)
      for record in try Self.group(try chunk(groups, row), count, textStart: textEnd) {
        records.append(record)
        textEnd = record.textRange.upperBound
      }
    }
    try hold(textEnd == text.count, "text that belongs to documents")
    var next = 0
    for chunk in chunks.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      try hold(chunk.lowerBound == next && !chunk.isEmpty, "groups and blocks without gaps")
      next = chunk.upperBound
    }
    try hold(next == section.count, "groups and blocks that use up their section")
  }

  private static func group(_ group: DocumentedBytes, _ count: Int, textStart: Int) throws -> [Record] {
    var heads = group
    let headByteCount = Int(try heads.varint())
    var tailStart = heads.offset + headByteCount
    let headEnd = tailStart
    func name(after before: [UInt8]) throws -> [UInt8] {
      let counts = Int(try heads.number(1))
      let shared = counts % 16 < 15 ? counts % 16 : 15 + Int(try heads.varint())
      let rest = counts / 16 < 15 ? counts / 16 : 15 + Int(try heads.varint())
      try hold(shared <= before.count, "bytes in common with the name before")
      return Array(before[..<shared]) + (try heads.take(rest))
    }
    func string(_ bytes: [UInt8]) throws -> String {
      guard let string = String(validating: bytes, as: UTF8.self) else { throw BrokenPromise("UTF-8") }
      return string
    }
    var (key, title, path): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    var lastLine = 0
    var records: [Record] = []
    var textEnd = textStart
    for _ in 0..<count {
      let byte = try heads.number(1)
      let flags = Set((0..<8).filter { byte >> $0 & 1 == 1 })
      key = flags.contains(2) ? try numberBehind(key) : try name(after: key)
      title = flags.contains(3) ? try name(after: title) : []
      var document = Document(
        key: try string(key), title: try string(title), text: "", tabsSeparateCells: flags.contains(0))
      try hold(flags.contains(1) || flags.isDisjoint(with: [4, 5, 6]), "flags of a source only with one")
      if flags.contains(1) {
        if flags.contains(4) {
          path = try name(after: path)
          lastLine = 0
        }
        let firstLine = flags.contains(5) ? Int(try heads.varint()) : lastLine + 1
        lastLine = firstLine + (flags.contains(6) ? Int(try heads.varint()) : 0)
        document.source = SourceLocation(path: try string(path), startLine: firstLine, endLine: lastLine)
      }
      let textByteCount = Int(try heads.varint())
      let tailByteCount = flags.contains(7) ? Int(try heads.varint()) : 0
      records.append(
        Record(
          document: document, textRange: textEnd..<textEnd + textByteCount,
          tail: try group.piece(tailStart, tailStart + tailByteCount)))
      textEnd += textByteCount
      tailStart += tailByteCount
    }
    try hold(heads.offset == headEnd && tailStart == group.count, "a group that is used up")
    return records
  }

  /// The key whose last digits are the number behind that of a key.
  private static func numberBehind(_ key: [UInt8]) throws -> [UInt8] {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let digitCount = key.reversed().prefix { digits.contains($0) }.count
    try hold(digitCount > 0, "a number behind a number")
    let nineCount = key.reversed().prefix { $0 == digits.upperBound }.count
    let zeros = [UInt8](repeating: digits.lowerBound, count: nineCount)
    let stem = Array(key[..<(key.count - nineCount)])
    guard let last = stem.last, nineCount < digitCount else { return stem + [digits.lowerBound + 1] + zeros }
    return Array(stem[..<(stem.count - 1)]) + [last + 1] + zeros
  }

  /// A document and the places in its text.
  func record(_ number: Int, textStart: Int) throws -> (document: Document, places: [Place]) {
    var record = records[number]
    guard let text = String(validating: text[record.textRange], as: UTF8.self) else { throw BrokenPromise("UTF-8") }
    record.document.text = text
    guard record.tail.count > 0 else { return (record.document, []) }
    for _ in 0..<(try record.tail.varint()) {
      let name = try record.tail.string()
      record.document.fields.append(Field(name: name, value: try Self.value(&record.tail, isInList: false)))
    }
    var places: [Place] = []
    var last = Place(position: textStart, offset: 0)
    for _ in 0..<(try record.tail.varint()) {
      let place = Place(
        position: last.position + Int(try record.tail.varint()), offset: last.offset + Int(try record.tail.varint()))
      try hold(place.position > last.position && place.offset > last.offset, "places that rise")
      places.append(place)
      last = place
    }
    try hold(record.tail.isAtEnd, "a tail that is used up")
    try hold(last.offset < max(record.textRange.count, 1), "places inside of the text")
    return (record.document, places)
  }

  private static func value(_ tail: inout DocumentedBytes, isInList: Bool) throws -> FieldValue {
    switch try tail.number(1) {
    case 0: return .null
    case 1: return .boolean(false)
    case 2: return .boolean(true)
    case 3: return .integer(Int64(bitPattern: try tail.number(8)))
    case 4: return .number(Double(bitPattern: try tail.number(8)))
    case 5: return .string(try tail.string())
    case 6 where !isInList:
      return .list(try (0..<(try tail.varint())).map { _ in try value(&tail, isInList: true) })
    case let tag: throw BrokenPromise("a value with tag \(tag)")
    }
  }
}

/// A text block, read by the chapter "Text blocks" of FORMAT.md: slow, and strict.
enum DocumentedTextBlock {
  /// The text of a block.
  static func text(_ block: DocumentedBytes, textByteCount: Int) throws -> [UInt8] {
    var block = block
    if block.count == textByteCount { return try block.take(textByteCount) }
    try hold(block.count < textByteCount, "a block that is no longer than its text")
    let characters = try rising(&block)
    let pages = try rising(&block)
    try hold(characters.count + pages.count <= 256, "256 codes at the most")
    try hold(pages.allSatisfy { $0 <= 0x1100 }, "pages of Unicode")
    let tokenByteCount = Int(try block.varint())
    let lowCount = Int(try block.varint())
    var tokens = DocumentedBytes(try block.take(tokenByteCount))
    var lows = DocumentedBytes(try block.take(lowCount))

    var text: [UInt8] = []
    func appendLiteral() throws {
      let code = Int(try block.number(1))
      try hold(code < characters.count + pages.count, "a code")
      var scalar = code < characters.count ? characters[code] : 0
      if code >= characters.count {
        let page = pages[code - characters.count]
        scalar = UInt32(try lows.number(1)) | (page == 0 ? 0 : (page - 1) << 8)
        try hold(page > 0 || scalar < 0x80, "ASCII in page 0")
        try hold(page != 1 || scalar >= 0x80, "no ASCII in page 1")
      }
      guard let character = Unicode.Scalar(scalar) else { throw BrokenPromise("a Unicode scalar") }
      text += Array(String(character).utf8)
    }
    while !tokens.isAtEnd {
      let token = Int(try tokens.number(1))
      let literalCount = token & 7 == 7 ? 7 + Int(try tokens.varint()) : token & 7
      let length = token >> 3 & 7 == 7 ? Int(try tokens.varint()) : 9 + 3 * (token >> 3 & 7)
      var distance = Int(try tokens.number(1)) + 1
      distance += token >> 6 == 3 ? Int(try tokens.number(1)) << 8 : (token >> 6) << 8
      for _ in 0..<literalCount { try appendLiteral() }
      try hold(distance <= text.count, "a distance inside of the block")
      try hold(length <= textByteCount - text.count, "a match inside of the block")
      for _ in 0..<length { text.append(text[text.count - distance]) }
    }
    while !block.isAtEnd { try appendLiteral() }
    try hold(lows.isAtEnd && text.count == textByteCount, "a block that is used up")
    return text
  }

  private static func rising(_ block: inout DocumentedBytes) throws -> [UInt32] {
    var next: UInt64 = 0
    return try (0..<(try block.varint())).map { _ in
      let number = next + (try block.varint())
      try hold(number < 1 << 16, "a number of 16 bits")
      next = number + 1
      return UInt32(number)
    }
  }
}
