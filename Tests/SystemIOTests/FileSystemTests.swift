import Foundation
import SystemIO
import Testing

struct FileSystemTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("The kind of a path follows links, and nothing is nil")
  func kinds() throws {
    let file = try folder.file("a", [1, 2])
    #expect(symlink(file, folder["link"]) == 0)
    #expect(symlink(folder["gone"], folder["broken"]) == 0)
    #expect(mkfifo(folder["pipe"], 0o600) == 0)
    #expect(try FileSystem.kind(file) == .file)
    #expect(try FileSystem.kind(folder["link"]) == .file)
    #expect(try FileSystem.kind(folder.path) == .directory)
    #expect(try FileSystem.kind(folder["pipe"]) == .other)
    #expect(try FileSystem.kind(folder["broken"]) == nil)
    #expect(try FileSystem.kind(folder["a/b"]) == nil)
    #expect(try FileSystem.byteCount(file) == 2)
  }

  @Test("A folder is made with those above it, and making it again is fine")
  func createDirectory() throws {
    try FileSystem.createDirectory(folder["x/y//z/"])
    try FileSystem.createDirectory(folder["x/y/z"])
    #expect(try FileSystem.kind(folder["x/y/z"]) == .directory)
    _ = try folder.file("f", [])
    #expect(throws: SystemError(operation: "mkdir", path: folder["f"], code: EEXIST)) {
      try FileSystem.createDirectory(folder["f"])
    }
    #expect(throws: SystemError(operation: "mkdir", path: folder["f/g"], code: ENOTDIR)) {
      try FileSystem.createDirectory(folder["f/g"])
    }
  }

  @Test("Entries come sorted by their bytes")
  func entries() throws {
    for name in ["b", "a", "字", "A", ".x", "é"] { _ = try folder.file(name, []) }
    #expect(try FileSystem.entries(of: folder.path) == [".x", "A", "a", "b", "é", "字"])
    #expect(throws: SystemError(operation: "opendir", path: folder["none"], code: ENOENT)) {
      _ = try FileSystem.entries(of: folder["none"])
    }
  }

  @Test("A name that is not UTF-8 is an error, because no string leads to it")
  func undecodableName() throws {
    let name = Array(folder.path.utf8) + [UInt8(ascii: "/"), 0xB9, 0xAB, 0]
    let descriptor = name.withUnsafeBytes { open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT, 0o600) }
    #expect(descriptor >= 0)
    close(descriptor)
    #expect(throws: SystemError(operation: "read the names of", path: folder.path, code: EILSEQ)) {
      _ = try FileSystem.entries(of: folder.path)
    }
  }

  @Test("Removing what is missing is fine; renaming replaces")
  func removeAndRename() throws {
    let a = try folder.file("a", [1])
    let b = try folder.file("b", [2])
    try FileSystem.rename(a, to: b)
    #expect(try folder.bytes("b") == [1])
    try FileSystem.remove(b)
    try FileSystem.remove(b)
    #expect(try FileSystem.kind(b) == nil)
    #expect(throws: SystemError(operation: "rename", path: a, code: ENOENT)) { try FileSystem.rename(a, to: b) }
  }

  @Test(
    "The parent of a path",
    arguments: [("a/b", "a"), ("a/b/", "a"), ("a", "."), ("/a", "/"), ("/a/b", "/a"), ("//a//b//", "//a"), ("/", "/")])
  func parents(path: String, parent: String) {
    #expect(FileSystem.parent(of: path) == parent)
  }

  @Test("Each failing call is reported")
  func failures() throws {
    let path = try folder.file("a", [1])
    let cases: [(String, String, () throws -> Void)] = [
      ("stat", path, { _ = try FileSystem.kind(path) }),
      ("stat", path, { _ = try FileSystem.byteCount(path) }),
      ("mkdir", folder["d"], { try FileSystem.createDirectory(folder["d"]) }),
      ("opendir", folder.path, { _ = try FileSystem.entries(of: folder.path) }),
      ("readdir", folder.path, { _ = try FileSystem.entries(of: folder.path) }),
      ("open", folder.path, { try FileSystem.synchronizeDirectory(folder.path) }),
      ("fsync", folder.path, { try FileSystem.synchronizeDirectory(folder.path) }),
      ("close", folder.path, { try FileSystem.synchronizeDirectory(folder.path) }),
      ("rename", path, { try FileSystem.rename(path, to: folder["b"]) }),
      ("unlink", path, { try FileSystem.remove(path) }),
    ]
    for (operation, subject, body) in cases {
      let plan = FaultPlan()
      plan.fail(operation, call: 1, code: EIO)
      FaultPlan.$current.withValue(plan) {
        _ = #expect(throws: SystemError(operation: operation, path: subject, code: EIO), performing: body)
      }
      #expect(folder.openDescriptorCount == 0, "\(operation)")
    }
  }
}
