import Foundation
import SearchAPI
import SystemIO
import Testing

/// The program itself, as a process: arguments, signals, exit status.
struct ProgramTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.rebuild(documentCount: 3)
  }

  /// A running searchd and what it writes to standard error.
  private final class Program {
    let process = Process()
    let output = Pipe()
    let errors = Pipe()

    init(_ arguments: [String]) throws {
      // The tests are built beside the program.
      let folder = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        .deletingLastPathComponent()
      let beside = [folder, Bundle.allBundles.first?.bundleURL.deletingLastPathComponent() ?? folder]
      let program = beside.map { $0.appendingPathComponent("searchd") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      process.executableURL = program
      process.arguments = arguments
      process.standardOutput = output
      process.standardError = errors
      try process.run()
    }

    /// The next piece of the log, at least one line.
    func logged() -> String {
      String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
    }

    /// Waits for the end.
    func end() -> (status: Int32, output: String, errors: String) {
      let output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, output, errors)
    }
  }

  @Test("--version and --help are answered on standard output with status 0")
  func versionAndHelp() throws {
    let version = try Program(["--version"]).end()
    #expect(version.status == 0)
    #expect(version.output == "searchd \(Product.version) (Zilin)\n")
    let help = try Program(["--help"]).end()
    #expect(help.status == 0)
    #expect(help.output.hasPrefix("searchd --index DIR --socket PATH"))
    #expect(version.errors + help.errors == "")
  }

  @Test("A start that fails is one sentence on standard error and status 2")
  func failures() throws {
    for arguments in [[], ["--index", folder.path, "--socket", folder.socket], ["--nonsense"]] {
      let end = try Program(arguments).end()
      #expect(end.status == 2)
      #expect(end.output == "")
      #expect(end.errors.hasPrefix("searchd: "))
      #expect(end.errors.filter { $0 == "\n" }.count == 1, "\(end.errors)")
    }
  }

  @Test("SIGHUP takes up a commit; SIGTERM and SIGINT stop with status 0", arguments: [SIGTERM, SIGINT])
  func signals(signal: Int32) throws {
    let program = try Program(["--index", folder.index, "--socket", folder.socket])
    #expect(program.logged().hasPrefix("ready socket=\(folder.socket) documents=3"))
    let client = try Client(folder.socket)
    #expect(try client.get("/healthz")?.status == 200)
    try folder.rebuild(documentCount: 5)
    kill(program.process.processIdentifier, SIGHUP)
    #expect(program.logged().contains("documents=5"))
    let answer = try #require(try client.get("/stats"))
    #expect(try AnswerCoding.decode(StatisticsAnswer.self, from: answer.body).documents == 5)
    kill(program.process.processIdentifier, signal)
    let end = program.end()
    #expect(end.status == 0)
    #expect(end.errors.contains("stopped requests=2"))
    #expect(!folder.exists(folder.socket))
  }

  @Test("A socket left behind by a killed daemon is taken over")
  func killed() throws {
    let first = try Program(["--index", folder.index, "--socket", folder.socket])
    #expect(first.logged().hasPrefix("ready"))
    kill(first.process.processIdentifier, SIGKILL)
    _ = first.end()
    #expect(folder.exists(folder.socket))
    let second = try Program(["--index", folder.index, "--socket", folder.socket])
    #expect(second.logged().hasPrefix("ready"))
    #expect(try Client(folder.socket).get("/healthz")?.status == 200)
    kill(second.process.processIdentifier, SIGTERM)
    #expect(second.end().status == 0)
  }
}
