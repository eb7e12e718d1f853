import CJKTokenizer
import Testing

/// Long runs of ideographs, which are taken in many at once, against the slow twin.
@Suite struct IdeographRunTests {
  private func compare(_ bytes: [UInt8], _ note: String) -> Bool {
    let analysis = Analysis(bytes)
    let twin = TokenizerTwin(bytes)
    let found = analysis.buffer.tokens.map { token in
      TokenizerTwin.Piece(
        kind: token.kind, term: analysis.buffer.term(of: token), position: Int(token.position), start: Int(token.start),
        end: Int(token.end))
    }
    #expect(found == twin.pieces, "\(note)")
    #expect(piecesWithRuns(bytes) == twin.pieces, "\(note), kept as runs")
    #expect(analysis.buffer.length == twin.length, "\(note)")
    #expect(analysis.buffer.positionCount == twin.positionCount, "\(note)")
    #expect(analysis.buffer.malformedCount == twin.malformedCount, "\(note)")
    return found == twin.pieces
  }

  /// The tokens of a buffer that keeps runs, and the bigrams of these where they belong.
  private func piecesWithRuns(_ bytes: [UInt8]) -> [TokenizerTwin.Piece] {
    var buffer = TokenBuffer(keepsRuns: true)
    Tokenizer().tokenize(bytes.span, into: &buffer)
    var pieces: [TokenizerTwin.Piece] = []
    var next = 0
    func appendTokens(before end: Int) {
      for token in buffer.tokens[next..<end] {
        pieces.append(
          TokenizerTwin.Piece(
            kind: token.kind, term: buffer.term(of: token), position: Int(token.position), start: Int(token.start),
            end: Int(token.end)))
      }
      next = end
    }
    for run in buffer.runs {
      appendTokens(before: run.tokenCount)
      let characters = buffer.characters[run.characters].map { UInt64($0) }
      for index in 0..<run.count {
        let key = CharacterKey(rawValue: characters[index] << 21 | characters[index + 1])
        let start = Int(run.start) + 3 * index
        pieces.append(
          TokenizerTwin.Piece(
            kind: .bigram, term: key.description, position: Int(run.position) + index, start: start, end: start + 6))
      }
    }
    appendTokens(before: buffer.tokens.count)
    return pieces
  }

  /// So many ideographs, simplified and traditional.
  private func run(_ count: Int, using random: inout RandomText) -> [UInt8] {
    let characters = Array("尾矿库安全监督管理條例應當自公布之日起施行鑒別髮㐀鿿豈".unicodeScalars)
    return (0..<count).flatMap { _ in Array(String(characters[random.number(below: characters.count)]).utf8) }
  }

  @Test func `a run cut off at any byte has the tokens that the rules say`() {
    var random = RandomText(seed: 3)
    let bytes = run(70, using: &random)
    for count in 0...bytes.count {
      guard compare(Array(bytes[..<count]), "cut at \(count)") else { return }
    }
  }

  @Test(arguments: [
    [0x0A], [0x20], Array("。".utf8), Array("か".utf8), Array("か\u{3099}".utf8), Array("\u{3099}".utf8),
    Array("\u{E0100}".utf8), Array("㈠".utf8), Array("𠮷".utf8), Array("は".utf8), Array("가".utf8), Array("퟿".utf8),
    Array("ก".utf8), Array("\n一、".utf8), Array("a１".utf8), [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
    [0xED, 0xBF, 0xBF], [0xE4], [0xE4, 0xB8], [0x80], [0xBF, 0xBF, 0xBF], [0xEF, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
    [0xC0, 0x80], [0xFF],
  ])
  func `anything put into a run at any place has the tokens that the rules say`(inserted: [UInt8]) {
    var random = RandomText(seed: 5)
    for length in [2, 3, 65, 66, 129] {
      let bytes = run(length, using: &random)
      for place in [0, 3, 6, 3 * length - 3, 3 * length, 190, 191, 192, 193, 195, 198] where place <= bytes.count {
        let text = Array(bytes[..<place]) + inserted + Array(bytes[place...])
        guard compare(text, "\(inserted) in \(length) at \(place)") else { return }
      }
    }
  }

  @Test(arguments: 0..<4)
  func `long runs with bytes changed have the tokens that the rules say`(group: UInt64) {
    for seed in group * 1000..<group * 1000 + 60 {
      var random = RandomText(seed: seed ^ 0x5EED)
      var bytes = run(30 + random.number(below: 150), using: &random)
      for _ in 0..<random.number(below: 6) {
        bytes[random.number(below: bytes.count)] = UInt8(random.number(below: 256))
      }
      guard compare(bytes, "seed \(seed)") else { return }
    }
  }

  @Test func `texts appended to one buffer count on, in runs longer than its room`() {
    var random = RandomText(seed: 9)
    let bytes = run(300, using: &random)
    var buffer = TokenBuffer(minimumCapacity: 1)
    Tokenizer().tokenize(bytes.span, into: &buffer)
    let first = buffer.tokens
    Tokenizer().tokenize(bytes.span, into: &buffer)
    #expect(first.count == 300)
    #expect(Array(buffer.tokens.prefix(300)) == first)
    #expect(buffer.tokens.dropFirst(300).map(\.key) == first.map(\.key))
    #expect(buffer.tokens.dropFirst(300).map(\.position) == first.map { $0.position + 300 })
    #expect(buffer.tokens.dropFirst(300).map(\.start) == first.map(\.start))
  }

  @Test(arguments: 0..<20)
  func `bigrams before a position may be left out, and nothing else is`(seed: UInt64) {
    var random = RandomText(seed: seed)
    var bytes: [UInt8] = []
    for _ in 0..<6 {
      bytes += run(1 + random.number(below: 150), using: &random)
      bytes += Array(["，", "。\n一、", " ", "a12", "か\u{3099}", "㈠", "𠮷"][random.number(below: 7)].utf8)
    }
    var plain = TokenBuffer()
    Tokenizer().tokenize(bytes.span, into: &plain)
    for kept in [0, 1, 2] + (0..<20).map({ _ in UInt32(random.number(below: Int(plain.positionCount) + 5)) }) {
      var buffer = TokenBuffer()
      buffer.passOverBigrams(before: kept)
      Tokenizer().tokenize(bytes.span, into: &buffer)
      let left = { (token: Token) in token.kind == .bigram && token.position < kept }
      #expect(buffer.tokens.filter { !left($0) } == plain.tokens.filter { !left($0) }, "seed \(seed), from \(kept)")
      #expect(buffer.tokens.allSatisfy(plain.tokens.contains), "seed \(seed), from \(kept)")
      #expect(buffer.tokens.count <= plain.tokens.count - Int(kept) / 2 || kept < 300, "seed \(seed), from \(kept)")
      #expect(buffer.length == plain.length && buffer.positionCount == plain.positionCount, "seed \(seed)")
    }
  }
}
