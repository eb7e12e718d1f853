/// Little-endian numbers and variable-length integers into bytes.
struct ByteWriter {
  /// What was written.
  private(set) var bytes: [UInt8] = []

  /// How many bytes were written.
  var count: Int { bytes.count }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

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

  /// Appends a length and that many bytes.
  mutating func append(string: String) {
    append(varint: UInt64(string.utf8.count))
    bytes.append(contentsOf: string.utf8)
  }

  /// Appends `width` × 16 bytes: 128 numbers of `width` bits (see ``BitPacking``).
  mutating func append(packed values: [UInt32], width: Int) {
    unsafe BitPacking.pack(values, width: width) { unsafe bytes.append(contentsOf: $0) }
  }
}
