extension SearchParameters {
  /// How hits are ordered; the raw value is the wire's.
  public enum Sort: String, CaseIterable, Sendable {
    /// The best first.
    case relevance
    /// The oldest first, by the field `date`.
    case dateAscending = "date"
    /// The newest first, by the field `date`.
    case dateDescending = "-date"
  }

  /// The most filters of one search.
  public static let maximumFilterCount = 64
  /// The most facets of one search.
  public static let maximumFacetCount = 16
  /// The most values of one facet.
  public static let maximumFacetLimit = 1000

  /// Reads each text as `NAME:VALUE`.
  ///
  /// - Throws: `invalid_parameter` for one that is no filter, and for more than ``maximumFilterCount``.
  public static func filters(_ texts: [String]) throws(ProblemDocument) -> [FieldFilter] {
    guard texts.count <= maximumFilterCount else {
      throw ProblemDocument(
        .invalidParameter, "filter is given \(texts.count) times; \(maximumFilterCount) are the most.")
    }
    var filters: [FieldFilter] = []
    for text in texts { filters.append(try FieldFilter(text)) }
    return filters
  }

  /// Reads each text as one or several names with commas between them; a name that comes again counts once.
  ///
  /// - Throws: `invalid_parameter` for an empty name, and for more than ``maximumFacetCount``.
  public static func facets(_ texts: [String]) throws(ProblemDocument) -> [String] {
    var names: [String] = []
    for text in texts {
      for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard !piece.isEmpty else {
          throw ProblemDocument(.invalidParameter, "facet is NAME or NAME,NAME, not '\(text)'.")
        }
        let name = String(piece)
        if !names.contains(name) { names.append(name) }
        guard names.count <= maximumFacetCount else {
          throw ProblemDocument(
            .invalidParameter, "facet names more than \(maximumFacetCount) fields, which are the most.")
        }
      }
    }
    return names
  }
}
