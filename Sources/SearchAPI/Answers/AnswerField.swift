/// A field of the user's, which stands flat beside `id` and `title`.
public struct AnswerField: Equatable, Sendable {
  /// The field's name.
  public var name: String
  /// Its value.
  public var value: JSONValue

  /// Puts a field together.
  public init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}
