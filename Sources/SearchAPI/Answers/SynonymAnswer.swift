/// A word of the query, and what was looked for beside it.
public struct SynonymAnswer: Codable, Equatable, Sendable {
  /// The word, as the list of synonyms has it.
  public var typed: String
  /// The others, which weigh less.
  public var also: [String]
  /// The heading of the list under which they stand; nil where they stand under none.
  public var domain: String?

  /// A word and its synonyms.
  public init(typed: String, also: [String], domain: String? = nil) {
    self.typed = typed
    self.also = also
    self.domain = domain
  }
}
