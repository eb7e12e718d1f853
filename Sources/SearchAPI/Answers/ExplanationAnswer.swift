/// `explain` of a hit: what its score is made of.
public struct ExplanationAnswer: Codable, Equatable, Sendable {
  /// A pattern of the query, and what it adds.
  public struct Pattern: Codable, Equatable, Sendable {
    /// Its bigrams and words.
    public var pattern: String
    /// By how many documents it is weighed: those that have it; for a phrase, its rarest bigram or word.
    public var df: Int
    /// How many documents have it as a whole.
    public var documents: Int
    /// How often they have it.
    public var occurrences: Int
    /// How often it stands where it does not count, inside of longer words; nil where it counts everywhere.
    public var notCounted: Int?
    /// What rareness makes of it.
    public var idf: Double
    /// How much the query asks for it.
    public var factor: Double
    /// How often the document has it.
    public var tf: Int
    /// Its part of `first`.
    public var score: Double

    private enum CodingKeys: String, CodingKey {
      case pattern, df, documents, occurrences, idf, factor, tf, score
      case notCounted = "not_counted"
    }

    /// Puts a pattern together.
    public init(
      pattern: String, df: Int, documents: Int, occurrences: Int, notCounted: Int? = nil, idf: Double, factor: Double,
      tf: Int, score: Double
    ) {
      self.pattern = pattern
      self.df = df
      self.documents = documents
      self.occurrences = occurrences
      self.notCounted = notCounted
      self.idf = idf
      self.factor = factor
      self.tf = tf
      self.score = score
    }
  }

  /// What the second score is made of.
  public struct Second: Codable, Equatable, Sendable {
    /// The single characters' sum.
    public var characters: Double
    /// The share of what was typed that the document has.
    public var coverage: Double
    /// The best passage's score.
    public var passage: Double
    /// The best short passage's score.
    public var shortPassage: Double
    /// What the best short passage's place and the heaviest missing pattern multiply the score by.
    public var focus: Double
    /// What the law that the document is an article of multiplies the score by.
    public var family: Double

    private enum CodingKeys: String, CodingKey {
      case characters, coverage, passage, focus, family
      case shortPassage = "short_passage"
    }

    /// Puts it together.
    public init(
      characters: Double, coverage: Double, passage: Double, shortPassage: Double, focus: Double, family: Double
    ) {
      self.characters = characters
      self.coverage = coverage
      self.passage = passage
      self.shortPassage = shortPassage
      self.focus = focus
      self.family = family
    }
  }

  /// What a preference multiplies the score by.
  public struct Lift: Codable, Equatable, Sendable {
    /// The preference.
    public var prefer: String
    /// The factor.
    public var factor: Double

    /// Puts it together.
    public init(prefer: String, factor: Double) {
      self.prefer = prefer
      self.factor = factor
    }
  }

  /// The patterns of the query.
  public var patterns: [Pattern]
  /// The sum of their scores.
  public var first: Double
  /// The rest; nil for a document that was not looked at again.
  public var second: Second?
  /// What preferences multiply the score by; nil where none was asked for.
  public var lifts: [Lift]?

  /// Puts an explanation together.
  public init(patterns: [Pattern], first: Double, second: Second?, lifts: [Lift] = []) {
    self.lifts = lifts.isEmpty ? nil : lifts
    self.patterns = patterns
    self.first = first
    self.second = second
  }
}
