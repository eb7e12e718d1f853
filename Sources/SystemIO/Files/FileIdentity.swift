internal import Glibc

/// Which file a path names, itself and not what a symbolic link leads to.
struct FileIdentity: Equatable, Sendable {
  private let device: dev_t
  private let inode: ino_t
  /// Whether it is a socket.
  let isSocket: Bool

  /// The file at `path`; nil when nothing is there.
  init?(of path: String) throws(SystemError) {
    var status = stat()
    do throws(SystemError) {
      _ = try SystemCall.perform("lstat", on: path) { unsafe lstat(path, &status) }
    } catch {
      if error.isMissingFile { return nil }
      throw error
    }
    device = status.st_dev
    inode = status.st_ino
    isSocket = status.st_mode & S_IFMT == S_IFSOCK
  }
}
