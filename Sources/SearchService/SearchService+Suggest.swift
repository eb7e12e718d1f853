public import SearchAPI

extension SearchService {
  /// What `/suggest` answers.
  ///
  /// - Throws: ``ProblemDocument`` for a text that is too long, `IndexError` when the index fails.
  public static func suggestAnswer(_ parameters: SuggestParameters, in index: ServedIndex) throws -> SuggestAnswer {
    try SearchParameters.checkLength(of: parameters.query)
    let start = ContinuousClock.now
    let completion = Completion(index.snapshot, try index.catalogue())
    let suggestions = try completion.suggestions(for: parameters.query, limit: parameters.limit)
    return SuggestAnswer(
      query: parameters.query, tookMilliseconds: (ContinuousClock.now - start) / .milliseconds(1),
      suggestions: suggestions)
  }

  /// The body of `/suggest`, byte for byte; `searchctl suggest --json` prints the same.
  ///
  /// - Throws: as ``suggestAnswer(_:in:)`` does.
  public static func suggestBody(_ parameters: SuggestParameters, in index: ServedIndex) throws -> [UInt8] {
    try AnswerCoding.encode(try suggestAnswer(parameters, in: index))
  }
}
