public import InvertedIndex
internal import Synchronization

/// The snapshot that answers now, and the way to a newer one.
///
/// Whoever took a snapshot keeps it as long as the question lasts, whatever is taken up meanwhile. All of it may be used
/// from any thread.
public final class SnapshotHolder: Sendable {
  /// One place of several that have the same snapshot, so that many who take it do not wait for each other.
  private final class Place: Sendable {
    let snapshot = Mutex<Snapshot?>(nil)
  }

  /// The folder of the index.
  public let directory: String

  private let places = (0..<4).map { _ in Place() }
  /// One reload at a time, so that an older commit never replaces a newer one.
  private let reloading = Mutex(())

  /// A holder in which nothing is open yet.
  public init(directory: String) { self.directory = directory }

  /// The snapshot that answers now; nil when no index is open.
  public var snapshot: Snapshot? {
    for place in places {
      if let snapshot = place.snapshot.withLockIfAvailable({ $0 }) { return snapshot }
    }
    return places[0].snapshot.withLock { $0 }
  }

  /// Opens the newest commit and lets it answer from now on; when that fails, the one before goes on.
  ///
  /// Once it returns, no question begins with an older one.
  @discardableResult
  public func reload() throws(IndexError) -> Snapshot {
    try reloading.withLock { _ throws(IndexError) in
      let newest = try Snapshot.open(directory: directory)
      // The snapshot before leaves the locks alive: unmapping its files takes longer than the swap.
      var replaced: [Snapshot?] = []
      for place in places {
        replaced.append(
          place.snapshot.withLock { current in
            let before = current
            current = newest
            return before
          })
      }
      withExtendedLifetime(replaced) {}
      return newest
    }
  }
}
