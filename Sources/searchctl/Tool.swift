import SearchAPI

/// The tool: words in, answers and an exit status out.
struct Tool {
  let console: Console

  /// Does what `words`, the command line behind the tool's name, ask for.
  ///
  /// Never throws: what goes wrong becomes one sentence on the error stream and a status.
  func run(_ words: [String]) -> ExitStatus {
    do {
      let status = try perform(try ArgumentParser.parse(words))
      try console.flush()
      return status
    } catch {
      report(error)
      return .failed
    }
  }

  private func perform(_ command: Command) throws -> ExitStatus {
    switch command {
    case .overview: try console.write(HelpText.overview)
    case .help(let verb): try console.write(HelpText.help(for: verb))
    case .version: try console.print("searchctl \(Product.version)")
    case .perform(let verb, let arguments): return try perform(verb, arguments)
    }
    return .fine
  }

  private func perform(_ verb: Verb, _ arguments: Arguments) throws -> ExitStatus {
    switch verb {
    case .rebuild: try IndexingVerb(kind: .rebuild, arguments: arguments, console: console).run()
    case .add: try IndexingVerb(kind: .add, arguments: arguments, console: console).run()
    case .remove: try RemoveVerb(arguments: arguments, console: console).run()
    case .search: try SearchVerb(arguments: arguments, console: console).run()
    case .suggest: try SuggestVerb(arguments: arguments, console: console).run()
    case .documents: try DocumentsVerb(arguments: arguments, console: console).run()
    case .inspect: try InspectVerb(arguments: arguments, console: console).run()
    case .synonyms: try SynonymsVerb(arguments: arguments, console: console).run()
    case .verify: try VerifyVerb(arguments: arguments, console: console).run()
    case .bench: try BenchVerb(arguments: arguments, console: console).run()
    case .status: try StatusVerb(arguments: arguments, console: console).run()
    case .reload: try ReloadVerb(arguments: arguments, console: console).run()
    }
  }

  /// Says what went wrong; if even that cannot be written, the exit status alone says it.
  private func report(_ error: any Error) {
    var message = "searchctl: \(Self.sentence(for: error))"
    if let caret = (error as? ProblemDocument)?.caret { message += "\n" + caret }
    if error is UsageError { message += "\nTry 'searchctl --help'." }
    try? console.say(message)
  }

  /// What went wrong, for a person's terminal.
  static func sentence(for error: any Error) -> String {
    TerminalText.safe(((error as? ProblemDocument)?.detail ?? "\(error)").unicodeScalars)
  }
}
