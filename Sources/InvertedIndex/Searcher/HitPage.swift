/// Finds the hits of one page.
///
/// Memory does not grow with the page's number: far down the list it is found in rounds, each of which keeps so many hits and
/// begins behind the last of the one before.
struct HitPage {
  private let request: SearchRequest
  private let snapshot: Snapshot
  private static let roundCount = 1 << 14

  init(_ request: SearchRequest, _ snapshot: Snapshot) {
    self.request = request
    self.snapshot = snapshot
  }

  /// How many of the best are all that is wanted beside the total; nil where every match must be looked at.
  var onlyBest: Int? {
    guard request.filters.isEmpty, request.excluded == nil, request.facets.isEmpty, request.order == .relevance else {
      return nil
    }
    return max(roundCapacity(from: 0), preferredCount)
  }

  /// How many documents are looked at for what is preferred.
  private var preferredCount: Int {
    request.order == .relevance && PreferredOrder.lifts(request.preferences) ? PreferredOrder.reach : 0
  }

  /// What a page holds.
  struct Found {
    /// The hits.
    var page: ArraySlice<TopHits.Entry> = []
    /// How many there are in all.
    var total = 0
    /// Where facets are asked for, all that match.
    var seen: [DocumentSet] = []
    /// The documents that were scored twice.
    var rescored: [Candidate] = []
    /// Which parts of the query documents have together; nil for a query of one part, or of more than text.
    var coverage: PartCoverage?
    /// What preferences multiplied the scores of the first documents by.
    var lifts: [(entry: TopHits.Entry, lifts: PreferredOrder.Lifts)] = []
    /// What the first scores of the others are multiplied by.
    var scale = 1.0
  }

  /// The hits of the page.
  func find(_ prepared: consuming PreparedQuery) throws -> Found {
    let allowed = try self.allowed()
    let isOrdered = request.order != .relevance
    var prepared = prepared
    let scorer = isOrdered || request.limit == 0 ? nil : try prepared.candidateScorer()
    let candidateCount = scorer == nil ? preferredCount : CandidateScorer.candidateCount
    let coverage = try prepared.coverage(allowed: allowed)
    var found = try prepared.find(
      capacity: isOrdered ? 0 : max(roundCapacity(from: 0), candidateCount), allowed: allowed,
      isCollecting: isOrdered || !request.facets.isEmpty)
    var result = Found(total: found.total, seen: found.seen, coverage: coverage)
    guard request.limit > 0, request.offset < result.total else { return result }
    var ordered: ((Int, TopHits.Entry?) -> [TopHits.Entry])?
    if case .value(let field, let isDescending) = request.order {
      let ranks = try snapshot.ranks(of: field)
      let seen = result.seen
      ordered = { ranks.best($0, of: seen, isDescending: isDescending, behind: $1) }
      found.entries = ordered?(roundCapacity(from: 0), nil) ?? []
    }
    var last = found.entries.last
    if var scorer {
      result.scale = try scorer.reorder(&found.entries, in: snapshot.segments)
      result.rescored = scorer.rescored
    }
    if !isOrdered, !request.preferences.isEmpty, scorer != nil || preferredCount > 0 {
      let lifts = try PreferredOrder(request.preferences, in: snapshot).reorder(
        &found.entries, shown: request.offset..<request.offset + request.limit)
      result.lifts = zip(found.entries, lifts).map { ($0, $1) }
    }
    var start = 0  // the rank of the first entry
    while start + found.entries.count <= request.offset, let lastOfRound = last {
      start += found.entries.count
      if let ordered {
        found.entries = ordered(roundCapacity(from: start), last)
        last = found.entries.last
      } else {
        prepared = try PreparedQuery(request, snapshot)
        found = try prepared.find(capacity: roundCapacity(from: start), behind: lastOfRound, allowed: allowed)
        last = found.entries.last
        for index in found.entries.indices { found.entries[index].score *= result.scale }
      }
    }
    result.page = found.entries.dropFirst(request.offset - start).prefix(request.limit)
    return result
  }

  /// How many hits a round keeps that begins at a rank: the page lies in one round.
  private func roundCapacity(from start: Int) -> Int {
    let wanted = request.limit == 0 ? 0 : request.offset - start + request.limit
    return min(
      wanted > Self.roundCount + request.limit ? Self.roundCount : wanted,
      snapshot.documentCount + snapshot.recordCount)
  }

  /// The documents that the request's filters let through; nil for all.
  private func allowed() throws(IndexError) -> DocumentSelection? {
    var allowed: DocumentSelection?
    for filter in request.filters where filter != .everything {
      let selection = try snapshot.selection(of: filter)
      allowed = allowed?.intersection(selection) ?? selection
    }
    guard let excluded = request.excluded else { return allowed }
    if allowed == nil { allowed = try snapshot.selection(of: .everything) }
    return allowed?.subtracting(excluded)
  }
}
