internal import Glibc

/// A regular file, read at offsets; any number of threads may read at once.
public final class InputFile: Sendable {
  /// The path given at opening.
  public let path: String
  /// The file's size when it was opened.
  public let byteCount: UInt64

  private let descriptor: Descriptor

  /// Opens the file for reading.
  ///
  /// - Throws: `ENOENT` when it is missing, `EISDIR` for a folder, `EINVAL` for a pipe, socket or device.
  public init(opening path: String) throws(SystemError) {
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    let descriptor = try Descriptor(opening: path, flags: O_RDONLY | O_NONBLOCK)
    byteCount = try descriptor.regularByteCount(path: path)
    self.path = path
    self.descriptor = descriptor
  }

  /// Fills `buffer` with the bytes at `offset`, as far as the file goes, and returns how many there were.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(SystemError) -> Int {
    unsafe try descriptor.readAll(into: buffer, at: offset, path: path)
  }

  /// Returns the `count` bytes at `offset`, or as many as there are.
  ///
  /// No more is allocated than the file has, whatever `count` says.
  public func read(at offset: UInt64, count: Int) throws(SystemError) -> [UInt8] {
    let available = offset < byteCount ? byteCount - offset : 0
    let capacity = min(max(count, 0), Int(clamping: available))
    var failure: SystemError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initializedCount in
      let raw = unsafe UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: capacity)
      do throws(SystemError) {
        initializedCount = unsafe try read(into: raw, at: offset)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
