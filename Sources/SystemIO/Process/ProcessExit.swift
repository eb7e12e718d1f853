internal import Glibc

/// Ends the process with `status`; what other threads are doing is not waited for.
public func exitProcess(_ status: Int32) -> Never {
  exit(status)
}
