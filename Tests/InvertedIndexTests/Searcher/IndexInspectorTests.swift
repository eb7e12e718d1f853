import InvertedIndex
import Testing

@Suite struct IndexInspectorTests {
  @Test(arguments: 0..<6)
  func `a term's report agrees with a plain scan`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = corpus.documents(30)
    let index = PlainIndex(documents)
    let folder = try TestFolder()
    try folder.build(documents)
    let inspector = IndexInspector(try folder.snapshot())
    for _ in 0..<30 {
      let text = corpus.phrase()
      let report = try inspector.term(text, limit: 1000)
      guard let phrase = PlainText(text).phrase else {
        #expect(report == nil, "seed \(seed), \(text)")
        continue
      }
      let frequencies = index.frequencies(of: PlainIndex.Pattern(phrase: phrase, scope: .body))
      let expected = zip(documents, frequencies).filter { $0.1 > 0 }
      #expect(report?.documentFrequency == expected.count, "seed \(seed), \(text)")
      #expect(report?.occurrences == frequencies.reduce(0, +), "seed \(seed), \(text)")
      #expect(report?.postings.map(\.key) == expected.map(\.0.key), "seed \(seed), \(text)")
      #expect(report?.postings.map(\.frequency) == expected.map(\.1), "seed \(seed), \(text)")
      for posting in report?.postings ?? [] { #expect(posting.positions.count == posting.frequency, "seed \(seed)") }
    }
  }

  @Test(arguments: 0..<6)
  func `an explanation adds up to the score, and says when a document is no hit`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = corpus.documents(20)
    let folder = try TestFolder()
    try folder.build(documents)
    let snapshot = try folder.snapshot()
    for _ in 0..<15 {
      let request = SearchRequest(query: corpus.query().typed, limit: 100, snippets: false)
      let hits = try Searcher(snapshot).search(request).hits
      for document in documents {
        let report = try IndexInspector(snapshot).query(request, explaining: document.key)
        let hit = hits.first { $0.key == document.key }
        #expect((report.score == nil) == (hit == nil), "seed \(seed), \(request.query), \(document.key)")
        if let score = report.score, let hit {
          #expect(abs(score - hit.score) < 1e-9, "seed \(seed), \(request.query), \(document.key)")
        }
      }
    }
    for _ in 0..<20 {
      let text = corpus.phrase()
      guard let phrase = PlainText(text).phrase else { continue }
      let frequencies = PlainIndex(documents).frequencies(of: PlainIndex.Pattern(phrase: phrase, scope: .body))
      let report = try IndexInspector(snapshot).query(SearchRequest(query: "\"\(text)\""))
      guard report.patterns.count == 1 else { continue }
      #expect(report.patterns[0].documents == frequencies.count { $0 > 0 }, "seed \(seed), \(text)")
      #expect(report.patterns[0].occurrences == frequencies.reduce(0, +), "seed \(seed), \(text)")
    }
    #expect(throws: IndexError.self) {
      try IndexInspector(snapshot).query(SearchRequest(query: "甲"), explaining: "no such key")
    }
  }

  @Test(arguments: [
    ("安全 ~10 责任", "[安全] ~10 [责任]", 1), ("同句(安全 责任)", "sentence([安全] [责任])", 1),
    ("title:甲 ~5 乙", "[title: 甲*] ~5 [title: 乙*]", 0), ("30日", "[30 日*] or [三十 十日]", 2), ("PM*", "pm*", 1),
  ])
  func `phrases that are looked for together are one pattern`(query: String, pattern: String, frequency: Int) throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "安全生产责任。安全。PM2，30日，三十日，二十三日")])
    let report = try IndexInspector(folder.snapshot()).query(SearchRequest(query: query), explaining: "a")
    #expect(report.patterns.map(\.pattern) == [pattern])
    #expect(report.patterns.map(\.frequency) == [frequency])
  }
}
