public import InvertedIndex
public import SearchAPI

extension SearchService {
  /// The body of `/search`, byte for byte; `searchctl search --json` prints the same.
  ///
  /// - Throws: ``ProblemDocument`` for a query that cannot be asked, `IndexError` when the index fails.
  public static func searchBody(_ parameters: SearchParameters, in snapshot: Snapshot) throws -> [UInt8] {
    AnswerCoding.bytes(of: try searchAnswer(parameters, in: snapshot)) + [UInt8(ascii: "\n")]
  }

  /// What `/search` answers.
  ///
  /// - Throws: ``ProblemDocument`` for a query that cannot be asked, `IndexError` when the index fails.
  public static func searchAnswer(_ parameters: SearchParameters, in snapshot: Snapshot) throws -> SearchAnswer {
    try SearchParameters.checkLength(of: parameters.query)
    do {
      let results = try Searcher(snapshot).search(SearchRequest(parameters))
      return SearchAnswer(results, withSnippets: parameters.snippets)
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
}

extension SearchRequest {
  /// The engine's request for what was asked over the wire.
  public init(_ parameters: SearchParameters) {
    self.init(
      query: parameters.query, offset: parameters.offset, limit: parameters.limit, snippets: parameters.snippets,
      ranking: SearchRequest.Ranking(parameters.ranking), strict: parameters.strict)
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
