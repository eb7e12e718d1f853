import Bulletins
import InvertedIndex
import SearchAPI

/// A query that is a document's number: the document itself, then those that cite it, then those that speak of it.
///
/// Numbers that differ in one letter are other documents (云政发, 云政办发), and ranking by bigrams would take them for nearly
/// the same: here they are no hits at all.
struct NumberSearch {
  private let parameters: SearchParameters
  private let index: ServedIndex
  private let request: SearchRequest
  /// The hits in front, no document twice.
  private let tiers: [DocumentSelection]

  /// A search for the number that a query is; nil when nothing in the index has this number or speaks of it.
  init?(_ number: DocumentNumber, _ parameters: SearchParameters, in index: ServedIndex) throws {
    let forms = number.readings
    let references = index.references
    var tiers: [DocumentSelection] = []
    var known = try index.snapshot.selection(of: .nothing)
    for selection in try forms.map({ try references.documents(numbered: [$0]) }) + [references.citing(numbers: forms)] {
      tiers.append(selection.subtracting(known))
      known = known.union(selection)
    }
    var request = try SearchRequest(parameters, in: index)
    request.query = ([ValueNames.number + ":*"] + forms.map { "\"\($0)\"" }).joined(separator: " OR ")
    let all = known
    request.clauses = FieldClauses(names: [ValueNames.number]) { _, _ in .documents(all) }
    request.excluded = known
    request.limit = 0
    let speakers = try Searcher(index.snapshot).search(request).total
    guard known.count + speakers > 0 else { return nil }
    (self.parameters, self.index, self.request, self.tiers) = (parameters, index, request, tiers)
  }

  /// The number that a query is as a whole, where hits come in the order of the house.
  static func number(_ parameters: SearchParameters) -> DocumentNumber? {
    guard parameters.ranking == .default, parameters.sort == .relevance else { return nil }
    return DocumentNumber(query: parameters.query)
  }

  /// The page asked for.
  func answer() throws -> SearchAnswer {
    var whole = request
    whole.excluded = nil
    let front = tiers.filter { $0.count > 0 }.map { documents in
      var tier = whole
      tier.filters.append(.documents(documents))
      return tier
    }
    let results = try TieredSearch(tiers: front + [request], whole: whole).results(parameters, in: index)
    return try SearchService.answer(results, parameters, hasScores: false, in: index)
  }
}
