public import InvertedIndex
internal import Synchronization

/// The snapshot that answers now, and the way to a newer one.
///
/// Whoever took a snapshot keeps it as long as the question lasts, whatever is taken up meanwhile. All of it may be used
/// from any thread.
public final class SnapshotHolder: Sendable {
  /// One place of several that have the same snapshot, so that many who take it do not wait for each other.
  private final class Place: Sendable {
    let index = Mutex<ServedIndex?>(nil)
  }

  /// The folder of the index.
  public let directory: String

  private let places = (0..<4).map { _ in Place() }
  /// One reload at a time, so that an older commit never replaces a newer one.
  private let reloading = Mutex(())

  /// A holder in which nothing is open yet.
  public init(directory: String) { self.directory = directory }

  /// The index that answers now; nil when none is open.
  public var index: ServedIndex? {
    for place in places {
      if let index = place.index.withLockIfAvailable({ $0 }) { return index }
    }
    return places[0].index.withLock { $0 }
  }

  /// Opens the newest commit and lets it answer from now on; when that fails, the one before goes on.
  ///
  /// Once it returns, no question begins with an older one.
  @discardableResult
  public func reload() throws(IndexError) -> Snapshot {
    try reloading.withLock { _ throws(IndexError) in
      let newest = ServedIndex(try Snapshot.open(directory: directory))
      // The snapshot before leaves the locks alive: unmapping its files takes longer than the swap.
      var replaced: [ServedIndex?] = []
      for place in places {
        replaced.append(
          place.index.withLock { current in
            let before = current
            current = newest
            return before
          })
      }
      withExtendedLifetime(replaced) {}
      return newest.snapshot
    }
  }
}
