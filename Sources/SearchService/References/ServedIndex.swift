public import InvertedIndex

/// An open index, and what is known of how its documents refer to each other.
public final class ServedIndex: Sendable {
  /// The documents.
  public let snapshot: Snapshot
  /// Their references.
  public let references: References

  /// What a snapshot has.
  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    references = References(snapshot)
  }
}
