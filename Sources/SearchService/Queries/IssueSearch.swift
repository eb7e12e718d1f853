import Bulletins
import InvertedIndex
import SearchAPI

/// A query that names an issue of a bulletin: its documents, in its order.
enum IssueSearch {
  /// The issue that a query is as a whole, where hits come in the order of the house.
  static func issue(_ parameters: SearchParameters, in index: ServedIndex) -> IssueReference? {
    guard parameters.ranking == .default, parameters.sort == .relevance, index.snapshot.hasField(ValueNames.issue)
    else {
      return nil
    }
    return IssueReference(query: parameters.query)
  }

  /// The documents of the issues that may be meant; nil when the index has none such.
  static func documents(of issue: IssueReference, in index: ServedIndex) throws -> DocumentSelection? {
    var names: Set<String> = []
    try index.snapshot.forEachValue(of: ValueNames.issue) { name, _ in
      if issue.means(name) { names.insert(name) }
      return true
    }
    guard !names.isEmpty else { return nil }
    let found = try index.snapshot.selection(of: .values(field: ValueNames.issue, names.sorted()))
    return found.count > 0 ? found : nil
  }

  /// What a search for these documents answers.
  static func answer(
    _ documents: DocumentSelection, _ parameters: SearchParameters, in index: ServedIndex
  ) throws -> SearchAnswer {
    var request = try SearchRequest(parameters, in: index)
    request.query = ""
    request.filters.append(.documents(documents))
    return try SearchService.answer(
      try Searcher(index.snapshot).search(request), parameters, hasScores: false, in: index)
  }
}
