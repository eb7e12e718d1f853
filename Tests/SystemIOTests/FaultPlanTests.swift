import Foundation
import Synchronization
import SystemIO
import Testing

struct FaultPlanTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A plan fails the calls it names and no other, and counts them all")
  func counts() throws {
    let plan = FaultPlan()
    plan.fail("unlink", call: 2, code: EIO)
    try FaultPlan.$current.withValue(plan) {
      try FileSystem.remove(folder["a"])
      #expect(throws: SystemError.self) { try FileSystem.remove(folder["a"]) }
      try FileSystem.remove(folder["a"])
    }
    #expect(plan.callCount(of: "unlink") == 3)
    #expect(plan.callCount(of: FaultPlan.anyOperation) == 3)
    try FileSystem.remove(folder["a"])
    #expect(plan.callCount(of: "unlink") == 3)
  }

  @Test("From one call on, every call fails, as after a crash")
  func crash() throws {
    let plan = FaultPlan()
    plan.fail(FaultPlan.anyOperation, from: 2, code: EIO)
    try FaultPlan.$current.withValue(plan) {
      let kind = try FileSystem.kind(folder.path)
      #expect(kind == .directory)
      #expect(throws: SystemError.self) { _ = try FileSystem.kind(folder.path) }
      #expect(throws: SystemError.self) { _ = try OutputFile(creating: folder["a"]) }
    }
    #expect(try FileSystem.kind(folder["a"]) == nil)
  }

  @Test("A thread takes the plan along")
  func threads() throws {
    let plan = FaultPlan()
    plan.fail("unlink", from: 1, code: EIO)
    let failed = Mutex(false)
    let path = folder["a"]
    try FaultPlan.$current.withValue(plan) {
      let thread = try SystemThread(starting: "test") {
        do { try FileSystem.remove(path) } catch { failed.withLock { $0 = true } }
      }
      thread.join()
      thread.join()
    }
    #expect(failed.withLock { $0 })
  }

  @Test("An error says what was asked, of what, and why it failed")
  func description() {
    let error = SystemError(operation: "open", path: "index/commit", code: ENOENT)
    #expect(error.description == "open index/commit: No such file or directory (errno 2)")
    #expect(error.isMissingFile)
  }
}
