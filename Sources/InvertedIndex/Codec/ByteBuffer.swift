/// Bytes that grow at their end, for encoders that know how much room they need.
///
/// SAFETY: `start` has `capacity` bytes, `count` ≤ `capacity`, and nobody keeps a pointer over a call that may grow it. The
/// class is not Sendable: one owner at a time.
@safe final class ByteBuffer {
  /// How many bytes were appended.
  private(set) var count = 0

  private var start: UnsafeMutableRawPointer
  private var capacity: Int

  /// An empty buffer.
  init(capacity: Int = 1 << 12) {
    self.capacity = capacity
    unsafe start = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
  }

  deinit { unsafe start.deallocate() }

  /// The bytes, valid until the next change.
  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: start, count: count) }

  /// Forgets all bytes and keeps the memory.
  func removeAll() { count = 0 }

  /// Appends what `body` writes at the address it gets, which has room for `byteCount` bytes; it returns where that ends.
  @inline(__always)
  func append(upTo byteCount: Int, _ body: (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer) {
    if byteCount > capacity - count { grow(by: byteCount) }
    let end = unsafe body(start + count)
    let written = unsafe end - start
    precondition(written >= count && written <= capacity, "an encoder kept to its room")
    count = written
  }

  /// Appends bytes.
  func append(_ bytes: UnsafeRawBufferPointer) {
    unsafe append(upTo: bytes.count) { target in
      if let source = bytes.baseAddress { unsafe target.copyMemory(from: source, byteCount: bytes.count) }
      return unsafe target + bytes.count
    }
  }

  @inline(never)
  private func grow(by byteCount: Int) {
    capacity = max(capacity * 2, count + byteCount)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    unsafe larger.copyMemory(from: start, byteCount: count)
    unsafe start.deallocate()
    unsafe start = larger
  }
}
