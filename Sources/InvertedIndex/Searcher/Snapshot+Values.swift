import Synchronization

/// What was put together from values, kept for the next who asks.
final class ValueCache: Sendable {
  private let columns = Mutex<[String: [ValueColumn]]>([:])
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
      case .records: set = try matcher.records()
      }
      set.formIntersection(live)
      if filter != .records { set.subtract(try matcher.records().words) }
      sets.append(set)
    }
    return DocumentSelection(sets)
  }

  /// The columns of a field, by segment.
  func columns(of field: String) throws(IndexError) -> [ValueColumn] {
    try cache.columns(of: field) { () throws(IndexError) in
      var columns: [ValueColumn] = []
      for segment in segments { columns.append(try ValueColumn(field, in: segment)) }
      return columns
    }
  }

  /// How many of some documents have each value of a field.
  func facet(of field: String, in documents: [DocumentSet]) throws(IndexError) -> Facet {
    var sums: [[UInt8]: Int] = [:]
    for (column, set) in zip(try columns(of: field), documents) {
      for (value, count) in zip(column.values, column.counts(in: set)) where count > 0 {
        sums[Array(value.utf8), default: 0] += count
      }
    }
    let sorted = sums.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key) }
    return Facet(
      field: field, counts: sorted.map { FacetCount(value: String(decoding: $0.key, as: UTF8.self), count: $0.value) })
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

  /// Calls `body` with each document of a selection, without its text, in the order of the index.
  public func forEachHeader(of selection: DocumentSelection, _ body: (Document) throws -> Void) throws {
    for (segment, set) in zip(segments, selection.sets) {
      var numbers: [UInt32] = []
      set.forEach { numbers.append($0) }
      for number in numbers { try body(try segment.documents.header(of: number)) }
    }
  }
}
