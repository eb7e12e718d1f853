internal import Glibc

/// A new file, written from start to end through a buffer, by one owner.
///
/// Nothing is durable before ``finish()`` returns. A file that is never finished stays behind as far as it was flushed;
/// whoever created it removes it.
@safe
public final class OutputFile {
  // SAFETY: `buffer` is allocated in init with `capacity` bytes and freed in deinit only, never handed out, and written
  // only at `filled` for at most `capacity - filled` bytes. The class is not Sendable: one owner.

  /// The path given at creation.
  public let path: String
  /// How many bytes were appended so far, flushed or not.
  public private(set) var byteCount: UInt64 = 0

  private var descriptor: Descriptor?
  private let capacity: Int
  private let buffer: UnsafeMutableRawBufferPointer
  private var filled = 0

  /// Creates the file, with mode 0644 as far as the umask allows.
  ///
  /// - Throws: `EEXIST` when there is one already; any other failure of `open`.
  /// - Precondition: `bufferByteCount` is positive.
  public init(creating path: String, bufferByteCount: Int = 1 << 18) throws(SystemError) {
    precondition(bufferByteCount > 0)
    self.path = path
    capacity = bufferByteCount
    descriptor = try Descriptor(opening: path, flags: O_CREAT | O_EXCL | O_WRONLY, mode: 0o644)
    unsafe buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferByteCount, alignment: 16)
  }

  deinit {
    unsafe buffer.deallocate()
  }

  /// Appends `bytes`.
  ///
  /// - Precondition: the file is not finished.
  public func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    byteCount += UInt64(bytes.count)
    if bytes.count > capacity - filled {
      try flush()
      if bytes.count >= capacity { return unsafe try write(bytes) }
    }
    guard bytes.count > 0 else { return }
    unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(from: bytes)
    filled += bytes.count
  }

  /// Appends `bytes`.
  public func append(_ bytes: [UInt8]) throws(SystemError) {
    let result: Result<Void, SystemError> = unsafe bytes.withUnsafeBytes { bytes in
      do throws(SystemError) { return .success(unsafe try append(bytes)) } catch { return .failure(error) }
    }
    try result.get()
  }

  /// Writes out what is buffered, makes the file durable and closes it; nothing may be appended afterwards.
  ///
  /// A second call does nothing. The folder's entry is made durable by ``FileSystem/synchronizeDirectory(_:)``.
  public func finish() throws(SystemError) {
    guard descriptor != nil else { return }
    try flush()
    guard let descriptor = descriptor.take() else { return }
    try descriptor.synchronize(path: path)
    try descriptor.close(path: path)
  }

  private func flush() throws(SystemError) {
    guard filled > 0 else { return }
    unsafe try write(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
    filled = 0
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    switch descriptor {
    case .some(let descriptor): unsafe try descriptor.writeAll(bytes, path: path)
    case nil: preconditionFailure("\(path) is finished")
    }
  }
}
