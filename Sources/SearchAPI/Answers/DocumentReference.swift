/// Another document of the index, in few words.
public struct DocumentReference: Codable, Equatable, Sendable {
  /// The document's key.
  public let id: String
  /// The title; empty when the document has none.
  public let title: String
  /// Its number, if it has one.
  public let number: String?
  /// Its date, if it has one.
  public let date: String?
  /// The path at which the document is answered, percent-encoded.
  public let permalink: String

  /// Names a document.
  public init(id: String, title: String, number: String? = nil, date: String? = nil) {
    self.id = id
    self.title = title
    self.number = number
    self.date = date
    permalink = Route.document(id: id).encodedPath
  }
}
