public import InvertedIndex
internal import Synchronization

/// An open index, and what is known of how its documents refer to each other and by what names.
public final class ServedIndex: Sendable {
  /// The documents.
  public let snapshot: Snapshot
  /// Their references.
  public let references: References
  private let givenSynonyms: SynonymTable?
  /// What is looked for beside what is typed.
  public var synonyms: SynonymTable { givenSynonyms ?? SynonymList.standard }

  private let names = AtomicLazyReference<Catalogue>()

  /// What a snapshot has.
  ///
  /// - Parameter synonyms: nil for the list that comes with the program.
  public init(_ snapshot: Snapshot, synonyms: SynonymTable? = nil) {
    self.snapshot = snapshot
    givenSynonyms = synonyms
    references = References(snapshot)
  }

  /// The names of the documents, put together when they are first asked for.
  func catalogue() throws -> Catalogue {
    if let known = names.load() { return known }
    return names.storeIfNil(try Catalogue(snapshot))
  }
}
