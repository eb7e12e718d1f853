import Testing

@testable import InvertedIndex

/// Numbers in Rice codes, their low bits apart from their unary parts.
@Suite struct RiceCodingTests {
  private struct Coded {
    let bytes: [UInt8]
    let shift: Int
    let unaryBit: Int
  }

  /// The numbers coded from the second bit of the first byte on.
  private func code(_ numbers: [UInt32], shift: Int) -> Coded {
    let unary = numbers.reduce(0) { $0 + Int($1 >> UInt32(shift)) + 1 }
    var bytes = [UInt8](repeating: 0xAA, count: (1 + numbers.count * shift + unary) / 8 + 16)
    let count = bytes.withUnsafeMutableBytes { bytes in
      numbers.withUnsafeBufferPointer { numbers in
        guard let start = bytes.baseAddress else { return 0 }
        var writer = BitWriter(start)
        writer.append(1, count: 1)
        writer.append(lowBitsOf: numbers, shift: shift)
        writer.append(highBitsOf: numbers, shift: shift)
        return writer.end() - start
      }
    }
    #expect(count == (1 + numbers.count * shift + unary + 7) / 8)
    return Coded(bytes: Array(bytes[..<count]), shift: shift, unaryBit: 1 + numbers.count * shift)
  }

  private func numbers(_ generator: inout SeededGenerator, below bits: Int) -> [UInt32] {
    (0..<1 + generator.number(below: 200)).map { _ in
      UInt32(generator.number(below: 1 << generator.number(below: bits + 1)))
    }
  }

  @Test(arguments: 0..<60)
  func `numbers come back, read on from any of them`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let shift = generator.number(below: 12)
    let numbers = numbers(&generator, below: shift + 5)
    let coded = code(numbers, shift: shift)
    coded.bytes.withUnsafeBytes { bytes in
      for first in 0..<numbers.count {
        var reader = BitReader(bytes)
        reader.seekUnary(toBit: coded.unaryBit)
        var previous = coded.unaryBit - 1
        if first > 0 { previous = reader.skipOnes(first) ?? -1 }
        var found: [UInt32] = []
        for index in first..<numbers.count {
          guard let place = reader.nextOne() else { break }
          let low = reader.bits(at: 1 + index * shift, count: shift)
          found.append(UInt32(place - previous - 1) << UInt32(shift) | low)
          previous = place
        }
        #expect(found == Array(numbers[first...]), "seed \(seed), from \(first)")
      }
    }
  }

  @Test(arguments: 0..<60)
  func `gaps are read as the numbers that they lead to`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let shift = generator.number(below: 12)
    let gaps = numbers(&generator, below: shift + 5)
    let coded = code(gaps, shift: shift)
    let start = UInt64(generator.number(below: 1 << 20))
    var expected: [UInt32] = []
    for gap in gaps { expected.append(UInt32(expected.last.map { UInt64($0) + 1 } ?? start) + gap) }
    coded.bytes.withUnsafeBytes { bytes in
      var found = [UInt32](repeating: 0, count: gaps.count + OneBits.overrun)
      let end = found.withUnsafeMutableBufferPointer { found -> UInt64? in
        var reader = BitReader(bytes)
        reader.seekUnary(toBit: coded.unaryBit)
        guard let base = found.baseAddress else { return nil }
        return reader.readRising(
          gaps.count, lowBit: 1, shift: shift, behind: coded.unaryBit - 1, from: start, into: base)?.next
      }
      #expect(
        Array(found[..<gaps.count]) == expected && end == UInt64(expected[expected.count - 1]) + 1, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<100)
  func `a reader never passes the end, whatever the bytes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<generator.number(below: 20)).map { _ in
      generator.number(below: 3) == 0 ? UInt8.random(in: 0...255, using: &generator) : 0
    }
    let ones = bytes.reduce(0) { $0 + $1.nonzeroBitCount }
    bytes.withUnsafeBytes { bytes in
      var reader = BitReader(bytes)
      reader.seekUnary(toBit: 0)
      for _ in 0..<ones { #expect(reader.nextOne().map { $0 < bytes.count * 8 } ?? false, "seed \(seed)") }
      #expect(reader.nextOne() == nil && reader.skipOnes(1) == nil)
      reader.seekUnary(toBit: generator.number(below: 400))
      #expect(reader.skipOnes(ones + 1) == nil)
      #expect(reader.bits(at: bytes.count * 8, count: 32) == 0)
      #expect(reader.bits(at: 1 << 40, count: 9) == 0)
    }
  }

  @Test func `numbers that reach beyond 32 bits are refused`() {
    let coded = code([1, 2, 3], shift: 0)
    coded.bytes.withUnsafeBytes { bytes in
      for (start, isInRange) in [(UInt64(UInt32.max) - 8, true), (UInt64(UInt32.max) - 7, false)] {
        var found = [UInt32](repeating: 0, count: 3 + OneBits.overrun)
        found.withUnsafeMutableBufferPointer { found in
          var reader = BitReader(bytes)
          reader.seekUnary(toBit: coded.unaryBit)
          guard let base = found.baseAddress else { return }
          let end = reader.readRising(3, lowBit: 1, shift: 0, behind: coded.unaryBit - 1, from: start, into: base)
          #expect((end != nil) == isInRange)
        }
      }
    }
  }

  @Test(arguments: 0..<40)
  func `the shift chosen costs hardly more than the best`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let mean = Double(1 << generator.number(below: 16))
    let numbers = (0..<128).map { _ in
      UInt32(-mean * Mathematics.log(Double.random(in: 0.000_001..<1, using: &generator)))
    }
    func cost(_ shift: Int) -> Int { numbers.reduce(0) { $0 + Int($1 >> UInt32(shift)) + 1 + shift } }
    let sum = numbers.reduce(0) { $0 + UInt64($1) }
    let (shift, unary) = numbers.withUnsafeBufferPointer { RiceCoding.bestShift(of: $0, sum: sum) }
    #expect(unary + 128 * shift == cost(shift))
    let best = (0...31).map(cost).min() ?? 0
    #expect(Double(cost(shift)) <= Double(best) * 1.04, "seed \(seed): \(cost(shift)), at best \(best)")
  }
}

private enum Mathematics {
  /// The natural logarithm of a number between 0 and 1, by its series; precise enough to draw numbers with.
  static func log(_ value: Double) -> Double {
    var rest = value
    var result = 0.0
    while rest < 0.5 {
      rest *= 2
      result -= 0.693_147_180_559_945_3
    }
    let ratio = (rest - 1) / (rest + 1)
    var power = ratio
    for odd in stride(from: 1.0, through: 19, by: 2) {
      result += 2 * power / odd
      power *= ratio * ratio
    }
    return result
  }
}
