import Testing

@testable import Bulletins

@Suite("The fast check of UTF-8")
struct UTF8CheckTests {
  private static func endOfValidText(_ bytes: [UInt8]) -> Int {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return bytes.count
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  @Test("it agrees with the standard library on every sequence of up to three bytes that begins a character")
  func shortSequences() {
    for first in UInt8.min...UInt8.max {
      for second: UInt8 in [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF] {
        for third: UInt8 in [0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF] {
          for tail in [[], [0x80], [0xBF, 0x41], [0x41, 0x41, 0x41, 0x41]] as [[UInt8]] {
            let bytes = [first, second, third] + tail
            #expect(UTF8Check.endOfValidText(in: bytes.span) == Self.endOfValidText(bytes), "\(bytes)")
          }
        }
      }
    }
  }

  @Test("it accepts every character there is, in any neighbourhood")
  func allScalars() {
    var text = ""
    for value in stride(from: UInt32(1), to: 0x11_0000, by: 7) {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    let bytes = Array(text.utf8)
    #expect(UTF8Check.endOfValidText(in: bytes.span) == bytes.count)
  }

  @Test("it agrees with the standard library on broken text", arguments: 0..<300)
  func brokenText(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var bytes = Array("登记 abc 尾矿库２０２１𠮷é\n".utf8)
    bytes += bytes
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    bytes.removeLast(Int.random(in: 0...6, using: &random))
    #expect(UTF8Check.endOfValidText(in: bytes.span) == Self.endOfValidText(bytes), "seed \(seed)")
    let repaired = UTF8Repair.text(of: bytes.span)
    #expect(repaired.text == String(decoding: bytes, as: UTF8.self), "seed \(seed)")
  }
}

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
