internal import Glibc

/// Uninitialised memory for many elements, in huge pages where the system gives them.
///
/// A page is touched, and counts, when it is first written. Counting sorts write to thousands of places at once: with huge
/// pages their addresses stay in the processor's cache of translations.
@safe
public final class LargeBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  // SAFETY: the memory is allocated in init, has room for `capacity` elements and is freed in deinit only. The owner says who
  // may write when; the object itself never changes.

  /// How many elements there is room for.
  public let capacity: Int
  /// The first element; valid while the object lives.
  public let start: UnsafeMutablePointer<Element>

  /// Memory for `capacity` elements.
  public init(capacity: Int) {
    self.capacity = capacity
    let hugePage = 1 << 21
    let byteCount = max(capacity, 1) * MemoryLayout<Element>.stride
    let isLarge = byteCount >= hugePage
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: isLarge ? hugePage : 64)
    if isLarge { _ = unsafe madvise(memory, byteCount, Int32(MADV_HUGEPAGE)) }  // only a wish
    unsafe start = memory.bindMemory(to: Element.self, capacity: max(capacity, 1))
  }

  /// Memory that holds the elements of an array.
  public convenience init(copying elements: [Element]) {
    self.init(capacity: elements.count)
    unsafe elements.withUnsafeBufferPointer { elements in
      if let source = elements.baseAddress { unsafe start.initialize(from: source, count: elements.count) }
    }
  }

  deinit { unsafe start.deallocate() }
}
