import Foundation
import SystemIO
import Testing

struct MappedFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A mapping holds the file's bytes, even after the file is removed, and goes with its object")
  func maps() throws {
    let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    let path = try folder.file("a", content)
    do {
      let file = try MappedFile(mapping: path)
      #expect(folder.openDescriptorCount == 0)
      #expect(folder.mappingCount == 1)
      try FileSystem.remove(path)
      #expect(file.byteCount == content.count)
      #expect(Array(file.bytes) == content)
      #expect(file.withBytes { $0.unsafeLoad(fromByteOffset: 300, as: UInt8.self) } == content[300])
    }
    #expect(folder.mappingCount == 0)
  }

  @Test("An empty file has no bytes")
  func empty() throws {
    let file = try MappedFile(mapping: try folder.file("a", []))
    #expect(file.byteCount == 0)
    #expect(file.bytes.isEmpty)
    #expect(file.withBytes { $0.byteCount } == 0)
  }

  @Test("Each failing call is reported, and nothing stays open", arguments: ["open", "fstat", "mmap"])
  func failure(operation: String) throws {
    let path = try folder.file("a", [65])
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: ENOMEM)
    FaultPlan.$current.withValue(plan) {
      _ = #expect(throws: SystemError(operation: operation, path: path, code: ENOMEM)) {
        _ = try MappedFile(mapping: path)
      }
    }
    #expect(folder.openDescriptorCount == 0)
    #expect(folder.mappingCount == 0)
  }

  @Test("A folder cannot be mapped")
  func folderRefused() throws {
    #expect(throws: SystemError(operation: "open", path: folder.path, code: EISDIR)) {
      _ = try MappedFile(mapping: folder.path)
    }
  }
}
