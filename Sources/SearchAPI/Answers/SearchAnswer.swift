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
  /// The hits wanted, in order.
  public var hits: [HitAnswer]
  /// How often each value of the fields asked for occurs among all hits; nil when no field was asked for.
  ///
  /// They are the members of an object: a client reads them sorted by name.
  public var facets: [FacetAnswer]?
  /// What was looked for beside what was typed; nil when nothing was.
  public var synonyms: [SynonymAnswer]?
  /// What of the query was not counted everywhere; nil when all was.
  public var hosts: [HostedTermAnswer]?
  /// The parts of a query that has several, in its order; nil for others.
  public var parts: [String]?
  /// How many documents have all of them.
  public var haveAll: Int?
  /// Those that must be let go for documents to have all the others, one after the other; nil when there are none.
  public var letGo: [LetGoAnswer]?
  /// What was understood otherwise than it may have been meant; nil when there is nothing to say.
  public var notes: [String]?

  /// Other queries that may have been meant, the best first; nil when there are none.
  public var didYouMean: [CorrectionAnswer]?

  private enum CodingKeys: String, CodingKey {
    case query, total, hits, facets, synonyms, hosts, parts, notes
    case haveAll = "have_all"
    case letGo = "let_go"
    case didYouMean = "did_you_mean"
    case tookMilliseconds = "took_ms"
  }

  /// Puts an answer together; no synonyms, hosts or notes at all leave the keys out.
  public init(
    query: String, total: Total, tookMilliseconds: Double, hits: [HitAnswer], facets: [FacetAnswer]? = nil,
    synonyms: [SynonymAnswer] = [], hosts: [HostedTermAnswer] = [], notes: [String]
  ) {
    self.query = query
    self.total = total
    self.tookMilliseconds = (tookMilliseconds * 1_000_000).rounded() / 1_000_000
    self.hits = hits
    self.facets = facets
    self.synonyms = synonyms.isEmpty ? nil : synonyms
    self.hosts = hosts.isEmpty ? nil : hosts
    self.notes = notes.isEmpty ? nil : notes
  }

  /// Reads an answer; facets come sorted by name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    query = try container.decode(String.self, forKey: .query)
    total = try container.decode(Total.self, forKey: .total)
    tookMilliseconds = try container.decode(Double.self, forKey: .tookMilliseconds)
    hits = try container.decode([HitAnswer].self, forKey: .hits)
    if container.contains(.facets) {
      facets = try container.nestedContainer(keyedBy: AnswerKey.self, forKey: .facets).decodeFacets()
    }
    synonyms = try container.decodeIfPresent([SynonymAnswer].self, forKey: .synonyms)
    hosts = try container.decodeIfPresent([HostedTermAnswer].self, forKey: .hosts)
    parts = try container.decodeIfPresent([String].self, forKey: .parts)
    haveAll = try container.decodeIfPresent(Int.self, forKey: .haveAll)
    letGo = try container.decodeIfPresent([LetGoAnswer].self, forKey: .letGo)
    notes = try container.decodeIfPresent([String].self, forKey: .notes)
    didYouMean = try container.decodeIfPresent([CorrectionAnswer].self, forKey: .didYouMean)
  }

  /// Writes an answer, with facets by name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(query, forKey: .query)
    try container.encode(total, forKey: .total)
    try container.encode(tookMilliseconds, forKey: .tookMilliseconds)
    try container.encode(hits, forKey: .hits)
    if let facets {
      var nested = container.nestedContainer(keyedBy: AnswerKey.self, forKey: .facets)
      try nested.encode(facets: facets)
    }
    try container.encodeIfPresent(synonyms, forKey: .synonyms)
    try container.encodeIfPresent(hosts, forKey: .hosts)
    try container.encodeIfPresent(parts, forKey: .parts)
    try container.encodeIfPresent(haveAll, forKey: .haveAll)
    try container.encodeIfPresent(letGo, forKey: .letGo)
    try container.encodeIfPresent(notes, forKey: .notes)
    try container.encodeIfPresent(didYouMean, forKey: .didYouMean)
  }
}
