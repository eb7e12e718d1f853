import Foundation
import Testing

@testable import searchctl

@Suite("Making and changing an index")
struct IndexingTests {
  private let folder: TestFolder
  private let index: String

  init() throws {
    folder = try TestFolder()
    index = folder.path + "/index"
  }

  /// The documents' keys, in the index's order.
  private var keys: [String] {
    ToolRun("documents", "--index", index).output.split(separator: "\n").map { line in
      String(line.prefix { $0 != "\t" }).replacing(folder.path + "/", with: "")
    }
  }

  @Test("a folder becomes an index, and what was done is counted")
  func rebuild() throws {
    try folder.write("# 云泽县人民政府公报\n尾矿库登记\n", to: "in/a.txt")
    try folder.write("{\"id\": 5, \"title\": \"通知\", \"text\": \"甲\", \"year\": 2021}\n", to: "in/b.jsonl")
    try folder.write("", to: "in/c.doc")
    let run = ToolRun("rebuild", "--index", index, folder.path + "/in")
    #expect(run.status == .fine, "\(run.messages)")
    #expect(run.output.hasPrefix("2 files, 2 documents, 0 warnings, "))
    #expect(run.output.hasSuffix(" MB/s; 1 other file skipped (not .txt, .md, .jsonl, .html, .htm, .docx or .pdf)\n"))
    #expect(run.messages.isEmpty)
    let list = ToolRun("documents", "--index", index, "--json")
    #expect(
      list.output == """
        {"id":"\(folder.path)/in/a.txt","source":{"end_line":2,"path":"\(folder.path)/in/a.txt","start_line":1},"title":"云泽县人民政府公报"}
        {"id":"5","source":{"end_line":1,"path":"\(folder.path)/in/b.jsonl","start_line":1},"title":"通知","type":["通知"],"year":2021}

        """)
    #expect(ToolRun("rebuild", "--plain", "--index", index, folder.path + "/in").status == .fine)
    #expect(ToolRun("documents", "--index", index, "--json").output.hasSuffix("\"title\":\"通知\",\"year\":2021}\n"))
    #expect(ToolRun("documents", "--index", index).output.hasSuffix("\n5\t通知\t\(folder.path)/in/b.jsonl:1-1\n"))
  }

  @Test("malformed UTF-8 is indexed and warned of")
  func warnings() throws {
    let path = try folder.write("", to: "a.txt")
    try Data([0x61, 0xFF, 0xFE, 0x0A]).write(to: URL(filePath: path))
    let run = ToolRun("rebuild", "--index", index, path)
    #expect(run.status == .fine)
    #expect(run.output.hasPrefix("1 file, 1 document, 1 warning, "))
    #expect(run.messages == "searchctl: warning: \(path):1: malformed UTF-8, 2 places replaced by U+FFFD\n")
    #expect(keys == ["a.txt"])
  }

  @Test("after twenty warnings the rest is only counted")
  func manyWarnings() throws {
    let line = Data("{\"id\": \"?\", \"text\": \"".utf8) + [0xFF] + Data("\"}\n".utf8)
    var file = Data()
    for number in 0..<30 { file += Data(String(decoding: line, as: UTF8.self).replacing("?", with: "\(number)").utf8) }
    let bytes = Array(file).split(separator: 0xEF).map(Array.init).joined(separator: [0xFF])
    let path = try folder.write("", to: "a.jsonl")
    try Data(bytes.filter { $0 != 0xBF && $0 != 0xBD }).write(to: URL(filePath: path))
    let run = ToolRun("rebuild", "--index", index, path)
    #expect(run.output.hasPrefix("1 file, 30 documents, 30 warnings, "))
    #expect(run.messages.split(separator: "\n").count == 21)
  }

  @Test("when anything is wrong, the old index stays")
  func failures() throws {
    let good = try folder.write("{\"id\": 1, \"text\": \"甲\"}\n", to: "good.jsonl")
    #expect(ToolRun("rebuild", "--index", index, good).status == .fine)
    let other = try folder.write("\n{\"id\": \"1\", \"text\": \"乙\"}\n", to: "other.jsonl")
    let broken = try folder.write("{\"id\": 2, \"text\": \"甲\"}\n{\"id\": 3}\n", to: "broken.jsonl")
    try folder.write(" \n\n", to: "empty/blank.jsonl")
    try folder.write("", to: "none/a.doc")
    let cases = [
      ([good, other], "\(other):2: the id '1' occurs twice; nothing was changed"),
      ([broken], "\(broken):2: the object has no \"text\""),
      ([folder.path + "/empty"], "no documents in \(folder.path)/empty; nothing was changed"),
      ([folder.path + "/none"], "no documents in \(folder.path)/none; nothing was changed"),
      ([folder.path + "/missing"], "\(folder.path)/missing: no such file or folder; nothing was changed"),
    ]
    for verb in ["rebuild", "add"] {
      for (paths, message) in cases {
        let run = ToolRun([verb, "--index", index] + paths)
        #expect(run.status == .failed)
        #expect(run.output.isEmpty)
        #expect(run.messages == "searchctl: \(message)\n")
        #expect(keys == ["1"])
      }
    }
  }

  @Test("a failed first rebuild leaves nothing that could be taken for an index")
  func noIndex() throws {
    let broken = try folder.write("{\"id\": 3}\n", to: "broken.jsonl")
    #expect(ToolRun("rebuild", "--index", index, broken).status == .failed)
    let run = ToolRun("documents", "--index", index)
    #expect(run.status == .failed)
    #expect(run.messages.contains("no index here"))
  }

  @Test("add puts newer documents in the place of a file's older ones")
  func add() throws {
    let first = try folder.write("{\"id\": 1, \"text\": \"甲\"}\n{\"id\": 2, \"text\": \"乙\"}\n", to: "a.jsonl")
    let text = try folder.write("丙\n", to: "b.txt")
    #expect(ToolRun("rebuild", "--index", index, first, text).status == .fine)
    try folder.write("{\"id\": 3, \"text\": \"丁\"}\n{\"id\": 2, \"text\": \"戊\"}\n", to: "a.jsonl")
    #expect(ToolRun("add", "--index", index, first).status == .fine)
    #expect(Set(keys) == ["2", "3", "b.txt"])
    try folder.write("# 己\n", to: "b.txt")
    #expect(ToolRun("add", "--index", index, text).status == .fine)
    #expect(ToolRun("documents", "--index", index).output.contains("\t己\t"))
    #expect(keys.count == 3)
  }

  @Test("add takes the last documents of a file away when none is left in it")
  func addEmptied() throws {
    let first = try folder.write("{\"id\": 1, \"text\": \"甲\"}\n", to: "a.jsonl")
    let text = try folder.write("丙\n", to: "b.txt")
    #expect(ToolRun("rebuild", "--index", index, first, text).status == .fine)
    try folder.write("\n", to: "a.jsonl")
    #expect(ToolRun("add", "--index", index, first).status == .fine)
    #expect(keys == ["b.txt"])
  }

  @Test("remove takes ids and paths, and says what it did not find")
  func remove() throws {
    let lines = try folder.write("{\"id\": 1, \"text\": \"甲\"}\n{\"id\": 2, \"text\": \"乙\"}\n", to: "a.jsonl")
    let text = try folder.write("丙\n", to: "b.txt")
    #expect(ToolRun("rebuild", "--index", index, lines, text).status == .fine)
    let nothing = ToolRun("remove", "--index", index, "7")
    #expect(nothing.status == .negative)
    #expect(nothing.messages == "searchctl: 7: no document has this id, and none came from such a file\n")
    let some = ToolRun("remove", "--index", index, "2", "7")
    #expect(some.status == .fine)
    #expect(some.output == "1 document removed\n")
    #expect(keys == ["1", "b.txt"])
    #expect(ToolRun("remove", "--index", index, folder.path + "/./b.txt").output == "1 document removed\n")
    #expect(ToolRun("remove", "--index", index, lines).output == "1 document removed\n")
    #expect(keys.isEmpty)
  }

  @Test("a searchd that cannot be reached is a warning, for the index is changed")
  func reload() throws {
    let text = try folder.write("丙\n", to: "b.txt")
    let run = ToolRun("rebuild", "--index", index, "--socket", folder.path + "/s", text)
    #expect(run.status == .fine)
    #expect(
      run.messages
        == "searchctl: warning: the index is changed, but searchd has not taken it up: \(folder.path)/s: no searchd answers here (No such file or directory)\n"
    )
    #expect(keys == ["b.txt"])
  }

  @Test(
    "without an index nothing can be done",
    arguments: [
      ["add", "--index", "?", "PATH"], ["remove", "--index", "?", "1"], ["search", "--index", "?", "甲"],
      ["documents", "--index", "?"], ["verify", "--index", "?"], ["inspect", "--index", "?", "index"],
      ["inspect", "--index", "?", "document", "1"],
    ])
  func missing(words: [String]) throws {
    let path = try folder.write("丙\n", to: "b.txt")
    let run = ToolRun(words.map { $0 == "?" ? index : $0 == "PATH" ? path : $0 })
    #expect(run.status == .failed)
    #expect(run.messages.hasPrefix("searchctl: \(index): no index here."), "\(run.messages)")
    #expect(run.output.isEmpty)
  }

  @Test("a bulletin becomes its documents, with their facts; its contents are listed only when asked for")
  func bulletin() throws {
    let folder = try TestFolder()
    let path = try folder.write(
      """
      甲县人民政府公报
      2021年第2期
      目录
      1、甲县人民政府关于种树的通知 甲政发〔2021〕1号……（1）
      2、甲县人民政府关于挖井的通知 甲政发〔2021〕2号……（2）
      甲县人民政府关于种树的通知
      甲政发〔2021〕1号
      各乡镇人民政府：
      《植树办法》（甲政发〔2011〕3号）同时废止。
      甲县人民政府
      2021年3月1日
      """, to: "a.txt")
    let index = folder.path + "/index"
    let run = ToolRun("rebuild", "--index", index, path)
    #expect(run.status == .fine)
    #expect(run.output.hasPrefix("1 file, 1 document, 1 issue, 1 warning, "))
    #expect(run.messages == "searchctl: warning: \(path):5: the contents list '甲县人民政府关于挖井的通知', which was not found\n")
    #expect(
      ToolRun("documents", "--index", index, "--json").output
        == """
        {"addressee":"各乡镇人民政府","citations":[{"number":"甲政发〔2011〕3号","relation":"repeals"}],"date":"2021-03-01",\
        "id":"\(path)#1","issue":"甲县人民政府公报2021年第2期","issuer":"甲县人民政府","number":"甲政发〔2021〕1号",\
        "repeals":["甲政发〔2011〕3号"],"source":{"end_line":11,"path":"\(path)","start_line":6},\
        "title":"甲县人民政府关于种树的通知","type":["通知"],"year":2021}

        """)
    #expect(
      ToolRun("documents", "--index", index, "--all").output
        == "\(path)#1\t甲县人民政府关于种树的通知\t\(path):6-11\n\(path)#0\t甲县人民政府公报2021年第2期\t\(path):1-11\n")
    #expect(
      ToolRun("documents", "--index", index, "--all", "--json").output.hasSuffix(
        """
        \n{"id":"\(path)#0","issue":"甲县人民政府公报2021年第2期","kind":"issue",\
        "source":{"end_line":11,"path":"\(path)","start_line":1},"title":""}

        """))
    #expect(
      ToolRun("inspect", "--index", index, "document", "\(path)#0").output == """
        id: \(path)#0
        title:\u{20}
        source: \(path):1-11
        kind: "issue"
        issue: "甲县人民政府公报2021年第2期"

        甲县人民政府公报
        2021年第2期
        目录
        1、甲县人民政府关于种树的通知 甲政发〔2021〕1号……（1）
        2、甲县人民政府关于挖井的通知 甲政发〔2021〕2号……（2）


        """)
    func hits(_ query: String) -> Int {
      ToolRun("search", "--index", index, "--json", query).output.components(separatedBy: "\"title\":").count - 1
    }
    #expect(hits("甲县人民政府关于挖井的通知") == 1)
    #expect(hits("\"甲政发〔2021〕1号\"") == 1)
    #expect(hits("\"关于挖井的通知\"") == 0)
    #expect(hits("matter:\"关于挖井的通知\"") == 1)
    #expect(hits("issue:\"公报2021年第2期\"") == 1)
    #expect(hits("issue:第2期") == 2)
  }

  @Test(
    "what is not understood is a sentence and status 2",
    arguments: [
      (["search", "甲"], "neither --index DIR nor --socket PATH is given"),
      (["search", "--index", "a", "--socket", "b", "甲"], "--index and --socket exclude each other"),
      (["search", "--index", "a", ""], "QUERY is empty"),
      (["search", "--index", "a", "--b", "0.5", "甲"], "--k1 and --b need --rank bm25"),
      (["inspect", "tokens"], "usage: searchctl inspect tokens TEXT"),
      (["inspect", "token", "甲"], "inspect cannot look at 'token'; did you mean 'tokens'?"),
      (["inspect", "tokens", "甲", "--explain", "1"], "--explain goes with 'inspect query'"),
      (["documents"], "--index DIR is missing"), (["status"], "--socket PATH is missing"),
      (["bench", "--index", "a"], "--queries FILE is missing"),
      (["bench", "--socket", "a"], "--queries FILE is missing"),
      (["bench", "--queries", "a"], "neither --index DIR nor --socket PATH is given"),
      (["bench", "--queries", "a", "--index", "a", "--socket", "a"], "--index and --socket exclude each other"),
      (["bench", "--queries", "a", "--index", "a", "--connections", "2"], "--connections needs --socket"),
    ])
  func usage(words: [String], message: String) {
    let run = ToolRun(words)
    #expect(run.status == .failed)
    #expect(run.messages == "searchctl: \(message)\nTry 'searchctl --help'.\n")
  }
}
