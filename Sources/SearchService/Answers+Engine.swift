public import InvertedIndex
public import SearchAPI

extension SearchAnswer {
  /// The wire's form of what the engine found.
  init(_ results: SearchResults, withSnippets: Bool) {
    self.init(
      query: results.query, total: Total(value: results.total, exact: results.totalIsExact),
      tookMilliseconds: results.tookMilliseconds, hits: results.hits.map { HitAnswer($0, withSnippets: withSnippets) },
      notes: results.notes)
  }
}

extension HitAnswer {
  /// The wire's form of a hit.
  init(_ hit: Hit, withSnippets: Bool) {
    self.init(
      id: hit.key, score: hit.score, title: hit.title, source: hit.source.map { SourceAnswer($0) },
      snippets: withSnippets
        ? hit.snippets.map { SnippetAnswer(text: $0.text, highlights: $0.highlights) } : nil,
      fields: hit.fields.map { AnswerField($0) })
  }
}

extension DocumentAnswer {
  /// The wire's form of a document.
  public init(_ document: Document) {
    self.init(
      id: document.key, title: document.title, text: document.text, source: document.source.map { SourceAnswer($0) },
      fields: document.fields.map { AnswerField($0) })
  }
}

extension SourceAnswer {
  /// The wire's form of a place in a file.
  public init(_ source: SourceLocation) {
    self.init(path: source.path, startLine: source.startLine, endLine: source.endLine)
  }
}

extension AnswerField {
  /// The wire's form of a field.
  public init(_ field: Field) {
    self.init(name: field.name, value: JSONValue(field.value))
  }
}

extension JSONValue {
  /// The wire's form of a field's value.
  public init(_ value: FieldValue) {
    switch value {
    case .string(let value): self = .string(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .boolean(let value): self = .boolean(value)
    case .null: self = .null
    case .list(let values): self = .list(values.map { JSONValue($0) })
    }
  }
}
