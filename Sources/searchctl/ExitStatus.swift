import SystemIO

/// What the tool's end tells the caller.
enum ExitStatus: Int32, Error {
  /// Done; warnings alone leave it at this.
  case fine = 0
  /// Nothing was found, or a check failed.
  case negative = 1
  /// It could not be done.
  case failed = 2
}

/// Why something could not be done, in one sentence.
struct ToolError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// A file or folder to be indexed that the system does not give.
  init(unreadable error: SystemError) {
    self.init("\(error.path): cannot be read (\(error.reason)); nothing was changed")
  }
}
