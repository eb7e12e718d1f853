/// One of `did_you_mean`: another query, which finds more.
public struct CorrectionAnswer: Codable, Equatable, Sendable {
  /// Why another query is offered.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// A character that is read alike was typed.
    case homophone
    /// A character that looks alike was typed.
    case shape
    /// Pinyin was typed for Han.
    case pinyin
    /// No document has the number that was typed; another is near it.
    case number
  }

  /// What to ask instead.
  public var query: String
  /// What is other in it, for a person to read: `同音：暴→爆`.
  public var reason: String
  /// Why it is offered.
  public var kind: Kind
  /// How many documents have it as a phrase, or as their number.
  public var total: SearchAnswer.Total
  /// True where the hits are those of this query, since that which was asked has none; nil otherwise.
  public var applied: Bool?

  /// Puts an offer together.
  public init(query: String, reason: String, kind: Kind, total: SearchAnswer.Total, applied: Bool? = nil) {
    self.query = query
    self.reason = reason
    self.kind = kind
    self.total = total
    self.applied = applied
  }
}
