/// The body of `/documents/{id}`: the whole document, with the user's fields flat beside our keys.
public struct DocumentAnswer: Codable, Equatable, Sendable {
  /// The keys of a document that no field of the user's can have.
  public static let reservedKeys: Set<String> = ["id", "title", "text", "source"]

  /// The document's key.
  public var id: String
  /// The title; empty when the document has none.
  public var title: String
  /// The whole text.
  public var text: String
  /// Where the document stands, if it came from a file.
  public var source: SourceAnswer?
  /// The user's fields.
  public var fields: [AnswerField]

  /// Puts a document together.
  public init(id: String, title: String, text: String, source: SourceAnswer?, fields: [AnswerField]) {
    self.id = id
    self.title = title
    self.text = text
    self.source = source
    self.fields = fields
  }

  /// Reads a document; fields come sorted by name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnswerKey.self)
    id = try container.decode(String.self, forKey: AnswerKey("id"))
    title = try container.decode(String.self, forKey: AnswerKey("title"))
    text = try container.decode(String.self, forKey: AnswerKey("text"))
    source = try container.decodeIfPresent(SourceAnswer.self, forKey: AnswerKey("source"))
    fields = try container.decodeFields(except: Self.reservedKeys)
  }

  /// Writes a flat object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: AnswerKey.self)
    try container.encode(id, forKey: AnswerKey("id"))
    try container.encode(title, forKey: AnswerKey("title"))
    try container.encode(text, forKey: AnswerKey("text"))
    try container.encodeIfPresent(source, forKey: AnswerKey("source"))
    try container.encode(fields: fields, except: Self.reservedKeys)
  }
}
