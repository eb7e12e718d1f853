/// One of `let_go`: a part of a query that no document has beside the others.
public struct LetGoAnswer: Codable, Equatable, Sendable {
  /// The part as it was typed.
  public var part: String
  /// How many documents have all parts but this one and those let go before it.
  public var documents: Int

  /// Puts it together.
  public init(part: String, documents: Int) {
    self.part = part
    self.documents = documents
  }
}
