import SearchAPI
import SystemIO

/// Where a verb writes: answers to the output, everything else to the error stream.
///
/// Output is gathered and written in large pieces; ``flush()`` writes the rest. Messages are written at once, behind what
/// was gathered. A console has one owner.
final class Console {
  /// Takes whole texts, in order.
  typealias Sink = (String) throws -> Void

  /// Whether a person reads the output on a terminal, and colours help.
  let outputIsTerminal: Bool
  /// Whether a person reads the messages on a terminal, where lines can be drawn again.
  let errorIsTerminal: Bool
  /// The terminal's columns, 80 when it does not say.
  let width: Int
  private let output: Sink
  private let error: Sink
  private var gathered = ""
  private static let pieceByteCount = 1 << 16

  /// A console over any two sinks.
  init(
    output: @escaping Sink, error: @escaping Sink, outputIsTerminal: Bool = false, errorIsTerminal: Bool = false,
    width: Int = 80
  ) {
    self.output = output
    self.error = error
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.width = width
  }

  /// The process' own output and error streams.
  static func standard() -> Console {
    Console(
      output: { try StandardStream.output.write($0) }, error: { try StandardStream.error.write($0) },
      outputIsTerminal: StandardStream.output.isTerminal, errorIsTerminal: StandardStream.error.isTerminal,
      width: StandardStream.error.terminalWidth ?? 80)
  }

  /// Adds a line to the output.
  func print(_ line: String) throws {
    try write(line + "\n")
  }

  /// Adds a value as one line of JSON.
  func print(json value: some Encodable) throws {
    try write(String(decoding: try AnswerCoding.encode(value), as: UTF8.self) + "\n")
  }

  /// Adds text to the output.
  func write(_ text: String) throws {
    gathered += text
    if gathered.utf8.count >= Self.pieceByteCount { try flush() }
  }

  /// Writes the output gathered so far.
  func flush() throws {
    guard !gathered.isEmpty else { return }
    let piece = gathered
    gathered = ""
    try output(piece)
  }

  /// Says something that is no answer, as one line of its own.
  ///
  /// That it cannot be written stops no work.
  func say(_ message: String) throws {
    try show(message + "\n")
  }

  /// Writes text to the error stream as it is, if that can be written.
  func show(_ text: String) throws {
    try flush()
    try? error(text)
  }
}
