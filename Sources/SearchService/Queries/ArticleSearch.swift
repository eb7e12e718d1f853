import Bulletins
import InvertedIndex
import SearchAPI

/// A query that names articles of a law: the articles themselves, then what cites them, then what speaks of them.
///
/// An index may have each article as a document of its own, titled by law and number, or whole laws, whose paragraphs begin with
/// the numbers. A law that another's title only ends with (信访条例, 某省信访条例) is meant where no title is the name itself.
struct ArticleSearch {
  private let parameters: SearchParameters
  private let index: ServedIndex
  private let tiers: TieredSearch
  private let passages: [String: [Snippet]]

  /// The articles that a query names as a whole, where hits come in the order of the house.
  static func articles(_ parameters: SearchParameters) -> ArticleReference? {
    guard parameters.ranking == .default, parameters.sort == .relevance else { return nil }
    return ArticleReference(query: parameters.query)
  }

  /// A search for the articles that a query is; nil when nothing in the index is, cites or speaks of one.
  init?(_ reference: ArticleReference, _ parameters: SearchParameters, in index: ServedIndex) throws {
    let finder = try ArticleFinder(reference, in: index)
    let findings = try finder.findings()
    let found = findings.documents
    guard !finder.names.isEmpty, finder.spellings.contains(where: { !$0.isEmpty }) else { return nil }
    let selection = try index.snapshot.selection(ofKeys: found.map(\.key))
    var request = try SearchRequest(parameters, in: index)
    request.synonyms = nil
    request.clauses = FieldClauses(names: [Self.clause]) { _, _ in .documents(selection) }
    let words = ArticleWords(finder.spellings.flatMap { $0 }, as: finder.names)
    var whole = request
    whole.query = "\(Self.clause):* OR \(words.citing) OR \(words.speaking)"
    let namesakes = try index.snapshot.selection(ofKeys: findings.namesakes).subtracting(selection)
    if namesakes.count > 0 { whole.excluded = namesakes }
    if found.isEmpty {
      var counting = whole
      (counting.limit, counting.facets) = (0, [])
      guard try Searcher(index.snapshot).search(counting).total > 0 else { return nil }
    }

    var front = request
    front.query = ([Self.clause + ":*"] + words.articles.map { "\"\($0)\"" }).joined(separator: " OR ")
    front.filters.append(.documents(selection))
    request.excluded = selection.union(namesakes)
    var (citing, speaking) = (request, request)
    citing.query = words.citing
    speaking.query = "(\(words.speaking)) -(\(words.citing))"
    tiers = TieredSearch(
      tiers: (found.isEmpty ? [] : [front]) + [citing, speaking], whole: whole,
      firstTierKeys: found.isEmpty ? nil : found.map(\.key))
    passages = Dictionary(found.map { ($0.key, $0.passages) }, uniquingKeysWith: { first, _ in first })
    (self.parameters, self.index) = (parameters, index)
  }

  /// The documents that are the articles of a reference, or have them in their texts; nil when the index has none.
  static func documents(of reference: ArticleReference, in index: ServedIndex) throws -> DocumentSelection? {
    let found = try ArticleFinder(reference, in: index).findings().documents
    return found.isEmpty ? nil : try index.snapshot.selection(ofKeys: found.map(\.key))
  }

  /// What is to be said of articles that nothing in the index is, cites or speaks of; nil where it does not have the law either.
  static func note(of reference: ArticleReference, in index: ServedIndex) throws -> String? {
    guard try ArticleFinder(reference, in: index).knowsLaw() else { return nil }
    return "No document is or has \(reference), and none cites it."
  }

  /// The page asked for; a law's passages are the articles.
  func answer() throws -> SearchAnswer {
    var results = try tiers.results(parameters, in: index)
    for place in results.hits.indices where parameters.snippets {
      if let passages = passages[results.hits[place].key], !passages.isEmpty {
        results.hits[place].snippets = passages
      }
    }
    return try SearchService.answer(results, parameters, hasScores: false, in: index)
  }

  private static let clause = ValueNames.article
}
