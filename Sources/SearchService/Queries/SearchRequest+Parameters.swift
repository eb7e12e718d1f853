public import InvertedIndex
public import SearchAPI

extension SearchRequest {
  /// The engine's request for what was asked over the wire.
  ///
  /// - Throws: `IndexError` when the index fails.
  public init(_ parameters: SearchParameters, in index: ServedIndex) throws {
    let meaning = QueryMeaning(parameters.query)
    self.init(
      query: meaning.text, offset: parameters.offset, limit: parameters.limit, snippets: parameters.snippets,
      ranking: SearchRequest.Ranking(parameters.ranking), strict: parameters.strict)
    filters = try Self.filters(parameters.filters, in: index)
    if meaning.isForIssues {
      filters.append(.records)
      searchedField = QueryMeaning.issuesField
    }
    clauses = QueryMeaning.clauses(of: index)
    if ranking == .default && parameters.synonyms { synonyms = index.synonyms }
    facets = try parameters.facets.map { name in
      name == DocumentStatus.field ? .groups(name, try index.references.statusGroups()) : .field(name)
    }
    facetLimit = parameters.facetLimit
    preferences = Self.preferences(parameters.preferences, in: index)
    switch parameters.sort {
    case .relevance: order = .relevance
    case .dateAscending: order = .value(field: "date", descending: false)
    case .dateDescending: order = .value(field: "date", descending: true)
    }
  }

  /// What the scores of documents that are in force are multiplied by, and at most those of new ones.
  private static let inForceFactor = 1.1
  private static let recentFactor = 1.05

  /// What is preferred: what is in force, then what is new; of equal scores always, of others where `wanted` says so.
  private static func preferences(
    _ wanted: [SearchParameters.Preference], in index: ServedIndex
  ) -> [Preference] {
    let inForce = Preference(
      name: SearchParameters.Preference.inForce.rawValue, kind: .documents { try index.references.isInForce($0) },
      factor: wanted.contains(.inForce) ? inForceFactor : 1)
    let recent = Preference(
      name: SearchParameters.Preference.recent.rawValue, kind: .latest(field: ValueNames.date),
      factor: wanted.contains(.recent) ? recentFactor : 1)
    return [inForce, recent]
  }

  /// The engine's filters: those of one field are alternatives.
  private static func filters(_ filters: [FieldFilter], in index: ServedIndex) throws -> [DocumentFilter] {
    var alternatives: [(field: String, filters: [DocumentFilter])] = []
    for filter in filters {
      let made = try QueryMeaning.filter(filter, in: index)
      if let place = alternatives.firstIndex(where: { $0.field == filter.field }) {
        alternatives[place].filters.append(made)
      } else {
        alternatives.append((filter.field, [made]))
      }
    }
    return try alternatives.map { _, filters in
      guard filters.count > 1 else { return filters[0] }
      let selections = try filters.map { try index.snapshot.selection(of: $0) }
      return .documents(selections.dropFirst().reduce(selections[0]) { $0.union($1) })
    }
  }
}

extension SearchRequest.Ranking {
  fileprivate init(_ ranking: SearchParameters.Ranking) {
    switch ranking {
    case .default: self = .default
    case .bm25(let k1, let b): self = .bm25(k1: k1, b: b)
    }
  }
}
