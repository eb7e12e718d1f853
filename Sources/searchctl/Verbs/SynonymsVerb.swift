import InvertedIndex
import SearchAPI
import SearchService

/// `synonyms`: the list that comes with the program, to be copied and changed, or a look at such a copy.
struct SynonymsVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    guard let path = arguments.text(.check) else {
      try console.write(SynonymList.text)
      return .fine
    }
    do throws(SynonymFile.ReadError) {
      let table = try SynonymFile(path: path).table()
      try? console.print("\(path): \(Figures.count(table.count, "word")) with synonyms")
      return .fine
    } catch {
      try? console.say("searchctl: \(TerminalText.safe(error.description.unicodeScalars))")
      return .negative
    }
  }
}

extension Arguments {
  /// What `--synonyms` and `--no-synonyms` ask for: whether any are looked for, and those of a file.
  ///
  /// - Throws: ``UsageError`` for both, or for a file that a daemon would have to read; ``SynonymFile/ReadError``.
  func synonyms() throws -> (areWanted: Bool, table: SynonymTable?) {
    guard let path = text(.synonyms) else { return (!has(.noSynonyms), nil) }
    if has(.noSynonyms) { throw UsageError("--synonyms and --no-synonyms exclude each other") }
    if has(.socket) { throw UsageError("--synonyms needs --index: a daemon has those it was started with") }
    return (true, try SynonymFile(path: path).table())
  }
}
