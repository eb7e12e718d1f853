import InvertedIndex
import SearchAPI
import SearchService

/// `suggest`: the daemon's own answer, from a running searchd or from the index's files.
struct SuggestVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    var parameters = SuggestParameters(query: arguments.operands.joined(separator: " "))
    guard !parameters.query.isEmpty else { throw UsageError("TEXT is empty") }
    parameters.limit = arguments.integer(.suggestionLimit) ?? parameters.limit
    let body = try answerBody(to: parameters)
    let answer = try AnswerCoding.decode(SuggestAnswer.self, from: body)
    if arguments.has(.json) {
      try console.print(String(decoding: body, as: UTF8.self))
    } else {
      try console.write(Self.text(answer))
    }
    return answer.suggestions.isEmpty ? .negative : .fine
  }

  /// A line for each suggestion: its text, what it is, and how many documents it finds.
  static func text(_ answer: SuggestAnswer) -> String {
    guard !answer.suggestions.isEmpty else { return "no suggestions\n" }
    return TextTable.aligned(
      answer.suggestions.map { suggestion in
        let total = (suggestion.total.exact ? "" : "~") + String(suggestion.total.value)
        return [TerminalText.oneLine(suggestion.text), suggestion.kind.rawValue, total]
      }, leftCount: 2) + "\n"
  }

  private func answerBody(to parameters: SuggestParameters) throws -> [UInt8] {
    switch (arguments.text(.index), arguments.text(.socket)) {
    case (let directory?, nil):
      try SearchService.suggestBody(parameters, in: ServedIndex(try Snapshot.open(directory: directory)))
    case (nil, let socketPath?): try DaemonClient(socketPath: socketPath).body(target: parameters.target)
    case (nil, nil): throw UsageError("neither --index DIR nor --socket PATH is given")
    case (.some, .some): throw UsageError("--index and --socket exclude each other")
    }
  }
}
