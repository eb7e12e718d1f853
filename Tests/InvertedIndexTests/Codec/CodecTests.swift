import Foundation
import Testing

@testable import InvertedIndex

@Suite struct CodecTests {
  @Test(
    arguments: [
      (0, 1), (1, 1), (127, 1), (128, 2), (16383, 2), (16384, 3), (UInt64(UInt32.max), 5), (1 << 63 - 1, 9),
      (1 << 63, 10), (UInt64.max, 10),
    ] as [(UInt64, Int)])
  func `a varint has seven bits a byte and comes back`(value: UInt64, byteCount: Int) {
    var writer = ByteWriter()
    writer.append(varint: value)
    #expect(writer.count == byteCount)
    writer.bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      #expect(reader.readVarint() == value)
      #expect(reader.remaining == 0)
    }
  }

  @Test(
    arguments: [
      [], [0x80], [0xFF, 0xFF], [UInt8](repeating: 0x80, count: 9), [UInt8](repeating: 0xFF, count: 9) + [2],
      [UInt8](repeating: 0xFF, count: 9) + [0x81, 0], [UInt8](repeating: 0x80, count: 20),
    ] as [[UInt8]])
  func `a varint that is cut off or too long is none`(bytes: [UInt8]) {
    bytes.withUnsafeBytes { raw in
      var reader = ByteReader(raw)
      #expect(reader.readVarint() == nil)
    }
  }

  @Test func `a varint of 32 bits or a count that does not fit is none`() {
    for (value, fits32, fitsCount) in [
      (UInt64(UInt32.max), true, true), (UInt64(UInt32.max) + 1, false, true), (UInt64(Int.max), false, true),
      (UInt64(Int.max) + 1, false, false),
    ] {
      var writer = ByteWriter()
      writer.append(varint: value)
      writer.bytes.withUnsafeBytes { bytes in
        var reader = ByteReader(bytes)
        #expect((reader.readVarint32() != nil) == fits32)
        reader = ByteReader(bytes)
        #expect((reader.readCount() != nil) == fitsCount)
      }
    }
  }

  @Test(arguments: 0..<20)
  func `numbers and strings come back in order`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var writer = ByteWriter()
    let numbers = (0..<100).map { _ in generator.next() >> UInt64(generator.number(below: 64)) }
    for number in numbers {
      writer.append(varint: number)
      writer.append(fixed: UInt32(truncatingIfNeeded: number))
      writer.append(fixed: number)
      writer.append(string: "字\(number)")
    }
    writer.bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      for number in numbers {
        #expect(reader.readVarint() == number, "seed \(seed)")
        #expect(reader.readFixed(UInt32.self) == UInt32(truncatingIfNeeded: number))
        #expect(reader.readFixed(UInt64.self) == number)
        #expect(reader.readString() == "字\(number)")
      }
      #expect(reader.remaining == 0)
    }
  }

  @Test(arguments: 0..<200)
  func `a reader never passes the end, whatever the bytes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<generator.number(below: 30)).map { _ in
      UInt8.random(in: 0...255, using: &generator) | (seed % 3 == 0 ? 0x80 : 0)
    }
    bytes.withUnsafeBytes { raw in
      var reader = ByteReader(raw)
      for _ in 0..<40 {
        let before = reader.remaining
        switch generator.number(below: 7) {
        case 0: _ = reader.readByte()
        case 1: _ = reader.readVarint()
        case 2: _ = reader.readFixed(UInt64.self)
        case 3: _ = reader.readString()
        case 4: #expect((reader.readBytes(before + 1) == nil) && (reader.readBytes(-1) == nil))
        case 5: _ = reader.readFixed(UInt16.self)
        default: _ = reader.readVarint32()
        }
        #expect(reader.remaining >= 0 && reader.remaining <= before, "seed \(seed)")
      }
    }
  }

  @Test(arguments: 0...32)
  func `blocks of every width come back`(width: Int) {
    var generator = SeededGenerator(seed: UInt64(width))
    for round in 0..<8 {
      let mask: UInt32 = width == 0 ? 0 : .max >> UInt32(32 - width)
      var values = (0..<128).map { _ in UInt32(truncatingIfNeeded: generator.next()) & mask }
      if round == 0 { values = [UInt32](repeating: mask, count: 128) }
      if round == 1 { values = (0..<128).map { $0 % 2 == 0 ? mask : 0 } }
      if round > 1, width > 0 { values[generator.number(below: 128)] = mask }
      var packed = [UInt8](repeating: 0, count: 16 * width + 1)
      let packedCount = packed.withUnsafeMutableBytes { packed in
        values.withUnsafeBufferPointer { values in
          guard let start = packed.baseAddress else { return 0 }
          return BitPacking.pack(values, width: width, into: start) - start
        }
      }
      #expect(packed.removeLast() == 0)
      #expect(packedCount == packed.count)
      var unpacked = [UInt32](repeating: 7, count: 128)
      packed.withUnsafeBytes { source in
        unpacked.withUnsafeMutableBufferPointer { output in
          guard let base = output.baseAddress else { return }
          if let start = source.baseAddress {
            BitPacking.unpack(start, width: width, into: base)
          } else {
            BitPacking.unpack(UnsafeRawPointer(base), width: width, into: base)
          }
        }
      }
      #expect(unpacked == values, "width \(width), round \(round)")
    }
  }

  // MARK: checksum

  private func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { CRC32C.checksum(of: $0) } }

  @Test(
    arguments: [
      (Array("123456789".utf8), 0xE306_9283), ([], 0), ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E),
    ] as [([UInt8], UInt32)])
  func `the checksum is that of RFC 3720`(bytes: [UInt8], expected: UInt32) {
    #expect(checksum(bytes) == expected)
  }

  @Test(arguments: 0..<30)
  func `the checksum does not depend on how the bytes are cut, and equals the one bit by bit`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<generator.number(below: 300)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var parts = CRC32C()
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(1 + generator.number(below: 20)))
      rest = rest.dropFirst(part.count)
      part.withUnsafeBytes { parts.update($0) }
    }
    var remainder = UInt32.max
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0x82F6_3B78 : remainder >> 1 }
    }
    #expect(checksum(bytes) == ~remainder, "seed \(seed)")
    #expect(parts.value == ~remainder, "seed \(seed)")
  }
}
