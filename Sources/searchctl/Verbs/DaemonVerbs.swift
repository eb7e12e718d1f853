import SearchAPI

/// `status`: what a running searchd serves.
struct StatusVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let client = DaemonClient(socketPath: try arguments.required(.socket))
    let body = try client.body(target: Route.statistics.encodedPath)
    if arguments.has(.json) {
      try console.print(String(decoding: body, as: UTF8.self))
    } else {
      try console.print(Self.text(try AnswerCoding.decode(StatisticsAnswer.self, from: body)))
    }
    return .fine
  }

  /// A line for each figure.
  static func text(_ statistics: StatisticsAnswer) -> String {
    TextTable.aligned([
      ["generation", String(statistics.generation)], ["documents", String(statistics.documents)],
      ["deleted documents", String(statistics.deletedDocuments)], ["segments", String(statistics.segments)],
      ["size", Figures.megabytes(statistics.bytes)], ["requests", String(statistics.requests)],
      ["up", Figures.clock(statistics.uptimeSeconds)], ["version", statistics.version],
    ])
  }
}

/// `reload`: asks a running searchd to take up the newest commit.
struct ReloadVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let answer = try ReloadRequest.send(to: try arguments.required(.socket))
    try console.print("serving generation \(answer.generation), \(Figures.count(answer.documents, "document"))")
    for note in answer.notes ?? [] { try console.say("searchctl: warning: \(TerminalText.safe(note.unicodeScalars))") }
    return .fine
  }
}
