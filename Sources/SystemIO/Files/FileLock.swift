internal import Glibc

/// A lock that one holder has, in this process or another, until the object goes or its process dies.
///
/// The lock is `flock` on a file that is created when it is missing; the file stays behind, because removing it safely
/// needs ``removeFile()``.
public final class FileLock: Sendable {
  /// The lock file.
  public let path: String

  private let descriptor: Descriptor

  /// Takes the lock, without waiting.
  ///
  /// - Throws: `EWOULDBLOCK` (``SystemError/isTaken``) when somebody else holds it; any failure of `open`.
  public init(locking path: String) throws(SystemError) {
    while true {
      let descriptor = try Descriptor(opening: path, flags: O_CREAT | O_RDWR | O_NOFOLLOW, mode: 0o644)
      _ = try SystemCall.perform("flock", on: path) { flock(descriptor.rawValue, LOCK_EX | LOCK_NB) }
      // Whoever held the lock before may have removed the file between our open and our flock: then we hold a lock that
      // nobody else can see.
      let locked = try descriptor.status(path: path)
      var visible = stat()
      if unsafe stat(path, &visible) == 0, visible.st_ino == locked.st_ino, visible.st_dev == locked.st_dev {
        self.path = path
        self.descriptor = descriptor
        return
      }
    }
  }

  /// Removes the lock file while holding the lock; use it last.
  public func removeFile() throws(SystemError) {
    try FileSystem.remove(path)
  }
}
