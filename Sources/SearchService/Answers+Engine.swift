public import InvertedIndex
public import SearchAPI

extension HitAnswer {
  /// The wire's form of a hit, with what is known of its status.
  init(_ hit: Hit, _ parameters: SearchParameters, hasScore: Bool, in index: ServedIndex) throws {
    let document = Document(key: hit.key, title: hit.title, text: "", fields: hit.fields)
    self.init(
      id: hit.key, score: hasScore ? hit.score : nil, title: hit.title, source: hit.source.map { SourceAnswer($0) },
      snippets: parameters.snippets
        ? hit.snippets.map { SnippetAnswer(text: $0.text, highlights: $0.highlights) } : nil,
      fields: hit.fields.map { AnswerField($0) } + (try index.references.statusFields(of: document)))
    if !hit.missing.isEmpty { missing = hit.missing }
  }
}

extension ExplanationAnswer {
  /// The wire's form of what a document's score is made of.
  init(_ report: IndexInspector.QueryReport) {
    self.init(
      patterns: report.patterns.map { pattern in
        Pattern(
          pattern: pattern.pattern, df: pattern.documentFrequency, documents: pattern.documents,
          occurrences: pattern.occurrences, notCounted: pattern.notCounted, idf: pattern.idf, factor: pattern.factor,
          tf: pattern.frequency ?? 0, score: pattern.score ?? 0)
      },
      first: report.first ?? 0,
      second: report.second.map {
        Second(
          characters: $0.characters, coverage: $0.coverage, passage: $0.passage, shortPassage: $0.shortPassage,
          focus: $0.focus, family: $0.family)
      },
      lifts: report.lifts.map { Lift(prefer: $0.name, factor: $0.factor) })
  }
}

extension FacetAnswer {
  /// The wire's form of a facet.
  init(_ facet: Facet) {
    self.init(
      field: facet.field, values: facet.counts.map { FacetValue(value: $0.value, count: $0.count) }, more: facet.more)
  }
}

extension HostedTermAnswer {
  /// The wire's form of what was not counted everywhere.
  public init(_ hosted: HostedTerm) {
    self.init(
      term: hosted.term, inside: hosted.inside, occurrences: hosted.occurrences, notCounted: hosted.notCounted)
  }
}

extension References {
  /// The fields `status` and `repealed_by`, where something is known.
  func statusFields(of document: Document) throws -> [AnswerField] {
    guard let (status, causes) = try status(of: document), status != .unknown else { return [] }
    var fields = [AnswerField(name: DocumentStatus.field, value: .string(status.rawValue))]
    if !causes.isEmpty {
      fields.append(AnswerField(name: DocumentStatus.causeField, value: .list(causes.map { .string($0) })))
    }
    return fields
  }
}

extension DocumentReference {
  /// The wire's form of a document that another refers to.
  init(_ document: Document) {
    self.init(
      id: document.key, title: document.title, number: References.texts(of: ValueNames.number, in: document).first,
      date: References.texts(of: "date", in: document).first)
  }
}

extension DocumentAnswer {
  /// The wire's form of a document, without what is known of its status and its references.
  public init(_ document: Document) {
    self.init(
      id: document.key, title: document.title, text: document.text, source: document.source.map { SourceAnswer($0) },
      fields: document.fields.map { AnswerField($0) })
  }
}

extension SearchService {
  /// The wire's form of a document, with its status and its references both ways.
  ///
  /// - Throws: `IndexError` when the index fails.
  public static func documentAnswer(_ document: Document, in index: ServedIndex) throws -> DocumentAnswer {
    var answer = DocumentAnswer(document)
    answer.fields += try index.references.statusFields(of: document)
    answer.cites = try index.references.cited(by: document).map { cited in
      CitationAnswer(
        relation: cited.relation, name: cited.name, documents: cited.documents.map { DocumentReference($0) })
    }
    answer.citedBy = try index.references.citing(document).map { citing in
      CitingAnswer(relation: citing.relation, document: DocumentReference(citing.document))
    }
    return answer
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
