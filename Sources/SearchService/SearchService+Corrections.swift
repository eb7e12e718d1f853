import SearchAPI

extension SearchService {
  /// An answer with what else may have been meant; where it has no hits, those of the best of these, and says so.
  static func corrected(
    _ answer: SearchAnswer, _ parameters: SearchParameters, in index: ServedIndex
  ) throws -> SearchAnswer {
    // Plain BM25 is asked for to be measured.
    guard parameters.ranking == .default, !parameters.query.isEmpty else { return answer }
    let number = answer.notes?.isEmpty ?? true ? nil : NumberSearch.number(parameters)
    let corrections = Corrections(index: index, parameters: parameters)
    var found = try corrections.found(number: number, hits: answer.total.value)
    guard !found.isEmpty else { return answer }
    var corrected = answer
    if answer.total.value == 0 {
      var other = parameters
      other.query = found[0].query
      let applied = try plainAnswer(other, in: index)
      if applied.total.value > 0 {
        found[0].applied = true
        corrected = applied
        corrected.query = answer.query
        corrected.notes = (answer.notes ?? []) + ["Nothing was found; these are the hits of: \(found[0].query)"]
      }
    }
    corrected.didYouMean = found
    return corrected
  }
}
