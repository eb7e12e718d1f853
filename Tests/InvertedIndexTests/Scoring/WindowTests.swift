import InvertedIndex
import Testing

/// More documents than one window of the evaluator holds, found by arithmetic.
@Suite struct WindowTests {
  private static let count = 20_000

  /// What each word's documents are.
  private static let rules: [(word: String, holds: @Sendable (Int) -> Bool)] = [
    ("甲甲", { $0 % 2 == 0 }), ("乙乙", { $0 % 3 == 0 }), ("丙丙", { [0, 8191, 8192, 16383, 16384, 19_999].contains($0) }),
    ("丁丁", { $0 > 16_400 }), ("戊戊", { $0 < 100 }), ("己己", { _ in true }),
  ]

  private func build() throws -> (TestFolder, Searcher) {
    let folder = try TestFolder()
    let documents = (0..<Self.count).map { number in
      Document(key: "\(number)", text: Self.rules.filter { $0.holds(number) }.map(\.word).joined(separator: "，"))
    }
    try folder.build(documents)
    return (folder, Searcher(try folder.snapshot()))
  }

  @Test func `totals and hits are right across windows`() throws {
    let (folder, searcher) = try build()
    let (a, b, c, d, e) = (Self.rules[0], Self.rules[1], Self.rules[2], Self.rules[3], Self.rules[4])
    let cases: [(query: String, holds: (Int) -> Bool)] = [
      ("甲甲", a.holds), ("丙丙", c.holds),
      ("甲甲 AND 乙乙", { a.holds($0) && b.holds($0) }),
      ("甲甲 OR 丙丙", { a.holds($0) || c.holds($0) }),
      ("丙丙 AND 甲甲", { a.holds($0) && c.holds($0) }),
      ("戊戊 AND 丁丁", { _ in false }),
      ("丁丁 AND 丙丙 AND 己己", { d.holds($0) && c.holds($0) }),
      ("己己 -甲甲 -丙丙", { !a.holds($0) && !c.holds($0) }),
      ("丙丙 -丁丁 OR 戊戊 NOT 乙乙", { (c.holds($0) && !d.holds($0)) || (e.holds($0) && !b.holds($0)) }),
      ("\"己己\" 甲甲", { _ in true }),
      ("\"甲\" AND \"丁\"", { a.holds($0) && d.holds($0) }),
      ("\"甲、乙\"", { a.holds($0) && b.holds($0) }), ("\"乙、甲\"", { _ in false }),
      ("\"甲甲、乙乙\"", { a.holds($0) && b.holds($0) }),
    ]
    for (query, holds) in cases {
      let expected = (0..<Self.count).filter(holds)
      let results = try searcher.search(SearchRequest(query: query, limit: Self.count, snippets: false))
      #expect(results.total == expected.count, "\(query)")
      #expect(Set(results.hits.map(\.key)) == Set(expected.map { "\($0)" }), "\(query)")
      let page = try searcher.search(SearchRequest(query: query, offset: 7, limit: 25, snippets: false))
      #expect(page.hits == Array(results.hits.dropFirst(7).prefix(25)), "\(query)")
      for (one, next) in zip(results.hits, results.hits.dropFirst()) where one.score == next.score {
        #expect(Int(one.key) ?? 0 < Int(next.key) ?? 0, "\(query)")
      }
    }
    withExtendedLifetime(folder) {}
  }

  @Test func `a document's score does not depend on what else its window holds`() throws {
    let (folder, searcher) = try build()
    func scores(_ query: String) throws -> [String: Double] {
      let request = SearchRequest(
        query: query, limit: Self.count, snippets: false, ranking: .bm25(k1: 1.2, b: 0.75))
      let hits = try searcher.search(request).hits
      return Dictionary(uniqueKeysWithValues: hits.map { ($0.key, $0.score) })
    }
    let parts = [try scores("甲甲"), try scores("丙丙"), try scores("乙乙")]
    for (query, required) in [("甲甲 AND 丙丙 AND 乙乙", 3), ("甲甲 OR 丙丙 OR 乙乙", 1), ("\"丙丙\" 甲甲 乙乙", 0)] {
      for (key, score) in try scores(query) {
        let expected = parts.reduce(0) { $0 + ($1[key] ?? 0) }
        #expect(required < 3 || parts.allSatisfy { $0[key] != nil })
        #expect(abs(score - expected) < 1e-9 || required == 0 && score < expected + 1e-9, "\(query) \(key)")
      }
    }
    withExtendedLifetime(folder) {}
  }
}
