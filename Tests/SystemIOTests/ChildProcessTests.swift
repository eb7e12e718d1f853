import Foundation
import SystemIO
import Testing

@Suite("Programs of the system")
struct ChildProcessTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "child-\(UUID().uuidString)")

  private func input(_ text: String, named name: String = "in") throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private func run(
    _ program: String, _ arguments: String..., input: String, limit: Int = 1 << 20, seconds: Double = 60
  ) throws -> ChildProcess {
    try ChildProcess.run(program, arguments, input: input, outputLimit: limit, seconds: seconds)
  }

  @Test("the file is the input, the output is gathered, whatever the file is called", arguments: ["in", "-n", "a b;c"])
  func output(name: String) throws {
    let path = try input("甲\n乙\n", named: name)
    defer { try? FileManager.default.removeItem(at: folder) }
    let child = try run("cat", "/dev/stdin", input: path)
    #expect(child.end == .exited(status: 0))
    #expect(String(decoding: child.output, as: UTF8.self) == "甲\n乙\n")
    #expect(child.messages.isEmpty)
  }

  @Test("status, messages and signals are told")
  func ends() throws {
    let path = try input("")
    defer { try? FileManager.default.removeItem(at: folder) }
    let failed = try run("sh", "-c", "echo no >&2; exit 7", input: path)
    #expect(failed.end == .exited(status: 7))
    #expect(failed.messages == Array("no\n".utf8))
    #expect(try run("sh", "-c", "kill -TERM $$", input: path).end == .signaled(15))
  }

  @Test(
    "no more output is taken than the limit, and a program that writes on is killed", arguments: [0, 1, 4096, 200_000])
  func limit(bytes: Int) throws {
    let path = try input("")
    defer { try? FileManager.default.removeItem(at: folder) }
    let endless = try run("yes", input: path, limit: bytes)
    #expect(endless.end == .wroteTooMuch)
    #expect(endless.output.count == bytes)
    let exact = try run("head", "-c", "\(bytes)", "/dev/zero", input: path, limit: bytes)
    #expect(exact.end == .exited(status: 0))
    #expect(exact.output.count == bytes)
  }

  @Test(
    "a program that takes too long is killed with all it started, whether it holds its output or not",
    arguments: ["sleep 600", "sleep 600 & sleep 600", "exec sleep 600 >&- 2>&-"])
  func timeLimit(command: String) throws {
    let path = try input("")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try run("sh", "-c", command, input: path, seconds: 0.1).end == .tookTooLong)
  }

  @Test("a program that is not there, and a file that is not, are told apart")
  func missing() throws {
    let path = try input("")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: SystemError(operation: "posix_spawn", path: "no-such-program", code: ENOENT)) {
      try run("no-such-program", input: path)
    }
    #expect(throws: SystemError(operation: "open", path: path + "2", code: ENOENT)) {
      try run("cat", input: path + "2")
    }
    #expect(throws: SystemError(operation: "open", path: "/dev/null", code: EINVAL)) {
      try run("cat", input: "/dev/null")
    }
  }

  @Test("a system call that fails is an error", arguments: ["pipe", "posix_spawn", "poll", "read", "waitpid"])
  func faults(operation: String) throws {
    let path = try input("")
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: EIO)
    FaultPlan.$current.withValue(plan) {
      #expect(throws: SystemError(operation: operation, path: "true", code: EIO)) { try run("true", input: path) }
    }
  }
}
