/// Text made fit for a terminal: control characters shown instead of obeyed, and letters made bold.
enum TerminalText {
  private static let bold = "\u{1B}[1;33m"
  private static let dim = "\u{1B}[2m"
  private static let plain = "\u{1B}[0m"

  /// `text` with each control character but the tab replaced by U+FFFD, so that no document can steer the terminal.
  static func safe(_ text: some Sequence<Unicode.Scalar>) -> String {
    var result = ""
    for scalar in text {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\t"
      result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return result
  }

  /// `text` in one line, safe.
  static func oneLine(_ text: String) -> String {
    safe(text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 })
  }

  /// `text` in one line, safe, with `highlights` in bold when `isTerminal`.
  ///
  /// - Parameter highlights: half-open ranges of Unicode scalars, in order and apart; what lies outside the text is left out.
  static func highlighted(_ text: String, _ highlights: [Range<Int>], isTerminal: Bool) -> String {
    let scalars = text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }
    guard isTerminal else { return safe(scalars) }
    var result = ""
    var done = 0
    for highlight in highlights {
      let range = highlight.clamped(to: done..<scalars.count)
      if range.isEmpty { continue }
      result += safe(scalars[done..<range.lowerBound]) + bold + safe(scalars[range]) + plain
      done = range.upperBound
    }
    return result + safe(scalars[done...])
  }

  /// `text` in bold when `isTerminal`.
  static func emphasized(_ text: String, isTerminal: Bool) -> String {
    isTerminal ? bold + safe(text.unicodeScalars) + plain : safe(text.unicodeScalars)
  }

  /// `text` dimmed when `isTerminal`.
  static func dimmed(_ text: String, isTerminal: Bool) -> String {
    isTerminal ? dim + safe(text.unicodeScalars) + plain : safe(text.unicodeScalars)
  }
}
