/// At most 128 postings, unpacked.
struct PostingsBlock {
  /// The documents, rising.
  private(set) var documents = [UInt32](repeating: 0, count: BitPacking.blockCount)
  /// The frequency in each of them.
  private(set) var frequencies = [UInt32](repeating: 0, count: BitPacking.blockCount)

  /// Passes the postings in some slots to `body`.
  @inline(__always)
  func withRun(
    _ slots: Range<Int>, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    unsafe documents.withUnsafeBufferPointer { documents in
      unsafe frequencies.withUnsafeBufferPointer { frequencies in
        unsafe body(
          UnsafeBufferPointer(rebasing: documents[slots]), UnsafeBufferPointer(rebasing: frequencies[slots]))
      }
    }
  }

  /// Reads the varint-coded end of a list; false when it is damaged.
  ///
  /// - Parameter first: one past the last document of the block before.
  mutating func readTail(_ reader: inout ByteReader, size: Int, first: UInt64) -> Bool {
    var next = first
    for slot in 0..<size {
      guard let coded = reader.readVarint(), next + coded >> 1 < UInt64(UInt32.max) else { return false }
      next += coded >> 1
      documents[slot] = UInt32(truncatingIfNeeded: next)
      next += 1
      if coded & 1 == 1 {
        frequencies[slot] = 1
      } else {
        guard let rest = reader.readVarint32(), rest < UInt32.max - 2 else { return false }
        frequencies[slot] = rest + 2
      }
    }
    return true
  }

  /// Reads 128 packed postings that must end at document `last`; false when they are damaged.
  mutating func readFull(_ reader: inout ByteReader, first: UInt64, last: UInt32) -> Bool {
    guard let gapWidth = reader.readByte(), let frequencyWidth = reader.readByte(), gapWidth <= 32,
      frequencyWidth <= 32, let packed = unsafe reader.readBytes(16 * (Int(gapWidth) + Int(frequencyWidth)))
    else { return false }
    // SAFETY: `packed` has the bytes of both packed blocks, as was just checked; the arrays have 128 places.
    if let source = packed.baseAddress {
      unsafe documents.withUnsafeMutableBufferPointer { output in
        guard let base = output.baseAddress else { return }
        unsafe BitPacking.unpack(source, width: Int(gapWidth), into: base)
      }
      unsafe frequencies.withUnsafeMutableBufferPointer { output in
        guard let base = output.baseAddress else { return }
        unsafe BitPacking.unpack(source + 16 * Int(gapWidth), width: Int(frequencyWidth), into: base)
      }
    }
    var next = first
    for slot in 0..<BitPacking.blockCount {  // 64-bit sums cannot wrap, so a right last document means rising ones
      next += UInt64(documents[slot])
      documents[slot] = UInt32(truncatingIfNeeded: next)
      next += 1
      frequencies[slot] &+= 1
    }
    return next == UInt64(last) + 1
  }
}
