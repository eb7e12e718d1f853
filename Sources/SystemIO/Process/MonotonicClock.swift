internal import Glibc

/// The clock that only goes forward, for measuring and for time limits.
public enum MonotonicClock {
  /// Nanoseconds since some moment before the process began.
  public static func nanoseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// The milliseconds that passed since ``nanoseconds()`` returned `start`.
  public static func milliseconds(since start: UInt64) -> Double {
    Double(nanoseconds() - start) / 1_000_000
  }

  /// Waits; a signal does not make it shorter.
  public static func sleep(milliseconds: Int) {
    var rest = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    var left = timespec()
    while unsafe nanosleep(&rest, &left) != 0 && errno == EINTR { rest = left }
  }
}
