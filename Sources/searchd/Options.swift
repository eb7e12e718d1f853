internal import SystemIO

/// What the command line asks for.
struct Options: Equatable, Sendable {
  /// What a person may type, and what it means: read by the parser and by `--help`.
  struct Row: Sendable {
    let name: String
    let value: String?
    let meaning: String
  }

  /// Everything that can be asked for.
  enum Command: Equatable, Sendable {
    case help
    case version
    case serve(Options)
  }

  static let rows = [
    Row(name: "--index", value: "DIR", meaning: "the folder of the index, as 'searchctl rebuild' made it"),
    Row(name: "--socket", value: "PATH", meaning: "the Unix socket to serve on"),
    Row(name: "--listen", value: "ADDRESS:PORT", meaning: "serve on a loopback TCP port too, as 127.0.0.1:8080"),
    Row(name: "--mode", value: "MODE", meaning: "who may use the socket, in octal (0660)"),
    Row(name: "--synonyms", value: "FILE", meaning: "synonyms in place of the built-in ones, read with each commit"),
    Row(name: "--max-connections", value: "N", meaning: "connections served at a time, 1 to 10000 (256)"),
    Row(name: "--version", value: nil, meaning: "print the version"),
    Row(name: "--help", value: nil, meaning: "print this"),
  ]

  var index: String
  var socket: String
  var listen: LoopbackAddress?
  var mode: UInt32 = 0o660
  var maximumConnections = 256
  var synonyms: String?

  init(index: String, socket: String) {
    self.index = index
    self.socket = socket
  }

  /// Reads the arguments after the program's name.
  static func parse(_ arguments: [String]) throws(StartError) -> Command {
    var values: [String: String] = [:]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "-h" { return .help }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let row = rows.first(where: { $0.name == name }) else { throw unknown(name) }
      guard row.value != nil else {
        guard parts.count == 1 else { throw usage("\(name) takes no value") }
        return name == "--help" ? .help : .version
      }
      guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst(), !value.isEmpty else {
        throw usage("\(name) needs a value")
      }
      guard values.updateValue(value, forKey: name) == nil else { throw usage("\(name) is given twice") }
    }
    return .serve(try Options(values))
  }

  /// The whole of `--help`.
  static var helpText: String {
    let left = rows.map { $0.name + ($0.value.map { " " + $0 } ?? "") }
    let width = left.map(\.count).max() ?? 0
    var text = "searchd --index DIR --socket PATH [OPTION...]\n\n"
    text += "Serves an index over HTTP on a Unix socket.\n\n"
    for (name, row) in zip(left, rows) {
      text += "  " + name + String(repeating: " ", count: width - name.count + 2) + row.meaning + "\n"
    }
    return text + "\nSIGHUP takes up the newest commit, SIGTERM and SIGINT stop the daemon.\n"
  }

  private init(_ values: [String: String]) throws(StartError) {
    guard let index = values["--index"] else { throw Self.usage("--index DIR is missing") }
    guard let socket = values["--socket"] else { throw Self.usage("--socket PATH is missing") }
    self.init(index: index, socket: socket)
    synonyms = values["--synonyms"]
    if let text = values["--listen"] { listen = try LoopbackAddress(text) }
    if let text = values["--mode"] {
      guard text.utf8.count <= 4, let mode = UInt32(text, radix: 8), mode <= 0o777, text.utf8.first != UInt8(ascii: "+")
      else { throw Self.usage("--mode is an octal number from 0 to 0777, not '\(text)'") }
      self.mode = mode
    }
    if let text = values["--max-connections"] {
      guard let number = Int(text), 1...10_000 ~= number else {
        throw Self.usage("--max-connections is a number from 1 to 10000, not '\(text)'")
      }
      maximumConnections = number
    }
  }

  private static func unknown(_ word: String) -> StartError {
    let nearest = rows.map(\.name).min { $0.editDistance(to: word) < $1.editDistance(to: word) }
    guard let nearest, nearest.editDistance(to: word) <= 3 else { return usage("unknown option \(word)") }
    return usage("unknown option \(word), did you mean \(nearest)?")
  }

  private static func usage(_ sentence: String) -> StartError {
    StartError("\(sentence)\(sentence.hasSuffix("?") ? "" : ".") Try 'searchd --help'.")
  }
}

extension String {
  /// How many letters have to be added, removed or replaced to make one word of the other (Levenshtein).
  fileprivate func editDistance(to other: String) -> Int {
    let target = Array(other)
    var row = Array(0...target.count)
    for (index, letter) in enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in target.indices {
        let replaced = diagonal + (letter == target[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = Swift.min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[target.count]
  }
}
