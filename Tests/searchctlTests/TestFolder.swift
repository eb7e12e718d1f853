import Foundation

@testable import searchctl

/// A folder of its own for a test, which goes when the test ends.
final class TestFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "searchctl-\(UUID().uuidString)")
    path = url.path
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, making the folders above it, and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }
}

/// What the tool wrote and how it ended.
struct ToolRun {
  let status: ExitStatus
  let output: String
  let messages: String

  /// Runs the tool inside this process.
  init(_ words: String...) { self.init(words) }

  /// Runs the tool inside this process.
  init(_ words: [String]) {
    final class Texts { var output = "", messages = "" }
    let texts = Texts()
    let console = Console(output: { texts.output += $0 }, error: { texts.messages += $0 })
    status = Tool(console: console).run(words)
    output = texts.output
    messages = texts.messages
  }
}
