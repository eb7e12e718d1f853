/// Orders documents by their first values in a field; four bytes a document.
struct ValueRanks: Sendable {
  private var ranks: [[Int32]] = []  // by segment and document: the value's place in the order of all, -1 without one

  /// How many different values there are.
  let valueCount: Int

  /// The ranks of a field's values, whose columns are those of the segments.
  init(_ columns: [ValueColumn]) {
    let order = Set(columns.flatMap(\.values).map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
    valueCount = order.count
    var places: [[UInt8]: Int32] = [:]
    for (index, value) in order.enumerated() { places[value] = Int32(index) }
    for column in columns {
      let byPlace = [-1] + column.values.map { places[Array($0.utf8)] ?? -1 }
      ranks.append(column.first.map { byPlace[Int($0)] })
    }
  }

  /// The place of a document's first value in the order of all, -1 without one.
  func rank(of document: UInt32, inSegment segment: Int) -> Int { Int(ranks[segment][Int(document)]) }

  /// The first documents of some sets that come behind `last`; those without a value come last.
  func best(
    _ capacity: Int, of sets: [DocumentSet], isDescending: Bool, behind last: TopHits.Entry?
  ) -> [TopHits.Entry] {
    var hits = TopHits(capacity: capacity, behind: last)
    for (index, set) in sets.enumerated() {
      let ranks = ranks[index]
      set.forEach { document in
        let rank = Double(ranks[Int(document)])
        let score = rank < 0 ? -Double.greatestFiniteMagnitude : isDescending ? rank : -rank
        hits.insert(segment: index, document: document, score: score)
      }
    }
    return hits.sorted()
  }
}
