import InvertedIndex
import Testing

/// Unquoted numbers find their other spellings, and weigh the same however they are typed.
@Suite struct SpelledNumbersTests {
  private static let documents = [
    Document(key: "arabic", text: "依照第25条规定，2021年4月28日起30日内缴纳5%"),
    Document(key: "chinese", text: "依照第二十五条规定，二〇二一年四月二十八日起三十日内缴纳百分之五"),
    Document(key: "nought", text: "二零二一年四月二十八日"),
    Document(key: "other", text: "第一百二十五条，第250条，一百三十日内，百分之五十，5天，二〇二二年"),
    Document(key: "field", text: "无", fields: [Field(name: "day", value: .string("2021-04-28"))]),
    Document(key: "later", text: "无", fields: [Field(name: "day", value: .string("2021-04-29"))]),
  ]

  private func hits(_ query: String, dateField: String? = nil) throws -> [(key: String, score: Double)] {
    let folder = try TestFolder()
    try folder.build(Self.documents)
    var request = SearchRequest(query: query)
    request.clauses = FieldClauses(names: [], dateField: dateField) { _, _ in nil }
    let results = try Searcher(folder.snapshot()).search(request)
    #expect(results.total == results.hits.count)
    return results.hits.map { ($0.key, $0.score) }
  }

  @Test(arguments: [
    (["第25条", "第二十五条", "第廿五条", "第２５条", "第 25 条"], ["arabic", "chinese"]),
    (["2021年4月28日", "二〇二一年四月二十八日", "二零二一年四月28日"], ["arabic", "chinese", "nought"]),
    (["2021年", "二〇二一年", "二零二一年"], ["arabic", "chinese", "nought"]),
    (["自2021年4月28日起", "自二〇二一年四月二十八日起"], ["arabic", "chinese", "nought"]),
    (["30日", "三十日"], ["arabic", "chinese"]),
    (["5%", "5％"], ["arabic", "chinese", "other"]),
    (["\"第25条\""], ["arabic"]),
    (["\"第二十五条\""], ["chinese"]),
    (["\"三十日\""], ["chinese", "other"]),
  ])
  func `each spelling finds the same, but in a phrase`(queries: [String], expected: [String]) throws {
    for query in queries { #expect(Set(try hits(query).map(\.key)) == Set(expected), "\(query)") }
  }

  @Test(arguments: [
    ("依照第25条规定", "依照第二十五条规定"), ("2021年4月起缴纳", "二〇二一年四月起缴纳"), ("30日 缴纳", "三十日 缴纳"),
    ("(30日 OR 第25条) 缴纳", "(三十日 OR 第二十五条) 缴纳"), ("C25第3条", "C25第三条"),
  ])
  func `hits and scores are the same however a number is spelled`(one: String, other: String) throws {
    let found = try (hits(one), hits(other))
    #expect(found.0.map(\.key) == found.1.map(\.key))
    #expect(found.0.map(\.score) == found.1.map(\.score))
  }

  @Test func `a date in text also finds the documents of its day or month`() throws {
    #expect(Set(try hits("2021年4月28日", dateField: "day").map(\.key)) == ["arabic", "chinese", "nought", "field"])
    #expect(try hits("二〇二一年四月", dateField: "day").map(\.key).contains("later"))
    #expect(try hits("2021-04-29 缴纳", dateField: "day").map(\.key).contains("later"))
    #expect(try hits("2021年", dateField: "day").map(\.key).contains("later") == false)
    #expect(try hits("\"2021年4月29日\"", dateField: "day").isEmpty)
  }

  @Test func `all spellings are highlighted`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "第二十五条和第25条")])
    let results = try Searcher(folder.snapshot()).search(SearchRequest(query: "第25条"))
    #expect(results.hits.first?.snippets.first?.highlights == [0..<5, 6..<10])
  }

  @Test func `plain BM25 takes numbers as they are typed`() throws {
    let folder = try TestFolder()
    try folder.build(Self.documents)
    let request = SearchRequest(query: "2021", ranking: .bm25(k1: 1.2, b: 0.75))
    #expect(try Searcher(folder.snapshot()).search(request).hits.map(\.key) == ["arabic"])
    let article = SearchRequest(query: "第25条", ranking: .bm25(k1: 1.2, b: 0.75))
    #expect(try Set(Searcher(folder.snapshot()).search(article).hits.map(\.key)) == ["arabic", "other"])
  }
}
