import SearchAPI
import Testing

@testable import searchctl

@Suite("Answers for a person")
struct SearchTextTests {
  private let hit = HitAnswer(
    id: "公报/000.txt", score: 12.3456, title: "关于尾矿库的通知",
    source: SourceAnswer(path: "公报/000.txt", startLine: 1, endLine: 1564),
    snippets: [SnippetAnswer(text: "…尾矿库登记…", highlights: [1..<4])], fields: [])

  @Test("hits are numbered, with place, score and snippets, and the number and time stand below")
  func hits() {
    let other = HitAnswer(
      id: "5", score: 1, title: "", source: SourceAnswer(path: "laws.jsonl", startLine: 17, endLine: 17), snippets: nil,
      fields: [])
    let bare = HitAnswer(id: "7", score: 0, title: "无", source: nil, snippets: [], fields: [])
    let answer = SearchAnswer(
      query: "尾矿库", total: .init(value: 40, exact: true), tookMilliseconds: 0.1234567, hits: [hit, other, bare],
      notes: ["'AND' is text here."])
    #expect(
      SearchText.text(answer, offset: 10, isTerminal: false) == """
        11. 关于尾矿库的通知
           公报/000.txt:1-1564  score 12.346
           …尾矿库登记…

        12. 5
           5  laws.jsonl:17  score 1.000

        13. 无
           7  score 0.000

        40 hits, 11 to 13 shown (0.123 ms)
        note: 'AND' is text here.

        """)
  }

  @Test("other queries stand below the number of hits, one that was searched for instead as such")
  func corrections() {
    var answer = SearchAnswer(
      query: "烟花暴竹", total: .init(value: 3, exact: true), tookMilliseconds: 1, hits: [], notes: ["n"])
    let offer = CorrectionAnswer(
      query: "烟花\n爆竹", reason: "同音：暴→爆", kind: .homophone, total: .init(value: 1, exact: true))
    answer.didYouMean = [offer]
    #expect(
      SearchText.text(answer, offset: 0, isTerminal: false)
        == "3 hits (1.000 ms)\ndid you mean 烟花 爆竹 (同音：暴→爆), 1 document?\nnote: n\n")
    answer.didYouMean?[0].applied = true
    #expect(
      SearchText.text(answer, offset: 0, isTerminal: false)
        == "3 hits (1.000 ms)\nsearched for 烟花 爆竹 (同音：暴→爆)\nnote: n\n")
  }

  @Test(
    "below the number of hits stands how many documents have all parts, or what must be let go",
    arguments: [
      (1, [], "1 document has all of 低保, 材料"), (12, [], "12 documents have all of 低保, 材料"),
      (0, [("材料", 3)], "no document has all of 低保, 材料; without 材料: 3 documents"),
      (0, [("低保", 0), ("材料", 0)], "no document has all of 低保, 材料"),
    ] as [(Int, [(String, Int)], String)])
  func parts(count: Int, letGo: [(String, Int)], line: String) {
    var answer = SearchAnswer(
      query: "低保 材料", total: .init(value: 3, exact: true), tookMilliseconds: 1, hits: [], notes: [])
    (answer.parts, answer.haveAll) = (["低保", "材料"], count)
    answer.letGo = letGo.isEmpty ? nil : letGo.map { LetGoAnswer(part: $0.0, documents: $0.1) }
    #expect(SearchText.text(answer, offset: 0, isTerminal: false) == "3 hits (1.000 ms)\n\(line)\n")
  }

  @Test("hits without a score show none, and a repealed document what ends it")
  func status() {
    let fields = [
      AnswerField(name: "repealed_by", value: .list([.string("云政发〔2023〕4号"), .string("b\n#2")])),
      AnswerField(name: "status", value: .string("repealed")),
    ]
    let hits = [
      HitAnswer(id: "1", score: nil, title: "甲", source: nil, snippets: nil, fields: fields),
      HitAnswer(id: "2", score: nil, title: "乙", source: nil, snippets: nil, fields: [fields[1]]),
    ]
    let answer = SearchAnswer(
      query: "", total: .init(value: 2, exact: true), tookMilliseconds: 1, hits: hits, notes: [])
    #expect(
      SearchText.text(answer, offset: 0, isTerminal: false) == """
        1. 甲
           1  status: repealed by 云政发〔2023〕4号, b #2

        2. 乙
           2

        2 hits (1.000 ms)

        """)
  }

  @Test("facets stand below the hits, counts in one column, control characters shown")
  func facets() {
    let facets = [
      FacetAnswer(
        field: "issuer",
        values: [FacetValue(value: "云泽县应急管理局", count: 12), FacetValue(value: "a\u{1B}b\nc", count: 3)], more: 4),
      FacetAnswer(field: "type", values: [], more: 0), FacetAnswer(field: "y", values: [], more: 2),
    ]
    let answer = SearchAnswer(
      query: "甲", total: .init(value: 15, exact: true), tookMilliseconds: 1, hits: [], facets: facets, notes: ["n"])
    #expect(
      SearchText.text(answer, offset: 0, isTerminal: false) == """
        issuer:
          云泽县应急管理局  12
          a\u{FFFD}b c              3
          … and 4 more

        type: no values

        y:
          … and 2 more

        15 hits (1.000 ms)
        note: n

        """)
  }

  @Test("on a terminal titles and what matched stand out")
  func terminal() {
    let answer = SearchAnswer(
      query: "尾矿库", total: .init(value: 1, exact: false), tookMilliseconds: 1, hits: [hit], notes: [])
    #expect(
      SearchText.text(answer, offset: 0, isTerminal: true) == """
        1. \u{1B}[1;33m关于尾矿库的通知\u{1B}[0m
           \u{1B}[2m公报/000.txt:1-1564  score 12.346\u{1B}[0m
           …\u{1B}[1;33m尾矿库\u{1B}[0m登记…

        at least 1 hit (1.000 ms)

        """)
  }

  @Test("nothing found is said, too")
  func nothing() {
    let answer = SearchAnswer(
      query: "甲", total: .init(value: 0, exact: true), tookMilliseconds: 0.01, hits: [], notes: [])
    #expect(SearchText.text(answer, offset: 0, isTerminal: false) == "nothing found (0.010 ms)\n")
  }

  @Test("a status other than 200 is the problem document, or says that there is none")
  func problems() throws {
    let problem = ProblemDocument(syntaxError: "No word behind NOT.", in: "甲 NOT", at: 2)
    let body = try AnswerCoding.encode(problem)
    #expect(throws: problem) { try DaemonClient.body(status: 400, body: body) }
    #expect(throws: ToolError("the answer has status 502 and is no problem document")) {
      try DaemonClient.body(status: 502, body: Array("<html>".utf8))
    }
    #expect(try DaemonClient.body(status: 200, body: [1]) == [1])
    #expect(Tool.sentence(for: problem) == "No word behind NOT.")
  }
}
