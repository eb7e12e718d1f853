internal import SystemIO

/// One line on standard error for each event; never a word of a query or a document.
struct Log: Sendable {
  private let write: @Sendable (String) -> Void

  /// A log on standard error.
  init() {
    // A log that nobody reads any more must not stop the daemon.
    self.init { try? StandardStream.error.write($0) }
  }

  /// A log that hands its lines, line end included, to `write`, from any thread.
  init(_ write: @escaping @Sendable (String) -> Void) {
    self.write = write
  }

  /// Writes one line; line ends and other control characters inside it become spaces.
  func line(_ text: String) {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      line.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    write(String(line) + "\n")
  }
}
