import CJKTokenizer
import Testing

@testable import InvertedIndex

@Suite struct FlatTextTests {
  private static let pieces = [
    "甲", "乙", "丙丁", "，", "。", " ", "\n", "かな", "한국", "글", "a", "2021", "𠮷", "㎡", "㈠", "①", "\t", "e\u{301}", "ｶﾞ",
  ]

  private func text(_ generator: inout SeededGenerator, _ pieces: [String]) -> String {
    (0..<generator.number(below: 60)).map { _ in generator.pick(pieces) }.joined()
  }

  private func buffer(_ title: String, _ text: String, keepsRuns: Bool) -> (buffer: TokenBuffer, textStart: UInt32) {
    var buffer = TokenBuffer(keepsRuns: keepsRuns)
    let textStart = DocumentStreams.tokenizeBody(
      title: title, text: text.utf8Span.span, tabsSeparateCells: true, into: &buffer)
    return (buffer, textStart)
  }

  /// A bigram or a character, and where it stands.
  private struct Place: Hashable {
    let key: UInt64
    let position: UInt32
  }

  private func places(_ buffer: TokenBuffer) -> (bigrams: Set<Place>, characters: Set<Place>) {
    let tokens = buffer.tokens.filter(\.kind.isOfRun)
    return (
      Set(tokens.filter { $0.kind == .bigram }.map { Place(key: $0.key, position: $0.position) }),
      Set(tokens.map { Place(key: $0.key >> 21, position: $0.position) })
    )
  }

  private func places(_ text: FlatText) -> (bigrams: Set<Place>, characters: Set<Place>) {
    var found: (bigrams: Set<Place>, characters: Set<Place>) = ([], [])
    for (place, character) in text.characters.enumerated() where character != 0 {
      found.characters.insert(Place(key: UInt64(character), position: UInt32(place)))
      guard place + 1 < text.characters.count, text.characters[place + 1] != 0 else { continue }
      let key = UInt64(character) << 21 | UInt64(text.characters[place + 1])
      found.bigrams.insert(Place(key: key, position: UInt32(place)))
    }
    return found
  }

  @Test(arguments: 0..<300, [true, false])
  func `a flat text has the bigrams and characters of the tokens`(seed: UInt64, keepsRuns: Bool) {
    var generator = SeededGenerator(seed: seed)
    let pieces = (0..<8).map { _ in generator.pick(Self.pieces) }
    let (title, text) = (generator.number(below: 2) == 0 ? "" : "甲乙第一条", text(&generator, pieces))
    let whole = buffer(title, text, keepsRuns: false)
    let given = buffer(title, text, keepsRuns: keepsRuns)
    var flat = FlatText()
    let isFlat = flat.become(given.buffer, textStart: given.textStart)
    if seed % 2 == 0, pieces.allSatisfy({ !["𠮷", "한국", "글", "㎡", "㈠", "①", "ｶﾞ", "e\u{301}"].contains($0) }) {
      #expect(isFlat, "seed \(seed)")
    }
    guard isFlat else { return }
    #expect(flat.textStart == whole.textStart, "seed \(seed)")
    let (expected, found) = (places(whole.buffer), places(flat))
    #expect(found.bigrams == expected.bigrams, "seed \(seed)")
    #expect(found.characters == expected.characters, "seed \(seed)")
  }

  @Test func `characters beyond 16 bits, and neighbours that are no bigram, are not flattened`() {
    for text in ["甲𠮷", "甲한", "한甲"] {
      let given = buffer("", text, keepsRuns: true)
      var flat = FlatText()
      let isFlat = flat.become(given.buffer, textStart: given.textStart)
      #expect(!isFlat, "\(text)")
    }
    let given = buffer("甲乙", "丙丁", keepsRuns: true)
    var flat = FlatText()
    let isFlat = flat.become(given.buffer, textStart: given.textStart)
    #expect(isFlat)
    #expect(flat.characters == [0x7532, 0x4E59, 0, 0, 0x4E19, 0x4E01])
  }

  @Test(arguments: 0..<60)
  func `what does not count inside of hosts is counted as in a scan of the tokens`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TestFolder()
    let hosts = String(repeating: "行政法规，行政，法规，", count: 20) + String(repeating: "邮政，", count: 40)
    try folder.build([Document(key: "a", text: hosts), Document(key: "b", text: "邮政法，中央政法工作")])
    let snapshot = try folder.snapshot()
    var parser = QueryParser("政法 法规", fieldNames: [])
    var plan = QueryPlan(try parser.parse(isStrict: false), isPlain: false, hosts: snapshot.hosts)
    _ = try plan.takeHosts { (key) throws(IndexError) in try snapshot.freeOccurrences(of: key) }
    let terms = CandidateTerms(plan, weights: plan.patterns.map { _ in 1 }, characterWeights: [:])
    #expect(terms.terms.contains { Set($0.pattern.hosts.map { $0.after != nil }) == [true, false] })
    let pieces = ["政法", "邮政法", "行政法规", "行政", "法规", "法", "政", "规", "，", "邮", "行"]
    let (title, text) = (generator.pick(["", "政法", "行政法规"]), text(&generator, pieces))
    let given = buffer(title, text, keepsRuns: true)
    var flat = FlatText()
    let isFlat = flat.become(given.buffer, textStart: given.textStart)
    #expect(isFlat)
    var counts = TermCounts(columnCount: terms.columnCount)
    terms.count(flat, into: &counts)
    let scan = PatternScan(buffer(title, text, keepsRuns: false).buffer)
    for (slot, term) in terms.terms.enumerated() {
      #expect(Int(counts.total(of: slot)) == scan.starts(of: term.pattern).count, "seed \(seed), \(term.pattern.text)")
    }
  }

  @Test(arguments: 0..<8)
  func `a text that is at hand is the one that was kept last, however many were kept`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let cache = FlatTextCache()
    func text(_ document: UInt32, _ segment: Int) -> FlatText {
      var text = FlatText()
      let character = UInt16(document % 60_000) + 1
      let count = Int(document) * 37 % 900 + 1
      text.become([UInt16](repeating: character, count: count)[...], textStart: UInt32(segment % (count + 1)))
      return text
    }
    var copied = 0
    var found = FlatText()
    for _ in 0..<20_000 {
      let (document, segment) = (UInt32(generator.number(below: 30_000)), generator.number(below: 3))
      let expected = text(document, segment)
      let isAtHand = cache.copy(document, inSegment: segment, into: &found)
      if isAtHand {
        copied += 1
        #expect(found.characters == expected.characters && found.textStart == expected.textStart, "seed \(seed)")
      } else {
        cache.keep(expected, of: document, inSegment: segment)
      }
    }
    #expect(copied > 100)
  }
}
