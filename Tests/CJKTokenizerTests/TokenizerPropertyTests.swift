import CJKTokenizer
import Testing

/// What holds for the tokens of any text whatever.
@Suite struct TokenizerPropertyTests {
  private static let groups: [UInt64] = Array(0..<6)

  private func forEachText(in group: UInt64, _ body: (inout RandomText, UInt64) -> Void) {
    for seed in group * 1_000_000..<group * 1_000_000 + 400 {
      var random = RandomText(seed: seed)
      body(&random, seed)
    }
  }

  @Test(arguments: groups)
  func `ranges lie on scalar boundaries and are not empty`(group: UInt64) {
    forEachText(in: group) { random, seed in
      let bytes = seed % 5 == 0 ? random.damagedBytes() : Array(random.text().utf8)
      let boundaries = Set(TwinDecoder.decode(bytes).map(\.start) + [bytes.count])
      for token in Analysis(bytes).buffer.tokens {
        #expect(token.start < token.end, "seed \(seed)")
        #expect(boundaries.contains(Int(token.start)) && boundaries.contains(Int(token.end)), "seed \(seed)")
      }
    }
  }

  @Test(arguments: groups)
  func `positions never decrease and one position holds one text`(group: UInt64) {
    forEachText(in: group) { random, seed in
      let buffer = Analysis(random.damagedBytes()).buffer
      var previous: UInt32 = 0
      var taken: Set<UInt32> = []
      for token in buffer.tokens {
        #expect(token.position >= previous && token.position < buffer.positionCount, "seed \(seed)")
        previous = token.position
        guard token.kind != .sentenceEnd && token.kind != .paragraphEnd else { continue }
        #expect(taken.insert(token.position).inserted, "seed \(seed): two terms at \(token.position)")
      }
      for token in buffer.tokens where token.kind == .sentenceEnd {
        #expect(!taken.contains(token.position), "seed \(seed): a sentence ends at a term")
      }
    }
  }

  @Test(arguments: groups)
  func `bigrams of a run overlap by one character and its last one stands alone`(group: UInt64) {
    forEachText(in: group) { random, seed in
      let buffer = Analysis(random.text()).buffer
      let run = buffer.tokens.filter { [.bigram, .runEnd, .single].contains($0.kind) }
      for (index, token) in run.enumerated() {
        let key = CharacterKey(rawValue: token.key)
        if token.kind == .bigram {
          guard index + 1 < run.count else {
            Issue.record("seed \(seed): a run without an end")
            return
          }
          #expect(run[index + 1].kind != .single && run[index + 1].position == token.position + 1, "seed \(seed)")
          #expect(CharacterKey(rawValue: run[index + 1].key).first == key.second, "seed \(seed)")
        } else {
          #expect(key.second == nil, "seed \(seed)")
          let follows = index > 0 && run[index - 1].kind == .bigram
          #expect(follows == (token.kind == .runEnd), "seed \(seed)")
        }
      }
      #expect(Int(buffer.length) == buffer.tokens.count { $0.countsInLength }, "seed \(seed)")
    }
  }

  @Test(arguments: groups)
  func `white space beside Han changes nothing but where paragraphs end`(group: UInt64) {
    let spaces: [Unicode.Scalar] = [" ", "\n", "\t", "\u{3000}", "\u{A0}", "\u{C}", "\u{2029}"]
    forEachText(in: group) { random, seed in
      let text = random.scalars()
      var spaced: [Unicode.Scalar] = []
      var tail = text[...]
      while let scalar = tail.popFirst() {
        let isJoining = Tokenizer.whiteSpaceRole(of: scalar.value) == .joining
        let extends = Analysis(String(scalar)).buffer.tokens.isEmpty  // may belong to the character before
        if isJoining, !extends, random.number(below: 3) == 0 {
          spaced.append(spaces[random.number(below: spaces.count)])
        }
        spaced.append(scalar)
        if isJoining, tail.isEmpty { spaced.append(" ") }
      }
      let plain = Analysis(String(String.UnicodeScalarView(text)))
      let padded = Analysis(String(String.UnicodeScalarView(spaced)))
      let unmarked = { (analysis: Analysis) in analysis.termsAndPositions.filter { !$0.hasPrefix("paragraphEnd") } }
      #expect(unmarked(plain) == unmarked(padded), "seed \(seed)")
    }
  }

  @Test(arguments: groups)
  func `a gap divides a text into parts that can be tokenized one by one`(group: UInt64) {
    forEachText(in: group) { random, seed in
      let first = Array((random.text() + "甲").utf8)
      let second = Array(("乙" + random.text()).utf8)
      let gap = Array("，".utf8)
      let whole = Analysis(first + gap + second).buffer
      var parts = TokenBuffer()
      Tokenizer().tokenize(first.span, into: &parts)
      let firstCount = parts.tokens.count
      parts.skipPositions(1)
      Tokenizer().tokenize(second.span, into: &parts)
      #expect(whole.tokens.count == parts.tokens.count, "seed \(seed)")
      #expect(whole.positionCount == parts.positionCount && whole.length == parts.length, "seed \(seed)")
      for (index, (one, other)) in zip(whole.tokens, parts.tokens).enumerated() {
        let shift = index < firstCount ? 0 : UInt32(first.count + gap.count)
        #expect(one.kind == other.kind && one.position == other.position, "seed \(seed)")
        #expect(whole.term(of: one) == parts.term(of: other), "seed \(seed)")
        #expect(one.start == other.start + shift && one.end == other.end + shift, "seed \(seed)")
      }
    }
  }

  @Test(arguments: groups)
  func `folding a folded term changes nothing`(group: UInt64) {
    forEachText(in: group) { random, seed in
      let buffer = Analysis(random.text()).buffer
      for token in buffer.tokens where token.kind != .sentenceEnd && token.kind != .paragraphEnd {
        let term = buffer.term(of: token)
        // Jamo that a mark divided in the text compose once the mark is gone.
        if term.unicodeScalars.contains(where: { (0x1100...0x11FF).contains($0.value) }) { continue }
        let again = Analysis(term)
        let expected =
          token.kind == .bigram ? [Token.Kind.bigram, .runEnd] : token.kind == .word ? [.word] : [.single]
        let scalars = term.unicodeScalars.map { String($0.value, radix: 16) }
        #expect(again.buffer.tokens.map(\.kind) == expected, "seed \(seed): \(token.kind) \(scalars)")
        if let first = again.buffer.tokens.first { #expect(again.buffer.term(of: first) == term, "seed \(seed)") }
      }
    }
  }

  @Test func `a buffer can be used again`() {
    var buffer = TokenBuffer()
    for seed in UInt64(0)..<300 {
      var random = RandomText(seed: seed)
      let bytes = random.damagedBytes()
      buffer.removeAll()
      Tokenizer().tokenize(bytes.span, into: &buffer)
      let fresh = Analysis(bytes).buffer
      #expect(buffer.tokens == fresh.tokens, "seed \(seed)")
      #expect(buffer.positionCount == fresh.positionCount && buffer.malformedCount == fresh.malformedCount)
      for token in fresh.tokens { #expect(buffer.term(of: token) == fresh.term(of: token), "seed \(seed)") }
    }
  }

  @Test func `long words are cut on neighbouring positions and keep all letters`() {
    for letter in ["a", "é", "ж", "1", "𝟙", "ß", "e\u{323}\u{301}"] {
      let analysis = Analysis(String(repeating: letter, count: 700))
      let words = analysis.buffer.tokens
      #expect(words.map(\.position) == (0..<UInt32(words.count)).map { $0 })
      #expect(words.allSatisfy { analysis.buffer.wordBytes(of: $0).count <= Tokenizer.longestWord })
      let all = words.map { analysis.buffer.term(of: $0) }.joined()
      #expect(all == String(repeating: Analysis(letter).buffer.term(of: Analysis(letter).buffer.tokens[0]), count: 700))
    }
  }

  @Test(arguments: ["\u{301}", "\u{3099}", "\u{200D}", "e\u{301}", "か\u{3099}", "\u{1100}\u{1161}", "\u{FE0F}"])
  func `a text of many marks stays linear and total`(unit: String) {
    let analysis = Analysis(String(repeating: unit, count: 20_000))
    #expect(analysis.buffer.malformedCount == 0)
  }
}
