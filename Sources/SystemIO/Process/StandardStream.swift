internal import Glibc

/// Standard output or standard error, unbuffered: each write is one call, so lines of several threads do not mix.
public struct StandardStream: Sendable {
  /// Standard output.
  public static let output = StandardStream(descriptor: STDOUT_FILENO, name: "standard output")
  /// Standard error.
  public static let error = StandardStream(descriptor: STDERR_FILENO, name: "standard error")

  private let descriptor: Int32
  private let name: String

  /// Opens `/dev/null` in the place of each standard stream that the process was started without.
  ///
  /// Otherwise the next file opened would take its number, and messages would go into that file. Call it first.
  public static func openMissing() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY)  // takes the lowest free number
    }
  }

  /// Writes all of `bytes`.
  ///
  /// - Throws: `EPIPE` when the reader has gone and broken pipes are ignored; `ENOSPC` and others as they come.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      done += try SystemCall.transfer("write", on: name, count: bytes.count - done) { count in
        unsafe bytes.withUnsafeBytes { bytes in
          let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
          return unsafe Glibc.write(descriptor, rest.baseAddress, count)
        }
      }
    }
  }

  /// Writes `text` as UTF-8.
  public func write(_ text: String) throws(SystemError) {
    try write(Array(text.utf8))
  }

  /// Whether a person's terminal is at the other end.
  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// How many columns the terminal has; nil when there is none, or it does not say.
  public var terminalWidth: Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
