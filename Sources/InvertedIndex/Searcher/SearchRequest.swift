/// What is asked.
public struct SearchRequest: Sendable {
  /// How hits are ranked.
  public enum Ranking: Equatable, Sendable {
    /// The ranking of the house: BM25, with words and lone characters that touch taken as phrases.
    case `default`
    /// Plain BM25 over the bigrams and words.
    case bm25(k1: Double, b: Double)
  }

  /// In which order hits come.
  public enum Order: Equatable, Sendable {
    /// The best first.
    case relevance
    /// By the first of their values in a field, in the order of bytes; those without a value last, equal ones in the order of
    /// the index. Scores are 0.
    case value(field: String, descending: Bool)
  }

  /// What is counted.
  public enum FacetSource: Sendable {
    /// The values of a field.
    case field(String)
    /// How many are in each of some selections, which are named; the name of all this is the first.
    case groups(String, [(name: String, documents: DocumentSelection)])
  }

  /// The query as a person types it; it may be empty where there are filters.
  public var query: String
  /// How many hits to pass over.
  public var offset: Int
  /// How many hits to return at the most.
  public var limit: Int
  /// Whether hits come with passages.
  public var snippets: Bool
  /// How hits are ranked.
  public var ranking: Ranking
  /// Whether an operator that cannot be one is an error; otherwise it is text.
  public var strict: Bool
  /// What every hit must pass.
  public var filters: [DocumentFilter] = []
  /// What no hit may be.
  public var excluded: DocumentSelection?
  /// The order of the hits.
  public var order = Order.relevance
  /// What is counted over all that match.
  public var facets: [FacetSource] = []
  /// How many values of each facet are returned at the most.
  public var facetLimit = 20
  /// What `name:text` means where it is no phrase.
  public var clauses: FieldClauses?
  /// Words that text without quotation marks is looked for by, beside its own.
  public var synonyms: SynonymTable?
  /// The field that text without a name is looked for in; nil for title and text.
  public var searchedField: String?

  /// A request.
  public init(
    query: String, offset: Int = 0, limit: Int = 10, snippets: Bool = true, ranking: Ranking = .default,
    strict: Bool = false
  ) {
    self.query = query
    self.offset = offset
    self.limit = limit
    self.snippets = snippets
    self.ranking = ranking
    self.strict = strict
  }
}
