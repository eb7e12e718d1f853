import SearchAPI
import Testing

@testable import searchctl

@Suite("What suggest prints")
struct SuggestVerbTests {
  @Test("a line for each suggestion, with what it is and how many documents it finds")
  func text() {
    let suggestions = [
      Suggestion(text: "应急预案", kind: .phrase, total: .init(value: 120, exact: false)),
      Suggestion(text: "云政办发〔2021〕19号", kind: .number, total: .init(value: 1, exact: true)),
    ]
    #expect(
      SuggestVerb.text(SuggestAnswer(query: "应", tookMilliseconds: 1, suggestions: suggestions)) == """
        应急预案              phrase  ~120
        云政办发〔2021〕19号  number     1

        """)
    #expect(
      SuggestVerb.text(SuggestAnswer(query: "x", tookMilliseconds: 1, suggestions: [])) == "no suggestions\n")
  }

  @Test("an index is asked as the daemon is, and no suggestion is status 1")
  func run() throws {
    let folder = try TestFolder()
    let path = try folder.write(
      "{\"id\":\"1\",\"title\":\"烟花爆竹安全管理办法\",\"text\":\"烟花爆竹。\"}\n", to: "a.jsonl")
    let index = folder.path + "/index"
    #expect(ToolRun("rebuild", "--index", index, path).status == .fine)
    let run = ToolRun("suggest", "--index", index, "yhbz")
    #expect(run.status == .fine)
    #expect(run.output.contains("烟花爆竹安全管理办法  title"))
    let json = ToolRun("suggest", "--index", index, "--json", "--limit", "1", "爆竹")
    let answer = try AnswerCoding.decode(SuggestAnswer.self, from: Array(json.output.utf8))
    #expect(answer.query == "爆竹")
    #expect(answer.suggestions.map(\.text) == ["烟花爆竹安全管理办法"])
    #expect(ToolRun("suggest", "--index", index, "。").status == .negative)
    #expect(ToolRun("suggest", "--index", index).status == .failed)
    #expect(ToolRun("suggest", "爆竹").messages.hasPrefix("searchctl: neither --index DIR nor --socket PATH is given"))
  }
}
