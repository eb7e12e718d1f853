import Foundation
import Synchronization
import SystemIO
import Testing

struct FileLockTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A lock has one holder at a time, in one process too")
  func exclusive() throws {
    do {
      let lock = try FileLock(locking: folder["lock"])
      let error = #expect(throws: SystemError.self) { _ = try FileLock(locking: folder["lock"]) }
      #expect(error?.code == EWOULDBLOCK)
      #expect(error?.isTaken == true)
      #expect(lock.path == folder["lock"])
    }
    #expect(folder.openDescriptorCount == 0)
    _ = try FileLock(locking: folder["lock"])
  }

  @Test("After the file is removed, the next holder locks a file that others see")
  func removed() throws {
    let first = try FileLock(locking: folder["lock"])
    try first.removeFile()
    let second = try FileLock(locking: folder["lock"])
    #expect(throws: SystemError.self) { _ = try FileLock(locking: folder["lock"]) }
    _ = (first, second)
  }

  @Test("However often lock files are removed and made anew, there are never two holders")
  func neverTwo() throws {
    let holders = Atomic(0)
    let most = Atomic(0)
    let path = folder["lock"]
    let threads = try (0..<4).map { _ in
      try SystemThread(starting: "locker") {
        for _ in 0..<4000 {
          guard let lock = try? FileLock(locking: path) else { continue }
          most.max(holders.add(1, ordering: .sequentiallyConsistent).newValue, ordering: .sequentiallyConsistent)
          // Holds the lock for a moment, so that a second holder would be seen.
          for _ in 0..<20 { _ = try? FileSystem.kind(path) }
          holders.subtract(1, ordering: .sequentiallyConsistent)
          try? lock.removeFile()
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(most.load(ordering: .sequentiallyConsistent) == 1)
  }

  @Test("Each failing call is reported, and the descriptor is closed", arguments: ["open", "flock", "fstat"])
  func failure(operation: String) throws {
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: EIO)
    FaultPlan.$current.withValue(plan) {
      _ = #expect(throws: SystemError(operation: operation, path: folder["lock"], code: EIO)) {
        _ = try FileLock(locking: folder["lock"])
      }
    }
    #expect(folder.openDescriptorCount == 0)
  }
}
