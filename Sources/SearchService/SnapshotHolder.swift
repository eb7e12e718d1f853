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
  private let synonymFile: SynonymFile?
  /// One reload at a time, so that an older commit never replaces a newer one; it has the synonyms read last.
  private let reloading = Mutex<SynonymTable?>(nil)

  /// A holder in which nothing is open yet.
  ///
  /// - Parameter synonyms: what is read with each commit; nil for the list that comes with the program.
  public init(directory: String, synonyms: SynonymFile? = nil) {
    self.directory = directory
    synonymFile = synonyms
  }

  /// The index that answers now; nil when none is open.
  public var index: ServedIndex? {
    for place in places {
      if let index = place.index.withLockIfAvailable({ $0 }) { return index }
    }
    return places[0].index.withLock { $0 }
  }

  /// Opens the newest commit and lets it answer from now on; when that fails, the one before goes on.
  ///
  /// Once it returns, no question begins with an older one. The file of synonyms is read anew, too; when that fails, those
  /// before go on, and `complain` is told.
  @discardableResult
  public func reload(complain: (SynonymFile.ReadError) -> Void = { _ in }) throws(IndexError) -> Snapshot {
    try reloading.withLock { synonyms throws(IndexError) in
      let snapshot = try Snapshot.open(directory: directory)
      do throws(SynonymFile.ReadError) {
        if let synonymFile { synonyms = try synonymFile.table() }
      } catch {
        complain(error)
      }
      let newest = ServedIndex(snapshot, synonyms: synonyms)
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
