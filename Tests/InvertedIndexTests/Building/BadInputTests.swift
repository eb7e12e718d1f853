import SystemIO
import Testing

@testable import InvertedIndex

@Suite struct BadInputTests {
  @Test func `a key that occurs twice in a rebuild is an error, and the writer goes on`() throws {
    let folder = try TestFolder()
    let writer = try IndexWriter(directory: folder["index"], mode: .rebuild)
    try writer.add(Document(key: "a", text: "甲"))
    #expect(throws: IndexError.duplicateKey("a")) { try writer.add(Document(key: "a", text: "乙")) }
    try writer.add(Document(key: "b", text: "丙"))
    #expect(try writer.commit().documents == 2)
    #expect(try folder.snapshot().document(key: "a")?.text == "甲")
  }

  @Test(arguments: [
    Document(key: "", text: "甲"), Document(key: String(repeating: "k", count: 4097), text: "甲"),
    Document(key: "a", text: "", fields: [Field(name: "f", value: .number(.nan))]),
    Document(key: "a", text: "", fields: [Field(name: "f", value: .list([.number(.infinity)]))]),
    Document(key: "a", text: "", fields: [Field(name: "f", value: .list([.list([])]))]),
    Document(key: "a", text: "", fields: [Field(name: "f", value: .null), Field(name: "f", value: .null)]),
    Document(key: "a", text: "", source: SourceLocation(path: "x", startLine: 5, endLine: 4)),
    Document(key: "a", text: "", source: SourceLocation(path: "x", startLine: -1, endLine: 4)),
  ])
  func `a document that cannot be kept is refused and changes nothing`(document: Document) throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲")])
    try folder.update { writer in
      let error = #expect(throws: IndexError.self) { try writer.add(document) }
      guard case .invalidDocument(let key, let reason)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(document.key.hasPrefix(key) && !reason.isEmpty && key.utf8.count <= 60)
    }
    #expect(try folder.snapshot().document(key: "a")?.text == "甲")
  }

  @Test(arguments: [IndexWriter.Mode.rebuild, .update])
  func `a second writer is kept out until the first one ends`(mode: IndexWriter.Mode) throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲")])
    let first = try IndexWriter(directory: folder["index"], mode: mode)
    #expect(throws: IndexError.locked(directory: folder["index"])) {
      try IndexWriter(directory: folder["index"], mode: .update)
    }
    #expect(throws: IndexError.locked(directory: folder["index"])) {
      try IndexWriter(directory: folder["index"], mode: .rebuild)
    }
    _ = try first.commit()
    #expect(throws: Never.self) { try IndexWriter(directory: folder["index"], mode: .update).abandon() }
  }

  @Test func `a folder without an index is missing, for readers and updates`() throws {
    let folder = try TestFolder()
    for name in ["none", "none/at/all"] {
      let missing = IndexError.missing(directory: folder[name])
      #expect(throws: missing) { try folder.snapshot(name) }
      #expect(throws: missing) { try IndexWriter(directory: folder[name], mode: .update) }
      #expect(throws: missing) { try IndexVerifier.verify(directory: folder[name]) }
    }
    #expect(try folder.names() == [])
    #expect(IndexError.missing(directory: "x").description.contains("searchctl rebuild --index x"))
  }

  @Test(arguments: [("é", "e\u{301}"), ("\u{F900}", "\u{8C48}")])
  func `keys, paths and fields that Unicode calls equal are different all the same`(one: String, other: String) throws {
    let folder = try TestFolder()
    func document(_ name: String) -> Document {
      Document(
        key: name, text: "甲", fields: [Field(name: name, value: .string("乙"))],
        source: SourceLocation(path: name, startLine: 1, endLine: 1))
    }
    func keys() throws -> [[UInt8]] {
      var keys: [[UInt8]] = []
      try folder.snapshot().forEachDocument { keys.append(Array($0.key.utf8)) }
      return keys
    }
    try folder.build([document(one), document(other)])
    let both = [Array(one.utf8), Array(other.utf8)]
    #expect(try keys() == both)
    let writer = try IndexWriter(directory: folder["index"], mode: .update)
    try writer.add(document(one))
    try writer.add(document(other))
    _ = try writer.commit()
    #expect(try keys() == both)
    let remover = try IndexWriter(directory: folder["index"], mode: .update)
    #expect(try remover.removeAll(withSourcePaths: [one]) == 1)
    _ = try remover.commit()
    #expect(try keys() == [Array(other.utf8)])
    let fields = [Field(name: one, value: .null), Field(name: other, value: .null)]
    #expect(Document(key: "a", text: "", fields: fields).reasonForRefusal == nil)
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
  }

  @Test(arguments: [10, 12])
  func `a file of another version is named, with both versions`(offset: Int) throws {
    // Offset 10 is the format's version, 12 the analysis version; the checksum over header and table is made anew.
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲")])
    for name in try folder.names(in: "index") where name != "lock" {
      try folder.copy("index", to: "copy")
      var bytes = try folder.bytes("copy/" + name)
      bytes[offset] = 99
      let tableStart = bytes.count - 24 - 24 * Int(bytes[bytes.count - 24])
      var checksum = CRC32C()
      bytes[..<24].withUnsafeBytes { checksum.update($0) }
      bytes[tableStart..<bytes.count - 8].withUnsafeBytes { checksum.update($0) }
      for index in 0..<4 {
        bytes[bytes.count - 8 + index] = UInt8(truncatingIfNeeded: checksum.value >> UInt32(8 * index))
      }
      try folder.write(bytes, to: "copy/" + name)
      let error = #expect(throws: IndexError.self) { try folder.snapshot("copy") }
      guard let error, case .unsupportedVersion(let file, let what, let found, _) = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
      #expect(file == folder["copy/" + name] && found == 99 && what == (offset == 10 ? "format" : "analysis"))
      #expect(throws: error) { try IndexVerifier.verify(directory: folder["copy"]) }  // no damage: another version
      // A rebuild gets over it.
      try folder.build([Document(key: "b", text: "乙")], in: "copy")
      #expect(try IndexVerifier.verify(directory: folder["copy"]).problems == [])
    }
  }

  @Test func `an index of nothing is an index`() throws {
    let folder = try TestFolder()
    try folder.build([])
    let snapshot = try folder.snapshot()
    #expect(snapshot.documentCount == 0)
    for query in ["甲", "\"甲乙\"", "a OR b", "甲 -乙", "title:甲"] {
      #expect(try Searcher(snapshot).search(SearchRequest(query: query)).total == 0)
    }
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
    try folder.update { try $0.add(Document(key: "a", text: "甲")) }
    #expect(try Searcher(folder.snapshot()).search(SearchRequest(query: "甲")).total == 1)
  }

  @Test func `documents without a term are kept, counted and never found`() throws {
    let folder = try TestFolder()
    let texts = ["", "，。！", " \n\t", "\u{200B}", "\u{E000}", "\u{301}", "😀"]
    try folder.build(texts.enumerated().map { Document(key: "\($0)", title: $1, text: $1) }, memoryBudget: 0)
    let snapshot = try folder.snapshot()
    #expect(snapshot.documentCount == texts.count)
    for (index, text) in texts.enumerated() { #expect(try snapshot.document(key: "\(index)")?.text == text) }
    for query in ["甲", "，", "\"。\"", "😀", "-甲", " ", "\u{301}", "\"\"", "title:，"] {
      #expect(try Searcher(snapshot).search(SearchRequest(query: query)).total == 0, "\(query)")
    }
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
  }

  @Test func `a folder that cannot be made or written is an error that names it`() throws {
    let folder = try TestFolder()
    try folder.write([], to: "file")
    let error = #expect(throws: IndexError.self) {
      try IndexWriter(directory: folder["file"] + "/index", mode: .rebuild)
    }
    #expect("\(String(describing: error))".contains(folder["file"]))
    #expect(throws: IndexError.self) { try Snapshot.open(directory: folder["file"]) }
  }
}
