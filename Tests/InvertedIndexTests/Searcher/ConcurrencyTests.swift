import InvertedIndex
import Testing

/// Readers beside a writer, and many readers of one snapshot.
@Suite struct ConcurrencyTests {
  @Test func `whoever opens an index while it is written sees one commit, whole`() async throws {
    let folder = try TestFolder()
    let path = folder["index"]
    func documents(_ round: Int) -> [Document] {
      (0..<6).map { Document(key: "d\($0)", text: "甲乙第\(round)回") }
    }
    try folder.build(documents(0))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for round in 1...40 {
          let writer = try IndexWriter(directory: path, memoryBudget: 0, mode: round % 5 == 0 ? .rebuild : .update)
          for document in documents(round) { try writer.add(document) }
          _ = try writer.commit()
        }
      }
      for _ in 0..<3 {
        group.addTask {
          var last: UInt64 = 0
          for _ in 0..<120 {
            let snapshot = try Snapshot.open(directory: path)
            #expect(snapshot.generation >= last)
            last = snapshot.generation
            var texts: Set<String> = []
            var keys: [String] = []
            try snapshot.forEachDocument {
              texts.insert($0.text)
              keys.append($0.key)
            }
            #expect(texts.count == 1 && keys.count == 6 && Set(keys).count == 6, "\(texts) \(keys)")
            let results = try Searcher(snapshot).search(SearchRequest(query: "\"甲乙\""))
            #expect(results.total == 6)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try IndexVerifier.verify(directory: path).problems == [])
  }

  @Test func `many tasks get the same answers from one snapshot`() async throws {
    var corpus = RandomCorpus(seed: 4)
    let folder = try TestFolder()
    try folder.build(corpus.documents(60), memoryBudget: 0)
    let searcher = Searcher(try folder.snapshot())
    let queries = (0..<40).map { _ in corpus.query().typed }
    let expected = try queries.map { try searcher.search(SearchRequest(query: $0)).hits }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for (query, hits) in zip(queries, expected) {
            let found = try searcher.search(SearchRequest(query: query)).hits
            #expect(found == hits, "\(query)")
          }
        }
      }
      try await group.waitForAll()
    }
    withExtendedLifetime(folder) {}
  }
}
