public import InvertedIndex
internal import Synchronization

/// The snapshot that answers now, and the way to a newer one.
///
/// Whoever took a snapshot keeps it as long as the question lasts, whatever is taken up meanwhile. All of it may be used
/// from any thread.
public final class SnapshotHolder: Sendable {
  /// The folder of the index.
  public let directory: String

  private let current: Mutex<Snapshot?>
  /// One reload at a time, so that an older commit never replaces a newer one.
  private let reloading = Mutex(())

  /// A holder in which nothing is open yet.
  public init(directory: String) {
    self.directory = directory
    current = Mutex(nil)
  }

  /// The snapshot that answers now; nil when no index is open.
  public var snapshot: Snapshot? {
    current.withLock { $0 }
  }

  /// Opens the newest commit and lets it answer from now on; when that fails, the one before goes on.
  @discardableResult
  public func reload() throws(IndexError) -> Snapshot {
    try reloading.withLock { _ throws(IndexError) in
      let newest = try Snapshot.open(directory: directory)
      // The snapshot before leaves the lock alive: unmapping its files takes longer than the swap.
      let replaced = current.withLock { current in
        let replaced = current
        current = newest
        return replaced
      }
      withExtendedLifetime(replaced) {}
      return newest
    }
  }
}
