/// Two characters of the query that the index mostly has inside of other words, where they were not counted.
public struct HostedTermAnswer: Codable, Equatable, Sendable {
  /// The two characters, folded.
  public var term: String
  /// The phrases inside of which they were not counted.
  public var inside: [String]
  /// How often they stand in the index.
  public var occurrences: Int
  /// How often of these inside of the phrases.
  public var notCounted: Int

  private enum CodingKeys: String, CodingKey {
    case term, inside, occurrences
    case notCounted = "not_counted"
  }

  /// Puts the figures together.
  public init(term: String, inside: [String], occurrences: Int, notCounted: Int) {
    self.term = term
    self.inside = inside
    self.occurrences = occurrences
    self.notCounted = notCounted
  }
}
