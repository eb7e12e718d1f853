import Testing

@testable import InvertedIndex

/// Blocks of text: what is encoded comes back, also by the rules of FORMAT.md alone, and damage never traps.
@Suite struct TextBlockTests {
  private let encoder = TextEncoder()

  private func encode(_ text: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    text.withUnsafeBytes { encoder.encode($0, into: &writer) }
    return writer.bytes
  }

  /// The first bytes of a block's text, at least `wanted`; nil for damage.
  private func decode(_ block: [UInt8], textByteCount: Int, upTo wanted: Int? = nil) -> [UInt8]? {
    // Guard bytes stand behind what the decoder may write.
    var output = [UInt8](repeating: 0xA5, count: textByteCount + TextBlock.slack + 64)
    let count = output.withUnsafeMutableBytes { output in
      block.withUnsafeBytes {
        TextBlock.decode(
          $0, textByteCount: textByteCount, upTo: wanted ?? textByteCount,
          into: UnsafeMutableRawBufferPointer(rebasing: output[..<(textByteCount + TextBlock.slack)]))
      }
    }
    #expect(output.suffix(64).allSatisfy { $0 == 0xA5 }, "bytes behind the output")
    return count.map { Array(output.prefix($0)) }
  }

  private func expectRoundTrip(_ text: String, _ comment: Comment) throws {
    let bytes = Array(text.utf8)
    let block = encode(bytes)
    #expect(block.count <= bytes.count, comment)
    #expect(decode(block, textByteCount: bytes.count) == bytes, comment)
    #expect(try DocumentedTextBlock.text(DocumentedBytes(block), textByteCount: bytes.count) == bytes, comment)
  }

  /// Characters of a kind.
  enum Script: CaseIterable, Sendable {
    case han, kana, hangul, ascii, latin, supplementary, everything

    func scalar(_ generator: inout SeededGenerator) -> Unicode.Scalar {
      func pick(_ range: ClosedRange<UInt32>) -> Unicode.Scalar {
        Unicode.Scalar(UInt32.random(in: range, using: &generator)) ?? "一"
      }
      switch self {
      case .han: return generator.number(below: 9) == 0 ? generator.pick(["，", "。", "\n", "1"]) : pick(0x4E00...0x4F20)
      case .kana: return pick(0x3041...0x30FE)
      case .hangul: return generator.number(below: 4) == 0 ? " " : pick(0xAC00...0xAE00)
      case .ascii: return pick(0x09...0x7E)
      case .latin: return pick(0x80...0x7FF)
      case .supplementary: return pick(0x20000...0x203FF)
      case .everything: return pick(0...0x10FFFF)
      }
    }
  }

  /// A text that repeats itself, now near, now far, as texts do; at most a block.
  private func text(_ scripts: [Script], _ generator: inout SeededGenerator) -> String {
    let limit = 1 + generator.number(below: generator.pick([20, 400, TextEncoder.blockByteCount]))
    let novelty = 1 + generator.number(below: 8)
    var scalars: [Unicode.Scalar] = []
    var byteCount = 0
    while true {
      var next: [Unicode.Scalar] = []
      if scalars.count > 3, generator.number(below: 8) >= novelty {
        let start = generator.number(below: scalars.count)
        next = Array(scalars[start..<min(scalars.count, start + 1 + generator.number(below: generator.pick([5, 40])))])
      } else {
        let script = generator.pick(scripts)
        for _ in 0...generator.number(below: 6) { next.append(script.scalar(&generator)) }
      }
      for scalar in next {
        byteCount += UTF8.width(scalar)
        guard byteCount <= limit else { return String(String.UnicodeScalarView(scalars)) }
        scalars.append(scalar)
      }
    }
  }

  @Test(arguments: 0..<30)
  func `a block decoded step by step is what it is at once`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 900)
    let found = text([.han, .han, generator.pick(Script.allCases)], &generator)
    let bytes = Array((found.isEmpty ? "火" : found).utf8)
    let block = encode(bytes)
    let cache = TextBlockCache()
    for flips in [0, 0, 1, 3] {
      var stored = block
      for _ in 0..<flips { stored[generator.number(below: stored.count)] ^= UInt8(1 + generator.number(below: 255)) }
      let whole = decode(stored, textByteCount: bytes.count)
      if flips == 0 { #expect(whole == bytes, "seed \(seed)") }
      var isSound = cache.begin(stored, 7, textByteCount: bytes.count)
      var end = 0
      while isSound && end < bytes.count {
        end = min(bytes.count, end + 1 + generator.number(below: generator.pick([3, 300, 9000])))
        isSound = cache.decode(upTo: end)
        if isSound, let whole { #expect(cache.bytes(0..<end).elementsEqual(whole[..<end]), "seed \(seed)") }
      }
      #expect(isSound == (whole != nil), "seed \(seed)")
      #expect(cache.has(7) == isSound, "seed \(seed)")
    }
  }

  @Test(arguments: Script.allCases, 0..<40)
  func `a text of one script comes back`(script: Script, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try expectRoundTrip(text([script], &generator), "\(script), seed \(seed)")
  }

  @Test(arguments: 0..<150)
  func `a text of several scripts comes back`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let scripts = (0..<3).map { _ in generator.pick(Script.allCases) }
    try expectRoundTrip(text(scripts, &generator), "\(scripts), seed \(seed)")
  }

  @Test(
    arguments: [
      "", "a", "é", "一", "𠀀", "\0", "一一", "aaaaaaaaaaaaaaaaaaaa", "一二三四一二三四一二三四",
      "\u{10FFFF}\u{7F}\u{80}\u{FF}\u{100}\u{7FF}\u{800}\u{FFFF}",
    ])
  func `a short text comes back`(text: String) throws { try expectRoundTrip(text, "\(text.debugDescription)") }

  @Test(arguments: ["a", "é", "火", "𠮷", "水火", "第一条 "])
  func `a block of one repetition comes back, and is small`(unit: String) throws {
    let text = String(repeating: unit, count: TextEncoder.blockByteCount / unit.utf8.count)
    try expectRoundTrip(text, "\(unit)")
    #expect(encode(Array(text.utf8)).count < 40)
  }

  @Test func `a text that does not get smaller is its own block`() throws {
    var generator = SeededGenerator(seed: 1)
    for byteCount in [1, 7, TextEncoder.blockByteCount] {  // the last has more pages than there are codes
      var text = ""
      while text.utf8.count + 4 <= byteCount { text.unicodeScalars.append(Script.everything.scalar(&generator)) }
      #expect(encode(Array(text.utf8)) == Array(text.utf8), "\(byteCount)")
      try expectRoundTrip(text, "\(byteCount)")
    }
  }

  @Test func `an encoder remembers nothing of the block before`() {
    var generator = SeededGenerator(seed: 4)
    for round in 0..<60 {
      let scripts = (0..<2).map { _ in generator.pick(Script.allCases) }
      let bytes = Array(text(scripts, &generator).utf8)
      var fresh = ByteWriter()
      bytes.withUnsafeBytes { TextEncoder().encode($0, into: &fresh) }
      #expect(encode(bytes) == fresh.bytes, "round \(round)")
    }
  }

  @Test(arguments: 0..<40)
  func `the beginning of a block can be decoded alone`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = Array(text([.han, .ascii], &generator).utf8)
    let block = encode(bytes)
    for _ in 0..<20 {
      let wanted = generator.number(below: bytes.count + 1)
      let beginning = decode(block, textByteCount: bytes.count, upTo: wanted)
      #expect((beginning?.count ?? -1) >= wanted, "seed \(seed)")
      #expect(beginning == Array(bytes.prefix(beginning?.count ?? 0)), "seed \(seed)")
    }
  }

  @Test(arguments: 0..<6)
  func `a changed byte becomes an error or a text of the right length`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scripts: [Script] = seed % 2 == 0 ? [.han] : [.han, .ascii, .supplementary]
    var bytes: [UInt8] = []
    while bytes.count < 300 { bytes = Array(text(scripts, &generator).utf8.prefix(2000)) }
    while bytes.last.map({ $0 & 0xC0 != 0xC0 && $0 >= 0x80 }) ?? false { bytes.removeLast() }
    while bytes.last.map({ $0 >= 0xC0 }) ?? false { bytes.removeLast() }
    let block = encode(bytes)
    for offset in block.indices {
      for flip: UInt8 in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
        var damaged = block
        damaged[offset] ^= flip
        for wanted in [bytes.count, bytes.count / 2] {
          let text = decode(damaged, textByteCount: bytes.count, upTo: wanted)
          let isSound = text.map { $0.count >= wanted && $0.count <= bytes.count } ?? true
          #expect(isSound, "seed \(seed), byte \(offset), flip \(flip)")
        }
      }
    }
  }

  @Test(arguments: 0..<200)
  func `a block that is cut off, or of any bytes, never traps`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = Array(text([.han, .kana], &generator).utf8)
    var block = encode(bytes)
    if seed % 2 == 0 { block = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) } }
    for _ in 0..<50 {
      let cut = Array(block.prefix(generator.number(below: block.count + 1)))
      let count = generator.number(below: 3000)
      if let text = decode(cut, textByteCount: count) { #expect(text.count == count, "seed \(seed)") }
    }
  }
}
