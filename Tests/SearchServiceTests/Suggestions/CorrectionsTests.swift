import InvertedIndex
import SearchAPI
import SearchService
import Testing

@Suite("Did you mean")
struct CorrectionsTests {
  private let folder = IndexFolder()
  private let index: ServedIndex

  init() throws {
    let numbers = ["云政办发〔2021〕19号", "云政发〔2018〕7号", "云政发〔2022〕19号"]
    var documents = numbers.enumerated().map { place, number in
      Document(
        key: "n\(place)", title: "通知\(place)", text: "正文。", fields: [Field(name: "number", value: .string(number))])
    }
    documents += (0..<120).map { Document(key: "a\($0)", title: "烟花爆竹通告", text: "第\($0)条 烟花爆竹安全管理，未成年人保护。") }
    documents.append(Document(key: "slip", text: "未成年人保户。", fields: [Field(name: "year", value: .integer(2020))]))
    try folder.rebuild(documents)
    index = ServedIndex(try Snapshot.open(directory: folder.path))
  }

  private func answer(
    _ query: String, _ change: (inout SearchParameters) throws -> Void = { _ in }
  ) throws -> SearchAnswer {
    var parameters = SearchParameters(query: query)
    parameters.limit = 1
    try change(&parameters)
    return try SearchService.searchAnswer(parameters, in: index)
  }

  @Test(
    "a homophone, a look-alike and pinyin are noticed",
    arguments: [
      ("烟花暴竹", "烟花爆竹", "同音：暴→爆", .homophone), ("煙花暴竹", "煙花爆竹", "同音：暴→爆", .homophone),
      ("末成年人", "未成年人", "形近：末→未", .shape),
      ("安全菅理 烟花", "安全管理 烟花", "形近：菅→管", .shape),
      ("yanhuabaozhu 安全", "烟花爆竹 安全", "拼音：yanhuabaozhu→烟花爆竹", .pinyin),
    ] as [(String, String, String, CorrectionAnswer.Kind)])
  func offered(typed: String, meant: String, reason: String, kind: CorrectionAnswer.Kind) throws {
    let found = try answer(typed)
    let first = try #require(found.didYouMean?.first)
    #expect(first.query == meant)
    #expect(first.reason == reason)
    #expect(first.kind == kind)
    #expect(first.total.exact && (120...121).contains(first.total.value))
    #expect(first.applied == nil)
    #expect(found.total.value > 0)
    #expect(found.notes == nil)
  }

  @Test(
    "where nothing is found the best is searched for, and the answer says so",
    arguments: [
      ("\"烟花暴竹\"", "\"烟花爆竹\""), ("“烟花暴竹”", "“烟花爆竹”"), ("yanhuabaozhu", "烟花爆竹"), ("yhbz", "烟花爆竹"),
    ])
  func applied(typed: String, meant: String) throws {
    let found = try answer(typed)
    #expect(found.query == typed)
    #expect(found.total.value == 120)
    #expect(found.hits.count == 1)
    #expect(found.didYouMean?.first?.query == meant)
    #expect(found.didYouMean?.first?.applied == true)
    #expect(found.notes?.last == "Nothing was found; these are the hits of: \(meant)")
  }

  @Test("two wrong characters are noticed in a long phrase")
  func twice() throws {
    let found = try answer("烟花暴竹安全菅理")
    #expect(found.didYouMean?.first?.query == "烟花爆竹安全管理")
    #expect(found.didYouMean?.first?.reason == "同音：暴→爆；形近：菅→管")
  }

  @Test("what is in some document, but in far more with another character, is offered and not replaced")
  func rare() throws {
    let found = try answer("\"未成年人保户\"")
    #expect(found.total.value == 1)
    #expect(found.didYouMean?.map(\.query) == ["\"未成年人保护\""])
    #expect(found.didYouMean?.first?.applied == nil)
  }

  @Test(
    "right queries, operators and fields get none",
    arguments: [
      "烟花爆竹", "\"未成年人保护\"", "烟花", "管理 安全", "烟花暴竹 AND 安全", "title:烟花暴竹", "烟", "正文", "abc", "", "通知1",
    ])
  func none(query: String) throws {
    #expect(try answer(query).didYouMean == nil)
  }

  @Test("plain BM25 gets none, and a filter that nothing passes none either")
  func options() throws {
    #expect(try answer("\"烟花暴竹\"") { $0.ranking = .bm25(k1: 1, b: 1) }.didYouMean == nil)
    let filtered = try answer("\"烟花暴竹\"") { $0.filters = [try FieldFilter("year:2020")] }
    #expect(filtered.didYouMean == nil)
    #expect(filtered.total.value == 0)
  }

  @Test("a number that no document has brings those that are near: another year, another office")
  func numbers() throws {
    let found = try answer("云政发〔2021〕19号")
    #expect(found.didYouMean?.map(\.query) == ["云政发〔2022〕19号", "云政办发〔2021〕19号"])
    #expect(found.didYouMean?.map(\.reason) == ["年份：2021→2022", "发文机关：云政发→云政办发"])
    #expect(found.didYouMean?.allSatisfy { $0.kind == .number && $0.total.value == 1 } == true)
    // Nothing else has the words either.
    #expect(found.didYouMean?.map(\.applied) == [true, nil])
    #expect(found.hits.map(\.id) == ["n2"])
    #expect(found.notes?.first == "No document has the number 云政发〔2021〕19号, and none speaks of it.")
    #expect(try answer("云政办发〔2021〕19号").didYouMean == nil)
    #expect(try answer("云政发〔2021〕88号").didYouMean == nil)
  }
}
