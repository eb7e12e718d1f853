import Bulletins
import Foundation
import Testing

@testable import searchctl

@Suite("Files and folders")
struct SourceFilesTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func paths(_ typed: String...) throws -> [String] {
    try SourceFiles(walking: typed).files.map { String($0.path.dropFirst(folder.path.count)) }
  }

  @Test("a folder is walked in the order of its names' bytes, hidden and other files left out")
  func walk() throws {
    for name in [
      "b.txt", "B.md", "a/z.jsonl", "a/é.txt", "a-1.txt", "甲.txt", ".hidden.txt", ".git/c.txt", "x.doc", "a/README",
    ] {
      try folder.write("甲\n", to: name)
    }
    #expect(try paths(folder.path) == ["/B.md", "/a/z.jsonl", "/a/é.txt", "/a-1.txt", "/b.txt", "/甲.txt"])
    let sources = try SourceFiles(walking: [folder.path])
    #expect(sources.skippedCount == 2)
    #expect(sources.byteCount == 24)
    #expect(sources.files.map(\.format).filter { $0 == .jsonLines }.count == 1)
  }

  @Test("a file reached twice counts once, under its normalised path")
  func twice() throws {
    try folder.write("", to: "a/b.txt")
    #expect(try paths(folder.path + "/a/../a/./b.txt", folder.path, folder.path + "//a") == ["/a/b.txt"])
  }

  @Test("links to files are followed, links to folders are not, so that no walk goes in a circle")
  func links() throws {
    try folder.write("", to: "a/b.txt")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: folder.path + "/a/up", withDestinationPath: "..")
    try manager.createSymbolicLink(atPath: folder.path + "/c.txt", withDestinationPath: "a/b.txt")
    #expect(try paths(folder.path) == ["/a/b.txt", "/c.txt"])
    #expect(try paths(folder.path + "/a/up/a") == ["/a/up/a/b.txt"])
  }

  @Test("a path that leads nowhere, or to no text, is an error that names it")
  func errors() throws {
    let other = try folder.write("", to: "a.doc")
    let message = "\(other): not a .txt, .md, .jsonl, .html, .htm, .docx or .pdf file; nothing was changed"
    #expect(throws: ToolError(message)) { try paths(other) }
    let missing = folder.path + "/missing"
    #expect(throws: ToolError("\(missing): no such file or folder; nothing was changed")) { try paths(missing) }
    #expect(throws: ToolError("/dev/null: neither a file nor a folder; nothing was changed")) { try paths("/dev/null") }
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/d.txt", withDestinationPath: "nowhere")
    #expect(throws: ToolError("\(folder.path)/d.txt: a link that leads nowhere; nothing was changed")) {
      try paths(folder.path)
    }
  }

  @Test("documents are streamed with their lines and the bytes read")
  func stream() throws {
    try folder.write("{\"id\": 1, \"text\": \"甲\"}\n\n{\"id\": 2, \"text\": \"乙\"}", to: "a.jsonl")
    try folder.write("# 甲\n乙\n", to: "b.md")
    var seen: [String] = []
    for file in try SourceFiles(walking: [folder.path]).files {
      try DocumentStream.read(file, isPlain: true) { document, bytesRead in
        seen.append("\(document.title)\(document.text.count) \(document.startLine)-\(document.endLine) \(bytesRead)")
      }
    }
    #expect(seen == ["1 1-1 25", "1 3-3 50", "甲4 1-2 10"])
  }

  @Test("an error in a line names the file and the line")
  func badLine() throws {
    let path = try folder.write("{\"id\": 1, \"text\": \"\"}\n[]\n", to: "a.jsonl")
    #expect(throws: ReadError(path: path, line: 2, reason: .notAnObject)) {
      for file in try SourceFiles(walking: [path]).files { try DocumentStream.read(file, isPlain: true) { _, _ in } }
    }
  }
}
