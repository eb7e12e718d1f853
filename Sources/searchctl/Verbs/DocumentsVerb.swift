import InvertedIndex

/// `documents`: one line for each document of an index.
struct DocumentsVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let snapshot = try Snapshot.open(directory: try arguments.required(.index))
    let isJSON = arguments.has(.json)
    let isComplete = arguments.has(.all)
    try snapshot.forEachDocument { document in
      guard isComplete || !document.isIssue && document.unreadableReason == nil else { return }
      if isJSON {
        try console.print(json: DocumentLine(document: document))
      } else {
        try console.print(Self.line(document))
      }
    }
    return .fine
  }

  /// Key, title and lines, a tab between them; an issue's name, and why a file could not be read, stand for its title.
  static func line(_ document: Document) -> String {
    let place = document.source.map { ["\($0.path):\($0.startLine)-\($0.endLine)"] } ?? []
    let title = document.issueName ?? document.unreadableReason.map { "unreadable: \($0)" } ?? document.title
    return ([document.key, title] + place).map(oneLine).joined(separator: "\t")
  }

  private static func oneLine(_ text: String) -> String {
    TerminalText.safe(text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 })
  }
}
