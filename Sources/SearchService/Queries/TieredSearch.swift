import InvertedIndex
import SearchAPI

/// A search whose hits come in tiers: all of the first before any of the second.
struct TieredSearch {
  /// What is asked of each tier, the first ones first; no document is a hit of two.
  ///
  /// Offsets, limits and facets are put in here.
  var tiers: [SearchRequest]
  /// What asks for the documents of all tiers.
  var whole: SearchRequest
  /// The order of the first tier's hits, by their keys, which are all of them; nil where the engine's is right.
  var firstTierKeys: [String]?

  /// The page asked for, with the facets of all tiers.
  func results(_ parameters: SearchParameters, in index: ServedIndex) throws -> SearchResults {
    let searcher = Searcher(index.snapshot)
    // The first search of several is the one that the others' hits are added to.
    var counting = whole
    counting.limit = 0
    var results = whole.facets.isEmpty ? nil : try searcher.search(counting)
    results?.total = 0
    var offset = parameters.offset
    for (number, tier) in tiers.enumerated() {
      let keys = number == 0 ? firstTierKeys : nil
      let limit = parameters.limit - (results?.hits.count ?? 0)
      var found = try searcher.search(tier.asking(offset: keys == nil ? offset : 0, limit: keys?.count ?? limit))
      if let keys {
        let ranks = Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        found.hits.sort { ranks[$0.key] ?? keys.count < ranks[$1.key] ?? keys.count }
        found.hits = Array(found.hits.dropFirst(offset).prefix(limit))
      }
      offset = max(0, offset - found.total)
      guard var sum = results else {
        results = found
        continue
      }
      sum.hits += found.hits
      sum.total += found.total
      sum.tookMilliseconds += found.tookMilliseconds
      results = sum
    }
    return try results ?? searcher.search(counting)
  }
}

extension SearchRequest {
  /// The same for other hits, without facets.
  fileprivate func asking(offset: Int, limit: Int) -> SearchRequest {
    var request = self
    (request.offset, request.limit, request.facets) = (offset, limit, [])
    return request
  }
}
