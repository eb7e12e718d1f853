internal import Glibc
internal import Synchronization

/// A thread of the operating system, which may block.
///
/// It runs on when the object goes; ``join()`` waits for its end. The signals blocked in the starting thread are blocked
/// in the new one, and its ``FaultPlan`` holds there too.
public final class SystemThread: Sendable {
  private final class Start: Sendable {
    let plan: FaultPlan?
    let body: @Sendable () -> Void

    init(plan: FaultPlan?, body: @escaping @Sendable () -> Void) {
      self.plan = plan
      self.body = body
    }
  }

  private let thread: pthread_t
  private let isJoined = Atomic(false)

  /// Starts a thread that runs `body` and ends; the error that says it could not be started names it by `name`.
  ///
  /// - Throws: `EAGAIN` when the system has no room for another thread.
  public init(starting name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let start = unsafe Unmanaged.passRetained(Start(plan: FaultPlan.current, body: body))
    var thread = pthread_t()
    do throws(SystemError) {
      // pthread functions return the error's number instead of setting errno.
      _ = try SystemCall.perform("pthread_create", on: name) {
        let code = unsafe pthread_create(
          &thread, nil,
          { argument in
            guard let argument = unsafe argument else { return nil }
            let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
            FaultPlan.$current.withValue(start.plan, operation: start.body)
            return nil
          }, start.toOpaque())
        errno = code
        return code == 0 ? 0 : -1
      }
    } catch {
      unsafe start.release()
      throw error
    }
    self.thread = thread
  }

  deinit {
    if !isJoined.load(ordering: .relaxed) { pthread_detach(thread) }
  }

  /// Waits until the thread has ended; a second call returns at once.
  public func join() {
    guard !isJoined.exchange(true, ordering: .relaxed) else { return }
    pthread_join(thread, nil)
  }
}
