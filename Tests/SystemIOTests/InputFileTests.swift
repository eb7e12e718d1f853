import Foundation
import SystemIO
import Testing

struct InputFileTests {
  let folder: TemporaryFolder
  let content = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  init() throws { folder = try TemporaryFolder() }

  @Test("Any part of the file can be read, as far as the file goes")
  func reads() throws {
    let file = try InputFile(opening: try folder.file("a", content))
    #expect(file.byteCount == 10_000)
    #expect(try file.read(at: 0, count: 10_000) == content)
    #expect(try file.read(at: 9_998, count: 10) == Array(content[9_998...]))
    #expect(try file.read(at: 10_000, count: 1) == [])
    #expect(try file.read(at: .max, count: .max) == [])
    #expect(try file.read(at: 5, count: -1) == [])
  }

  @Test("A short read is completed and an interrupted one made again")
  func shortRead() throws {
    let path = try folder.file("a", content)
    let plan = FaultPlan()
    plan.shorten("pread", call: 1, to: 3)
    plan.fail("pread", call: 2, code: EINTR)
    let bytes = try FaultPlan.$current.withValue(plan) { try InputFile(opening: path).read(at: 0, count: 100) }
    #expect(bytes == Array(content[..<100]))
    #expect(plan.callCount(of: "pread") == 3)
  }

  @Test("What is no file is refused: a folder, nothing at all, a pipe without waiting for its writer")
  func refused() throws {
    #expect(throws: SystemError(operation: "open", path: folder.path, code: EISDIR)) {
      _ = try InputFile(opening: folder.path)
    }
    let error = #expect(throws: SystemError.self) { _ = try InputFile(opening: folder["none"]) }
    #expect(error?.isMissingFile == true)
    #expect(mkfifo(folder["pipe"], 0o600) == 0)
    #expect(throws: SystemError(operation: "open", path: folder["pipe"], code: EINVAL)) {
      _ = try InputFile(opening: folder["pipe"])
    }
    #expect(folder.openDescriptorCount == 0)
  }

  @Test("Each failing call is reported, and the descriptor is closed", arguments: ["open", "fstat", "pread"])
  func failure(operation: String) throws {
    let path = try folder.file("a", content)
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: EIO)
    FaultPlan.$current.withValue(plan) {
      _ = #expect(throws: SystemError(operation: operation, path: path, code: EIO)) {
        _ = try InputFile(opening: path).read(at: 0, count: 10)
      }
    }
    #expect(folder.openDescriptorCount == 0)
  }
}
