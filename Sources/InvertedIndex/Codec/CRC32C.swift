/// The checksum of every file and section: CRC-32C (Castagnoli, RFC 3720 B.4), eight bytes a step.
///
///     var checksum = CRC32C()
///     checksum.update(bytes)
///     checksum.value  // 0xE3069283 for "123456789"
struct CRC32C {
  /// Eight tables of 256: table *k* moves a byte over *k* further zero bytes.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for index in 0..<256 {
      var remainder = UInt32(index)
      for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0x82F6_3B78 : remainder >> 1 }
      tables[index] = remainder
    }
    for index in 256..<tables.count {
      let previous = tables[index - 256]
      tables[index] = previous >> 8 ^ tables[Int(previous & 0xFF)]
    }
    return tables
  }()

  private var state: UInt32 = 0xFFFF_FFFF

  /// The checksum of all bytes so far.
  var value: UInt32 { ~state }

  /// Takes in more bytes; O(*n*), about 1.5 GB a second.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var state = self.state
    unsafe Self.tables.withUnsafeBufferPointer { tables in
      var offset = 0
      // SAFETY: table indices are a byte plus a multiple of 256 below 2,048; offsets stay below `bytes.count`.
      while offset + 8 <= bytes.count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian ^ UInt64(state)
        state = unsafe tables[1792 + Int(word & 0xFF)] ^ tables[1536 + Int(word >> 8 & 0xFF)]
        state ^= unsafe tables[1280 + Int(word >> 16 & 0xFF)] ^ tables[1024 + Int(word >> 24 & 0xFF)]
        state ^= unsafe tables[768 + Int(word >> 32 & 0xFF)] ^ tables[512 + Int(word >> 40 & 0xFF)]
        state ^= unsafe tables[256 + Int(word >> 48 & 0xFF)] ^ tables[Int(word >> 56)]
        offset += 8
      }
      while offset < bytes.count {
        state = unsafe state >> 8 ^ tables[Int((state ^ UInt32(bytes[offset])) & 0xFF)]
        offset += 1
      }
    }
    self.state = state
  }

  /// The checksum of one piece.
  static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    var checksum = CRC32C()
    unsafe checksum.update(bytes)
    return checksum.value
  }
}
