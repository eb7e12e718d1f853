import SystemIO

/// Reads a section from front to back with `pread` and a buffer of its own, so that a merge's memory is what it says.
struct SectionStream {
  private let file: InputFile
  private let end: UInt64
  private var offset: UInt64  // of the byte behind the buffer
  private var buffer: [UInt8]
  private var start = 0
  private let chunkByteCount: Int

  /// A stream over `range` of the file at `path`.
  init(path: String, range: Range<Int>, chunkByteCount: Int = 1 << 18) throws(IndexError) {
    file = try wrapping { () throws(SystemError) in try InputFile(opening: path) }
    offset = UInt64(range.lowerBound)
    end = UInt64(range.upperBound)
    buffer = []
    self.chunkByteCount = chunkByteCount
  }

  /// The next `count` bytes as a piece of the buffer, valid until the next call.
  mutating func read<Result>(
    _ count: Int, _ body: (UnsafeRawBufferPointer) throws(IndexError) -> Result
  ) throws(IndexError) -> Result {
    if buffer.count - start < count { try fill(atLeast: count) }
    let range = start..<start + count
    start += count
    let outcome = unsafe buffer.withUnsafeBytes { raw -> Swift.Result<Result, IndexError> in
      do throws(IndexError) {
        return .success(try unsafe body(UnsafeRawBufferPointer(rebasing: raw[range])))
      } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  private mutating func fill(atLeast count: Int) throws(IndexError) {
    buffer.removeSubrange(..<start)
    start = 0
    let wanted = Int(min(UInt64(max(count - buffer.count, chunkByteCount)), end - offset))
    let file = self.file
    let offset = self.offset
    let more = try wrapping { () throws(SystemError) in try file.read(at: offset, count: wanted) }
    guard more.count == wanted, buffer.count + wanted >= count else {
      throw .damaged(file: file.path, detail: "it ends before its sections do")
    }
    buffer.append(contentsOf: more)
    self.offset += UInt64(wanted)
  }
}
