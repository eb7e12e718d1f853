import SystemIO

/// Reads a section from front to back with `pread` and a buffer of its own, so that a merge's memory is what it says.
struct SectionStream {
  private let file: InputFile
  private let end: UInt64
  private var offset: UInt64  // of the byte behind the buffer's last
  private var buffer: [UInt8] = []
  private var unread = 0..<0  // of the buffer
  private let chunkByteCount: Int

  /// A stream over `range` of the file at `path`.
  init(path: String, range: Range<Int>, chunkByteCount: Int = 1 << 18) throws(IndexError) {
    file = try wrapping { () throws(SystemError) in try InputFile(opening: path) }
    offset = UInt64(range.lowerBound)
    end = UInt64(range.upperBound)
    self.chunkByteCount = chunkByteCount
  }

  /// The next `count` bytes as a piece of the buffer, valid until the next call.
  @inline(__always)
  mutating func read<Result>(
    _ count: Int, _ body: (UnsafeRawBufferPointer) throws(IndexError) -> Result
  ) throws(IndexError) -> Result {
    if unread.count < count { try fill(atLeast: count) }
    let range = unread.lowerBound..<unread.lowerBound + count
    unread = range.upperBound..<unread.upperBound
    let outcome = unsafe buffer.withUnsafeBytes { raw -> Swift.Result<Result, IndexError> in
      do throws(IndexError) {
        return .success(try unsafe body(UnsafeRawBufferPointer(rebasing: raw[range])))
      } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  @inline(never)
  private mutating func fill(atLeast count: Int) throws(IndexError) {
    let left = unread.count
    let wanted = Int(min(UInt64(max(count - left, chunkByteCount)), end - offset))
    guard left + wanted >= count else { throw endsEarly }
    var larger = left + wanted > buffer.count ? [UInt8](repeating: 0, count: max(left + wanted, chunkByteCount)) : []
    let (file, offset, unread) = (self.file, self.offset, self.unread)
    let outcome = unsafe buffer.withUnsafeMutableBytes { old in
      unsafe larger.withUnsafeMutableBytes { larger -> Swift.Result<Int, SystemError> in
        let target = unsafe larger.isEmpty ? old : larger
        unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: old[unread]))  // they may overlap
        do throws(SystemError) {
          return .success(
            unsafe try file.read(
              into: UnsafeMutableRawBufferPointer(rebasing: target[left..<left + wanted]), at: offset))
        } catch { return .failure(error) }
      }
    }
    guard try wrapping({ () throws(SystemError) in try outcome.get() }) == wanted else { throw endsEarly }
    if !larger.isEmpty { buffer = larger }
    self.unread = 0..<left + wanted
    self.offset += UInt64(wanted)
  }

  private var endsEarly: IndexError { .damaged(file: file.path, detail: "it ends before its sections do") }
}
