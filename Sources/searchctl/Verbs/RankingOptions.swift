import SearchAPI

extension Arguments {
  /// The ranking that `--rank`, `--k1` and `--b` ask for.
  ///
  /// - Throws: ``UsageError`` for `--k1` or `--b` without `--rank bm25`.
  func ranking() throws(UsageError) -> SearchParameters.Ranking {
    guard has(.rank) else {
      if has(.k1) || has(.b) { throw UsageError("--k1 and --b need --rank bm25") }
      return .default
    }
    return .bm25(k1: number(.k1) ?? 1.2, b: number(.b) ?? 0.75)
  }
}
