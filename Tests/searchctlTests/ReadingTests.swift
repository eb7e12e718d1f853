import SearchAPI
import Testing

@testable import searchctl

/// What can be asked of an index without changing it.
@Suite("Asking an index")
struct ReadingTests {
  private let folder: TestFolder
  private let index: String

  init() throws {
    folder = try TestFolder()
    index = folder.path + "/index"
    let lines = """
      {"id": 1, "title": "通知", "text": "尾矿库登记，尾矿库", "year": 2021}
      {"id": "a/b", "text": "尾矿\\n库"}
      {"id": 3, "text": "PM2.5"}

      """
    let path = try folder.write(lines, to: "a.jsonl")
    let run = ToolRun("rebuild", "--plain", "--index", index, path)
    try #require(run.status == .fine, "\(run.messages)")
  }

  @Test("search prints hits for a person, and the daemon's body for a program")
  func search() throws {
    let run = ToolRun("search", "--index", index, "\"尾矿库\"")
    #expect(run.status == .fine)
    #expect(run.output.contains("1. a/b\n   a/b  \(folder.path)/a.jsonl:2  score "))
    #expect(run.output.contains("2. 通知\n   1  \(folder.path)/a.jsonl:1  score "))
    #expect(run.output.contains("\n2 hits ("))
    let json = ToolRun("search", "--index", index, "--json", "--limit", "1", "--offset", "1", "\"尾矿库\"")
    let answer = try AnswerCoding.decode(SearchAnswer.self, from: Array(json.output.utf8))
    #expect(answer.total == .init(value: 2, exact: true))
    #expect(answer.hits.map(\.id) == ["1"])
    #expect(answer.hits.first?.fields == [AnswerField(name: "year", value: .integer(2021))])
  }

  @Test("nothing found is status 1")
  func nothing() {
    let run = ToolRun("search", "--index", index, "龘龘")
    #expect(run.status == .negative)
    #expect(run.output.hasPrefix("nothing found ("))
    #expect(run.messages.isEmpty)
  }

  @Test("a query that cannot be asked is one sentence and status 2")
  func problems() {
    let long = ToolRun("search", "--index", index, String(repeating: "尾", count: 1001))
    #expect(long.status == .failed)
    #expect(long.messages == "searchctl: q has 1001 characters; 1000 are the most.\n")
    for (query, columns) in [
      ("甲 AND", 3), ("甲 (乙", 3), ("甲 乙）", 5), ("甲 ~0 乙", 3), ("安全 责任 ~5", 10), ("同句(甲 OR 乙)", 0), ("(甲 OR) 乙", 4),
      ("title：（甲 －", 7), ("甲 ＡＮＤ", 3),
    ] {
      let strict = ToolRun("search", "--index", index, "--strict", query)
      #expect(strict.status == .failed)
      let caret = "\n\(query)\n\(String(repeating: " ", count: columns))^\n"
      #expect(strict.messages.hasSuffix(caret), "\(strict.messages)")
    }
  }

  @Test("inspect tokens needs no index")
  func tokens() {
    #expect(
      ToolRun("inspect", "tokens", "登记２０").output == """
        kind     term  position   bytes
        bigram   登记         0   0..<6
        run_end  记           1   3..<6
        word     20           2  6..<12

        """)
    #expect(
      ToolRun("inspect", "tokens", "--json", "登记").output == """
        [{"end":6,"kind":"bigram","position":0,"start":0,"term":"登记"},{"end":6,"kind":"run_end","position":1,"start":3,"term":"记"}]

        """)
  }

  @Test("inspect term shows how often and where")
  func term() {
    #expect(
      ToolRun("inspect", "--index", index, "term", "登记").output.hasPrefix(
        "登记: 1 document, 1 occurrence\n  1  tf 1  at "))
    let json = ToolRun("inspect", "--index", index, "--json", "--limit", "1", "term", "尾矿").output
    #expect(json.hasPrefix("{\"df\":2,\"occurrences\":3,\"postings\":[{\"id\":\"1\",\"positions\":["))
    let none = ToolRun("inspect", "--index", index, "term", "龘龘")
    #expect(none.status == .negative)
    #expect(none.output == "龘龘: 0 documents, 0 occurrences\n")
    #expect(ToolRun("inspect", "--index", index, "term", "。").status == .negative)
  }

  @Test("inspect document shows all of it")
  func document() {
    #expect(
      ToolRun("inspect", "--index", index, "document", "1").output == """
        id: 1
        title: 通知
        source: \(folder.path)/a.jsonl:1-1
        year: 2021

        尾矿库登记，尾矿库

        """)
    #expect(
      ToolRun("inspect", "--index", index, "--json", "document", "a/b").output
        == "{\"cited_by\":[],\"cites\":[],\"id\":\"a/b\",\"permalink\":\"/documents/a%2Fb\",\"source\":{\"end_line\":2,\"path\":\"\(folder.path)/a.jsonl\",\"start_line\":2},"
        + "\"text\":\"尾矿\\n库\",\"title\":\"\"}\n")
    let missing = ToolRun("inspect", "--index", index, "document", "7")
    #expect(missing.status == .negative)
    #expect(missing.messages == "searchctl: no document has the id '7'\n")
  }

  @Test("inspect index and segment show figures and bytes by section")
  func figures() {
    let figures = ToolRun("inspect", "--index", index, "index").output
    #expect(figures.contains("\ndocuments           3\n"))
    #expect(figures.contains("\nfields: path, year\n"))
    #expect(figures.contains("\nall files "))
    #expect(ToolRun("inspect", "--index", index, "segment").output.contains("\ndocuments            3\n"))
    let missing = ToolRun("inspect", "--index", index, "segment", "ffff")
    #expect(missing.status == .negative)
    #expect(missing.messages.hasPrefix("searchctl: no segment 'ffff'; there are: "))
    #expect(ToolRun("inspect", "--index", index, "--json", "index").output.contains("\"documents\":3,"))
    #expect(ToolRun("inspect", "--index", index, "--json", "segment").output.hasPrefix("[{\"bytes\":"))
  }

  @Test("inspect query shows the plan, and why a document has its score")
  func query() {
    let plain = ToolRun("inspect", "--index", index, "query", "尾矿库").output
    #expect(plain.hasPrefix("plan: (1 OR 2)\n"))
    let explained = ToolRun("inspect", "--index", index, "query", "尾矿库", "--explain", "1").output
    #expect(explained.contains("\n1: length "))
    #expect(ToolRun("inspect", "--index", index, "query", "尾矿库", "--explain", "7").status == .negative)
    #expect(ToolRun("inspect", "--index", index, "query", "尾矿库", "--json").output.contains("\"plan\":\"(1 OR 2)\""))
  }

  @Test("verify says what was checked")
  func verify() {
    let run = ToolRun("verify", "--index", index)
    #expect(run.status == .fine, "\(run.output)")
    #expect(run.output.hasSuffix(" read, no damage found\n"))
  }

  @Test("bench times each query and says what it found")
  func bench() throws {
    let queries = try folder.write(
      "{\"qid\": 1, \"kind\": \"phrase\", \"text\": \"\\\"尾矿库\\\"\"}\n{\"qid\": 2, \"kind\": \"bag\", \"text\": \"。\"}\n",
      to: "q.jsonl")
    let lines = ToolRun("bench", "--index", index, "--queries", queries, "--json", "--runs", "1").output
      .split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.first?.hasPrefix(
        "{\"hits\":2,\"ids\":[\"a/b\",\"1\"],\"kind\":\"phrase\",\"qid\":1,\"text\":\"\\\"尾矿库\\\"\",\"us\":") == true,
      "\(lines.first ?? "")")
    #expect(lines.last?.hasPrefix("{\"hits\":0,\"ids\":[],\"kind\":\"bag\",\"qid\":2,") == true)
    #expect(ToolRun("bench", "--index", index, "--queries", queries).output.hasPrefix("kind    queries  hits  p50 us"))
  }
}
