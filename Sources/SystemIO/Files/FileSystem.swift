internal import Glibc

/// Files and folders by their paths.
public enum FileSystem {
  /// What a path leads to.
  public enum Kind: Equatable, Sendable {
    /// A regular file.
    case file
    /// A folder.
    case directory
    /// A pipe, a socket or a device.
    case other
  }

  /// What is at `path`, symbolic links followed; nil when there is nothing.
  public static func kind(_ path: String) throws(SystemError) -> Kind? {
    let status: stat
    do throws(SystemError) {
      status = try Self.status(path)
    } catch {
      // A file where a folder would have to be: nothing can be there.
      if error.code == ENOENT || error.code == ENOTDIR { return nil }
      throw error
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  /// The size of the file at `path`.
  public static func byteCount(_ path: String) throws(SystemError) -> UInt64 {
    UInt64(clamping: try status(path).st_size)
  }

  /// Makes a folder and the folders above it, each durable in its parent; one that exists is fine.
  ///
  /// - Throws: `ENOTDIR` or `EEXIST` when something else is in the way.
  public static func createDirectory(_ path: String) throws(SystemError) {
    do throws(SystemError) {
      _ = try SystemCall.perform("mkdir", on: path) { unsafe mkdir(path, 0o777) }
    } catch {
      let parent = parent(of: path)
      if error.code == EEXIST, try kind(path) == .directory { return }
      guard error.isMissingFile, parent != path else { throw error }
      try createDirectory(parent)
      _ = try SystemCall.perform("mkdir", on: path) { unsafe mkdir(path, 0o777) }
    }
    try synchronizeDirectory(parent(of: path))
  }

  /// The names in a folder without `.` and `..`, sorted by their bytes.
  ///
  /// - Throws: `EILSEQ` for a name that is not UTF-8, since a string could not lead to it; failures of `opendir`.
  public static func entries(of path: String) throws(SystemError) -> [String] {
    var names: [String] = []
    let address = try SystemCall.perform("opendir", on: path) {
      guard let stream = unsafe opendir(path) else { return -1 }
      return Int(bitPattern: stream)
    }
    guard let stream = unsafe OpaquePointer(bitPattern: address) else { return [] }
    defer { unsafe closedir(stream) }
    while true {
      let entry = try SystemCall.perform("readdir", on: path) {
        errno = 0
        guard let entry = unsafe readdir(stream) else { return errno == 0 ? 0 : -1 }
        return Int(bitPattern: entry)
      }
      guard let entry = unsafe UnsafeMutablePointer<dirent>(bitPattern: entry) else { break }
      let name: String? = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name else { throw SystemError(operation: "read the names of", path: path, code: EILSEQ) }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a folder's entries durable: files created, renamed and removed in it.
  public static func synchronizeDirectory(_ path: String) throws(SystemError) {
    let descriptor = try Descriptor(opening: path, flags: O_RDONLY | O_DIRECTORY)
    try descriptor.synchronize(path: path)
    try descriptor.close(path: path)
  }

  /// Removes a file; one that is missing is fine.
  public static func remove(_ path: String) throws(SystemError) {
    do throws(SystemError) {
      _ = try SystemCall.perform("unlink", on: path) { unsafe unlink(path) }
    } catch {
      if !error.isMissingFile { throw error }
    }
  }

  /// Gives a file another name, replacing what had it, in one step.
  public static func rename(_ from: String, to: String) throws(SystemError) {
    _ = try SystemCall.perform("rename", on: from) { unsafe Glibc.rename(from, to) }
  }

  /// The folder that holds `path`'s last part: `a/b/` is in `a`, `a` in `.`, `/a` in `/`.
  public static func parent(of path: String) -> String {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    guard parts.count > 1, let last = parts.last else { return isAbsolute ? "/" : "." }
    let above = path.utf8[..<last.startIndex]
    guard let end = above.lastIndex(where: { $0 != UInt8(ascii: "/") }) else { return "/" }
    return String(path[...end])
  }

  private static func status(_ path: String) throws(SystemError) -> stat {
    var status = stat()
    _ = try SystemCall.perform("stat", on: path) { unsafe stat(path, &status) }
    return status
  }
}
