internal import Glibc
internal import Synchronization

/// One end of a connection, Unix or TCP: bytes in order, both ways, with time limits.
///
/// One thread reads and writes; any thread may ``shutdown(_:)``, which wakes that one.
public final class StreamConnection: Sendable {
  /// Which direction to end.
  public enum Direction: Sendable {
    /// Nothing more will be read: a waiting read returns 0 when what has arrived is taken.
    case read
    /// Nothing more will be written: the other side sees the end.
    case write
    /// Neither.
    case both
  }

  /// The address of the socket, for messages.
  public let path: String

  private let descriptor: Descriptor
  /// The time limit the system has now, so that setting the same again costs nothing; 0 means none.
  private let readTimeoutMilliseconds = Atomic(0)

  init(owning descriptor: consuming Descriptor, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Connects to a Unix socket.
  ///
  /// - Throws: `ENOENT` when there is no such file, `ECONNREFUSED` when nobody listens, `ETIMEDOUT` when so many wait
  ///   to be accepted that there is no room in time.
  public init(connectingTo path: String, timeoutMilliseconds: Int = 10_000) throws(SystemError) {
    let address = try SocketAddress(unixSocket: path)
    let descriptor = try Descriptor(socket: address, path: path)
    try descriptor.setTimeout(SO_SNDTIMEO, milliseconds: timeoutMilliseconds, path: path)
    do throws(SystemError) {
      _ = try SystemCall.perform("connect", on: path) {
        unsafe address.withPointer { unsafe connect(descriptor.rawValue, $0, $1) }
      }
    } catch {
      throw error.code == EAGAIN ? SystemError(operation: "connect", path: path, code: ETIMEDOUT) : error
    }
    self.descriptor = descriptor
    self.path = path
  }

  /// Sets how long a read waits for the first byte.
  ///
  /// - Precondition: `milliseconds` is positive.
  public func setReadTimeout(milliseconds: Int) throws(SystemError) {
    precondition(milliseconds > 0)
    guard readTimeoutMilliseconds.load(ordering: .relaxed) != milliseconds else { return }
    try descriptor.setTimeout(SO_RCVTIMEO, milliseconds: milliseconds, path: path)
    readTimeoutMilliseconds.store(milliseconds, ordering: .relaxed)
  }

  /// Puts the next bytes at the start of `buffer` and returns how many; 0 when the other side has ended.
  ///
  /// - Throws: `ETIMEDOUT` (``SystemError/isTimeout``) when nothing came in time.
  public func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    do throws(SystemError) {
      return try SystemCall.transfer("recv", on: path, count: buffer.count) { count in
        unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor.rawValue, $0.baseAddress, count, 0) }
      }
    } catch {
      throw error.code == EAGAIN ? SystemError(operation: "recv", path: path, code: ETIMEDOUT) : error
    }
  }

  /// Writes all of `bytes`, in at most so many milliseconds altogether.
  ///
  /// - Throws: `ETIMEDOUT` when the other side reads too slowly, `EPIPE` or `ECONNRESET` when it has gone.
  public func write(_ bytes: [UInt8], timeoutMilliseconds: Int) throws(SystemError) {
    var done = 0
    var deadline: UInt64?
    while done < bytes.count {
      do throws(SystemError) {
        done += try SystemCall.transfer("send", on: path, count: bytes.count - done) { count in
          unsafe bytes.withUnsafeBytes { bytes in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
            return unsafe send(descriptor.rawValue, rest.baseAddress, count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
          }
        }
      } catch {
        guard error.code == EAGAIN else { throw error }
        // Only a slow reader brings us here, so only then is the clock asked.
        let now = MonotonicClock.nanoseconds()
        let end = deadline ?? now + UInt64(timeoutMilliseconds) * 1_000_000
        deadline = end
        guard now < end else { throw SystemError(operation: "send", path: path, code: ETIMEDOUT) }
        try waitUntilWritable(milliseconds: Int32(clamping: (end - now) / 1_000_000 + 1))
      }
    }
  }

  /// Ends one or both directions; what the other side sent before can still be read.
  public func shutdown(_ direction: Direction) {
    let how =
      switch direction {
      case .read: Int32(SHUT_RD)
      case .write: Int32(SHUT_WR)
      case .both: Int32(SHUT_RDWR)
      }
    // Fails only when the other side has gone already, which is what is wanted.
    _ = Glibc.shutdown(descriptor.rawValue, how)
  }

  private func waitUntilWritable(milliseconds: Int32) throws(SystemError) {
    var request = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
    _ = try SystemCall.perform("poll", on: path) { unsafe poll(&request, 1, milliseconds) }
  }
}
