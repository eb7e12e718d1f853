import InvertedIndex
import Testing

/// Nested queries against sets: what each phrase finds by a naive scan, joined as the query says.
@Suite struct QueryNestingTwinTests {
  private indirect enum Node {
    case phrase(String)
    case all([Node])
    case any([Node])
    case without(Node, Node)

    var typed: String {
      switch self {
      case .phrase(let text): "\"\(text)\""
      case .all(let nodes): "(" + nodes.map(\.typed).joined(separator: " AND ") + ")"
      case .any(let nodes): "（" + nodes.map(\.typed).joined(separator: " OR ") + "）"
      case .without(let node, let other): "(\(node.typed) -\(other.typed))"
      }
    }

    func keys(_ index: PlainIndex) -> Set<String> {
      switch self {
      case .phrase(let text): Set(index.keys(holding: text))
      case .all(let nodes): nodes.dropFirst().reduce(nodes[0].keys(index)) { $0.intersection($1.keys(index)) }
      case .any(let nodes): nodes.reduce(into: []) { $0.formUnion($1.keys(index)) }
      case .without(let node, let other): node.keys(index).subtracting(other.keys(index))
      }
    }
  }

  private func node(_ generator: inout SeededGenerator, depth: Int) -> Node {
    if depth == 0 || generator.number(below: 4) == 0 {
      let letters = ["甲", "乙", "丙", "の"]
      return .phrase((0..<1 + generator.number(below: 3)).map { _ in generator.pick(letters) }.joined())
    }
    switch generator.number(below: 3) {
    case 0: return .all((0..<2 + generator.number(below: 2)).map { _ in node(&generator, depth: depth - 1) })
    case 1: return .any((0..<2 + generator.number(below: 2)).map { _ in node(&generator, depth: depth - 1) })
    default: return .without(node(&generator, depth: depth - 1), node(&generator, depth: depth - 1))
    }
  }

  @Test(arguments: 0..<12)
  func `groups join what their parts find, however deep`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let letters = ["甲", "乙", "丙", "の", "，"]
    let documents = (0..<40).map { number in
      Document(key: "\(number)", text: (0..<generator.number(below: 12)).map { _ in generator.pick(letters) }.joined())
    }
    let index = PlainIndex(documents)
    let folder = try TestFolder()
    try folder.build(documents, memoryBudget: seed % 2 == 0 ? 256 << 20 : 60_000)
    let searcher = Searcher(try folder.snapshot())
    for _ in 0..<60 {
      let node = node(&generator, depth: 3)
      let results = try searcher.search(SearchRequest(query: node.typed, limit: 100, strict: true))
      #expect(Set(results.hits.map(\.key)) == node.keys(index), "seed \(seed), query \(node.typed)")
      #expect(results.total == results.hits.count)
    }
  }

  @Test(arguments: 0..<12)
  func `no query is refused, and strictness changes no answer`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var corpus = RandomCorpus(seed: seed)
    let folder = try TestFolder()
    try folder.build(corpus.documents(30))
    let searcher = Searcher(try folder.snapshot())
    let pieces = [
      "\"", "“", "”", "「", "」", " ", " ", " -", "－", " AND ", " OR ", " NOT ", " ｜ ", "title:", "text：", "memo:",
      "foo:", "甲", "乙丙", "水年",
      "a", "2", "年", "第", "条", "十", "月", "%", "，", "\n", "(", ")", "（", "）", " (", ") ", "~5", " ~3 ", "*", "同句(",
      " sentence(", " 同段（", "\u{3000}",
    ]
    for _ in 0..<150 {
      let query = (0..<1 + generator.number(below: 14)).map { _ in generator.pick(pieces) }.joined()
      let comment = Comment(rawValue: "seed \(seed): \(query.debugDescription)")
      for ranking in [SearchRequest.Ranking.default, .bm25(k1: 1.2, b: 0.75)] {
        let lenient = try searcher.search(SearchRequest(query: query, limit: 100, ranking: ranking))
        #expect(lenient.total == lenient.hits.count && lenient.totalIsExact, comment)
        do {
          let strict = try searcher.search(SearchRequest(query: query, limit: 100, ranking: ranking, strict: true))
          #expect(strict.hits == lenient.hits && lenient.notes == [], comment)
        } catch let error as QueryError {
          guard case .syntax(_, let position) = error else { throw error }
          #expect(lenient.notes.first?.contains("character \(position + 1):") == true, comment)
          #expect(position < query.unicodeScalars.count, comment)
        }
      }
    }
  }
}
