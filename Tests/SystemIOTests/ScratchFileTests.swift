import Foundation
import SystemIO
import Testing

struct ScratchFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("What is appended can be read, and no name is left")
  func roundTrip() throws {
    let file = try ScratchFile(creating: folder["a"])
    #expect(!FileManager.default.fileExists(atPath: folder["a"]))
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try bytes.withUnsafeBytes { bytes in
      try file.append(UnsafeRawBufferPointer(rebasing: bytes[..<1000]))
      try file.append(UnsafeRawBufferPointer(rebasing: bytes[1000...]))
    }
    #expect(file.byteCount == 10_000)
    var read = [UInt8](repeating: 0, count: 9000)
    #expect(try read.withUnsafeMutableBytes { try file.read(into: $0, at: 2000) } == 8000)
    #expect(Array(read[..<8000]) == Array(bytes[2000...]))
  }

  @Test("Each failing call is reported", arguments: ["open", "unlink", "write", "pread"])
  func failure(operation: String) throws {
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: EIO)
    #expect(throws: SystemError(operation: operation, path: folder["a"], code: EIO)) {
      try FaultPlan.$current.withValue(plan) {
        let file = try ScratchFile(creating: folder["a"])
        try [UInt8](repeating: 1, count: 9).withUnsafeBytes { try file.append($0) }
        var read: [UInt8] = [0]
        _ = try read.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
      }
    }
    #expect(folder.openDescriptorCount == 0)
  }
}
