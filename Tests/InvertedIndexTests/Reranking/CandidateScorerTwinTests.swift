import Testing

@testable import InvertedIndex

/// The second score beside one that is worked out slowly.
@Suite struct CandidateScorerTwinTests {
  private static let alphabet = ["甲", "乙", "丙", "丁", "戊", "己", "，", "。", "的"]

  private func text(_ generator: inout SeededGenerator, _ longest: Int, _ alphabet: [String] = alphabet) -> String {
    (0..<generator.number(below: longest) + 1).map { _ in generator.pick(alphabet) }.joined()
  }

  /// A text in whose parts other characters stand each time, in some of them none that is asked for.
  private func changingText(_ generator: inout SeededGenerator, byteCount: Int) -> String {
    var result = ""
    while result.utf8.count < byteCount {
      let alphabet = (0..<4).map { _ in generator.pick(Self.alphabet + ["天", "地", "玄", "黄"]) }
      let part = generator.number(below: 2) == 0 ? ["天", "地", "，"] : alphabet
      result += text(&generator, 200, part)
    }
    return String(result.unicodeScalars.prefix(byteCount / 3))
  }

  private func query(_ generator: inout SeededGenerator, _ length: Int) -> String {
    (0..<length).map { _ in generator.pick(Self.alphabet.filter { !"，。".contains($0) }) }.joined()
  }

  @Test(arguments: 0..<12)
  func `characters, coverage and passages are those of the text`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let documents = (0..<12).map { index in
      Document(
        key: "d\(index)", title: generator.number(below: 2) == 0 ? "" : text(&generator, 6),
        text: text(&generator, generator.number(below: 3) == 0 ? 600 : 40))
    }
    let queries = (0..<20).map { _ in query(&generator, 4) }
    #expect(try compare(documents, queries, seed) > 50)
  }

  @Test(arguments: 0..<6)
  func `the same in texts longer than a block, of hundreds of stretches, read or not`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let documents = (0..<14).map { index in
      // Up to 8,192 bytes a text is read; longer ones are known by positions. A block has 32 KiB.
      let byteCount = generator.pick([90, 3000, 8190, 8193, 30000, 70000])
      return Document(
        key: "d\(index)", title: generator.number(below: 2) == 0 ? "" : text(&generator, 6),
        text: changingText(&generator, byteCount: byteCount))
    }
    let queries = (0..<8).map { _ in query(&generator, generator.number(below: 5) + 3) }
    #expect(try compare(documents, queries, seed) > 20)
  }

  /// Compares what is reported of each query and document, and returns how many had a second score.
  private func compare(_ documents: [Document], _ queries: [String], _ seed: UInt64) throws -> Int {
    let folder = try TestFolder()
    try folder.build(documents)
    let snapshot = try folder.snapshot()
    let plain = PlainSecondLook(documents)
    var compared = 0
    for query in queries {
      for (index, document) in documents.enumerated() {
        let request = SearchRequest(query: query)
        let report = try IndexInspector(snapshot).query(request, explaining: document.key)
        guard let second = report.second, let first = report.first else { continue }
        compared += 1
        let comment = Comment(rawValue: "seed \(seed), \(query), \(document.key)")
        let expected = plain.parts(of: plain.texts[index], query, report, first: first)
        #expect(abs(second.characters - expected.characters) < 1e-9, comment)
        #expect(abs(second.coverage - expected.coverage) < 1e-9, comment)
        #expect(abs(second.passage - expected.passage) < 1e-9, comment)
        #expect(abs(second.shortPassage - expected.shortPassage) < 1e-9, comment)
        #expect(abs(second.focus - expected.focus) < 1e-9, comment)
        let score =
          (first + second.characters) * second.coverage.squareRoot() + 0.7 * second.passage + 0.3 * second.shortPassage
        #expect(abs((report.score ?? 0) - score * second.focus * second.family) < 1e-9, comment)
      }
    }
    return compared
  }
}
