/// What `name:text` in a query means where it is more than a phrase in a field: `year:2020..2022`.
public struct FieldClauses: Sendable {
  /// Names that may stand before a colon, beside those of the index's fields.
  public let names: Set<String>
  /// The filter that a name and the text behind it mean; nil for a phrase in the field of this name.
  public let meaning: @Sendable (_ name: String, _ text: String) -> DocumentFilter?
  /// The field of dates, whose values look like `2021-04-28`: a date in text that is ranked also stands for those; nil for none.
  public let dateField: String?

  /// Clauses of some names.
  public init(
    names: Set<String>, dateField: String? = nil,
    meaning: @escaping @Sendable (_ name: String, _ text: String) -> DocumentFilter?
  ) {
    self.names = names
    self.dateField = dateField
    self.meaning = meaning
  }
}
