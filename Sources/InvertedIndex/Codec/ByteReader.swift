/// Reads numbers from bytes that may be damaged: every read is checked, and one past the end says so.
///
/// SAFETY: `next` and `end` bound memory that the maker of the reader keeps alive while it is used: a mapped file's bytes,
/// or an array's inside `withUnsafeBytes`.
@safe struct ByteReader {
  private(set) var next: UnsafeRawPointer
  let end: UnsafeRawPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    // An empty buffer may have no address; any will do, since nothing is read from it.
    unsafe next = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    unsafe end = next + bytes.count
  }

  init(next: UnsafeRawPointer, end: UnsafeRawPointer) {
    unsafe self.next = next
    unsafe self.end = end
  }

  /// How many bytes are left.
  var remaining: Int { unsafe end - next }

  /// The next byte, which remains the next one; nil at the end.
  @inline(__always)
  func peekByte() -> UInt8? { unsafe next < end ? next.load(as: UInt8.self) : nil }

  /// The next byte; nil at the end.
  @inline(__always)
  mutating func readByte() -> UInt8? {
    guard unsafe next < end else { return nil }
    let byte = unsafe next.load(as: UInt8.self)
    unsafe next += 1
    return byte
  }

  /// A variable-length integer of at most 64 bits; nil when it is cut off or too long.
  @inline(__always)
  mutating func readVarint() -> UInt64? {
    guard unsafe next < end else { return nil }
    let first = unsafe next.load(as: UInt8.self)
    unsafe next += 1
    if first < 0x80 { return UInt64(first) }
    return readVarintRest(first)
  }

  private mutating func readVarintRest(_ first: UInt8) -> UInt64? {
    var value = UInt64(first & 0x7F)
    var shift: UInt64 = 7
    while unsafe next < end {
      let byte = unsafe next.load(as: UInt8.self)
      unsafe next += 1
      if shift == 63 && byte > 1 { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
      if shift > 63 { return nil }
    }
    return nil
  }

  /// A variable-length integer that must fit in 32 bits.
  @inline(__always)
  mutating func readVarint32() -> UInt32? {
    guard let value = readVarint(), value <= UInt64(UInt32.max) else { return nil }
    return UInt32(truncatingIfNeeded: value)
  }

  /// A variable-length integer that must fit in a non-negative `Int`.
  mutating func readCount() -> Int? { readVarint().flatMap { Int(exactly: $0) } }

  /// The same as ``readCount()``, faster where the number is below 2²⁸ and does not lie at the end.
  @inline(__always)
  mutating func readSmallCount() -> Int? {
    guard remaining >= 4 else { return readCount() }
    let word = unsafe UInt32(littleEndian: next.loadUnaligned(as: UInt32.self))
    let ends = ~word & 0x8080_8080
    guard ends != 0 else { return readCount() }
    let lowest = ends & (0 &- ends)
    let bits = word & (lowest &- 1)  // all bytes up to the last one, whose highest bit is 0
    unsafe next += ends.trailingZeroBitCount &>> 3 &+ 1
    let low = bits & 0x7F | bits &>> 1 & 0x3F80
    return Int(low | bits &>> 2 & 0x1F_C000 | bits &>> 3 & 0xFE0_0000)
  }

  /// A fixed-width number, least byte first.
  mutating func readFixed<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: Number.Type = Number.self
  ) -> Number? {
    guard remaining >= MemoryLayout<Number>.size else { return nil }
    let value = unsafe next.loadUnaligned(as: Number.self)
    unsafe next += MemoryLayout<Number>.size
    return Number(littleEndian: value)
  }

  /// The next `count` bytes; nil when there are fewer.
  mutating func readBytes(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count >= 0 && count <= remaining else { return nil }
    let bytes = unsafe UnsafeRawBufferPointer(start: next, count: count)
    unsafe next += count
    return unsafe bytes
  }

  /// Passes over `count` bytes; false when there are fewer.
  @inline(__always)
  mutating func skip(_ count: Int) -> Bool {
    guard count <= remaining else { return false }
    unsafe next += count
    return true
  }

  /// A length and that many bytes as text.
  mutating func readString() -> String? {
    guard let count = readCount(), let bytes = unsafe readBytes(count) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }
}
