/// One of `hits`: our keys, and the user's fields flat beside them.
public struct HitAnswer: Codable, Equatable, Sendable {
  /// The keys of a hit that no field of the user's can have.
  public static let reservedKeys: Set<String> = ["id", "score", "title", "source", "snippets", "missing", "explain"]

  /// The document's key.
  public var id: String
  /// How well it fits, comparable within one answer only; nil when hits are sorted by date and when nothing was searched for.
  public var score: Double?
  /// The title; empty when the document has none.
  public var title: String
  /// Where the document stands, if it came from a file.
  public var source: SourceAnswer?
  /// Pieces of the text; nil when they were not wanted.
  public var snippets: [SnippetAnswer]?
  /// Of a query of several words, those of which the document holds nothing; nil when there are none.
  public var missing: [String]?
  /// What the score is made of; nil when nobody asked.
  public var explain: ExplanationAnswer?
  /// The user's fields.
  public var fields: [AnswerField]

  /// Puts a hit together.
  public init(
    id: String, score: Double?, title: String, source: SourceAnswer?, snippets: [SnippetAnswer]?, fields: [AnswerField]
  ) {
    self.id = id
    self.score = score
    self.title = title
    self.source = source
    self.snippets = snippets
    self.fields = fields
  }

  /// Reads a hit; fields come sorted by name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnswerKey.self)
    id = try container.decode(String.self, forKey: AnswerKey("id"))
    score = try container.decodeIfPresent(Double.self, forKey: AnswerKey("score"))
    title = try container.decode(String.self, forKey: AnswerKey("title"))
    source = try container.decodeIfPresent(SourceAnswer.self, forKey: AnswerKey("source"))
    snippets = try container.decodeIfPresent([SnippetAnswer].self, forKey: AnswerKey("snippets"))
    missing = try container.decodeIfPresent([String].self, forKey: AnswerKey("missing"))
    explain = try container.decodeIfPresent(ExplanationAnswer.self, forKey: AnswerKey("explain"))
    fields = try container.decodeFields(except: Self.reservedKeys)
  }

  /// Writes a flat object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnswerKey.self)
    try container.encode(id, forKey: AnswerKey("id"))
    try container.encodeIfPresent(score, forKey: AnswerKey("score"))
    try container.encode(title, forKey: AnswerKey("title"))
    try container.encodeIfPresent(source, forKey: AnswerKey("source"))
    try container.encodeIfPresent(snippets, forKey: AnswerKey("snippets"))
    try container.encodeIfPresent(missing, forKey: AnswerKey("missing"))
    try container.encodeIfPresent(explain, forKey: AnswerKey("explain"))
    try container.encode(fields: fields, except: Self.reservedKeys)
  }
}
