import CJKTokenizer
import Testing

@testable import InvertedIndex

/// What is tokenized of a text for a passage, beside all tokens from the place before it on.
@Suite struct StoredTextTests {
  @Test(arguments: 0..<20)
  func `a passage has the tokens of the text at its positions, and reaches behind them`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sorts = ["甲", "乙", "，", "。\n", " ", "    ", "word ", "2021", "㈠", "か\u{3099}", "𠮷", "\n一、", "😀"]
    let rarity = 1 + generator.number(below: 40)  // of anything but ideographs
    var body = ""
    for _ in 0..<4000 {
      body += generator.pick(generator.number(below: rarity) == 0 ? sorts : ["尾", "矿", "库", "條"])
    }
    let folder = try TestFolder()
    try folder.build([Document(key: "a", title: "题", text: body)])
    let segment = try folder.snapshot().segments[0]
    let text = try segment.documents.documentAndText(0).text
    #expect(text.places.places.count > 1, "seed \(seed)")
    let cache = TextBlockCache()
    for _ in 0..<30 {
      let start = text.textStart + UInt32(generator.number(below: 2200))
      let passage = start..<start + 110
      var plain = TokenBuffer()
      let whole = try text.tokenize(around: passage.lowerBound..<UInt32.max, into: &plain, using: cache)
      var buffer = TokenBuffer()
      let piece = try text.tokenize(passage: passage, into: &buffer, using: cache)
      #expect(whole.starts(with: piece), "seed \(seed), \(passage)")
      let wanted = plain.tokens.filter { passage.contains($0.position) }
      let found = buffer.tokens.filter { passage.contains($0.position) }
      #expect(found.map(\.position) == wanted.map(\.position), "seed \(seed), \(passage)")
      #expect(found.map(\.start) == wanted.map(\.start), "seed \(seed), \(passage)")
      let terms = (found.map { buffer.term(of: $0) }, wanted.map { plain.term(of: $0) })
      #expect(terms.0 == terms.1, "seed \(seed), \(passage)")
      // One behind them, unless the text ends before, or may be tokenized anew there.
      let end = text.range.count - whole.count + piece.count
      let isBorder = end == text.range.count || text.places.places.contains { $0.offset == end }
      #expect(isBorder || buffer.tokens.contains { $0.position > passage.upperBound }, "seed \(seed), \(passage)")
    }
  }
}
