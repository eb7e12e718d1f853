/// One stage of a pipeline: a thread of its own that takes items in the order in which they were put.
///
/// The queue before it is bounded, so that a fast producer waits. When the body throws, the stage takes nothing more, and the
/// producer gets the error with its next call. One thread puts; it ends by ``finish()``, or gives the stage up.
///
///     let stage = try StageThread<[UInt8], SystemError>(starting: "writer") { bytes throws(SystemError) in … }
///     try stage.put(bytes)
///     try stage.finish()
public final class StageThread<Item: Sendable, Failure: Error>: Sendable {
  // SAFETY: everything that changes is touched only inside `monitor`.
  private final class Core: @unchecked Sendable {
    let monitor = Monitor()
    let capacity: Int
    var items: [Item] = []
    var isBusy = false
    var isEnding = false
    var failure: Failure?

    init(capacity: Int) { self.capacity = capacity }

    /// The next item; nil at the end.
    func take() -> Item? {
      monitor.withLock {
        isBusy = false
        monitor.signal()
        while items.isEmpty && !isEnding { monitor.wait() }
        guard failure == nil, !items.isEmpty else { return nil }
        isBusy = true
        return items.removeFirst()
      }
    }

    func fail(_ error: Failure) {
      monitor.withLock {
        failure = error
        items = []
        isEnding = true
      }
    }
  }

  private let core: Core
  private let thread: SystemThread

  /// Starts the thread; `capacity` items may wait for it.
  ///
  /// - Throws: `EAGAIN` when the system has no room for another thread.
  public init(
    starting name: String, capacity: Int = 2, _ body: @escaping @Sendable (Item) throws(Failure) -> Void
  ) throws(SystemError) {
    precondition(capacity > 0)
    let core = Core(capacity: capacity)
    self.core = core
    thread = try SystemThread(starting: name) {
      while let item = core.take() {
        do throws(Failure) { try body(item) } catch { core.fail(error) }
      }
    }
  }

  deinit {
    core.monitor.withLock { core.items = [] }
    end()
  }

  /// Puts an item into the queue, and waits while it is full.
  ///
  /// - Throws: what the body threw for an item before.
  public func put(_ item: Item) throws(Failure) {
    try throwing {
      while core.items.count >= core.capacity && core.failure == nil { core.monitor.wait() }
      if core.failure == nil { core.items.append(item) }
      core.monitor.signal()
    }
  }

  /// Waits until every item that was put has been taken care of.
  ///
  /// - Throws: what the body threw.
  public func drain() throws(Failure) {
    try throwing {
      while (core.isBusy || !core.items.isEmpty) && core.failure == nil { core.monitor.wait() }
    }
  }

  /// Waits for the last item and ends the thread.
  ///
  /// - Throws: what the body threw.
  public func finish() throws(Failure) {
    end()
    try throwing {}
  }

  private func end() {
    core.monitor.withLock {
      core.isEnding = true
      core.monitor.signal()
    }
    thread.join()
  }

  private func throwing(_ body: () -> Void) throws(Failure) {
    let failure = core.monitor.withLock { () -> Failure? in
      body()
      return core.failure
    }
    if let failure { throw failure }
  }
}
