import InvertedIndex
import SearchAPI
import SearchService
import Testing

@Suite("Completion")
struct CompletionTests {
  private let folder = IndexFolder()
  private let index: ServedIndex

  init() throws {
    func document(_ key: String, _ title: String, _ text: String, _ number: String, _ date: String) -> Document {
      Document(
        key: key, title: title, text: text,
        fields: [
          Field(name: "number", value: .string(number)), Field(name: "issuer", value: .string("云泽县人民政府办公室")),
          Field(name: "date", value: .string(date)),
        ])
    }
    try folder.rebuild([
      document("1", "云泽县烟花爆竹安全管理办法", "制定应急预案，报应急管理部门。", "云政办发〔2021〕19号", "2021-04-01"),
      document("2", "云泽县尾矿库应急预案", "按照应急预案的规定。", "云政办发〔2020〕19号", "2020-04-01"),
      document("3", "关于五台县来访的通知", "应急管理部门。烟花爆竹。", "云政发〔2021〕3号", "2021-05-01"),
      Document(key: "4", title: "云泽县尾矿库应急预案", text: "应急预案。"),
    ])
    index = ServedIndex(try Snapshot.open(directory: folder.path))
  }

  private func suggestions(_ text: String, limit: Int = 10) throws -> [Suggestion] {
    var parameters = SuggestParameters(query: text)
    parameters.limit = limit
    return try SearchService.suggestAnswer(parameters, in: index).suggestions
  }

  private func suggestion(_ text: String, _ kind: Suggestion.Kind, _ total: Int) -> Suggestion {
    Suggestion(text: text, kind: kind, total: SearchAnswer.Total(value: total, exact: true))
  }

  @Test("a piece of a title gives the title, with how many documents have it", arguments: ["矿库应", "尾礦庫", "尾矿 库"])
  func titles(typed: String) throws {
    #expect(try suggestions(typed).contains(suggestion("云泽县尾矿库应急预案", .title, 2)))
  }

  @Test("the beginning of a number gives numbers, the newest first", arguments: ["云政办发", "云政办发〔20", "云政办发20"])
  func numbers(typed: String) throws {
    let found = try suggestions(typed).filter { $0.kind == .number }
    #expect(
      found == [suggestion("云政办发〔2021〕19号", .number, 1), suggestion("云政办发〔2020〕19号", .number, 1)])
  }

  @Test("an office is found by a part of its name")
  func issuers() throws {
    #expect(try suggestions("政府办公").contains(suggestion("云泽县人民政府办公室", .issuer, 3)))
  }

  @Test("phrases go on as the documents do")
  func phrases() throws {
    let found = try suggestions("应急").filter { $0.kind == .phrase }
    #expect(found == [suggestion("应急预案", .phrase, 3), suggestion("应急管理部门", .phrase, 2)])
    #expect(try suggestions("应").first { $0.kind == .phrase }?.text == "应急预案")
  }

  @Test(
    "pinyin and first letters stand for Han",
    arguments: [
      ("yanhuabaozhu", "烟花爆竹"), ("yhbz", "烟花爆竹"), ("wutaixian", "五台县"), ("YanHua BaoZhu", "烟花爆竹"),
      ("bumen", "部门"),
    ])
  func pinyin(typed: String, text: String) throws {
    #expect(try suggestions(typed).contains { $0.text == text && $0.kind == .phrase })
  }

  @Test("a name that pinyin is read in is suggested, too")
  func pinyinNames() throws {
    #expect(try suggestions("weikuangku").contains(suggestion("云泽县尾矿库应急预案", .title, 2)))
    #expect(try suggestions("yzxrmzf").contains { $0.kind == .issuer })
  }

  @Test("nothing comes of what folds to nothing or is nowhere", arguments: ["。", " ", "鑫鑫", "qqqq", "x"])
  func nothing(typed: String) throws { #expect(try suggestions(typed).isEmpty) }

  @Test("there are no more than the limit, and some of each kind", arguments: [1, 2, 4])
  func limit(limit: Int) throws {
    let found = try suggestions("云", limit: limit)
    #expect(found.count == limit)
    #expect(limit < 4 || Set(found.map(\.kind)).count > 2)
  }
}
