import Synchronization

/// What was put together from values, kept for the next who asks.
final class ValueCache: Sendable {
  private let columns = Mutex<[String: [ValueColumn]]>([:])
  private let ranks = Mutex<[String: ValueRanks]>([:])
  private let selections = Mutex<[(filter: DocumentFilter, selection: DocumentSelection)]>([])
  private static let columnCount = 16
  private static let selectionCount = 32

  /// The columns of a field, made by `make` when nobody has asked yet.
  func columns(
    of field: String, make: () throws(IndexError) -> [ValueColumn]
  ) throws(IndexError) -> [ValueColumn] {
    if let known = columns.withLock({ $0[field] }) { return known }
    let made = try make()
    columns.withLock { columns in
      if columns.count >= Self.columnCount { columns.removeAll() }
      columns[field] = made
    }
    return made
  }

  /// The ranks of a field's values, made by `make` when nobody has asked yet.
  func ranks(of field: String, make: () throws(IndexError) -> ValueRanks) throws(IndexError) -> ValueRanks {
    if let known = ranks.withLock({ $0[field] }) { return known }
    let made = try make()
    ranks.withLock { ranks in
      if ranks.count >= Self.columnCount { ranks.removeAll() }
      ranks[field] = made
    }
    return made
  }

  /// The documents of a filter, found by `make` when nobody has asked lately.
  func selection(
    of filter: DocumentFilter, make: () throws(IndexError) -> DocumentSelection
  ) throws(IndexError) -> DocumentSelection {
    if let known = selections.withLock({ $0.first { $0.filter == filter }?.selection }) { return known }
    let made = try make()
    selections.withLock { selections in
      if selections.count >= Self.selectionCount { selections.removeFirst() }
      selections.append((filter, made))
    }
    return made
  }
}

extension Snapshot {
  /// The documents that a filter lets through.
  ///
  /// - Complexity: O(*n*) in the documents that have the values; one asked for lately is at hand.
  public func selection(of filter: DocumentFilter) throws(IndexError) -> DocumentSelection {
    if case .documents(let selection) = filter { return selection }
    return try cache.selection(of: filter) { () throws(IndexError) in try makeSelection(of: filter) }
  }

  private func makeSelection(of filter: DocumentFilter) throws(IndexError) -> DocumentSelection {
    var sets: [DocumentSet] = []
    for segment in segments {
      let matcher = ValueMatcher(segment)
      let live = DocumentSet(allOf: segment.documentCount, but: segment.deletes)
      var set = DocumentSet(documentCount: segment.documentCount)
      switch filter {
      case .values(let field, let values):
        for value in values { set.formUnion(try matcher.documents(field: field, value: value)) }
      case .range(let field, let low, let high):
        let last = high.map { Array($0.utf8) }
        set = try matcher.documents(field: field, from: low ?? "") { value in
          last.map { $0.lexicographicallyPrecedes(value) } ?? false
        }
      case .prefix(let field, let prefix):
        set = try matcher.documents(field: field, from: prefix) { !$0.starts(with: prefix.utf8) }
      case .everything, .documents: set = live
      case .nothing: break
      case .records: set = try matcher.records()
      }
      set.formIntersection(live)
      if filter != .records { set.subtract(try matcher.records().words) }
      sets.append(set)
    }
    return DocumentSelection(sets)
  }

  /// Whether some document has, or had, a field of this name.
  public func hasField(_ name: String) -> Bool { fieldNames.contains(name) }

  /// The columns of a field, by segment.
  func columns(of field: String) throws(IndexError) -> [ValueColumn] {
    try cache.columns(of: field) { () throws(IndexError) in
      var columns: [ValueColumn] = []
      for segment in segments { columns.append(try ValueColumn(field, in: segment)) }
      return columns
    }
  }

  /// The order of a field's values, by document.
  func ranks(of field: String) throws(IndexError) -> ValueRanks {
    try cache.ranks(of: field) { () throws(IndexError) in ValueRanks(try columns(of: field)) }
  }

  /// How many of some documents have each value of a field, or are in each group.
  func facet(
    of source: SearchRequest.FacetSource, in documents: [DocumentSet], limit: Int
  ) throws(IndexError) -> Facet {
    var found: [FacetCount] = []
    let field: String
    switch source {
    case .groups(let name, let groups):
      field = name
      for group in groups.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
        let count = zip(documents, group.documents.sets).reduce(0) { $0 + $1.0.countOfIntersection($1.1) }
        if count > 0 { found.append(FacetCount(value: group.name, count: count)) }
      }
    case .field(let name):
      field = name
      found = try counts(of: name, in: documents)
    }
    // By count, then in the order of the values, in which they are.
    let order = found.indices.sorted { (found[$1].count, $0) < (found[$0].count, $1) }
    return Facet(field: field, counts: order.prefix(limit).map { found[$0] }, more: max(0, found.count - limit))
  }

  /// The values that some of the documents have, in the order of their bytes.
  private func counts(of field: String, in documents: [DocumentSet]) throws(IndexError) -> [FacetCount] {
    let columns = try columns(of: field)
    if documents.count == 1 {
      let counts = columns[0].counts(in: documents[0])
      return counts.indices.filter { counts[$0] > 0 }.map {
        FacetCount(value: columns[0].values[$0], count: counts[$0])
      }
    }
    var sums: [[UInt8]: Int] = [:]  // by bytes: two spellings that Unicode calls equal are two values
    for (column, set) in zip(columns, documents) {
      for (value, count) in zip(column.values, column.counts(in: set)) where count > 0 {
        sums[Array(value.utf8), default: 0] += count
      }
    }
    return sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      FacetCount(value: String(decoding: $0.key, as: UTF8.self), count: $0.value)
    }
  }

  /// Calls `body` with each value of a field, in the order of their bytes by segment, and how many documents have it there,
  /// deleted ones included.
  public func forEachValue(
    of field: String, from first: String = "", _ body: (String, Int) throws(IndexError) -> Bool
  ) throws(IndexError) {
    for segment in segments {
      try ValueMatcher(segment).forEachValue(of: field, from: first) { (value, entry) throws(IndexError) in
        try body(String(decoding: value, as: UTF8.self), Int(entry.documentFrequency))
      }
    }
  }

  /// The documents of a selection, without their texts, in the order of the index.
  public func headers(of selection: DocumentSelection) throws(IndexError) -> [Document] {
    var headers: [Document] = []
    headers.reserveCapacity(selection.count)
    for (segment, set) in zip(segments, selection.sets) {
      var numbers: [UInt32] = []
      set.forEach { numbers.append($0) }
      for number in numbers { headers.append(try segment.documents.header(of: number)) }
    }
    return headers
  }

  /// The documents that have one of some values in a field, without their texts, in the order of the index.
  ///
  /// - Complexity: O(*m* log *m*) in the documents found, whatever the index has.
  public func headers(withValues values: [String], ofField field: String) throws(IndexError) -> [Document] {
    var headers: [Document] = []
    for segment in segments {
      let matcher = ValueMatcher(segment)
      var numbers: Set<UInt32> = []
      for value in values {
        guard let entry = try matcher.entry(of: value, field: field) else { continue }
        try matcher.forEachDocument(of: entry) { if !segment.isDeleted($0) { numbers.insert($0) } }
      }
      for number in numbers.sorted() { headers.append(try segment.documents.header(of: number)) }
    }
    return headers
  }
}

// MARK: - Selections by what documents say

extension Snapshot {
  /// Those of a filter's documents for which `isWanted` holds; it is given each without its text.
  public func selection(
    of filter: DocumentFilter, where isWanted: (Document) throws -> Bool
  ) throws -> DocumentSelection {
    try narrowed(selection(of: filter).sets, isWanted)
  }

  /// The documents that have a phrase in their titles, or in a named field, and for which `isWanted` holds.
  public func selection(
    holding phrase: String, inField name: String, where isWanted: (Document) throws -> Bool
  ) throws -> DocumentSelection {
    guard let pattern = Pattern.phrase(phrase, scope: name == "title" ? .title : .field(name)) else {
      return try selection(of: .nothing)
    }
    var sets: [DocumentSet] = []
    for segment in segments {
      var set = DocumentSet(documentCount: segment.documentCount)
      var matches = try PatternMatcher(segment).matches(of: pattern).matches
      try matches.forEach(in: 0..<UInt32(segment.documentCount)) { document, _ in set.insert(document) }
      sets.append(set)
    }
    return try narrowed(sets, isWanted)
  }

  /// The documents that have some keys; keys that none has are passed over.
  public func selection(ofKeys keys: [String]) throws(IndexError) -> DocumentSelection {
    var sets = segments.map { DocumentSet(documentCount: $0.documentCount) }
    for key in keys {
      if let place = try locate(key: key) { sets[place.segment].insert(place.document) }
    }
    return DocumentSelection(sets)
  }

  private func narrowed(
    _ sets: [DocumentSet], _ isWanted: (Document) throws -> Bool
  ) throws -> DocumentSelection {
    var narrowed: [DocumentSet] = []
    for (segment, set) in zip(segments, sets) {
      var numbers: [UInt32] = []
      set.forEach { numbers.append($0) }
      var wanted = DocumentSet(documentCount: segment.documentCount)
      for number in numbers where try isWanted(segment.documents.header(of: number)) { wanted.insert(number) }
      narrowed.append(wanted)
    }
    return DocumentSelection(narrowed)
  }
}
