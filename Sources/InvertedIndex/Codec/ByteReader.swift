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

  /// A length and that many bytes as text.
  mutating func readString() -> String? {
    guard let count = readCount(), let bytes = unsafe readBytes(count) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces the contents of `list` by `count` numbers below 2³² − 1 that rise: the first one, then each step less one.
  ///
  /// False, with `list` in any state, when the bytes end before or a number is too large.
  mutating func readRisingNumbers(_ count: Int, into list: inout [UInt32]) -> Bool {
    guard count <= remaining else { return false }  // a number takes at least a byte
    list.removeAll(keepingCapacity: true)
    list.reserveCapacity(count)
    var next: UInt64 = 0
    for _ in 0..<count {
      guard let step = readVarint32() else { return false }
      next &+= UInt64(step)
      list.append(UInt32(truncatingIfNeeded: next))
      next &+= 1
    }
    return next <= UInt64(UInt32.max)
  }

  /// Reads numbers as ``readRisingNumbers(_:into:)`` does and keeps of `list`, which rises, those that are `offset` less than
  /// one of them.
  ///
  /// It stops where nothing more can be kept, and returns how many numbers are left unread; nil for damage.
  mutating func keepInRisingNumbers(_ count: Int, of list: inout [UInt32], offset: UInt32) -> Int? {
    guard count <= remaining else { return nil }
    var reader = self
    var left = count
    var kept = 0
    var isSound = true
    unsafe list.withUnsafeMutableBufferPointer { list in
      // SAFETY: `place` is below `list.count` wherever it is used, and `kept` is never above it.
      var place = 0
      var next: UInt64 = 0
      while left > 0 && place < list.count {
        guard let step = reader.readVarint32() else {
          isSound = false
          return
        }
        left -= 1
        next &+= UInt64(step)
        while unsafe place < list.count && UInt64(list[place]) + UInt64(offset) < next { place += 1 }
        if unsafe place < list.count && UInt64(list[place]) + UInt64(offset) == next {
          unsafe list[kept] = list[place]
          kept += 1
          place += 1
        }
        next &+= 1
      }
    }
    self = reader
    list.removeLast(list.count - kept)
    return isSound ? left : nil
  }

  /// Passes over `count` variable-length integers; false when the bytes end before.
  mutating func skipVarints(_ count: Int) -> Bool {
    var left = count
    let highBits: UInt64 = 0x8080_8080_8080_8080
    while left >= 8, remaining >= 8 {  // eight bytes hold at most eight ends
      let word = unsafe next.loadUnaligned(as: UInt64.self)
      left -= (~word & highBits).nonzeroBitCount
      unsafe next += 8
    }
    while left > 0 {
      guard let byte = readByte() else { return false }
      if byte < 0x80 { left -= 1 }
    }
    return true
  }
}
