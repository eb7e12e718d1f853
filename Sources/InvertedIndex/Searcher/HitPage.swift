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
    return roundCapacity(from: 0)
  }

  /// The hits of the page, how many there are in all, and, where facets are asked for, all that match.
  func find(
    _ prepared: consuming PreparedQuery
  ) throws -> (page: ArraySlice<TopHits.Entry>, total: Int, seen: [DocumentSet]) {
    let allowed = try self.allowed()
    let isOrdered = request.order != .relevance
    var prepared = prepared
    var found = try prepared.find(
      capacity: isOrdered ? 0 : roundCapacity(from: 0), allowed: allowed,
      isCollecting: isOrdered || !request.facets.isEmpty)
    let (total, seen) = (found.total, found.seen)
    guard request.limit > 0, request.offset < total else { return ([], total, seen) }
    var ordered: ((Int, TopHits.Entry?) -> [TopHits.Entry])?
    if case .value(let field, let isDescending) = request.order {
      let ranks = try snapshot.ranks(of: field)
      ordered = { ranks.best($0, of: seen, isDescending: isDescending, behind: $1) }
      found.entries = ordered?(roundCapacity(from: 0), nil) ?? []
    }
    var start = 0  // the rank of the first entry
    while start + found.entries.count <= request.offset, let last = found.entries.last {
      start += found.entries.count
      if let ordered {
        found.entries = ordered(roundCapacity(from: start), last)
      } else {
        prepared = try PreparedQuery(request, snapshot)
        found = try prepared.find(capacity: roundCapacity(from: start), behind: last, allowed: allowed)
      }
    }
    return (found.entries.dropFirst(request.offset - start).prefix(request.limit), total, seen)
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
