import Foundation
import SystemIO
import Testing

struct OutputFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("What is appended is what the file holds, whatever the buffer's size", arguments: [1, 7, 64, 1 << 18])
  func roundTrip(bufferByteCount: Int) throws {
    var expected: [UInt8] = []
    let file = try OutputFile(creating: folder["a"], bufferByteCount: bufferByteCount)
    for length in [0, 1, 6, 7, 8, 63, 64, 65, 1000] {
      let piece = (0..<length).map { UInt8(truncatingIfNeeded: $0 + length) }
      try file.append(piece)
      expected += piece
      #expect(file.byteCount == UInt64(expected.count))
    }
    try file.finish()
    try file.finish()
    #expect(try folder.bytes("a") == expected)
    #expect(folder.openDescriptorCount == 0)
  }

  @Test("A file that exists is not overwritten")
  func exclusive() throws {
    let path = try folder.file("a", [1])
    #expect(throws: SystemError(operation: "open", path: path, code: EEXIST)) {
      _ = try OutputFile(creating: path)
    }
    #expect(try folder.bytes("a") == [1])
  }

  @Test("A short write is completed")
  func shortWrite() throws {
    let plan = FaultPlan()
    plan.shorten("write", call: 1, to: 1)
    plan.shorten("write", call: 2, to: 2)
    try FaultPlan.$current.withValue(plan) {
      let file = try OutputFile(creating: folder["a"])
      try file.append([1, 2, 3, 4, 5, 6])
      try file.finish()
    }
    #expect(try folder.bytes("a") == [1, 2, 3, 4, 5, 6])
    #expect(plan.callCount(of: "write") == 3)
  }

  @Test("An interrupted call is made again", arguments: ["open", "write", "fsync"])
  func interrupted(operation: String) throws {
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: EINTR)
    try FaultPlan.$current.withValue(plan) {
      let file = try OutputFile(creating: folder["a"])
      try file.append([9])
      try file.finish()
    }
    #expect(try folder.bytes("a") == [9])
    #expect(plan.callCount(of: operation) == 2)
  }

  @Test("Each failing call is reported, and the descriptor is closed", arguments: ["open", "write", "fsync", "close"])
  func failure(operation: String) throws {
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: ENOSPC)
    FaultPlan.$current.withValue(plan) {
      _ = #expect(throws: SystemError(operation: operation, path: folder["a"], code: ENOSPC)) {
        let file = try OutputFile(creating: folder["a"])
        try file.append([1, 2, 3])
        try file.finish()
      }
    }
    #expect(folder.openDescriptorCount == 0)
  }
}
