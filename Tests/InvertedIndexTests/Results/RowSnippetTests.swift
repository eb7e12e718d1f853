import InvertedIndex
import Testing

@Suite("Rows of tables in snippets") struct RowSnippetTests {
  private func snippets(_ text: String, _ query: String) throws -> [Snippet] {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: text, tabsSeparateCells: true)])
    return try #require(try Searcher(folder.snapshot()).search(SearchRequest(query: query)).hits.first).snippets
  }

  private func shown(_ snippet: Snippet) -> String {
    var text = ""
    for (index, scalar) in snippet.text.unicodeScalars.enumerated() {
      if snippet.highlights.contains(where: { $0.lowerBound == index }) { text += "[" }
      text.unicodeScalars.append(scalar)
      if snippet.highlights.contains(where: { $0.upperBound == index + 1 }) { text += "]" }
    }
    return text
  }

  private static let plain = "附表\n序号\t姓 名\t职务\n1\t张 三\t局长\n2\t李四\t副局长"

  @Test(
    "a match in a row shows the row, each cell under its head, and marks no more than what matched",
    arguments: [
      (plain, "张三", ["序号：1 | 姓名：[张三] | 职务：局长"]), (plain, "\"三\"", ["序号：1 | 姓名：张[三] | 职务：局长"]),
      (plain, "姓名", ["序号 | [姓名] | 职务"]), (plain, "附表 李四", ["[附表]", "序号：2 | 姓名：[李四] | 职务：副局长"]),
      ("|姓名|职务|\n|:--|--:|\n|张三|局长|", "张三", ["姓名：[张三] | 职务：局长"]),
      ("| 甲 | 乙 |\n|--|--|\n| 张三 |  |\n后", "张三", ["甲：[张三]"]), ("甲\t乙\n张三\t局长", "张三", ["[张三] | 局长"]),
      ("地方\t人口\n东村\t120\n西村\t90", "西村", ["地方：[西村] | 人口：90"]),
      ("姓名\t职务\n张三\t局长\t男", "张三", ["[张三] | 局长 | 男"]), ("姓名\t职务\t备注\n张三\t局长 ", "张三", ["姓名：[张三] | 职务：局长"]),
      ("姓名\t职务\t备注\n 局长\t男", "局长", ["职务：[局长] | 备注：男"]), ("姓名\t职务\t备注\n局长\t男", "局长", ["[局长] | 男"]),
      ("姓名\t职务\n\n\n\n张三\t局长", "张三", ["姓名：[张三] | 职务：局长"]), ("姓名\t职务\n正文\n张三\t局长", "张三", ["[张三] | 局长"]),
      ("姓名\t职务\n张三\t局长\n单位\t电话\n李四\t12", "李四", ["单位：[李四] | 电话：12"]),
      ("|张三|局长", "张三", ["|[张三]|局长"]), ("张三|局长|男", "张三", ["[张三]|局长|男"]),
      (
        "甲\t" + String(repeating: "长", count: 70) + "\t张三", "张三",
        ["甲 | " + String(repeating: "长", count: 60) + "… | [张三]"]
      ),
      ("|a\\|b|张三|\n", "张三", ["a\\|b | [张三]"]),
    ])
  func rows(text: String, query: String, expected: [String]) throws {
    #expect(try Set(snippets(text, query).map(shown)) == Set(expected))
  }

  @Test("a phrase that goes from one row into the next is shown as running text")
  func acrossRows() throws {
    #expect(try snippets("张三\t局长\n李四\t科长", "\"局长李四\"").map(shown) == ["张三 [局长李四] 科长"])
  }

  @Test("the row that has all that was asked for comes first, wherever it stands", arguments: [3, 40, 400], [0, 1, 7])
  func bestRow(count: Int, place: Int) throws {
    let names = ["张三", "王五", "赵六"]
    let posts = ["科长", "处长", "局长"]
    var rows = ["姓名\t单位\t职务"]
    for number in 0..<count {
      // Every name and every post, but never both that are asked for.
      let name = names[number % 3]
      rows.append("\(name)\t甲县政府\t\(name == "张三" ? posts[number % 2] : posts[2 - number % 2 * 2])")
    }
    rows.insert("张三\t乙县政府\t局长", at: 1 + count * place / 8)
    let first = try #require(try snippets(rows.joined(separator: "\n"), "张三 局长").first)
    #expect(shown(first) == "姓名：[张三] | 单位：乙县政府 | 职务：[局长]")
  }

  @Test("heads are found over many rows, and not at all where the table begins too far above")
  func farHeads() throws {
    let row = "乙村\t" + String(repeating: "路", count: 100) + "\t12"
    let table = { (count: Int) in
      (["村\t项目名称\t面积（亩）"] + Array(repeating: row, count: count) + ["尾村\t渠\t5"]).joined(separator: "\n")
    }
    #expect(try snippets(table(60), "尾村").map(shown) == ["村：[尾村] | 项目名称：渠 | 面积（亩）：5"])
    #expect(try snippets(table(200), "尾村").map(shown) == ["[尾村] | 渠 | 5"])
  }

  @Test("a row longer than any is shown as running text, all its matches still marked")
  func longRow() throws {
    let text = "姓名\t说明\n张三\t" + String(repeating: "长", count: 2000) + "张三"
    let all = try snippets(text, "张三")
    #expect(all.count == 2 && all.allSatisfy { $0.highlights.count == 1 && $0.text.unicodeScalars.count < 150 })
  }

  @Test("in a text without tables of its own, tabs and lines mean nothing")
  func noTables() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "姓名\t职务\n张三\t局长")])
    let hits = try Searcher(folder.snapshot()).search(SearchRequest(query: "张三")).hits
    #expect(hits.map { $0.snippets.map(shown) } == [["姓名职务[张三]局长"]])
  }
}
