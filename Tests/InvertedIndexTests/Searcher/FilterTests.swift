import InvertedIndex
import Testing

/// Filters, facets and orders against what is found without them.
@Suite struct FilterTests {
  private static let characters = Array("的应当人民政府机关规定部门管理办法")
  private static let types = ["通知", "紧急通知", "方案", "办法"]
  private static let count = 1500

  /// Documents with the fields type (none, one or several), year, date (not always), some of them records.
  private func documents(_ generator: inout SeededGenerator) -> [Document] {
    (0..<Self.count).map { number in
      var fields: [Field] = []
      let types = Self.types.filter { _ in generator.number(below: 3) == 0 }
      if types.count == 1 { fields.append(Field(name: "type", value: .string(types[0]))) }
      if types.count > 1 { fields.append(Field(name: "type", value: .list(types.map { .string($0) }))) }
      let year = 2018 + generator.number(below: 5)
      fields.append(Field(name: "year", value: .integer(Int64(year))))
      if generator.number(below: 4) > 0 {
        fields.append(Field(name: "date", value: .string("\(year)-0\(1 + generator.number(below: 9))-11")))
      }
      if number % 50 == 7 {
        return Document(key: "\(number)", text: "", fields: fields + [Field(name: "kind", value: .string("issue"))])
      }
      let text = (0..<3 + generator.number(below: 25)).map { _ in
        String(Self.characters[generator.number(below: 1 + generator.number(below: Self.characters.count))])
      }
      return Document(
        key: "\(number)", text: text.joined(), fields: fields,
        source: SourceLocation(path: "f\(number % 3)/a.txt", startLine: 1, endLine: 1))
    }
  }

  private func build(seed: UInt64) throws -> (TestFolder, Snapshot, [String: Document]) {
    var generator = SeededGenerator(seed: seed)
    let folder = try TestFolder()
    var documents = documents(&generator)
    try folder.build(Array(documents[..<1000]), memoryBudget: seed == 1 ? 100_000 : 256 << 20)
    if seed != 1 {
      try folder.update { writer in
        for document in documents[1000...] { try writer.add(document) }
        for number in stride(from: 0, to: Self.count, by: 11) { _ = try writer.remove(key: "\(number)") }
      }
      documents = documents.enumerated().filter { $0.offset % 11 != 0 }.map(\.element)
    } else {
      documents = Array(documents[..<1000])
    }
    return (folder, try folder.snapshot(), Dictionary(uniqueKeysWithValues: documents.map { ($0.key, $0) }))
  }

  private static func values(_ document: Document?, _ field: String) -> [String] {
    guard let document else { return [] }
    if field == "path" { return document.source.map { [$0.path] } ?? [] }
    switch document.fields.first(where: { $0.name == field })?.value {
    case .string(let value): return [value]
    case .integer(let value): return ["\(value)"]
    case .list(let values): return values.compactMap { if case .string(let value) = $0 { value } else { nil } }
    default: return []
    }
  }

  private static func passes(_ document: Document?, _ filter: DocumentFilter) -> Bool {
    switch filter {
    case .values(let field, let values): Self.values(document, field).contains { values.contains($0) }
    case .range(let field, let low, let high):
      Self.values(document, field).contains { (low ?? "") <= $0 && $0 <= (high ?? "\u{10FFFF}") }
    case .prefix(let field, let prefix): Self.values(document, field).contains { $0.hasPrefix(prefix) }
    default: true
    }
  }

  private static let filters: [[DocumentFilter]] = [
    [.values(field: "type", ["通知"])], [.values(field: "type", ["方案", "办法"])],
    [.values(field: "type", ["通知"]), .range(field: "year", from: "2019", through: "2020")],
    [.range(field: "date", from: "2020-05-01", through: nil)],
    [.range(field: "date", from: nil, through: "2018-06-30")],
    [.prefix(field: "path", "f1/")], [.values(field: "nothing", ["x"])], [.values(field: "type", ["没有"])],
    [.everything],
  ]
  private static let queries = [
    "人民", "的", "人民政府 机关", "\"人民\" AND \"的应\"", "\"人民\" OR \"政府\" OR \"管理\"", "人民 -政府", "\"的应\" 人民",
    "(人民", "\"人民\" AND 的应当人", "\"人\" OR \"的应当\"", "没有的", "人民政府机关规定部门管理办法的应当",
  ]

  @Test(arguments: 0..<3 as Range<UInt64>)
  func `filtered hits are those of all hits that pass, with their scores`(seed: UInt64) throws {
    let (folder, snapshot, documents) = try build(seed: seed)
    let searcher = Searcher(snapshot)
    for query in Self.queries {
      // A second look at the best depends on which they are, and so on the filter.
      for isPlain in [true, false] {
        var request = SearchRequest(
          query: query, limit: 10_000, snippets: false, ranking: isPlain ? .bm25(k1: 1.2, b: 0.75) : .default)
        let all = try searcher.search(request)
        for filters in Self.filters {
          let expected = all.hits.filter { hit in filters.allSatisfy { Self.passes(documents[hit.key], $0) } }
          request.filters = filters
          for limit in [10_000, 10, 0] {
            request.limit = limit
            request.facets = limit == 10 ? ["type", "year", "path"].map { .field($0) } : []
            let results = try searcher.search(request)
            #expect(results.total == expected.count, "\(seed) \(query) \(filters)")
            if isPlain {
              #expect(results.hits == Array(expected.prefix(limit)), "\(seed) \(query) \(filters)")
            } else {
              #expect(results.hits.count == min(limit, expected.count), "\(seed) \(query) \(filters)")
              let keys = Set(results.hits.map(\.key))
              #expect(keys.isSubset(of: Set(expected.map(\.key))), "\(seed) \(query) \(filters)")
            }
            for facet in results.facets {
              var counts: [String: Int] = [:]
              for hit in expected {
                for value in Set(Self.values(documents[hit.key], facet.field)) { counts[value, default: 0] += 1 }
              }
              let found = Dictionary(uniqueKeysWithValues: facet.counts.map { ($0.value, $0.count) })
              #expect(found == counts, "\(seed) \(query) \(filters)")
              #expect(facet.more == 0)
              #expect(facet.counts.map(\.count) == facet.counts.map(\.count).sorted(by: >))
            }
            #expect(results.facets.count == (limit == 10 ? 3 : 0))
          }
        }
      }
    }
    withExtendedLifetime(folder) {}
  }

  @Test func `filters alone find every document that passes, and no record`() throws {
    let (folder, snapshot, documents) = try build(seed: 5)
    let searcher = Searcher(snapshot)
    for filters in Self.filters {
      var request = SearchRequest(query: "", limit: 10_000, snippets: false)
      request.filters = filters
      let expected = documents.values.filter { document in
        !document.text.isEmpty && filters.allSatisfy { Self.passes(document, $0) }
      }
      let results = try searcher.search(request)
      #expect(results.hits.map(\.key) == expected.map(\.key).sorted { Int($0) ?? 0 < Int($1) ?? 0 }, "\(filters)")
    }
    #expect(throws: QueryError.empty) { try searcher.search(SearchRequest(query: "")) }
    let records = documents.values.count { $0.text.isEmpty }
    #expect(try snapshot.selection(of: .records).count == records && records > 0)
    withExtendedLifetime(folder) {}
  }

  @Test func `clauses filter inside of queries`() throws {
    let (folder, snapshot, documents) = try build(seed: 6)
    let searcher = Searcher(snapshot)
    func keys(_ query: String) throws -> Set<String> {
      var request = SearchRequest(query: query, limit: 10_000, snippets: false)
      request.clauses = FieldClauses(names: ["in"]) { name, text in
        switch name {
        case "type": .values(field: "type", [text])
        case "year":
          .range(field: "year", from: String(text.prefix(4)), through: String(text.suffix(4)))
        case "in": .records
        default: nil
        }
      }
      return Set(try searcher.search(request).hits.map(\.key))
    }
    func passing(_ holds: (Document) -> Bool) -> Set<String> {
      Set(documents.values.filter { !$0.text.isEmpty && holds($0) }.map(\.key))
    }
    let text = try keys("人民")
    let notice = passing { Self.values($0, "type").contains("通知") }
    let years = passing { Self.values($0, "year").contains { $0 == "2019" || $0 == "2020" } }
    #expect(try keys("人民 type:通知") == text.intersection(notice))
    #expect(try keys("type:通知") == notice)
    #expect(try keys("人民 -type:通知") == text.subtracting(notice))
    #expect(try keys("人民 AND type:通知 AND year:2019..2020") == text.intersection(notice).intersection(years))
    #expect(try keys("人民 OR type:通知") == text.union(notice))
    #expect(try keys("type:通知 OR year:2019..2020") == notice.union(years))
    #expect(try keys("type:通知 -year:2019..2020") == notice.subtracting(years))
    #expect(try keys("\"人民\" type:通知 机关") == text.intersection(notice))
    #expect(try keys("in:issues").count == documents.values.count { $0.text.isEmpty })
    withExtendedLifetime(folder) {}
  }

  @Test(arguments: [true, false])
  func `hits come in the order of a field's values, those without one last`(isDescending: Bool) throws {
    let (folder, snapshot, documents) = try build(seed: 7)
    let searcher = Searcher(snapshot)
    var request = SearchRequest(query: "\"人民\" OR \"政府\"", limit: 10_000, snippets: false)
    let all = try searcher.search(request).hits.map(\.key)
    request.order = .value(field: "date", descending: isDescending)
    let ordered = try searcher.search(request)
    func date(_ key: String) -> String? { Self.values(documents[key], "date").first }
    let expected = all.sorted { one, other in
      let (first, second) = (date(one), date(other))
      if first == second { return Int(one) ?? 0 < Int(other) ?? 0 }
      guard let first, let second else { return first != nil }
      return isDescending ? first > second : first < second
    }
    #expect(ordered.hits.map(\.key) == expected)
    #expect(ordered.total == all.count)
    for offset in [3, all.count - 2, all.count, all.count + 5] {
      (request.offset, request.limit) = (offset, 7)
      #expect(try searcher.search(request).hits.map(\.key) == Array(expected.dropFirst(offset).prefix(7)))
    }
    withExtendedLifetime(folder) {}
  }

  @Test func `values are exact, and those past the longest are not filtered by`() throws {
    let folder = try TestFolder()
    let long = String(repeating: "长", count: 85)  // 255 bytes
    let values = ["通知", "通 知", "", "a\u{1}b", String(long.dropLast()) + "xy", long]
    try folder.build(
      values.enumerated().map { number, value in
        Document(key: "\(number)", text: "甲", fields: [Field(name: "v", value: .string(value))])
      })
    let snapshot = try folder.snapshot()
    for (number, value) in values.enumerated() {
      var request = SearchRequest(query: "")
      request.filters = [.values(field: "v", [value])]
      let keys = try Searcher(snapshot).search(request).hits.map(\.key)
      #expect(keys == (value.isEmpty || number == 5 ? [] : ["\(number)"]), "\(value)")
    }
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
  }

  @Test func `pages far down the list are the same as one long list`() throws {
    let folder = try TestFolder()
    var generator = SeededGenerator(seed: 3)
    let count = 40_000
    try folder.build(
      (0..<count).map { number in
        let text = String(repeating: "火", count: 1 + generator.number(below: 9)) + String(repeating: "水", count: 2)
        return Document(key: "\(number)", text: text, fields: [Field(name: "n", value: .integer(Int64(number % 777)))])
      })
    let searcher = Searcher(try folder.snapshot())
    for order in [SearchRequest.Order.relevance, .value(field: "n", descending: true)] {
      var request = SearchRequest(query: "\"火\" OR \"水\"", limit: count, snippets: false)
      request.order = order
      let all = try searcher.search(request).hits
      #expect(all.count == count)
      request.limit = 10
      for offset in [0, 9_995, 16_380, 16_384, 16_390, 32_763, 39_985, 39_995] {
        request.offset = offset
        #expect(try searcher.search(request).hits == Array(all.dropFirst(offset).prefix(10)), "\(offset)")
      }
    }
  }
}
