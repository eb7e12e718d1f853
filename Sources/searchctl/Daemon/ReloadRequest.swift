import SearchAPI

/// The request to take up the newest commit.
enum ReloadRequest {
  /// Asks the searchd at `socketPath`, and returns what serves now.
  static func send(to socketPath: String) throws -> ReloadAnswer {
    let body = try DaemonClient(socketPath: socketPath).body(.post, target: Route.reload.encodedPath)
    return try AnswerCoding.decode(ReloadAnswer.self, from: body)
  }

  /// Asks the searchd at `socketPath`, if there is one, after an index was changed: a failure is a warning only.
  static func sendAfterCommit(to socketPath: String?, console: Console) throws {
    guard let socketPath else { return }
    do {
      _ = try send(to: socketPath)
    } catch {
      try console.say(
        "searchctl: warning: the index is changed, but searchd has not taken it up: \(Tool.sentence(for: error))")
    }
  }
}
