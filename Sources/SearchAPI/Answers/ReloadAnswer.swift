/// The body of `/reload`: the commit that serves now.
public struct ReloadAnswer: Codable, Equatable, Sendable {
  /// The commit's number.
  public var generation: UInt64
  /// How many documents it has.
  public var documents: Int

  /// Names a commit.
  public init(generation: UInt64, documents: Int) {
    self.generation = generation
    self.documents = documents
  }
}
