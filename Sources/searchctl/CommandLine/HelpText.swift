/// Help as it is printed, made from the table in ``Verb``.
enum HelpText {
  /// The help for all of the tool.
  static var overview: String {
    """
    usage: searchctl VERB [OPTIONS] ...

    Builds, asks and inspects a full-text index of Chinese, Japanese and Korean text.

    verbs:
    \(table(Verb.allCases.map { ($0.rawValue, $0.spec.summary) }))

    options:
    \(table([("--help, -h", "print this help"), ("--version", "print the version")]))

    'searchctl help VERB' says more about a verb. A word behind '--' is never an option.
    Exit status: 0 fine, 1 nothing found or a check failed, 2 could not be done.

    """
  }

  /// The help for one verb.
  static func help(for verb: Verb) -> String {
    let spec = verb.spec
    let options = spec.options.map { ($0.name == "help" ? "--help, -h" : $0.synopsis, $0.summary) }
    let notes = spec.notes.isEmpty ? "" : "\n" + spec.notes.joined(separator: "\n") + "\n"
    return """
      usage: searchctl \(verb.rawValue) \(spec.usage)

      \(sentence(spec.summary))

      options:
      \(table(options))
      \(notes)
      """
  }

  /// Two columns, the first as wide as its widest cell.
  static func table(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { row in
      "  " + row.0 + String(repeating: " ", count: width - row.0.count + 2) + row.1
    }.joined(separator: "\n")
  }

  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + "."
  }
}
