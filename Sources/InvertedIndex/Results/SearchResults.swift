/// A passage of a document's text, with the places that the query matched.
public struct Snippet: Equatable, Sendable {
  /// The passage: white space that analysis passes over is left out, other white space is one space.
  public var text: String
  /// Half-open ranges of Unicode scalars of `text`, rising, not touching.
  public var highlights: [Range<Int>]

  /// A snippet.
  public init(text: String, highlights: [Range<Int>]) {
    self.text = text
    self.highlights = highlights
  }
}

/// A document that was found.
public struct Hit: Equatable, Sendable {
  /// The document's key.
  public var key: String
  /// Its score; higher ranks first.
  public var score: Double
  /// Its title; may be empty.
  public var title: String
  /// Where it came from.
  public var source: SourceLocation?
  /// Its fields.
  public var fields: [Field]
  /// Passages, best first; empty when none were asked for.
  public var snippets: [Snippet]
  /// Of a query of several words between white space, those of which the document holds nothing; only the best documents
  /// are looked at for it.
  public var missing: [String] = []
}

/// A value of a field, and how many documents have it.
public struct FacetCount: Equatable, Sendable {
  /// The value.
  public var value: String
  /// How many of the documents asked about have it.
  public var count: Int
}

/// How many of the documents that match have each value of a field.
public struct Facet: Equatable, Sendable {
  /// The field's name.
  public var field: String
  /// The most frequent values, equal ones in the order of their bytes.
  public var counts: [FacetCount]
  /// How many further values some document has.
  public var more: Int
}

/// A bigram of a query's text that the index mostly has inside of other words, where it was not counted.
public struct HostedTerm: Equatable, Sendable {
  /// The bigram, folded.
  public var term: String
  /// The phrases inside of which it was not counted.
  public var inside: [String]
  /// How often it stands in the index.
  public var occurrences: Int
  /// How often of these inside of the phrases.
  public var notCounted: Int
}

/// Which parts of a query some documents have all together.
public struct PartsReport: Equatable, Sendable {
  /// A part that was let go.
  public struct LetGo: Equatable, Sendable {
    /// The part as it was typed.
    public var part: String
    /// How many documents have all parts but this one and those let go before it.
    public var documents: Int
  }

  /// The parts as they were typed, in their order.
  public var parts: [String]
  /// How many documents have all of them: each as a phrase, or a synonym of it.
  public var documents: Int
  /// The parts that must be let go for documents to have all the others.
  ///
  /// Those that no document has at all come first, then the lightest. No part is here that some document has beside all that are
  /// heavier and not here.
  public var letGo: [LetGo]
}

/// What a query found.
public struct SearchResults: Equatable, Sendable {
  /// The query as it was asked.
  public var query: String
  /// How many documents match.
  public var total: Int
  /// Whether ``total`` is exact.
  public var totalIsExact: Bool
  /// From parsing to having the page's hits; snippets are made after that.
  public var tookMilliseconds: Double
  /// The hits from the offset on, best first.
  public var hits: [Hit]
  /// For each field that was asked for, how many of all that match have its values.
  public var facets: [Facet] = []
  /// The synonyms that were looked for beside what was typed, in the order of the query.
  public var synonyms: [SynonymTable.Use] = []
  /// What was not counted everywhere.
  public var hosts: [HostedTerm] = []
  /// Which parts of a query of several documents have together; nil where it has one, is a sentence, or more than text and filters.
  public var parts: PartsReport?
  /// What the reader of the answer should know, such as an operator that was read as text.
  public var notes: [String]
}
