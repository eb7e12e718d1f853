import InvertedIndex
import Testing

@Suite struct QueryLimitTests {
  private func searcher(_ folder: TestFolder) throws -> Searcher {
    try folder.build([Document(key: "a", text: "甲乙"), Document(key: "b", text: "and not 甲")])
    return Searcher(try folder.snapshot())
  }

  @Test func `an empty query is an error, one that folds to nothing has no hits`() throws {
    let folder = try TestFolder()
    let searcher = try searcher(folder)
    #expect(throws: QueryError.empty) { try searcher.search(SearchRequest(query: "")) }
    for query in [" ", "，。", "\"\"", "\"，\"", "-", "\u{200B}", "😀", "， AND 。", "\"。\" OR \"\"", "， -甲"] {
      let results = try searcher.search(SearchRequest(query: query))
      #expect(results.total == 0 && results.hits == [] && results.totalIsExact, "\(query)")
      #expect(results.query == query)
    }
  }

  @Test func `a query has at most a thousand characters`() throws {
    let folder = try TestFolder()
    let searcher = try searcher(folder)
    let longest = String(repeating: "甲乙", count: 500)
    #expect(try searcher.search(SearchRequest(query: longest)).total == 1)
    #expect(try searcher.search(SearchRequest(query: String(repeating: "\"甲\" ", count: 250))).total == 2)
    #expect(throws: QueryError.tooLong(length: 1001, limit: 1000)) {
      try searcher.search(SearchRequest(query: longest + "丙"))
    }
    // Scalars are counted, not what looks like one character.
    #expect(throws: QueryError.tooLong(length: 1002, limit: 1000)) {
      try searcher.search(SearchRequest(query: String(repeating: "e\u{301}", count: 501)))
    }
  }

  @Test func `punctuation on one side of an operator asks for nothing and forbids nothing`() throws {
    let folder = try TestFolder()
    let searcher = try searcher(folder)
    for query in ["甲 AND ，", "\"，\" AND \"甲\"", "。 OR 甲", "甲 -，", "甲 NOT \"。\""] {
      #expect(try searcher.search(SearchRequest(query: query)).total == 2, "\(query)")
    }
  }

  @Test func `an operator that is text is searched for, and noted`() throws {
    let folder = try TestFolder()
    let searcher = try searcher(folder)
    let results = try searcher.search(SearchRequest(query: "NOT 甲"))
    #expect(results.hits.map(\.key) == ["b", "a"])
    #expect(results.notes.count == 1 && results.notes[0].contains("NOT"))
    #expect(throws: QueryError.self) { try searcher.search(SearchRequest(query: "NOT 甲", strict: true)) }
  }
}
