import Foundation

/// A promise of FORMAT.md that bytes break.
struct BrokenPromise: Error {
  let what: String

  init(_ what: String) { self.what = what }
}

/// Throws where a promise of FORMAT.md does not hold.
func hold(_ isTrue: Bool, _ promise: String) throws {
  if !isTrue { throw BrokenPromise(promise) }
}

/// A file of an index, opened by the rules of FORMAT.md alone.
struct DocumentedFile {
  /// The file's length and checksum, as a commit states them.
  struct Stamp: Equatable {
    let length: UInt64
    let checksum: UInt64
  }

  /// The bytes of each section, by its number.
  let sections: [UInt64: [UInt8]]
  /// The stamp that a commit must state.
  let stamp: Stamp

  /// Opens a file and checks all that the chapter "A file" says, and every section's checksum.
  init(_ path: String, kind: UInt64, segment: UInt64, sections expected: [UInt64]) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    try hold(bytes.count >= 48, "a file has 48 bytes or more")
    var header = DocumentedBytes(Array(bytes[..<24]))
    try hold(try header.take(8) == [0x8E] + Array("Zilin\r\n".utf8), "magic")
    try hold(try header.number(2) == kind, "kind")
    try hold(try header.number(2) == 4, "format version")
    try hold(try header.number(2) == 2, "analysis version")
    try hold(try header.number(2) == 0, "zero in the header")
    try hold(try header.number(8) == segment, "segment")

    var footer = DocumentedBytes(Array(bytes.suffix(24)))
    let count = Int(try footer.number(4))
    try hold(try footer.number(4) == 0, "zero in the footer")
    try hold(try footer.number(8) == UInt64(bytes.count), "length in the footer")
    let checksum = try footer.number(4)
    try hold(try footer.take(4) == Array("end\n".utf8), "end magic")
    try hold(count <= 64 && bytes.count >= 48 + 24 * count, "section count")
    let tableStart = bytes.count - 24 - 24 * count
    try hold(Self.checksum(bytes[..<24] + bytes[tableStart..<bytes.count - 8]) == checksum, "file checksum")

    var table = DocumentedBytes(Array(bytes[tableStart..<bytes.count - 24]))
    var sections: [UInt64: [UInt8]] = [:]
    var next = 24
    for section in expected {
      try hold(try table.number(4) == section, "section \(section) in its place")
      let checksum = try table.number(4)
      try hold(try table.number(8) == UInt64(next), "sections without gaps")
      let length = Int(try table.number(8))
      try hold(length <= tableStart - next, "a section before the table")
      let content = bytes[next..<next + length]
      try hold(Self.checksum(content) == checksum, "checksum of section \(section)")
      sections[section] = Array(content)
      next += length
    }
    try hold(table.isAtEnd && next == tableStart, "no other sections, and nothing behind them")
    self.sections = sections
    stamp = Stamp(length: UInt64(bytes.count), checksum: checksum)
  }

  /// A section, from its beginning.
  subscript(section: UInt64) -> DocumentedBytes { DocumentedBytes(sections[section] ?? []) }

  /// CRC-32C, a bit at a time.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = remainder & 1 == 1 ? (remainder >> 1) ^ 0x82F6_3B78 : remainder >> 1 }
    }
    return UInt64(remainder ^ 0xFFFF_FFFF)
  }
}

/// Bytes read from front to back, coded as the chapter "Conventions" says.
struct DocumentedBytes {
  private let bytes: [UInt8]
  private var next: Int

  init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    next = offset
  }

  /// How many bytes there are in all.
  var count: Int { bytes.count }
  /// Where the next byte lies.
  var offset: Int { next }
  /// Whether all bytes were read.
  var isAtEnd: Bool { next == bytes.count }

  /// The bytes of a range.
  func piece(_ start: Int, _ end: Int) throws -> DocumentedBytes {
    try hold(start >= 0 && start <= end && end <= bytes.count, "a piece inside of its section")
    return DocumentedBytes(Array(bytes[start..<end]))
  }

  /// The next bytes.
  mutating func take(_ count: Int) throws -> [UInt8] {
    try hold(count >= 0 && next <= bytes.count && count <= bytes.count - next, "bytes that are there")
    defer { next += count }
    return Array(bytes[next..<next + count])
  }

  /// The next number of so many bytes.
  mutating func number(_ byteCount: Int) throws -> UInt64 {
    try take(byteCount).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The next varint.
  mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      let byte = try number(1)
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw BrokenPromise("a varint of ten bytes at most")
  }

  /// The next string.
  mutating func string() throws -> String {
    let bytes = try take(Int(try varint()))
    guard let text = String(validating: bytes, as: UTF8.self) else { throw BrokenPromise("UTF-8") }
    return text
  }

  /// The next packed block: 128 numbers of so many bits, bit for bit.
  mutating func packedBlock(width: Int) throws -> [UInt64] {
    let block = try take(16 * width)
    return (0..<128).map { number in
      (0..<width).reduce(0) { value, bit in
        let place = number / 4 * width + bit
        let byte = block[place / 32 * 16 + number % 4 * 4 + place % 32 / 8]
        return value | UInt64(byte >> UInt8(place % 8) & 1) << UInt64(bit)
      }
    }
  }
}

/// Bits from the next byte of some bytes on, the lowest of a byte first.
struct DocumentedBits {
  private var bytes: DocumentedBytes
  private var rest: [UInt8] = []  // of the byte that was taken last, a bit each

  init(_ bytes: DocumentedBytes) { self.bytes = bytes }

  private mutating func bit() throws -> UInt8 {
    if rest.isEmpty {
      let byte = try bytes.take(1)[0]
      rest = (0..<8).map { byte >> $0 & 1 }
    }
    return rest.removeFirst()
  }

  /// The next numbers of so many bits each, the lowest bit first.
  mutating func numbers(_ count: Int, width: Int) throws -> [UInt64] {
    try (0..<count).map { _ in try (0..<width).reduce(0) { $0 | UInt64(try bit()) << UInt64($1) } }
  }

  /// The next numbers in unary: so many zeros, then a one.
  mutating func unary(_ count: Int) throws -> [Int] {
    try (0..<count).map { _ in
      var zeros = 0
      while try bit() == 0 { zeros += 1 }
      return zeros
    }
  }

  /// The bytes behind the one whose bits are in use, of which the others are zeros.
  func end() throws -> DocumentedBytes {
    try hold(rest.allSatisfy { $0 == 0 }, "zeros up to the end of the byte")
    return bytes
  }
}
