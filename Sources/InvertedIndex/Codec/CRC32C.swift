/// The checksum of every file and section: CRC-32C (Castagnoli, RFC 3720 B.4), sixteen bytes a step.
///
///     var checksum = CRC32C()
///     checksum.update(bytes)
///     checksum.value  // 0xE3069283 for "123456789"
struct CRC32C {
  /// Sixteen tables of 256: table *k* moves a byte over *k* further zero bytes.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 16 * 256)
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
      // SAFETY: table indices are a byte plus a multiple of 256 below 4,096; offsets stay below `bytes.count`.
      while offset + 16 <= bytes.count {
        let low = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian ^ UInt64(state)
        let high = unsafe bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self).littleEndian
        state = unsafe Self.advance(tables, 2048, low) ^ Self.advance(tables, 0, high)
        offset += 16
      }
      while offset < bytes.count {
        state = unsafe state >> 8 ^ tables[Int((state ^ UInt32(bytes[offset])) & 0xFF)]
        offset += 1
      }
    }
    self.state = state
  }

  /// What eight bytes add, whose tables begin at `base`.
  @inline(__always)
  private static func advance(_ tables: UnsafeBufferPointer<UInt32>, _ base: Int, _ word: UInt64) -> UInt32 {
    var sum = unsafe tables[base + 1792 + Int(word & 0xFF)] ^ tables[base + 1536 + Int(word >> 8 & 0xFF)]
    sum ^= unsafe tables[base + 1280 + Int(word >> 16 & 0xFF)] ^ tables[base + 1024 + Int(word >> 24 & 0xFF)]
    sum ^= unsafe tables[base + 768 + Int(word >> 32 & 0xFF)] ^ tables[base + 512 + Int(word >> 40 & 0xFF)]
    sum ^= unsafe tables[base + 256 + Int(word >> 48 & 0xFF)] ^ tables[base + Int(word >> 56)]
    return sum
  }

  /// The checksum of one piece.
  static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    var checksum = CRC32C()
    unsafe checksum.update(bytes)
    return checksum.value
  }
}
