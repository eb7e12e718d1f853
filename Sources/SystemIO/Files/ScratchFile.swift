internal import Glibc

/// A file for what does not fit into memory.
///
/// It has no name once it is made, so that nothing is left of it however the process ends; it is never made durable.
/// One owner appends; any number of threads may read what was appended before they were told of it.
public final class ScratchFile: @unchecked Sendable {
  // SAFETY: `byteCount` is changed by `append` alone, which one owner calls; reading does not use it.

  /// The path it was made at, for errors.
  public let path: String
  /// How many bytes were appended.
  public private(set) var byteCount: UInt64 = 0

  private let descriptor: Descriptor

  /// Makes the file at a path where there is none, and takes its name away.
  public init(creating path: String) throws(SystemError) {
    self.path = path
    descriptor = try Descriptor(opening: path, flags: O_CREAT | O_EXCL | O_RDWR, mode: 0o600)
    try FileSystem.remove(path)
  }

  /// Appends `bytes` at once, without a buffer.
  public func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    unsafe try descriptor.writeAll(bytes, path: path)
    byteCount += UInt64(bytes.count)
  }

  /// Fills `buffer` with the bytes at `offset`, as far as the file goes, and returns how many there were.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(SystemError) -> Int {
    unsafe try descriptor.readAll(into: buffer, at: offset, path: path)
  }
}
