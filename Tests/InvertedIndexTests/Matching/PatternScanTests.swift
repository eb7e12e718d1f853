import CJKTokenizer
import Testing

@testable import InvertedIndex

@Suite struct PatternScanTests {
  @Test(arguments: 0..<200)
  func `the end of several first characters is the furthest of their ends`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let sorts = ["甲", "乙", "丙", "，", "。\n", " ", "word ", "㈠", "½", "㍻", "か\u{3099}", "ｶﾞ", "한", "\n一、", "𠮷", "\u{301}"]
    let text = (0..<40).map { _ in generator.pick(sorts) }.joined()
    var buffer = TokenBuffer()
    Tokenizer().tokenize(text, into: &buffer)
    let scan = PatternScan(buffer, knowsGaps: false)
    for start in buffer.tokens.indices {
      for end in start...buffer.tokens.count {
        let plain = (start..<end).map { scan.endOfFirstCharacter(at: $0) }.max() ?? 0
        #expect(scan.endOfFirstCharacters(at: start..<end) == plain, "seed \(seed), \(start)..<\(end)")
      }
    }
  }
}
