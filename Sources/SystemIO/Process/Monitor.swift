internal import Glibc

/// A lock, and a place to wait until something that it guards has changed.
@safe
final class Monitor: Sendable {
  // SAFETY: both are initialised in init, destroyed in deinit, and never move.
  private nonisolated(unsafe) let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private nonisolated(unsafe) let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe changed.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(lock, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(lock)
    unsafe changed.deallocate()
    unsafe lock.deallocate()
  }

  /// Runs `body` with the lock held.
  func withLock<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return body()
  }

  /// Gives the lock up until something has changed, perhaps; only inside ``withLock(_:)``.
  func wait() { unsafe pthread_cond_wait(changed, lock) }

  /// Wakes all that wait.
  func signal() { unsafe pthread_cond_broadcast(changed) }
}
