extension Snapshot {
  /// A title, and the documents that have it.
  public struct TitleEntry: Equatable, Sendable {
    /// The title as it is stored.
    public var title: String
    /// How many documents have it.
    public var count: Int
    /// The place of their greatest value among all values of the field asked about, -1 without one.
    public var rank: Int
  }

  /// All titles that are not empty, each once, in the order of their first documents; `field` is what they are ranked by.
  ///
  /// - Complexity: O(*n*) in the documents; their heads are read, not their texts.
  public func titles(rankedBy field: String) throws(IndexError) -> [TitleEntry] {
    let ranks = try ranks(of: field)
    var entries: [TitleEntry] = []
    var places: [[UInt8]: Int] = [:]
    for (index, segment) in segments.enumerated() {
      let records = try ValueMatcher(segment).records()
      var before: (title: [UInt8], place: Int)?
      try segment.documents.forEachRecord { (number, head, _, _) throws(IndexError) in
        guard !head.title.isEmpty, !segment.isDeleted(number), !records.contains(number) else { return }
        let place: Int
        if let before, before.title == head.title {
          place = before.place
        } else {
          place = places[head.title] ?? entries.count
          before = (head.title, place)
        }
        if place == entries.count {
          places[head.title] = place
          entries.append(TitleEntry(title: String(decoding: head.title, as: UTF8.self), count: 0, rank: -1))
        }
        entries[place].count += 1
        entries[place].rank = max(entries[place].rank, ranks.rank(of: number, inSegment: index))
      }
    }
    return entries
  }
}
