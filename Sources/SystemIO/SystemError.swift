internal import Glibc

/// A system call that failed: what was asked, of what, and the number the system gave.
///
///     SystemError(operation: "open", path: "index/commit", code: 2).description
///     // open index/commit: No such file or directory (errno 2)
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The call's name, as in its manual page: `open`, `pread`, `fsync`.
  public let operation: String
  /// The file, folder or socket the call was about.
  public let path: String
  /// The `errno` of the failure.
  public let code: Int32

  /// Describes the failure `code` of `operation` on `path`.
  public init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// Whether there is no such file.
  public var isMissingFile: Bool { code == ENOENT }

  /// Whether somebody else holds what was asked for: a lock, or an address that is in use.
  public var isTaken: Bool { code == EWOULDBLOCK || code == EADDRINUSE }

  /// Whether nobody listens at the address.
  public var isRefused: Bool { code == ECONNREFUSED }

  /// Whether the address is none that may be listened on.
  public var isUnavailableAddress: Bool { code == EADDRNOTAVAIL }

  /// Whether the other side of a connection has gone away.
  public var isClosedByPeer: Bool { code == EPIPE || code == ECONNRESET }

  /// Whether a connection's time limit passed.
  public var isTimeout: Bool { code == ETIMEDOUT }

  /// The system's words for ``code``, without operation and path.
  public var reason: String {
    var buffer = [CChar](repeating: 0, count: 128)
    guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "unknown error" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// One line: operation, path, reason and number.
  public var description: String { "\(operation) \(path): \(reason) (errno \(code))" }
}
