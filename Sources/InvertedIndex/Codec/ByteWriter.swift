/// Little-endian numbers and variable-length integers into bytes.
struct ByteWriter {
  /// What was written.
  private(set) var bytes: [UInt8] = []

  /// How many bytes were written.
  var count: Int { bytes.count }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ other: UnsafeRawBufferPointer) {
    unsafe bytes.append(contentsOf: other.assumingMemoryBound(to: UInt8.self))  // raw bytes go one by one
  }

  /// Takes back the last `count` bytes.
  mutating func removeLast(_ count: Int) { bytes.removeLast(count) }

  mutating func append(contentsOf other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }

  /// Appends a fixed-width number, least byte first.
  mutating func append(fixed value: some FixedWidthInteger & UnsignedInteger) {
    var rest = value
    for _ in 0..<value.bitWidth / 8 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Appends seven bits a byte, least first; the high bit says that more follow, for at most ten bytes.
  @inline(__always)
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends how many numbers there are, then the first, then each step to the next less one.
  mutating func append(rising numbers: [UInt32]) {
    append(varint: UInt64(numbers.count))
    var next: UInt32 = 0
    for number in numbers {
      append(varint: UInt64(number - next))
      next = number + 1
    }
  }

  /// Appends a length and that many bytes.
  mutating func append(string: String) {
    append(varint: UInt64(string.utf8.count))
    bytes.append(contentsOf: string.utf8)
  }
}
