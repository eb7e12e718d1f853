internal import Glibc

/// The one door to the system: asks the ``FaultPlan``, retries `EINTR`, turns `errno` into a ``SystemError``.
enum SystemCall {
  /// Makes a call that gives a negative number when it fails.
  @inline(__always)
  static func perform<R: SignedInteger>(
    _ operation: StaticString, on path: String, _ call: () -> R
  ) throws(SystemError) -> R {
    try transfer(operation, on: path, count: 0) { _ in call() }
  }

  /// Makes a call that moves up to `count` bytes; the plan may make the count smaller.
  @inline(__always)
  static func transfer<R: SignedInteger>(
    _ operation: StaticString, on path: String, count: Int, _ call: (Int) -> R
  ) throws(SystemError) -> R {
    while true {
      var allowed = count
      if let plan = FaultPlan.current {
        switch plan.outcome(of: operation.description) {
        case .proceed: break
        case .fail(EINTR): continue
        case .fail(let code): throw SystemError(operation: operation.description, path: path, code: code)
        case .shorten(let byteCount): allowed = min(count, byteCount)
        }
      }
      let result = call(allowed)
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw SystemError(operation: operation.description, path: path, code: code) }
    }
  }
}
