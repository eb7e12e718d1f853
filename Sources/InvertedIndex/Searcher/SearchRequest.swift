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

  /// What lifts documents a little, and decides between equal scores.
  public struct Preference: Sendable {
    /// Which documents are preferred.
    public enum Kind: Sendable {
      /// Those for which something holds; each is given without its text.
      case documents(where: @Sendable (Document) throws -> Bool)
      /// The more, the later the first of their values in a field is among all of its values.
      case latest(field: String)
    }

    /// What a score is multiplied by, and why.
    public struct Lift: Equatable, Sendable {
      /// The preference's name.
      public var name: String
      /// The factor.
      public var factor: Double
    }

    /// What explanations call it.
    public var name: String
    /// Which documents are preferred.
    public var kind: Kind
    /// What the score of a document is multiplied by that is preferred most, at least 1; where it is 1, the preference decides
    /// between equal scores alone.
    public var factor: Double

    /// A preference.
    public init(name: String, kind: Kind, factor: Double = 1) {
      self.name = name
      self.kind = kind
      self.factor = factor
    }
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
  /// What lifts some of the best hundred documents.
  ///
  /// Between equal scores the first one decides, then the next ones, then the documents' keys. Where text is not looked at twice,
  /// equal scores are in the order of the index.
  public var preferences: [Preference] = []
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
