/// Puts the best documents into the order of what is preferred.
struct PreferredOrder {
  /// What a document's score is multiplied by.
  typealias Lifts = [SearchRequest.Preference.Lift]

  private let preferences: [SearchRequest.Preference]
  private let snapshot: Snapshot

  /// Of so many documents the scores are lifted: those behind them stay behind.
  static let reach = CandidateScorer.candidateCount

  init(_ preferences: [SearchRequest.Preference], in snapshot: Snapshot) {
    (self.preferences, self.snapshot) = (preferences, snapshot)
  }

  /// Whether some preference changes scores.
  static func lifts(_ preferences: [SearchRequest.Preference]) -> Bool { preferences.contains { $0.factor > 1 } }

  /// Reorders the first of some entries, which are sorted, and multiplies their scores.
  ///
  /// - Parameter shown: the places of the entries that anybody sees; of others with equal scores the order is left open.
  /// - Returns: the factors of the first entries, in their new order; nothing where no score is lifted.
  func reorder(_ entries: inout [TopHits.Entry], shown: Range<Int>) throws -> [Lifts] {
    let count = min(entries.count, Self.reach)
    var lifts: [Lifts] = []
    if Self.lifts(preferences) {
      var lifted: [(entry: TopHits.Entry, lifts: Lifts)] = []
      for entry in entries[..<count] {
        let own = try preferences.filter { $0.factor > 1 }.map {
          SearchRequest.Preference.Lift(name: $0.name, factor: 1 + ($0.factor - 1) * (try share(of: entry, $0)))
        }
        var entry = entry
        for lift in own { entry.score *= lift.factor }
        lifted.append((entry, own))
      }
      lifted.sort { $0.entry.precedes($1.entry) }
      entries.replaceSubrange(..<count, with: lifted.map(\.entry))
      lifts = lifted.map(\.lifts)
    }
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, entries[end].score == entries[start].score { end += 1 }
      if end > start + 1, shown.overlaps(start..<end) {
        let order = try tied(Array(entries[start..<end]))
        let (oldEntries, oldLifts) = (entries[start..<end], lifts.isEmpty ? [] : lifts[start..<end])
        for (place, old) in order.enumerated() {
          entries[start + place] = oldEntries[start + old]
          if !lifts.isEmpty { lifts[start + place] = oldLifts[start + old] }
        }
      }
      start = end
    }
    return lifts
  }

  /// The order of entries with equal scores: what is preferred first, then by their keys.
  private func tied(_ entries: [TopHits.Entry]) throws -> [Int] {
    var ranked: [(shares: [Double], key: [UInt8])] = []
    for entry in entries {
      ranked.append(
        (
          try preferences.map { try share(of: entry, $0) },
          try snapshot.segments[entry.segment].documents.key(of: entry.document)
        ))
    }
    return entries.indices.sorted { one, other in
      for (own, others) in zip(ranked[one].shares, ranked[other].shares) where own != others { return own > others }
      return ranked[one].key.lexicographicallyPrecedes(ranked[other].key)
    }
  }

  /// How much a document is preferred, from 0 to 1.
  private func share(of entry: TopHits.Entry, _ preference: SearchRequest.Preference) throws -> Double {
    switch preference.kind {
    case .documents(let isPreferred):
      return try isPreferred(snapshot.segments[entry.segment].documents.header(of: entry.document)) ? 1 : 0
    case .latest(let field):
      guard snapshot.hasField(field) else { return 0 }
      let ranks = try snapshot.ranks(of: field)
      return Double(ranks.rank(of: entry.document, inSegment: entry.segment) + 1) / Double(max(1, ranks.valueCount))
    }
  }
}
