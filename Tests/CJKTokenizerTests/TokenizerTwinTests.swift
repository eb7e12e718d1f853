import CJKTokenizer
import Testing

/// The tokenizer against its slow twin, on thousands of seeded texts.
@Suite struct TokenizerTwinTests {
  private func pieces(_ analysis: Analysis) -> [TokenizerTwin.Piece] {
    analysis.buffer.tokens.map { token in
      TokenizerTwin.Piece(
        kind: token.kind, term: analysis.buffer.term(of: token), position: Int(token.position), start: Int(token.start),
        end: Int(token.end))
    }
  }

  private func compare(_ bytes: [UInt8], tabRule: Tokenizer.TabRule, seed: UInt64) -> Bool {
    let analysis = Analysis(bytes, tabRule: tabRule)
    let twin = TokenizerTwin(bytes, tabRule: tabRule)
    let text = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { String($0.value, radix: 16) }
    let found = pieces(analysis)
    #expect(found == twin.pieces, "seed \(seed), text \(text.joined(separator: " "))")
    #expect(analysis.buffer.length == twin.length, "seed \(seed)")
    #expect(analysis.buffer.positionCount == twin.positionCount, "seed \(seed)")
    #expect(analysis.buffer.malformedCount == twin.malformedCount, "seed \(seed)")
    return found == twin.pieces
  }

  @Test(arguments: 0..<8)
  func `random texts have the tokens that the rules say`(group: UInt64) {
    for seed in group * 1000..<group * 1000 + 350 {
      var random = RandomText(seed: seed)
      let bytes = Array(random.text().utf8)
      guard compare(bytes, tabRule: seed % 4 == 0 ? .cellBorder : .whiteSpace, seed: seed) else { return }
    }
  }

  @Test(arguments: 0..<4)
  func `malformed bytes have the tokens that the rules say`(group: UInt64) {
    for seed in group * 1000..<group * 1000 + 250 {
      var random = RandomText(seed: seed ^ 0xBAD0_0000)
      guard compare(random.damagedBytes(), tabRule: .whiteSpace, seed: seed) else { return }
    }
  }
}
