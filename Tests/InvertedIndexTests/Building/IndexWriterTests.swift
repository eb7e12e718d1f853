import Foundation
import InvertedIndex
import Testing

@Suite struct IndexWriterTests {
  private func texts(_ snapshot: Snapshot) throws -> [String] {
    var texts: [String] = []
    try snapshot.forEachDocument { texts.append("\($0.key):\($0.text)") }
    return texts
  }

  @Test func `what is stored comes back whole`() throws {
    let values: [FieldValue] = [
      .string("字"), .string(""), .integer(.min), .integer(.max), .number(-0.5), .number(1e300), .boolean(true),
      .boolean(false), .null, .list([]), .list([.string("a"), .null, .integer(1), .number(2.5), .boolean(false)]),
    ]
    let documents = [
      Document(
        key: "a#1", title: "题\u{0}目", text: "文\r\n\u{FEFF}本 \u{10FFFF}",
        fields: values.enumerated().map { Field(name: "字段\($0)", value: $1) },
        source: SourceLocation(path: "路径/x.md", startLine: 1, endLine: 1 << 40), tabsSeparateCells: true),
      Document(key: "空", text: ""),
      Document(key: String(repeating: "k", count: 4096), text: String(repeating: "长", count: 100_000)),
    ]
    let folder = try TestFolder()
    try folder.build(documents)
    let snapshot = try folder.snapshot()
    for document in documents { #expect(try snapshot.document(key: document.key) == document) }
    var listed: [Document] = []
    try snapshot.forEachDocument { listed.append($0) }
    #expect(listed == documents)
    #expect(try snapshot.document(key: "a") == nil)
    #expect(snapshot.documentCount == 3 && snapshot.segmentCount == 1 && snapshot.generation == 1)
  }

  @Test func `a rebuild replaces everything and numbers its commits`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲"), Document(key: "b", text: "乙")])
    let before = try folder.snapshot()
    try folder.build([Document(key: "c", text: "丙")])
    let after = try folder.snapshot()
    #expect(try texts(after) == ["c:丙"])
    #expect(after.generation == 2)
    // The old snapshot is what it was, though its files are gone.
    #expect(try texts(before) == ["a:甲", "b:乙"])
    #expect(try Searcher(before).search(SearchRequest(query: "甲")).hits.map(\.key) == ["a"])
    #expect(try folder.names(in: "index").filter { $0 != "commit" && $0 != "lock" }.count == 4)
  }

  @Test func `adding replaces the document with the same key, in one writer and across commits`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲"), Document(key: "b", text: "乙"), Document(key: "c", text: "丙")])
    let summary = try folder.update { writer in
      try writer.add(Document(key: "a", text: "甲二"))
      try writer.add(Document(key: "d", text: "丁"))
      try writer.add(Document(key: "a", text: "甲三"))
    }
    #expect(summary.documents == 4 && summary.generation == 2)
    #expect(try texts(folder.snapshot()) == ["b:乙", "c:丙", "d:丁", "a:甲三"])
    let searcher = Searcher(try folder.snapshot())
    #expect(try searcher.search(SearchRequest(query: "甲")).total == 1)
    #expect(try searcher.search(SearchRequest(query: "\"甲二\"")).total == 0)
  }

  @Test func `removing says whether there was such a document`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲"), Document(key: "b", text: "乙")])
    try folder.update { writer in
      #expect(try writer.remove(key: "a"))
      #expect(try !writer.remove(key: "a"))
      #expect(try !writer.remove(key: "z"))
      try writer.add(Document(key: "z", text: "子"))
      #expect(try writer.remove(key: "z"))
      #expect(try !writer.remove(key: "z"))
      try writer.add(Document(key: "a", text: "新"))
    }
    #expect(try texts(folder.snapshot()) == ["b:乙", "a:新"])
    #expect(try folder.snapshot().document(key: "z") == nil)
  }

  @Test(arguments: [256 << 20, 0])
  func `all documents of a file can be removed, those not yet written too`(memoryBudget: Int) throws {
    func document(_ key: String, _ path: String?) -> Document {
      Document(key: key, text: "甲", source: path.map { SourceLocation(path: $0, startLine: 1, endLine: 1) })
    }
    let folder = try TestFolder()
    try folder.build([document("a", "x"), document("b", "y"), document("c", "x"), document("d", nil)])
    try folder.update(memoryBudget: memoryBudget) { writer in
      try writer.add(document("e", "x"))
      try writer.add(document("f", "y"))
      try writer.add(document("a", "y"))
      #expect(try writer.removeAll(withSourcePaths: ["x"]) == 2)
      #expect(try writer.removeAll(withSourcePaths: ["x", "none"]) == 0)
    }
    #expect(try texts(folder.snapshot()).sorted() == ["a:甲", "b:甲", "d:甲", "f:甲"])
  }

  @Test func `an abandoned writer and one that is let go of change nothing`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲")])
    let names = try folder.names(in: "index")
    let commit = try folder.bytes("index/commit")
    for ending in ["abandon", "let go"] {
      for mode in [IndexWriter.Mode.rebuild, .update] {
        let writer = try IndexWriter(directory: folder["index"], memoryBudget: 0, mode: mode)
        for number in 0..<5 { try writer.add(Document(key: "n\(number)", text: "乙")) }
        if ending == "abandon" {
          writer.abandon()
          #expect(throws: IndexError.writerClosed) { try writer.commit() }
          #expect(throws: IndexError.writerClosed) { try writer.add(Document(key: "x", text: "")) }
          #expect(throws: IndexError.writerClosed) { try writer.remove(key: "x") }
        }
      }
      #expect(try folder.names(in: "index") == names, "\(ending)")
      #expect(try folder.bytes("index/commit") == commit, "\(ending)")
    }
  }

  @Test func `a commit removes what dead writers left, and nothing else`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲")])
    for name in ["000000ff.terms", "000000ff-00000001.deletes", "commit.new", "readme.txt", "aa.terms", "00000001.bak"]
    {
      try folder.write([1, 2, 3], to: "index/" + name)
    }
    #expect(try IndexVerifier.verify(directory: folder["index"]).notes.count == 3)
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
    try folder.update { _ = try $0.remove(key: "none") }
    #expect(try IndexVerifier.verify(directory: folder["index"]).notes == [])
    #expect(try folder.names(in: "index").contains("readme.txt"))
    #expect(try folder.names(in: "index").contains("aa.terms"))
    #expect(try folder.names(in: "index").contains("00000001.bak"))
  }

  @Test func `an index works after it was moved and copied`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲乙")])
    try folder.copy("index", to: "copy")
    try FileManager.default.moveItem(atPath: folder["index"], toPath: folder["moved"])
    for name in ["copy", "moved"] {
      try folder.update(name) { try $0.add(Document(key: "b", text: "甲乙")) }
      #expect(try Searcher(folder.snapshot(name)).search(SearchRequest(query: "\"甲乙\"")).total == 2)
      #expect(try IndexVerifier.verify(directory: folder[name]).problems == [])
    }
  }

  @Test func `one commit of nothing keeps the index and raises the generation`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲")])
    let summary = try folder.update { _ in }
    #expect(summary.documents == 1 && summary.generation == 2 && summary.segments == 1)
    #expect(try texts(folder.snapshot()) == ["a:甲"])
  }
}
