/// The body of `/reload`: the commit that serves now.
public struct ReloadAnswer: Codable, Equatable, Sendable {
  /// The commit's number.
  public var generation: UInt64
  /// How many documents it has.
  public var documents: Int
  /// What was not taken up, and why; nil when all was.
  public var notes: [String]?

  /// Names a commit.
  public init(generation: UInt64, documents: Int, notes: [String]? = nil) {
    self.generation = generation
    self.documents = documents
    self.notes = notes
  }
}
