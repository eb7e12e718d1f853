internal import Glibc

/// The C library's memory allocator.
public enum Allocator {
  /// Makes the allocator keep freed memory for the next query rather than give it back to the kernel: a query's arrays may
  /// take a megabyte or two, whose fresh pages cost more than what is done with them.
  ///
  /// Glibc keeps at least 128 KiB on its own, and then twice the largest piece that was freed, which is near enough to the
  /// arrays of one query to make the next one twice as slow or not by chance. Other allocators are left alone.
  public static func keepMemoryBetweenQueries() { keepMemory(piecesUpTo: 4 << 20, atEnd: 8 << 20) }

  /// Makes the allocator keep freed memory for the next documents: batches and lists are some hundred kilobytes each, and come
  /// and go.
  ///
  /// Larger pieces lie on their own, so that huge pages begin where they do.
  public static func keepMemoryWhileBuilding() { keepMemory(piecesUpTo: 3 << 19, atEnd: 32 << 20) }

  private static func keepMemory(piecesUpTo pieceByteCount: Int32, atEnd endByteCount: Int32) {
    // Swift's Glibc has no malloc.h. SAFETY: the type is that of mallopt(3), the parameters are those of glibc's malloc.h.
    typealias SetOption = @convention(c) (Int32, Int32) -> Int32
    guard let symbol = unsafe dlsym(nil, "mallopt") else { return }
    let setOption = unsafe unsafeBitCast(symbol, to: SetOption.self)
    let (trimThreshold, mappingThreshold): (Int32, Int32) = (-1, -3)
    _ = setOption(mappingThreshold, pieceByteCount)
    _ = setOption(trimThreshold, endByteCount)
  }
}
