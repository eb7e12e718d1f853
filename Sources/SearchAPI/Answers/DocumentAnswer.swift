/// The body of `/documents/{id}`: the whole document, with the user's fields flat beside our keys.
public struct DocumentAnswer: Codable, Equatable, Sendable {
  /// The keys of a document that no field of the user's can have.
  public static let reservedKeys: Set<String> = [
    "id", "title", "text", "source", "cites", "cited_by",
  ]

  /// The document's key.
  public var id: String
  /// The title; empty when the document has none.
  public var title: String
  /// The whole text.
  public var text: String
  /// Where the document stands, if it came from a file.
  public var source: SourceAnswer?
  /// What the document cites, in its order; nil when nothing is known of citations.
  public var cites: [CitationAnswer]?
  /// The documents of the index that cite it; nil when nothing is known of citations.
  public var citedBy: [CitingAnswer]?
  /// The user's fields.
  public var fields: [AnswerField]

  private static let permalinkKey = "permalink"

  /// The path at which the document is answered, percent-encoded; a field of this name stands in its place.
  public var permalink: String { Route.document(id: id).encodedPath }

  /// Puts a document together.
  public init(
    id: String, title: String, text: String, source: SourceAnswer?, cites: [CitationAnswer]? = nil,
    citedBy: [CitingAnswer]? = nil, fields: [AnswerField]
  ) {
    self.id = id
    self.title = title
    self.text = text
    self.source = source
    self.cites = cites
    self.citedBy = citedBy
    self.fields = fields
  }

  /// Reads a document; fields come sorted by name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnswerKey.self)
    id = try container.decode(String.self, forKey: AnswerKey("id"))
    title = try container.decode(String.self, forKey: AnswerKey("title"))
    text = try container.decode(String.self, forKey: AnswerKey("text"))
    source = try container.decodeIfPresent(SourceAnswer.self, forKey: AnswerKey("source"))
    cites = try container.decodeIfPresent([CitationAnswer].self, forKey: AnswerKey("cites"))
    citedBy = try container.decodeIfPresent([CitingAnswer].self, forKey: AnswerKey("cited_by"))
    fields = []
    let own = JSONValue.string(permalink)
    fields = try container.decodeFields(except: Self.reservedKeys).filter {
      $0.name != Self.permalinkKey || $0.value != own
    }
  }

  /// Writes a flat object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnswerKey.self)
    try container.encode(id, forKey: AnswerKey("id"))
    try container.encode(title, forKey: AnswerKey("title"))
    try container.encode(text, forKey: AnswerKey("text"))
    try container.encodeIfPresent(source, forKey: AnswerKey("source"))
    if !fields.contains(where: { $0.name == Self.permalinkKey }) {
      try container.encode(permalink, forKey: AnswerKey(Self.permalinkKey))
    }
    try container.encodeIfPresent(cites, forKey: AnswerKey("cites"))
    try container.encodeIfPresent(citedBy, forKey: AnswerKey("cited_by"))
    try container.encode(fields: fields, except: Self.reservedKeys)
  }
}
