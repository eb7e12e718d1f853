/// What a person asked for.
enum Command: Equatable {
  case overview
  case help(Verb)
  case version
  case perform(Verb, Arguments)
}

/// Options and operands of a verb, each option checked against the verb's table.
struct Arguments: Equatable {
  /// The values by the options' names, in order; an option without value has "".
  var options: [String: [String]] = [:]
  /// The other words, in order.
  var operands: [String] = []

  /// Whether the option was given.
  func has(_ option: OptionSpec) -> Bool { options[option.name] != nil }

  /// The option's text, if it was given.
  func text(_ option: OptionSpec) -> String? { options[option.name]?.last }

  /// The texts of an option that may be given several times.
  func texts(_ option: OptionSpec) -> [String] { options[option.name] ?? [] }

  /// The option's whole number, if it was given.
  func integer(_ option: OptionSpec) -> Int? { text(option).flatMap { Int($0) } }

  /// The option's number, if it was given.
  func number(_ option: OptionSpec) -> Double? { text(option).flatMap { Double($0) } }

  /// The option's text.
  ///
  /// - Throws: ``UsageError`` if it is missing.
  func required(_ option: OptionSpec) throws(UsageError) -> String {
    guard let text = text(option) else { throw UsageError("\(option.synopsis) is missing") }
    return text
  }
}

/// A command line that cannot be understood, in one sentence.
struct UsageError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Reads a command line by the table in ``Verb``.
///
/// Options stand anywhere behind the verb, as `--name VALUE` or `--name=VALUE`, each at most once unless the table says
/// otherwise; behind `--` every word is an operand.
enum ArgumentParser {
  /// What the words behind the tool's name ask for.
  ///
  /// - Throws: ``UsageError`` with one sentence for the person.
  static func parse(_ words: [String]) throws(UsageError) -> Command {
    guard let first = words.first else { throw UsageError("no verb given") }
    switch first {
    case "--help", "-h": return .overview
    case "--version": return .version
    case "help":
      guard let name = words.dropFirst().first else { return .overview }
      return .help(try verb(named: name))
    default:
      guard !first.hasPrefix("-") else {
        throw UsageError(
          "unknown option '\(first)' in front of the verb\(Suggestion.ending(for: first, among: ["--help", "--version"]))"
        )
      }
      let verb = try verb(named: first)
      return try parse(Array(words.dropFirst()), for: verb)
    }
  }

  private static func verb(named name: String) throws(UsageError) -> Verb {
    if let verb = Verb(rawValue: name) { return verb }
    throw UsageError(
      "unknown verb '\(name)'\(Suggestion.ending(for: name, among: Verb.allCases.map(\.rawValue) + ["help"]))")
  }

  private static func parse(_ words: [String], for verb: Verb) throws(UsageError) -> Command {
    let spec = verb.spec
    var arguments = Arguments()
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        arguments.operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        arguments.operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let option = try option(parts[0], of: spec)
      if option.name == OptionSpec.help.name { return .help(verb) }
      guard option.isRepeatable || !arguments.has(option) else {
        throw UsageError("--\(option.name) is given twice")
      }
      let value = try value(of: option, attached: parts.count == 2 ? parts[1] : nil, rest: &rest)
      try check(value, of: option)
      arguments.options[option.name, default: []].append(value)
    }
    try checkOperands(of: arguments, spec)
    return .perform(verb, arguments)
  }

  private static func option(_ word: String, of spec: VerbSpec) throws(UsageError) -> OptionSpec {
    if word == "-h" { return .help }
    if let option = spec.options.first(where: { "--" + $0.name == word }) { return option }
    let suggestion = Suggestion.ending(for: word, among: spec.options.map { "--" + $0.name })
    let advice = word.hasPrefix("--") ? "" : "; put '--' in front of words that begin with '-'"
    throw UsageError("unknown option '\(word)'\(suggestion.isEmpty ? advice : suggestion)")
  }

  private static func value(of option: OptionSpec, attached: String?, rest: inout ArraySlice<String>)
    throws(UsageError) -> String
  {
    if option.value == .none {
      guard attached == nil else { throw UsageError("--\(option.name) takes no value") }
      return ""
    }
    guard let value = attached ?? rest.popFirst(), !value.isEmpty else {
      throw UsageError("\(option.synopsis) needs a value")
    }
    return value
  }

  private static func check(_ value: String, of option: OptionSpec) throws(UsageError) {
    switch option.value {
    case .none, .text: return
    case .integer(let range):
      if let number = Int(value), range.contains(number) { return }
      throw UsageError(
        "--\(option.name) is '\(value)'; it must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    case .number(let range):
      if let number = Double(value), range.contains(number) { return }
      throw UsageError(
        "--\(option.name) is '\(value)'; it must be a number from \(range.lowerBound) to \(range.upperBound)")
    case .choice(let words):
      if words.contains(value) { return }
      throw UsageError("--\(option.name) is '\(value)'; it must be \(words.joined(separator: " or "))")
    }
  }

  private static func checkOperands(of arguments: Arguments, _ spec: VerbSpec) throws(UsageError) {
    let operands = arguments.operands
    let hasSubstitute = spec.operands.substitute.map { arguments.has($0) } ?? false
    if operands.count < spec.operands.count.lowerBound, !hasSubstitute {
      throw UsageError("no \(spec.operands.name) given")
    }
    if operands.count > spec.operands.count.upperBound {
      throw UsageError("'\(operands[spec.operands.count.upperBound])' is one word too many")
    }
  }
}
