import Foundation
import SystemIO
import Testing

@testable import searchctl

/// These tests need `unzip`, `pdftotext` (Debian: poppler-utils) and `iconv`, and fail without them.
@Suite("Files of all formats")
struct FormatsTests {
  private let folder: TestFolder
  private let index: String

  private static let notice = [
    "甲县人民政府关于种树的通知", "甲政发〔2021〕1号", "各乡镇人民政府：", "《植树办法》（甲政发〔2011〕3号）同时废止。", "甲县人民政府", "2021年3月1日",
  ]

  init() throws {
    folder = try TestFolder()
    index = folder.path + "/index"
  }

  private func write(_ data: Data, to name: String) throws -> String {
    let path = try folder.write("", to: name)
    try data.write(to: URL(filePath: path))
    return path
  }

  private func rebuild(_ options: String...) -> ToolRun {
    ToolRun(["rebuild", "--index", index] + options + [folder.path + "/in"])
  }

  private func lines(_ words: String...) -> [String] {
    ToolRun(words + ["--index", index]).output.replacing(folder.path + "/in/", with: "").split(separator: "\n").map(
      String.init)
  }

  @Test("a paper is the same paper in every format")
  func allFormats() throws {
    let text = Self.notice.joined(separator: "\n")
    try folder.write(text, to: "in/a.txt")
    try folder.write("<body>" + Self.notice.map { "<p>\($0)</p>\n" }.joined() + "</body>", to: "in/b.html")
    _ = try write(MadeFiles.word(Self.notice), to: "in/-c d.docx")
    _ = try write(MadeFiles.pdf(Self.notice), to: "in/-e[1]*.pdf")
    let run = rebuild()
    #expect(run.status == .fine)
    #expect(run.messages.isEmpty, "\(run.messages)")
    #expect(run.output.hasPrefix("4 files, 4 documents, 0 warnings, "))
    let documents = lines("documents")
    #expect(
      documents == ["-c d.docx", "-e[1]*.pdf", "a.txt", "b.html"].map { "\($0)\t\(Self.notice[0])\t\($0):1-6" })
    let facts = ToolRun("documents", "--index", index, "--json").output
    for fact in ["\"number\":\"甲政发〔2021〕1号\"", "\"date\":\"2021-03-01\"", "\"repeals\":[\"甲政发〔2011〕3号\"]"] {
      #expect(facts.components(separatedBy: fact).count == 5, "\(fact)")
    }
  }

  @Test(
    "old encodings are recognised, short texts and Traditional ones too",
    arguments: [
      ("各乡镇人民政府：请认真贯彻执行。", "GB18030", "GB18030"), ("各鄉鎮人民政府：請認真貫徹執行。", "GB18030", "GB18030"),
      ("各鄉鎮人民政府：請認真貫徹執行。", "BIG5", "Big5"), ("雲澤縣公報", "BIG5", "Big5"), ("云泽县公报", "GB18030", "GB18030"),
      ("尾矿库", "GB18030", "GB18030"), ("尾礦庫", "BIG5", "Big5"), ("尾礦庫", "GB18030", "GB18030"),
      ("張三\t局長\n李四\t科長", "BIG5", "Big5"),
      ("张三\t局长\n李四\t科长", "GB18030", "GB18030"), ("尾矿库a", "UTF-16", "UTF-16"),
    ])
  func encodings(text: String, encoding: String, name: String) throws {
    let plain = try folder.write(text, to: "plain")
    let bytes = try ChildProcess.run(
      "iconv", ["-f", "UTF-8", "-t", encoding], input: plain, outputLimit: 1 << 20, seconds: 60)
    try #require(bytes.end == .exited(status: 0), "iconv")
    let path = try write(Data(bytes.output), to: "in/a.txt")
    let run = rebuild()
    #expect(run.messages == "searchctl: warning: \(path):1: converted from \(name) to UTF-8\n")
    #expect(ToolRun("inspect", "--index", index, "document", path).output.hasSuffix("\n\n\(text)\n"))
  }

  @Test("a page is read in the encoding that it declares")
  func declaredEncoding() throws {
    let head = "<meta http-equiv=Content-Type content='text/html; charset=shift_jis'><p>"
    let path = try write(Data(Array(head.utf8) + [0x83, 0x65, 0x83, 0x58, 0x83, 0x67]), to: "in/a.htm")
    #expect(rebuild().messages == "searchctl: warning: \(path):1: converted from Shift JIS to UTF-8\n")
    #expect(lines("documents") == ["a.htm\tテスト\ta.htm:1-1"])
  }

  @Test("files without text are kept by name, with the reason, and found by field only")
  func unreadable() throws {
    try folder.write("甲 unreadable reason\n", to: "in/a.txt")
    try folder.write(" \u{3000}\n\n", to: "in/b.md")
    try folder.write("x", to: "in/c.docx")
    _ = try write(MadeFiles.zip("other.xml", "x"), to: "in/d.docx")
    try folder.write("x", to: "in/e.pdf")
    _ = try write(MadeFiles.pdf([]), to: "in/f.pdf")
    try folder.write("<title>甲</title><script>甲</script>", to: "in/g.html")
    let reasons = [
      "b.md": "no text in it", "c.docx": "not a .docx file: no zip archive",
      "d.docx": "not a .docx file: the zip archive has no word/document.xml",
      "e.pdf": "pdftotext: Syntax Error: Couldn't find trailer dictionary (exit status 1)",
      "f.pdf": "no text in it: scanned pages, perhaps", "g.html": "no text in it",
    ].sorted { $0.key < $1.key }
    let run = rebuild()
    #expect(run.status == .fine)
    #expect(run.output.hasPrefix("7 files, 1 document, 6 unreadable files, 0 warnings, "))
    #expect(
      run.messages == reasons.map { "searchctl: warning: \(folder.path)/in/\($0.key): \($0.value)\n" }.joined())
    #expect(lines("documents") == ["a.txt\t甲 unreadable reason\ta.txt:1-1"])
    #expect(
      lines("documents", "--all").dropFirst()
        == reasons.map { "\($0.key)\tunreadable: \($0.value)\t\($0.key):1-1" }[...])
    let shown = lines("inspect", "index")
    #expect(Array(shown.prefix(7)) == ["1 document, 6 files unreadable:"] + reasons.map { "  \($0.key): \($0.value)" })
    let json = lines("inspect", "index", "--json").joined()
    #expect(
      json.contains(#""unreadable_files":[{"path":"b.md","reason":"no text in it"},{"path":"c.docx","#), "\(json)")
    func hits(_ query: String) -> Int {
      ToolRun("search", "--index", index, "--json", query).output.components(separatedBy: "\"score\":").count - 1
    }
    #expect(hits("unreadable reason") == 1)
    #expect(hits("kind:unreadable") == 6)
    #expect(hits("甲 OR text OR docx") == 1)
  }

  @Test("a file that became readable takes the place of its record, and the other way round")
  func readable() throws {
    let path = try folder.write("", to: "in/a.txt")
    #expect(rebuild().output.hasPrefix("1 file, 0 documents, 1 unreadable file, 0 warnings, "))
    #expect(lines("documents").isEmpty)
    try folder.write("甲\n", to: "in/a.txt")
    #expect(ToolRun("add", "--index", index, path).status == .fine)
    #expect(lines("documents", "--all") == ["a.txt\t甲\ta.txt:1-1"])
    #expect(lines("inspect", "index").first?.hasPrefix("generation") == true)
    try folder.write("", to: "in/a.txt")
    #expect(ToolRun("add", "--index", index, path).status == .fine)
    #expect(lines("documents", "--all") == ["a.txt\tunreadable: no text in it\ta.txt:1-1"])
  }

  @Test("--strict lists everything and changes nothing", arguments: ["rebuild", "add"])
  func strict(verb: String) throws {
    let good = try folder.write("甲\n", to: "in/a.txt")
    #expect(rebuild("--strict").status == .fine)
    for number in 10..<40 { try folder.write(" \n", to: "in/b\(number).txt") }
    _ = try write(Data([0x61, 0xFF, 0xFE, 0x0A]), to: "in/c.txt")
    let run = ToolRun(verb, "--index", index, "--strict", folder.path + "/in")
    #expect(run.status == .failed)
    #expect(run.output.isEmpty)
    let messages = run.messages.split(separator: "\n")
    #expect(messages.count == 32)
    #expect(
      messages.last == "searchctl: 1 warning and 30 unreadable files, and --strict was given; nothing was changed")
    #expect(lines("documents", "--all") == ["a.txt\t甲\ta.txt:1-1"], "\(good)")
  }

  @Test("a program that is missing is named, with the package that has it")
  func missingProgram() throws {
    let file = try SourceFiles(walking: [write(MadeFiles.pdf(["甲"]), to: "in/a.pdf")]).files[0]
    let program = TextProgram(name: "no-such-program", arguments: [], package: "some-package")
    #expect {
      try program.text(of: file)
    } throws: {
      "\($0)" == "\(file.path): no-such-program is not installed (Debian's package some-package)"
    }
  }

  @Test("a text that is too long is unreadable, and the limit is told")
  func tooLong() throws {
    let path = try folder.write("甲\n", to: "in/a.txt")
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.truncate(atOffset: UInt64(SourceText.byteLimit) + 1)
    try handle.close()
    let reason = "268.4 MB in one file; at most 268.4 MB of text are read as a whole; cut it, or make it .jsonl"
    #expect(rebuild().messages == "searchctl: warning: \(path): \(reason)\n")
    #expect(lines("documents", "--all") == ["a.txt\tunreadable: \(reason)\ta.txt:1-1"])
  }

  @Test(
    "a file that may not be opened is unreadable, whatever its format",
    arguments: ["txt", "jsonl", "html", "docx", "pdf"])
  func denied(ending: String) throws {
    let path = try folder.write("{\"id\": 1, \"text\": \"甲\"}\n", to: "in/a.\(ending)")
    let plan = FaultPlan()
    plan.fail("open", call: 1, code: EACCES)
    let file = try SourceFiles(walking: [path]).files[0]
    FaultPlan.$current.withValue(plan) {
      #expect {
        try DocumentStream.read(file, isPlain: true) { _, _ in }
      } throws: {
        "\($0)" == "\(path): cannot be read (Permission denied)"
      }
    }
  }
}
