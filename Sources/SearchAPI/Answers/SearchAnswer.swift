/// The body of `/search`.
public struct SearchAnswer: Codable, Equatable, Sendable {
  /// `total`: how many documents match, whatever `limit` and `offset` are.
  public struct Total: Codable, Equatable, Sendable {
    /// The number.
    public var value: Int
    /// Whether it is the number, and not a lower bound.
    public var exact: Bool

    /// A number of hits.
    public init(value: Int, exact: Bool) {
      self.value = value
      self.exact = exact
    }
  }

  /// The query as it was asked.
  public var query: String
  /// How many documents match.
  public var total: Total
  /// Milliseconds from parsing the query to having the hits, without snippets; to the nanosecond.
  public var tookMilliseconds: Double
  /// The hits wanted, best first.
  public var hits: [HitAnswer]
  /// What was understood otherwise than it may have been meant; nil when there is nothing to say.
  public var notes: [String]?

  private enum CodingKeys: String, CodingKey {
    case query, total, hits, notes
    case tookMilliseconds = "took_ms"
  }

  /// Puts an answer together; no notes at all leave the key out.
  public init(query: String, total: Total, tookMilliseconds: Double, hits: [HitAnswer], notes: [String]) {
    self.query = query
    self.total = total
    self.tookMilliseconds = (tookMilliseconds * 1_000_000).rounded() / 1_000_000
    self.hits = hits
    self.notes = notes.isEmpty ? nil : notes
  }
}
