import Testing

@testable import InvertedIndex

/// Places of ones from the table against a look at each bit.
@Suite struct OneBitsTests {
  private func read(_ bytes: [UInt8], _ count: Int, from bit: Int) -> [UInt32]? {
    var places = [UInt32](repeating: .max, count: count + OneBits.overrun)
    let isRead = places.withUnsafeMutableBufferPointer { output in
      bytes.withUnsafeBytes { bytes in
        guard let target = output.baseAddress else { return count == 0 }
        return OneBits.shared.writePlaces(of: count, bytes, fromBit: bit, into: target)
      }
    }
    return isRead ? Array(places[..<count]) : nil
  }

  @Test(arguments: 0..<20)
  func `places equal those of a look at each bit, from any bit on`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let density = 1 + generator.number(below: 16)
      let bits = (0..<8 * (1 + generator.number(below: 80))).map { _ in generator.number(below: 16) < density }
      var bytes = [UInt8](repeating: 0, count: bits.count / 8)
      for (place, bit) in bits.enumerated() where bit { bytes[place / 8] |= 1 << UInt8(place % 8) }
      let start = generator.number(below: bits.count)
      let ones = bits.indices.filter { $0 >= start && bits[$0] }.map { UInt32($0 - start) }
      for count in [1, ones.count / 2, ones.count] where count > 0 && count <= ones.count {
        #expect(read(bytes, count, from: start) == Array(ones[..<count]), "seed \(seed)")
      }
      #expect(read(bytes, ones.count + 1, from: start) == nil, "seed \(seed)")
    }
  }

  @Test func `from behind the end there are none`() {
    #expect(read([255], 1, from: 8) == nil)
    #expect(read([], 1, from: 0) == nil)
    #expect(read([255], 0, from: 8) == [])
  }
}
