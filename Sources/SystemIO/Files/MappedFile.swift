internal import Glibc

/// A file's bytes in memory, read-only, for as long as the object lives.
///
/// Unlinking the file disturbs nothing; cutting it shorter in place would, so map only files that are never changed.
@safe
public final class MappedFile: @unchecked Sendable {
  // SAFETY: the mapping is made in init, is read-only and private, covers exactly `bytes`, and is unmapped in deinit only.
  // Nothing is stored that changes, so threads may share it.

  /// The path given at mapping.
  public let path: String
  /// The file's size when it was mapped.
  public let byteCount: Int
  /// The file's bytes; valid while the object lives, so keep the object as long as this.
  public let bytes: UnsafeRawBufferPointer

  /// Maps the whole of the file; an empty one has no bytes.
  ///
  /// - Throws: `ENOENT` when it is missing, `EISDIR` for a folder, `EINVAL` for anything else that is no regular file.
  public init(mapping path: String) throws(SystemError) {
    let descriptor = try Descriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
    let size = try descriptor.regularByteCount(path: path)
    guard let byteCount = Int(exactly: size) else { throw SystemError(operation: "mmap", path: path, code: EFBIG) }
    self.path = path
    self.byteCount = byteCount
    guard byteCount > 0 else {
      unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let address = try SystemCall.perform("mmap", on: path) {
      // MAP_FAILED is -1; addresses a process may use are positive.
      unsafe Int(bitPattern: mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0))
    }
    unsafe bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: byteCount)
  }

  deinit {
    if let base = unsafe bytes.baseAddress {
      unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
    }
  }

  /// Lets the bytes read so far count to this process no more; who reads them again gets them again.
  public func letGoOfPages() {
    guard let base = unsafe bytes.baseAddress else { return }
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base), byteCount, MADV_DONTNEED)  // only a wish
  }

  /// Runs `body` with the file's bytes as a span.
  public func withBytes<R: ~Copyable, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    defer { extendLifetime(self) }
    return try body(unsafe bytes.bytes)
  }
}
