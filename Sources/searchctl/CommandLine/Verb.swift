/// What a person can ask the tool to do.
enum Verb: String, CaseIterable {
  case rebuild, add, remove, search, suggest, documents, inspect, synonyms, verify, bench, status, reload
}

/// One option of a verb.
struct OptionSpec: Equatable {
  /// What follows the option's name.
  enum Value: Equatable {
    /// Nothing: the option is there or not.
    case none
    /// Any text that is not empty, shown in the help by this word.
    case text(String)
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// One of these words.
    case choice([String])
  }

  /// The name, without the two hyphens.
  let name: String
  /// What follows it.
  let value: Value
  /// Whether it may be given several times.
  var isRepeatable = false
  /// One line for the help.
  let summary: String

  /// The option as the help shows it: `--limit N`.
  var synopsis: String {
    switch value {
    case .none: "--\(name)"
    case .text(let word): "--\(name) \(word)"
    case .integer: "--\(name) N"
    case .number: "--\(name) X"
    case .choice(let words): "--\(name) \(words.joined(separator: "|"))"
    }
  }
}

/// How many words a verb takes besides its options.
struct OperandSpec: Equatable {
  /// The words as the help shows them.
  let synopsis: String
  /// How many there may be.
  let count: ClosedRange<Int>
  /// What is missing when there are too few, as in "no PATH given".
  let name: String
  /// An option that may stand for them.
  var substitute: OptionSpec?

  /// A verb without operands.
  static let none = OperandSpec(synopsis: "", count: 0...0, name: "")
}

/// What the help says about a verb, and what the parser takes for it.
struct VerbSpec: Equatable {
  /// One line for the list of verbs.
  let summary: String
  /// The usage line behind the verb's name: options first, then operands.
  let usage: String
  /// The words besides the options.
  let operands: OperandSpec
  /// The options, in the help's order.
  let options: [OptionSpec]
  /// The lines below the options.
  let notes: [String]
}
