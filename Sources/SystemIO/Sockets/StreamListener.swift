internal import Glibc
internal import Synchronization

/// A socket that waits for connections: a Unix socket, or a TCP port on a loopback address.
public final class StreamListener: Sendable {
  /// The path of a Unix socket, or `127.0.0.1:8080`.
  public let path: String
  /// The TCP port, chosen by the system when 0 was asked for; nil for a Unix socket.
  public let port: UInt16?

  private let descriptor: Descriptor
  /// The file that was made for a Unix socket.
  private let file: FileIdentity?
  private let isStopped = Atomic(false)

  /// Creates a Unix socket with the given mode and listens on it.
  ///
  /// The socket is never more open than `mode`, not even for a moment. It is not removed when the object goes.
  ///
  /// - Throws: `EADDRINUSE` when there is a file of that name; `ENAMETOOLONG` beyond 107 bytes.
  public init(unixSocket path: String, mode: UInt32) throws(SystemError) {
    let address = try SocketAddress(unixSocket: path)
    let descriptor = try Descriptor(socket: address, path: path)
    // Linux creates the file with the socket's own mode less the umask; chmod then gives what the umask took away.
    _ = try SystemCall.perform("fchmod", on: path) { fchmod(descriptor.rawValue, mode) }
    try descriptor.bind(to: address, path: path)
    do throws(SystemError) {
      _ = try SystemCall.perform("chmod", on: path) { unsafe chmod(path, mode) }
      _ = try SystemCall.perform("listen", on: path) { listen(descriptor.rawValue, Self.backlog) }
      file = try FileIdentity(of: path)
    } catch {
      try? FileSystem.remove(path)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    port = nil
  }

  /// Listens on a TCP port of a loopback address: `127.x.x.x`, `localhost` or `::1`; port 0 leaves the choice to the
  /// system.
  ///
  /// - Throws: `EADDRNOTAVAIL` for any other host, `EADDRINUSE` when the port is taken.
  public init(loopback host: String, port: UInt16) throws(SystemError) {
    let name = "\(host):\(port)"
    let address = try SocketAddress(loopback: host, port: port)
    let descriptor = try Descriptor(socket: address, path: name)
    try descriptor.setOption(SO_REUSEADDR, level: SOL_SOCKET, to: 1, path: name)
    try descriptor.bind(to: address, path: name)
    _ = try SystemCall.perform("listen", on: name) { listen(descriptor.rawValue, Self.backlog) }
    let chosen = try descriptor.boundPort(path: name)
    self.port = chosen
    file = nil
    path = "\(host):\(chosen)"
    self.descriptor = descriptor
  }

  /// Waits for the next connection; nil after ``stop()``.
  ///
  /// - Throws: `EMFILE` and its like when the process has no descriptor left; the connection goes on waiting.
  public func accept() throws(SystemError) -> StreamConnection? {
    while true {
      do throws(SystemError) {
        let raw = try SystemCall.perform("accept", on: path) { Glibc.accept(descriptor.rawValue, nil, nil) }
        let accepted = Descriptor(owning: raw)
        _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
        if port != nil { try accepted.setOption(TCP_NODELAY, level: Int32(IPPROTO_TCP), to: 1, path: path) }
        return StreamConnection(owning: accepted, path: path)
      } catch {
        if isStopped.load(ordering: .acquiring) { return nil }
        // The client went away while it waited; that is its own affair.
        if error.code != ECONNABORTED { throw error }
      }
    }
  }

  /// Lets nobody in any more and wakes the thread that accepts.
  ///
  /// Connections that were waiting may still be accepted.
  public func stop() {
    isStopped.store(true, ordering: .releasing)
    _ = Glibc.shutdown(descriptor.rawValue, Int32(SHUT_RDWR))
  }

  /// Removes the Unix socket's file, if it is still the one that was made here.
  public func removeSocketFile() throws(SystemError) {
    guard let file, try FileIdentity(of: path) == file else { return }
    try FileSystem.remove(path)
  }

  /// Whether there is a socket at `path`; nil when nothing is there.
  public static func isSocket(at path: String) throws(SystemError) -> Bool? {
    try FileIdentity(of: path)?.isSocket
  }

  private static let backlog: Int32 = 1024
}
