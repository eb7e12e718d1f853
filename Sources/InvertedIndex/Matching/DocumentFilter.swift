/// Which documents may be hits, by the values of their fields; it neither adds to scores nor changes what terms weigh.
public enum DocumentFilter: Sendable, Hashable {
  /// Those that have one of some values in a field, each as it was given to the index.
  case values(field: String, [String])
  /// Those that have a value between two in a field, by the order of their bytes, both included; nil is no bound.
  case range(field: String, from: String?, through: String?)
  /// Those that have a value that begins so.
  case prefix(field: String, String)
  /// All documents.
  case everything
  /// None.
  case nothing
  /// What is kept beside the documents and is none: what issues say besides theirs, and files that could not be read.
  case records
  /// Those of a selection.
  case documents(DocumentSelection)
}

/// Some documents of a snapshot, which it is good for only.
public final class DocumentSelection: Sendable {
  /// By segment.
  let sets: [DocumentSet]
  /// How many documents there are.
  public let count: Int

  init(_ sets: [DocumentSet]) {
    self.sets = sets
    count = sets.reduce(0) { $0 + $1.count }
  }

  /// The documents of this one or the other.
  public func union(_ other: DocumentSelection) -> DocumentSelection { combining(other) { $0.formUnion($1) } }

  /// The documents of both.
  public func intersection(_ other: DocumentSelection) -> DocumentSelection {
    combining(other) { $0.formIntersection($1) }
  }

  /// The documents that the other has not.
  public func subtracting(_ other: DocumentSelection) -> DocumentSelection {
    combining(other) { $0.subtract($1.words) }
  }

  private func combining(
    _ other: DocumentSelection, _ combine: (inout DocumentSet, DocumentSet) -> Void
  ) -> DocumentSelection {
    precondition(sets.count == other.sets.count, "selections of one snapshot")
    return DocumentSelection(
      zip(sets, other.sets).map { one, other in
        var set = one
        combine(&set, other)
        return set
      })
  }
}

extension DocumentSelection: Hashable {
  /// Whether both are the same object.
  public static func == (one: DocumentSelection, other: DocumentSelection) -> Bool { one === other }

  /// Hashes its identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
