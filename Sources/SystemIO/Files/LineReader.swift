internal import Glibc

/// Streams a file's lines through one buffer, which grows only for a line that is longer.
///
/// A line ends with `\n`, which is left out; a `\r` before it stays. Bytes after the last `\n` are a line too; nothing
/// after it is none. Pipes can be read as well as files.
@safe
public final class LineReader {
  // SAFETY: `buffer` is allocated in init, replaced only in `grow` and freed in deinit; `capacity` is its size. `start <=
  // searched <= end <= capacity` holds between calls. A line is handed out only while `next` runs, and a reader has one owner.

  /// The longest line read when nothing else is said: 1 GiB.
  public static let defaultMaximumLineByteCount = 1 << 30

  /// The path given at opening.
  public let path: String
  /// The number of the line handed out last, counted from 1; 0 before the first.
  public private(set) var lineNumber = 0
  /// The bytes of all lines handed out so far, their line ends included: where the next line starts.
  public private(set) var bytesRead: UInt64 = 0

  private let descriptor: Descriptor
  private let maximumLineByteCount: Int
  private var capacity: Int
  private var buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var searched = 0
  private var end = 0
  private var isAtEnd = false

  /// Opens the file, to read `bufferByteCount` bytes at once.
  ///
  /// A line longer than `maximumLineByteCount` is an error when it is read, `EFBIG`, not a reason to use all memory.
  ///
  /// - Throws: `ENOENT` when the file is missing, `EISDIR` for a folder.
  public init(
    opening path: String, bufferByteCount: Int = 1 << 17,
    maximumLineByteCount: Int = LineReader.defaultMaximumLineByteCount
  ) throws(SystemError) {
    precondition(bufferByteCount > 0)
    let descriptor = try Descriptor(opening: path, flags: O_RDONLY)
    guard try descriptor.status(path: path).st_mode & S_IFMT != S_IFDIR else {
      throw SystemError(operation: "open", path: path, code: EISDIR)
    }
    self.path = path
    self.maximumLineByteCount = maximumLineByteCount
    self.descriptor = descriptor
    capacity = bufferByteCount
    unsafe buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferByteCount, alignment: 16)
  }

  deinit {
    unsafe buffer.deallocate()
  }

  /// Hands the next line to `body`, and returns false when there is none.
  ///
  /// The bytes are valid while `body` runs. When `body` throws, the line counts as read.
  ///
  /// - Throws: ``SystemError``, and whatever `body` throws.
  public func next(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
    while true {
      if let newline = newlineOffset() {
        unsafe try handOut(start..<newline, next: newline + 1, to: body)
        return true
      }
      searched = end
      if isAtEnd {
        guard start < end else { return false }
        unsafe try handOut(start..<end, next: end, to: body)
        return true
      }
      try fill()
    }
  }

  private func newlineOffset() -> Int? {
    guard searched < end, let base = unsafe buffer.baseAddress else { return nil }
    guard let found = unsafe memchr(base + searched, 0x0A, end - searched) else { return nil }
    return unsafe base.distance(to: found)
  }

  private func handOut(
    _ line: Range<Int>, next: Int, to body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    lineNumber += 1
    bytesRead += UInt64(next - line.lowerBound)
    start = next
    searched = next
    unsafe try body(UnsafeRawBufferPointer(rebasing: buffer[line]))
  }

  private func fill() throws(SystemError) {
    if end - start > maximumLineByteCount {
      throw SystemError(operation: "read line \(lineNumber + 1) of", path: path, code: EFBIG)
    }
    if start > 0 {
      // The partial line moves to the front, so that a short line never makes the buffer grow.
      unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
      end -= start
      searched -= start
      start = 0
    }
    if end == capacity { grow() }
    let free = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[end...])
    let count = unsafe try descriptor.read(into: free, path: path)
    end += count
    isAtEnd = count == 0
  }

  private func grow() {
    capacity *= 2
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
    unsafe buffer.deallocate()
    unsafe buffer = larger
  }
}
