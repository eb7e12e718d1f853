/// A field's value as a term of its own, by which documents are filtered, counted and found exactly.
///
/// It is a word of the field whose first byte is one that no word of a text begins with; the value's UTF-8 follows, as given:
/// 通知 is a value of `type`, 紧急通知 another. Longer values have no such term.
enum ValueTerm {
  /// The byte in front.
  static let mark: UInt8 = 1
  /// The longest value, in bytes.
  static let longestValue = 254
  /// The field whose values are the paths of the files that documents came from, unless a document has such a field itself.
  static let pathField = "path"

  /// The dictionary's key of a value in a field; nil for one that has none.
  static func key(field: UInt16, value: some Collection<UInt8>) -> [UInt8]? {
    guard hasTerm(value) else { return nil }
    return FieldedKey.word(field: field, bytes: [mark] + value)
  }

  /// Whether a value has a term.
  static func hasTerm(_ value: some Collection<UInt8>) -> Bool { !value.isEmpty && value.count <= longestValue }

  /// What stands before the values of a field.
  static func prefix(field: UInt16) -> [UInt8] { FieldedKey.word(field: field, bytes: [mark]) }
}
