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

  /// Characters of one to four bytes, more of three than of others, and some at the borders of what is allowed.
  private static func text(using random: inout SeededRandom) -> [UInt8] {
    let common = Array("尾矿库安全，。管理".unicodeScalars)
    let rare = Array("aé \u{800}\u{FFF}\u{1000}\u{D000}\u{D7FF}\u{E000}\u{FFFF}𠮷\u{10FFFF}\"\\\n".unicodeScalars)
    let rarity = Int.random(in: 1...30, using: &random)
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      let isRare = Int.random(in: 0..<rarity, using: &random) == 0
      if let scalar = (isRare ? rare : common).randomElement(using: &random) { text.append(scalar) }
    }
    return Array(String(text).utf8)
  }

  private static func endOfPlainText(_ bytes: [UInt8], from start: Int) -> Int {
    let special = bytes[start...].firstIndex { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    return start + endOfValidText(Array(bytes[start..<(special ?? bytes.count)]))
  }

  @Test(
    "it agrees with the standard library wherever text is cut off, and where a string in JSON ends", arguments: 0..<40)
  func cutText(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let whole = Self.text(using: &random)
    for count in 0...whole.count {
      let bytes = Array(whole[..<count])
      #expect(UTF8Check.endOfValidText(in: bytes.span) == Self.endOfValidText(bytes), "seed \(seed), cut at \(count)")
      let start = count == 0 ? 0 : Int.random(in: 0..<count, using: &random)
      #expect(
        UTF8Check.endOfPlainText(in: bytes.span, from: start) == Self.endOfPlainText(bytes, from: start),
        "seed \(seed), cut at \(count), from \(start)")
    }
  }

  @Test(
    "a quote, a backslash or a control character ends a string in the last bytes of a line too",
    arguments: ["é\"", "é\"}", "é\"a", "é\\", "é\n", "éé\"", "éa\"", "尾\"", "𠮷\"", "尾矿库安全é\"", "尾矿库安全\"é"])
  func specialByteInTail(text: String) {
    let bytes = Array(text.utf8)
    for count in 0...bytes.count {
      let part = Array(bytes[..<count])
      #expect(UTF8Check.endOfPlainText(in: part.span, from: 0) == Self.endOfPlainText(part, from: 0), "cut at \(count)")
    }
  }

  @Test("it agrees with the standard library whichever byte is changed", arguments: 0..<40)
  func changedText(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let whole = Self.text(using: &random)
    for place in whole.indices {
      var bytes = whole
      bytes[place] =
        [0x80, 0xBF, 0xC0, 0xE0, 0xE4, 0xED, 0xF0, 0xFF, 0x1F, 0x22, 0x41][Int.random(in: 0..<11, using: &random)]
      #expect(UTF8Check.endOfValidText(in: bytes.span) == Self.endOfValidText(bytes), "seed \(seed), \(bytes)")
      #expect(
        UTF8Check.endOfPlainText(in: bytes.span, from: 0) == Self.endOfPlainText(bytes, from: 0),
        "seed \(seed), \(bytes)")
    }
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
