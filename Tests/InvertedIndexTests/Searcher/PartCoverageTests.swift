import Testing

@testable import InvertedIndex

/// Which parts of a query documents have together, against searches for the parts as phrases.
@Suite struct PartCoverageTests {
  private static let words = ["尾矿", "应急预案", "演练", "低保", "材料", "PM2", "防汛抗旱", "办理"]

  /// Documents of some of the words each, with other characters between them.
  private func documents(_ generator: inout SeededGenerator, count: Int) -> [Document] {
    (0..<count).map { number in
      let words = (0..<generator.number(below: 5)).map { _ in generator.pick(Self.words) }
      let fields = [Field(name: "year", value: .integer(Int64(2020 + generator.number(below: 2))))]
      return Document(key: "d\(number)", text: words.joined(separator: generator.pick(["，", "县", ""])), fields: fields)
    }
  }

  private func count(_ parts: [String], _ request: SearchRequest, in snapshot: Snapshot) throws -> Int {
    var request = request
    request.query = parts.map { "\"\($0)\"" }.joined(separator: " AND ")
    request.limit = 0
    return try Searcher(snapshot).search(request).total
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `all parts, and what must be let go, agree with searches for phrases`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TestFolder()
    let documents = documents(&generator, count: 1 + generator.number(below: 40))
    try folder.build(documents)
    try folder.update { writer in
      for document in self.documents(&generator, count: 5) { try writer.add(document) }
    }
    let snapshot = try folder.snapshot()
    for _ in 0..<10 {
      let words = (0..<2 + generator.number(below: 4)).map { _ in generator.pick(Self.words + ["烟花"]) }
      var request = SearchRequest(query: words.joined(separator: " "), snippets: false)
      if generator.number(below: 3) == 0 { request.filters = [.values(field: "year", ["2020"])] }
      let trace = "seed \(seed), \(request.query)"
      let report = try Searcher(snapshot).search(request).parts
      guard let report else {
        #expect(Set(words).count == 1, "\(trace)")
        continue
      }
      #expect(report.parts.count > 1, "\(trace)")
      #expect(report.parts.allSatisfy { part in words.contains { $0.contains(part) } }, "\(trace)")
      #expect(try report.documents == count(report.parts, request, in: snapshot), "\(trace)")
      #expect(report.letGo.isEmpty == (report.documents > 0), "\(trace)")
      var rest = report.parts
      for letGo in report.letGo {
        rest.removeAll { $0 == letGo.part }
        let expected = rest.isEmpty ? 0 : try count(rest, request, in: snapshot)
        #expect(letGo.documents == expected, "\(trace), without \(letGo.part)")
      }
      // Each was let go because it had to be.
      for letGo in report.letGo {
        #expect(try count(rest + [letGo.part], request, in: snapshot) == 0, "\(trace), \(letGo.part)")
      }
    }
  }

  @Test func `of two parts that no document has together the commoner one is let go`() throws {
    let folder = try TestFolder()
    let texts = ["低保标准", "办理材料", "准备材料", "低保申请", "材料清单"]
    try folder.build(texts.enumerated().map { Document(key: "\($0)", text: $1) })
    let searcher = Searcher(try folder.snapshot())
    #expect(
      try searcher.search(SearchRequest(query: "低保 材料")).parts
        == PartsReport(parts: ["低保", "材料"], documents: 0, letGo: [.init(part: "材料", documents: 2)]))
    #expect(
      try searcher.search(SearchRequest(query: "低保 材料 社区")).parts?.letGo
        == [.init(part: "社区", documents: 0), .init(part: "材料", documents: 2)])
    #expect(
      try searcher.search(SearchRequest(query: "办理 材料")).parts
        == PartsReport(parts: ["办理", "材料"], documents: 1, letGo: []))
  }

  @Test func `a run is cut where neighbours are more frequent, and a synonym stands for a part`() throws {
    let folder = try TestFolder()
    let texts = [
      "单位通知", "单位公告", "解除合同", "解除限制", "单位解除", "最低生活保障标准", "标准", "申请", "申请书", "申请表",
    ]
    try folder.build(texts.enumerated().map { Document(key: "\($0)", text: $1) })
    let searcher = Searcher(try folder.snapshot())
    #expect(try searcher.search(SearchRequest(query: "单位解除")).parts?.parts == ["单位", "解除"])
    // 请 and 会 are function characters, and of words here; 的 is not.
    #expect(try searcher.search(SearchRequest(query: "申请单位的标准")).parts?.parts == ["申请", "单位", "标准"])
    var request = SearchRequest(query: "低保 标准")
    #expect(try searcher.search(request).parts?.documents == 0)
    request.synonyms = try SynonymTable("[民政]\n低保 = 最低生活保障\n")
    #expect(try searcher.search(request).parts == PartsReport(parts: ["低保", "标准"], documents: 1, letGo: []))
  }

  @Test(arguments: [
    "尾矿", "尾矿 OR 演练", "尾矿 AND 演练", "\"尾矿\" 演练", "尾矿 -演练", "memo:尾矿 演练", "天地 玄黄 宇宙 洪荒 日月 盈昃 辰宿 列张 寒来",
  ])
  func `a query of one part, a long one, and one of more than text has no parts`(query: String) throws {
    let folder = try TestFolder()
    let fields = [Field(name: "memo", value: .string("尾矿"))]
    try folder.build([Document(key: "a", text: "尾矿，演练", fields: fields)])
    #expect(try Searcher(folder.snapshot()).search(SearchRequest(query: query)).parts == nil)
    let plain = SearchRequest(query: "尾矿 演练", ranking: .bm25(k1: 1, b: 0))
    #expect(try Searcher(folder.snapshot()).search(plain).parts == nil)
  }
}
