/// A queue between a thread that makes items and one that uses them; it holds so many, so that neither runs far ahead.
public final class BoundedQueue<Item: Sendable>: @unchecked Sendable {
  // SAFETY: everything that changes is touched only inside `monitor`.
  private let monitor = Monitor()
  private let capacity: Int
  private var items: [Item] = []
  private var isFinished = false
  private var isClosed = false

  /// A queue for `capacity` items, at least one.
  public init(capacity: Int) {
    precondition(capacity > 0)
    self.capacity = capacity
  }

  /// Puts an item at the end, and waits while the queue is full; false when nobody will take it.
  public func put(_ item: Item) -> Bool {
    monitor.withLock {
      while items.count >= capacity && !isClosed { monitor.wait() }
      guard !isClosed else { return false }
      items.append(item)
      monitor.signal()
      return true
    }
  }

  /// The first item, waited for; nil when all were taken and no more will come.
  public func take() -> Item? {
    monitor.withLock {
      while items.isEmpty && !isFinished && !isClosed { monitor.wait() }
      guard !items.isEmpty else { return nil }
      monitor.signal()
      return items.removeFirst()
    }
  }

  /// Says that no more items will come.
  public func finish() {
    monitor.withLock {
      isFinished = true
      monitor.signal()
    }
  }

  /// Says that no more items will be taken, and drops those that wait.
  public func close() {
    monitor.withLock {
      isClosed = true
      items = []
      monitor.signal()
    }
  }
}
