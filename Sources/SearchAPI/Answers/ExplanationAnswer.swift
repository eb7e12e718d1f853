/// `explain` of a hit: what its score is made of.
public struct ExplanationAnswer: Codable, Equatable, Sendable {
  /// A pattern of the query, and what it adds.
  public struct Pattern: Codable, Equatable, Sendable {
    /// Its bigrams and words.
    public var pattern: String
    /// How many documents have it; for a phrase, its rarest bigram or word.
    public var df: Int
    /// How often they have it; nil for a phrase.
    public var occurrences: Int?
    /// What rareness makes of it.
    public var idf: Double
    /// How much the query asks for it.
    public var factor: Double
    /// How often the document has it.
    public var tf: Int
    /// Its part of `first`.
    public var score: Double

    /// Puts a pattern together.
    public init(pattern: String, df: Int, occurrences: Int?, idf: Double, factor: Double, tf: Int, score: Double) {
      self.pattern = pattern
      self.df = df
      self.occurrences = occurrences
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

  /// The patterns of the query.
  public var patterns: [Pattern]
  /// The sum of their scores.
  public var first: Double
  /// The rest; nil for a document that was not looked at again.
  public var second: Second?

  /// Puts an explanation together.
  public init(patterns: [Pattern], first: Double, second: Second?) {
    self.patterns = patterns
    self.first = first
    self.second = second
  }
}
