import InvertedIndex
import Testing

/// Whole queries against the naive scan and BM25 from its definition.
@Suite struct QueryTwinTests {
  private func check(
    _ query: PlainQuery, _ index: PlainIndex, _ searcher: Searcher, order: [String: Int], seed: UInt64, k1: Double,
    b: Double
  ) throws -> SearchResults {
    let expected = index.answer(query, k1: k1, b: b)
    let results = try searcher.search(
      SearchRequest(query: query.typed, limit: 1000, snippets: false, ranking: .bm25(k1: k1, b: b)))
    let comment = Comment(rawValue: "seed \(seed), query \(query.typed.debugDescription)")
    #expect(results.notes == [], comment)
    #expect(Set(results.hits.map(\.key)) == Set(expected.map(\.key)), comment)
    #expect(results.total == expected.count, comment)
    let scores = Dictionary(uniqueKeysWithValues: expected)
    for hit in results.hits {
      let score = scores[hit.key] ?? -1
      #expect(abs(hit.score - score) <= 1e-9 * max(1, score), "\(comment) \(hit.key): \(hit.score), not \(score)")
    }
    for (one, next) in zip(results.hits, results.hits.dropFirst()) {
      let inOrder = one.score > next.score || (one.score == next.score && order[one.key] ?? 0 < order[next.key] ?? 0)
      #expect(inOrder, comment)
    }
    return results
  }

  @Test(arguments: 0..<30)
  func `random queries have the documents and the scores of a naive scan`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = corpus.documents(40 + corpus.number(below: 40))
    let folder = try TestFolder()
    try folder.build(documents, memoryBudget: [256 << 20, 60_000, 45_000, 256 << 20][Int(seed % 4)])
    let searcher = Searcher(try folder.snapshot())
    let index = PlainIndex(documents)
    let order = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1.key, $0) })
    for round in 0..<60 {
      let query = corpus.query()
      let (k1, b) = [(1.2, 0.75), (0.9, 0.4), (0, 0), (2, 1)][round % 4]
      let all = try check(query, index, searcher, order: order, seed: seed, k1: k1, b: b)
      // The first hits are the same however many are asked for, and pages are slices.
      let (offset, limit) = (corpus.number(below: 12), corpus.number(below: 12))
      let page = try searcher.search(
        SearchRequest(
          query: query.typed, offset: offset, limit: limit, snippets: false, ranking: .bm25(k1: k1, b: b)))
      #expect(page.hits == Array(all.hits.dropFirst(offset).prefix(limit)), "seed \(seed), query \(query.typed)")
      #expect(page.total == all.total, "seed \(seed), query \(query.typed)")
    }
  }

  @Test(arguments: 0..<6)
  func `phrases alone are ranked the same by default as by plain BM25 with its constants`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let folder = try TestFolder()
    try folder.build(corpus.documents(50))
    let searcher = Searcher(try folder.snapshot())
    for _ in 0..<30 {
      let query = "\"\(corpus.phrase())\" OR \"\(corpus.phrase())\""
      let plain = try searcher.search(SearchRequest(query: query, ranking: .bm25(k1: 0.9, b: 0.75)))
      #expect(try searcher.search(SearchRequest(query: query)).hits == plain.hits, "seed \(seed), query \(query)")
    }
  }

  @Test func `a term that the query repeats counts each time, but not where it is excluded`() throws {
    let folder = try TestFolder()
    let documents = [
      Document(key: "a", text: "甲乙，丙"), Document(key: "b", text: "甲乙甲乙，水年"), Document(key: "c", text: "乙水"),
    ]
    try folder.build(documents)
    let searcher = Searcher(try folder.snapshot())
    let score = { (query: String) -> Double in
      let request = SearchRequest(query: query, ranking: .bm25(k1: 1.2, b: 0.75))
      return try searcher.search(request).hits.first { $0.key == "a" }?.score ?? 0
    }
    // A part of a score is rounded to a multiple of 2⁻³⁶, and sums of parts are exact.
    #expect(try abs(score("甲乙，甲乙") - 2 * score("甲乙")) < 0x1p-35)
    #expect(try abs(score("\"甲乙\" AND \"甲乙\" AND \"甲乙\"") - 3 * score("甲乙")) < 0x1p-34)
    #expect(try score("\"甲乙\" OR \"丙\" -\"水\"") == score("甲乙") + score("丙"))
    #expect(try score("\"丙\" OR \"水\" -\"丙\"") == score("丙"))
  }

  @Test func `an index of very short documents is ranked by its true mean length`() throws {
    let folder = try TestFolder()
    let documents = ["甲", "，", "", "。", "甲乙甲"].enumerated().map { Document(key: "\($0)", text: $1) }
    try folder.build(documents)
    let query = PlainQuery(groups: [[[.phrase("甲", .body)]]])
    let order = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1.key, $0) })
    let searcher = Searcher(try folder.snapshot())
    for (k1, b) in [(1.2, 0.75), (1.2, 1)] {
      _ = try check(query, PlainIndex(documents), searcher, order: order, seed: 0, k1: k1, b: b)
    }
  }

  @Test func `a limit of nothing gives no hits and the exact total`() throws {
    let folder = try TestFolder()
    try folder.build((0..<20).map { Document(key: "\($0)", text: "甲乙") })
    let searcher = Searcher(try folder.snapshot())
    let results = try searcher.search(SearchRequest(query: "甲乙", limit: 0))
    #expect(results.hits.isEmpty && results.total == 20 && results.totalIsExact)
    let beyond = try searcher.search(SearchRequest(query: "甲乙", offset: 30))
    #expect(beyond.hits.isEmpty && beyond.total == 20)
    let ties = try searcher.search(SearchRequest(query: "甲乙", offset: 5, limit: 3))
    #expect(ties.hits.map(\.key) == ["5", "6", "7"])
  }
}
