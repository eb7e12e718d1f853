import Bulletins
import InvertedIndex

extension Document {
  /// A document as the engine takes it.
  init(_ source: SourceDocument) {
    self.init(
      key: source.key, title: source.title, text: source.text,
      fields: source.fields.map { Field(name: $0.name, value: InvertedIndex.FieldValue($0.value)) },
      source: SourceLocation(path: source.path, startLine: source.startLine, endLine: source.endLine),
      tabsSeparateCells: source.tabsSeparateCells)
  }
}

extension InvertedIndex.FieldValue {
  /// A field's value as the engine takes it.
  init(_ value: Bulletins.FieldValue) {
    switch value {
    case .string(let text): self = .string(text)
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .number(number)
    case .boolean(let flag): self = .boolean(flag)
    case .null: self = .null
    case .list(let items): self = .list(items.map { Self($0) })
    }
  }
}
