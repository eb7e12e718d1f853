internal import Glibc

/// The one owner of an open file descriptor: closed when it goes, whatever happens before.
struct Descriptor: ~Copyable, Sendable {
  let rawValue: Int32

  /// Takes over a descriptor that nobody else will close.
  init(owning rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// Opens `path`; `O_CLOEXEC` is always among the flags.
  init(opening path: String, flags: Int32, mode: mode_t = 0) throws(SystemError) {
    rawValue = try SystemCall.perform("open", on: path) { unsafe open(path, flags | O_CLOEXEC, mode) }
  }

  deinit {
    _ = Glibc.close(rawValue)
  }

  /// Closes, and says when that failed; the descriptor is gone either way (Linux frees it even after `EINTR`).
  consuming func close(path: String) throws(SystemError) {
    let raw = rawValue
    discard self
    let failed = Glibc.close(raw) < 0 && errno != EINTR
    let code = errno
    _ = try SystemCall.perform("close", on: path) { 0 }
    if failed { throw SystemError(operation: "close", path: path, code: code) }
  }

  /// What `fstat` says of the open file.
  borrowing func status(path: String) throws(SystemError) -> stat {
    var status = stat()
    _ = try SystemCall.perform("fstat", on: path) { unsafe fstat(rawValue, &status) }
    return status
  }

  /// The size of a regular file.
  ///
  /// - Throws: `EISDIR` for a folder and `EINVAL` for anything else that has no bytes at offsets.
  borrowing func regularByteCount(path: String) throws(SystemError) -> UInt64 {
    let status = try status(path: path)
    switch status.st_mode & S_IFMT {
    case S_IFREG: return UInt64(clamping: status.st_size)
    case S_IFDIR: throw SystemError(operation: "open", path: path, code: EISDIR)
    default: throw SystemError(operation: "open", path: path, code: EINVAL)
    }
  }

  /// Flushes the file's bytes, or a folder's entries, to the device.
  borrowing func synchronize(path: String) throws(SystemError) {
    _ = try SystemCall.perform("fsync", on: path) { fsync(rawValue) }
  }

  /// Writes all of `bytes`, however many calls that takes.
  borrowing func writeAll(_ bytes: UnsafeRawBufferPointer, path: String) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
      done += try SystemCall.transfer("write", on: path, count: rest.count) { count in
        unsafe write(rawValue, rest.baseAddress, count)
      }
    }
  }

  /// Reads what comes next, at most as much as `buffer` holds; 0 at the end.
  borrowing func read(into buffer: UnsafeMutableRawBufferPointer, path: String) throws(SystemError) -> Int {
    try SystemCall.transfer("read", on: path, count: buffer.count) { count in
      unsafe Glibc.read(rawValue, buffer.baseAddress, count)
    }
  }

  /// Fills `buffer` with the bytes at `offset`, as far as the file goes, and returns how many there were.
  borrowing func readAll(
    into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64, path: String
  ) throws(SystemError) -> Int {
    var done = 0
    while done < buffer.count {
      guard let position = off_t(exactly: offset + UInt64(done)) else { break }
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = try SystemCall.transfer("pread", on: path, count: rest.count) { count in
        unsafe pread(rawValue, rest.baseAddress, count, position)
      }
      if count == 0 { break }
      done += count
    }
    return done
  }
}
