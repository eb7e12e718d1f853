internal import SystemIO

/// The right to serve on a Unix socket's path, held by one daemon at a time.
///
/// The right is a lock on `PATH.lock`, so that of two daemons started at once one gives way. Only who holds it removes
/// a socket that nobody answers on, and then only a socket: anything else at the path stays as it is.
final class SocketClaim: Sendable {
  private enum Occupant {
    case none
    case staleSocket
    case liveSocket
    case other
  }

  let listener: StreamListener

  private let lock: FileLock

  /// Claims the path and listens.
  init(path: String, mode: UInt32) throws(StartError) {
    let lock = try Self.lock(path)
    do throws(StartError) {
      listener = try Self.listen(on: path, mode: mode)
    } catch {
      try? lock.removeFile()
      throw error
    }
    self.lock = lock
  }

  /// Removes the socket, then gives up the right to it.
  func release() throws(SystemError) {
    try listener.removeSocketFile()
    try lock.removeFile()
  }

  private static func listen(on path: String, mode: UInt32) throws(StartError) -> StreamListener {
    let reason: String
    do throws(SystemError) {
      let occupant = try occupant(of: path)
      if occupant == .staleSocket { try FileSystem.remove(path) }
      if occupant == .none || occupant == .staleSocket { return try StreamListener(unixSocket: path, mode: mode) }
      reason =
        occupant == .other
        ? "\(path) is there already and is no socket; choose another path."
        : "\(path) is served by another process already; stop that one or choose another path."
    } catch {
      throw StartError("The socket cannot be made: \(error).")
    }
    throw StartError(reason)
  }

  private static func lock(_ path: String) throws(StartError) -> FileLock {
    do throws(SystemError) {
      return try FileLock(locking: path + ".lock")
    } catch {
      throw error.isTaken
        ? StartError("\(path) is served by another searchd already; stop that one or choose another path.")
        : StartError("The socket cannot be made: \(error).")
    }
  }

  /// What is at the path; a listener too busy to accept is alive too.
  private static func occupant(of path: String) throws(SystemError) -> Occupant {
    guard let isSocket = try StreamListener.isSocket(at: path) else { return .none }
    guard isSocket else { return .other }
    do throws(SystemError) {
      _ = try StreamConnection(connectingTo: path, timeoutMilliseconds: 1000)
      return .liveSocket
    } catch {
      if error.isTimeout { return .liveSocket }
      if error.isRefused || error.isMissingFile { return .staleSocket }
      throw error
    }
  }
}
