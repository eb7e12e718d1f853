import Testing

@testable import InvertedIndex

/// What is preferred, against the hits of a search without it.
@Suite struct PreferredOrderTests {
  private static let days = ["2019-05-01", "2020-01-02", "2021-07-30", "2022-12-31"]

  /// Documents of a few different texts, so that many scores are equal.
  private func documents(_ generator: inout SeededGenerator, count: Int) -> [Document] {
    (0..<count).map { number in
      let words = (0..<1 + generator.number(below: 3)).map { _ in generator.pick(["尾矿", "演练", "低保"]) }
      var fields: [Field] = []
      if generator.number(below: 4) > 0 {
        fields.append(Field(name: "date", value: .string(generator.pick(Self.days))))
      }
      if generator.number(below: 2) == 0 { fields.append(Field(name: "good", value: .string("yes"))) }
      return Document(
        key: "d\(generator.number(below: 1000)).\(number)", text: words.joined(separator: "，"), fields: fields)
    }
  }

  private static func isGood(_ fields: [Field]) -> Bool { fields.contains { $0.name == "good" } }

  /// How new a document is among the days, from 0 to 1.
  private static func age(_ fields: [Field], _ days: [String]) -> Double {
    guard case .string(let day)? = fields.first(where: { $0.name == "date" })?.value,
      let place = days.firstIndex(of: day)
    else { return 0 }
    return Double(place + 1) / Double(days.count)
  }

  @Test(arguments: 0..<24 as Range<UInt64>)
  func `the best hundred are lifted and sorted, ties decided, the others left, page by page`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TestFolder()
    var documents = self.documents(&generator, count: generator.pick([5, 60, 160]))
    try folder.build(documents)
    let added = (0..<5).map {
      Document(key: "x\($0)", text: generator.pick(["尾矿演练", "无"]), fields: documents[$0].fields)
    }
    try folder.update { for document in added { try $0.add(document) } }
    documents += added
    let searcher = Searcher(try folder.snapshot())
    let query = generator.pick(["尾矿演练", "低保 尾矿", "演练", "\"尾矿\""])
    var request = SearchRequest(query: query, limit: 1000, snippets: false)
    let plain = try searcher.search(request).hits
    let factors = (good: generator.pick([1, 1.1]), late: generator.pick([1, 1.05]))
    request.preferences = [
      .init(name: "good", kind: .documents { Self.isGood($0.fields) }, factor: factors.good),
      .init(name: "late", kind: .latest(field: "date"), factor: factors.late),
    ]
    let found = try searcher.search(request).hits
    // Documents that do not match have days, too.
    let days = Self.days.filter { day in
      documents.contains { $0.fields.contains { $0.name == "date" && $0.value == .string(day) } }
    }
    let trace = "seed \(seed), \(query), \(factors)"
    let isSorted = factors != (1, 1) || ["尾矿演练", "低保 尾矿"].contains(query)
    var head = plain.prefix(100).map { hit in
      let (good, late) = (Self.isGood(hit.fields) ? 1.0 : 0, Self.age(hit.fields, days))
      return (
        key: hit.key, score: hit.score * (1 + (factors.good - 1) * good) * (1 + (factors.late - 1) * late), good, late
      )
    }
    if isSorted {
      head.sort { one, other in
        if abs(one.score - other.score) > 1e-12 { return one.score > other.score }
        if one.2 != other.2 { return one.2 > other.2 }
        if one.3 != other.3 { return one.3 > other.3 }
        return one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
      }
    }
    #expect(found.map(\.key) == head.map(\.key) + plain.dropFirst(100).map(\.key), "\(trace)")
    for (hit, expected) in zip(found, head) { #expect(abs(hit.score - expected.score) < 1e-9, "\(trace)") }
    var pages: [String] = []
    request.limit = 7
    while pages.count < found.count {
      request.offset = pages.count
      pages += try searcher.search(request).hits.map(\.key)
    }
    #expect(pages == found.map(\.key), "\(trace)")
  }
}
