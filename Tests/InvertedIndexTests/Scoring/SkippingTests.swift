import InvertedIndex
import Testing

/// What is not scored changes no answer: the best few against all hits, in windows with many blocks.
@Suite struct SkippingTests {
  private static let characters = Array("的应当人民政府机关规定部门管理办法水库年度计划安全生产")

  /// A text of characters of which the first are the most frequent.
  private func text(_ generator: inout SeededGenerator, count: Int) -> String {
    var text = ""
    for _ in 0..<count {
      let bound = 1 + generator.number(below: Self.characters.count)
      text.append(Self.characters[generator.number(below: bound)])
      if generator.number(below: 12) == 0 { text.append("，") }
    }
    return text
  }

  private func query(_ generator: inout SeededGenerator) -> String {
    let parts = (0..<2 + generator.number(below: 5)).map { _ in
      "\"\(text(&generator, count: [1, 2, 2, 2, 3, 4][generator.number(below: 6)]))\""
    }
    switch generator.number(below: 4) {
    case 0: return text(&generator, count: 3 + generator.number(below: 9))
    case 1: return parts.prefix(3).joined(separator: " AND ")
    default: return parts.joined(separator: " OR ")
    }
  }

  @Test(arguments: 0..<3)
  func `the best few are the first of all, with the same scores and the same total`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TestFolder()
    let documents = (0..<2500).map { number in
      // Lengths differ by parts of the segment, so that bounds differ by windows.
      let length = 2 + generator.number(below: 4 + (number / 500 % 3) * 20)
      return Document(key: "\(number)", text: text(&generator, count: length))
    }
    try folder.build(documents)
    if seed > 0 {
      try folder.update { writer in
        for number in stride(from: 0, to: 2500, by: 7) { _ = try writer.remove(key: "\(number)") }
        for number in 0..<300 { try writer.add(Document(key: "n\(number)", text: text(&generator, count: 20))) }
      }
    }
    let searcher = Searcher(try folder.snapshot())
    for _ in 0..<30 {
      let query = query(&generator)
      let ranking: SearchRequest.Ranking = generator.number(below: 2) == 0 ? .default : .bm25(k1: 0.9, b: 0.4)
      func results(_ limit: Int) throws -> SearchResults {
        try searcher.search(SearchRequest(query: query, limit: limit, snippets: false, ranking: ranking))
      }
      let all = try results(10_000)
      #expect(all.total == all.hits.count, "seed \(seed), \(query)")
      for limit in [0, 10] {
        let best = try results(limit)
        #expect(best.total == all.total, "seed \(seed), \(query), \(limit)")
        #expect(best.hits == Array(all.hits.prefix(limit)), "seed \(seed), \(query), \(limit)")
      }
    }
  }

  @Test(arguments: 0..<4)
  func `the best few of a character are the first of all, with the same scores and the same total`(seed: UInt64) throws
  {
    var generator = SeededGenerator(seed: seed)
    let folder = try TestFolder()
    // Many texts are the same, and with an odd seed all have 的, which then weighs next to nothing.
    let texts = (0..<40).map { _ in text(&generator, count: 2 + generator.number(below: 60)) }
    let documents = (0..<1500).map { number in
      Document(key: "\(number)", text: (seed % 2 == 1 ? "的，" : "") + generator.pick(texts))
    }
    try folder.build(documents)
    if seed > 1 {
      try folder.update { writer in
        for number in stride(from: 0, to: 1500, by: 5) { _ = try writer.remove(key: "\(number)") }
        for number in 0..<300 { try writer.add(Document(key: "n\(number)", text: generator.pick(texts))) }
      }
    }
    let searcher = Searcher(try folder.snapshot())
    for character in Self.characters {
      for ranking in [.default, .bm25(k1: 0.9, b: 0.4), .bm25(k1: 2, b: 1)] as [SearchRequest.Ranking] {
        func results(_ limit: Int) throws -> SearchResults {
          try searcher.search(
            SearchRequest(query: "\"\(character)\"", limit: limit, snippets: false, ranking: ranking))
        }
        let all = try results(10_000)
        #expect(all.total == all.hits.count, "seed \(seed), \(character)")
        for limit in [0, 1, 10, 100] {
          let best = try results(limit)
          #expect(best.total == all.total, "seed \(seed), \(character), \(limit)")
          #expect(best.hits == Array(all.hits.prefix(limit)), "seed \(seed), \(character), \(limit)")
        }
      }
    }
  }
}
