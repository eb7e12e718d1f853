internal import InvertedIndex
public import SearchAPI

extension SearchService {
  /// The body of `/search`, byte for byte; `searchctl search --json` prints the same.
  ///
  /// - Throws: ``ProblemDocument`` for a query that cannot be asked, `IndexError` when the index fails.
  public static func searchBody(_ parameters: SearchParameters, in index: ServedIndex) throws -> [UInt8] {
    AnswerCoding.bytes(of: try searchAnswer(parameters, in: index)) + [UInt8(ascii: "\n")]
  }

  /// What `/search` answers: the hits, and what else may have been meant.
  ///
  /// - Throws: ``ProblemDocument`` for a query that cannot be asked, `IndexError` when the index fails.
  public static func searchAnswer(_ parameters: SearchParameters, in index: ServedIndex) throws -> SearchAnswer {
    try corrected(try plainAnswer(parameters, in: index), parameters, in: index)
  }

  /// The hits of what was asked as it was asked.
  static func plainAnswer(_ parameters: SearchParameters, in index: ServedIndex) throws -> SearchAnswer {
    try SearchParameters.checkLength(of: parameters.query)
    do {
      let number = NumberSearch.number(parameters)
      if let number, let search = try NumberSearch(number, parameters, in: index) { return try search.answer() }
      let issue = IssueSearch.issue(parameters, in: index)
      if let issue, let documents = try IssueSearch.documents(of: issue, in: index) {
        return try IssueSearch.answer(documents, parameters, in: index)
      }
      let articles = ArticleSearch.articles(parameters)
      if let articles, let search = try ArticleSearch(articles, parameters, in: index) { return try search.answer() }
      let request = try SearchRequest(parameters, in: index)
      var results = try Searcher(index.snapshot).search(request)
      if let number {
        results.notes.append("No document has the number \(number), and none speaks of it.")
      }
      if let articles, let note = try ArticleSearch.note(of: articles, in: index) { results.notes.append(note) }
      if let issue { results.notes.append("No document is of the issue \(issue).") }
      let hasScores = request.order == .relevance && !request.query.isEmpty
      var answer = try answer(results, parameters, hasScores: hasScores, in: index)
      if parameters.explain && hasScores {
        for place in answer.hits.indices {
          let report = try IndexInspector(index.snapshot).query(request, explaining: answer.hits[place].id)
          answer.hits[place].explain = ExplanationAnswer(report)
        }
      }
      return answer
    } catch let error as QueryError {
      switch error {
      case .empty:
        return SearchAnswer(
          query: parameters.query, total: SearchAnswer.Total(value: 0, exact: true), tookMilliseconds: 0, hits: [],
          notes: [])
      case .syntax(_, let position): throw ProblemDocument(syntaxError: "\(error)", in: parameters.query, at: position)
      case .tooLong: throw ProblemDocument(.queryTooLong, "\(error)")
      }
    }
  }

  /// The wire's form of what the engine found.
  static func answer(
    _ results: SearchResults, _ parameters: SearchParameters, hasScores: Bool, in index: ServedIndex
  ) throws -> SearchAnswer {
    var answer = SearchAnswer(
      query: parameters.query, total: SearchAnswer.Total(value: results.total, exact: results.totalIsExact),
      tookMilliseconds: results.tookMilliseconds,
      hits: try results.hits.map { try HitAnswer($0, parameters, hasScore: hasScores, in: index) },
      facets: parameters.facets.isEmpty ? nil : results.facets.map { FacetAnswer($0) },
      synonyms: results.synonyms.map {
        SynonymAnswer(typed: $0.typed, also: $0.others, domain: $0.domain.isEmpty ? nil : $0.domain)
      },
      hosts: results.hosts.map { HostedTermAnswer($0) }, notes: results.notes)
    if let parts = results.parts {
      (answer.parts, answer.haveAll) = (parts.parts, parts.documents)
      if !parts.letGo.isEmpty {
        answer.letGo = parts.letGo.map { LetGoAnswer(part: $0.part, documents: $0.documents) }
      }
    }
    return answer
  }
}
