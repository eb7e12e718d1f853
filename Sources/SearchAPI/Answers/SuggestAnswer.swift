/// The body of `/suggest`.
public struct SuggestAnswer: Codable, Equatable, Sendable {
  /// What was typed.
  public var query: String
  /// Milliseconds that it took to find the suggestions.
  public var tookMilliseconds: Double
  /// How it may go on, the likeliest first.
  public var suggestions: [Suggestion]

  private enum CodingKeys: String, CodingKey {
    case query, suggestions
    case tookMilliseconds = "took_ms"
  }

  /// Puts an answer together.
  public init(query: String, tookMilliseconds: Double, suggestions: [Suggestion]) {
    self.query = query
    self.tookMilliseconds = (tookMilliseconds * 1_000_000).rounded() / 1_000_000
    self.suggestions = suggestions
  }
}

/// One way in which something typed may go on.
public struct Suggestion: Codable, Equatable, Sendable {
  /// What a suggestion is.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// The title of documents.
    case title
    /// The number of a document.
    case number
    /// An office that issues documents.
    case issuer
    /// Words that stand so in documents.
    case phrase
  }

  /// What to ask for.
  public var text: String
  /// What it is.
  public var kind: Kind
  /// How many documents have it; an estimate where it is not exact.
  public var total: SearchAnswer.Total

  /// Puts a suggestion together.
  public init(text: String, kind: Kind, total: SearchAnswer.Total) {
    self.text = text
    self.kind = kind
    self.total = total
  }
}
