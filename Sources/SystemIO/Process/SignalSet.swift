internal import Glibc

/// Signals that one thread waits for, instead of a handler that could run anywhere.
///
///     let signals = SignalSet([SignalSet.terminate])
///     try signals.block()  // before the first thread starts
///     switch try signals.wait() { … }
public struct SignalSet: Sendable {
  /// SIGHUP: a terminal closed, or by custom: read your configuration again.
  public static let hangup = SIGHUP
  /// SIGINT: Ctrl-C.
  public static let interrupt = SIGINT
  /// SIGTERM: please stop.
  public static let terminate = SIGTERM

  private let signals: [Int32]

  /// Names the signals.
  public init(_ signals: [Int32]) {
    self.signals = signals
  }

  /// Keeps the signals from interrupting the calling thread and all threads it starts from now on.
  public func block() throws(SystemError) {
    var set = makeSet()
    _ = try SystemCall.perform("pthread_sigmask", on: "signals") {
      errno = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
      return errno == 0 ? 0 : -1
    }
  }

  /// Waits for one of the signals and returns it.
  ///
  /// - Precondition: they are blocked in every thread.
  public func wait() throws(SystemError) -> Int32 {
    var set = makeSet()
    var received: Int32 = 0
    _ = try SystemCall.perform("sigwait", on: "signals") {
      errno = unsafe sigwait(&set, &received)
      return errno == 0 ? 0 : -1
    }
    return received
  }

  /// Makes writing to a closed pipe an error, `EPIPE`, instead of the end of the process.
  public static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  private func makeSet() -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal) }
    return set
  }
}
