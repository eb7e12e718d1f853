import Foundation
import InvertedIndex
import Testing

/// Damaged files: the verifier names them, and readers and writers throw or work, but never trap.
@Suite struct DamageTests {
  /// Indexes to damage: one of a few documents of every sort, one whose lists have packed blocks.
  enum Sample: String, CaseIterable, Sendable {
    case mixed, long, hosts

    func build(in folder: TestFolder) throws {
      switch self {
      case .mixed:
        try folder.build([
          Document(
            key: "a", title: "尾矿库", text: "尾矿库应急预案。C25混凝土，2021年\tPM2.5",
            fields: [
              Field(name: "year", value: .integer(2021)), Field(name: "list", value: .list([.string("甲乙"), .null])),
            ],
            source: SourceLocation(path: "a.md", startLine: 1, endLine: 3), tabsSeparateCells: true),
          Document(key: "b", text: "尾矿，甲乙"), Document(key: "c", text: "应急预案 应急"), Document(key: "d", text: ""),
        ])
        try folder.update { _ = try $0.remove(key: "b") }
      case .hosts:
        let text = String(repeating: "人民政府，行政法规，人民，政府，", count: 9) + "民政"
        try folder.build([
          Document(key: "k100", text: text), Document(key: "k7", text: "民政局"), Document(key: "k8", text: ""),
        ])
        try folder.update { _ = try $0.remove(key: "k8") }
      case .long:
        let long = String(repeating: "水火，", count: 300)
        try folder.build((0..<140).map { Document(key: "k\($0)", text: $0 == 7 ? long : "水火") })
        try folder.update { _ = try $0.remove(key: "k3") }
      }
    }

    var keys: [String] { self == .mixed ? ["a", "b", "c", "zz"] : ["k0", "k7", "k139"] }
  }

  private static let queries = [
    "尾矿库 应急", "民政", "民政 政法", "\"应急预案\"", "\"库，C25\"", "尾", "year:2021", "title:尾矿", "\"水火\"", "水", "火 -尾", "2021年",
    "\"火，水火\" OR \"混凝土，2021\"", "pm2.5 AND 预案",
  ]

  /// Uses the index in every way; whatever is thrown must be an `IndexError`.
  private func read(_ directory: String, _ sample: Sample, _ comment: Comment) {
    let snapshot: Snapshot
    do { snapshot = try Snapshot.open(directory: directory) } catch { return }
    let searcher = Searcher(snapshot)
    for query in Self.queries {
      for ranking in [SearchRequest.Ranking.default, .bm25(k1: 1.2, b: 0.75)] {
        expectIndexError(comment) { _ = try searcher.search(SearchRequest(query: query, limit: 200, ranking: ranking)) }
      }
    }
    expectIndexError(comment) {
      var request = SearchRequest(query: "水 OR 尾矿", limit: 200)
      request.filters = [.range(field: "list", from: nil, through: nil)]
      request.facets = ["list", "path", "year"].map { .field($0) }
      request.order = .value(field: "year", descending: true)
      _ = try searcher.search(request)
    }
    for key in sample.keys { expectIndexError(comment) { _ = try snapshot.document(key: key) } }
    expectIndexError(comment) { try snapshot.forEachDocument { _ in } }
    expectIndexError(comment) { _ = try IndexInspector(snapshot).segments() }
    for term in ["尾矿", "水", "c25"] { expectIndexError(comment) { _ = try IndexInspector(snapshot).term(term) } }
  }

  private func expectIndexError(_ comment: Comment, _ body: () throws -> Void) {
    do {
      try body()
    } catch is IndexError {
    } catch {
      Issue.record("\(comment): \(error)")
    }
  }

  private func expectProblem(_ directory: String, naming names: [String], _ comment: Comment) throws {
    let report = try IndexVerifier.verify(directory: directory)
    #expect(!report.problems.isEmpty, comment)
    for problem in report.problems {
      #expect(names.contains { problem.contains(directory + "/" + $0) }, "\(comment): \(problem)")
    }
  }

  @Test(arguments: Sample.allCases, 0..<2)
  func `a flipped byte anywhere is found and named, and reading never traps`(sample: Sample, half: Int) throws {
    let folder = try TestFolder()
    try sample.build(in: folder)
    var generator = SeededGenerator(seed: UInt64(half))
    let names = try folder.names(in: "index").filter { $0 != "lock" }
    let step = sample == .mixed ? 1 : 7
    for name in names {
      let bytes = try folder.bytes("index/" + name)
      for offset in stride(from: half, to: bytes.count, by: 2 * step) {
        var damaged = bytes
        damaged[offset] ^= 1 << UInt8(generator.number(below: 8))
        if generator.number(below: 4) == 0 { damaged[offset] = ~bytes[offset] }
        try folder.write(damaged, to: "index/" + name)
        let comment: Comment = "\(sample.rawValue): \(name), byte \(offset): \(bytes[offset]) to \(damaged[offset])"
        try expectProblem(folder["index"], naming: names, comment)
        if offset % 3 == 0 { read(folder["index"], sample, comment) }
      }
      try folder.write(bytes, to: "index/" + name)
    }
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
  }

  @Test(arguments: Sample.allCases)
  func `a writer throws on damage or leaves it to be found`(sample: Sample) throws {
    let folder = try TestFolder()
    try sample.build(in: folder)
    var generator = SeededGenerator(seed: 9)
    for name in try folder.names(in: "index") where name != "lock" && name != "commit" {
      let bytes = try folder.bytes("index/" + name)
      for _ in 0..<60 {
        let offset = generator.number(below: bytes.count)
        try folder.copy("index", to: "work")
        var damaged = bytes
        damaged[offset] ^= UInt8(1 + generator.number(below: 255))
        try folder.write(damaged, to: "work/" + name)
        let comment: Comment = "\(sample.rawValue): \(name), byte \(offset): \(bytes[offset]) to \(damaged[offset])"
        // Half of the documents go, so that the segment is rewritten.
        expectIndexError(comment) {
          try folder.update("work") { writer in
            for number in 0..<75 { _ = try writer.remove(key: "k\(number)") }
            _ = try writer.remove(key: "c")
            try writer.add(Document(key: "new", text: "甲"))
          }
        }
        try expectProblem(folder["work"], naming: folder.names(in: "work"), comment)
      }
    }
  }

  @Test(arguments: Sample.allCases)
  func `a file that is cut off or grows is found`(sample: Sample) throws {
    let folder = try TestFolder()
    try sample.build(in: folder)
    var generator = SeededGenerator(seed: 5)
    let names = try folder.names(in: "index").filter { $0 != "lock" }
    for name in names {
      let bytes = try folder.bytes("index/" + name)
      let sampled = (0..<40).map { _ in generator.number(below: bytes.count) }
      for length in [0, 1, 23, 24, 47, 48, 49, bytes.count - 1, bytes.count + 1, bytes.count + 24] + sampled {
        try folder.write(Array((bytes + [UInt8](repeating: 0, count: 24)).prefix(length)), to: "index/" + name)
        let comment: Comment = "\(sample.rawValue): \(name) cut to \(length) of \(bytes.count)"
        #expect(throws: IndexError.self, comment) { try Snapshot.open(directory: folder["index"]) }
        try expectProblem(folder["index"], naming: [name], comment)
      }
      try folder.write(bytes, to: "index/" + name)
    }
  }

  @Test func `a file of another index, another segment or another kind is not taken for one's own`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲乙")])
    try folder.build([Document(key: "a", text: "丙丁")], in: "other")
    try folder.update { try $0.add(Document(key: "b", text: "甲乙")) }
    let names = try folder.names(in: "index").filter { $0 != "lock" && $0 != "commit" }
    let sources = names.map { "index/" + $0 } + (try folder.names(in: "other")).map { "other/" + $0 }
    for name in names {
      let own = try folder.bytes("index/" + name)
      for source in sources {
        let bytes = try folder.bytes(source)
        guard bytes != own else { continue }
        try folder.write(bytes, to: "index/" + name)
        #expect(throws: IndexError.self, "\(source) as \(name)") { try folder.snapshot() }
        try expectProblem(folder["index"], naming: [name], "\(source) as \(name)")
      }
      try FileManager.default.removeItem(atPath: folder["index/" + name])
      #expect(throws: IndexError.self, "\(name) missing") { try folder.snapshot() }
      try expectProblem(folder["index"], naming: [name], "\(name) missing")
      try folder.write(own, to: "index/" + name)
    }
    let commit = try folder.bytes("index/commit")
    try folder.write(try folder.bytes("other/commit"), to: "index/commit")
    #expect(throws: IndexError.self) { try folder.snapshot() }
    try folder.write(commit, to: "index/commit")
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
  }

  @Test(arguments: 0..<40)
  func `garbage for a commit is an error, and a rebuild gets over it`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲")])
    let count = generator.pick([0, 1, 48, 200, 5000])
    try folder.write((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }, to: "index/commit")
    #expect(throws: IndexError.self, "seed \(seed)") { try folder.snapshot() }
    #expect(throws: IndexError.self, "seed \(seed)") { try folder.update { _ in } }
    try expectProblem(folder["index"], naming: ["commit"], "seed \(seed)")
    try folder.build([Document(key: "b", text: "乙")])
    #expect(try folder.snapshot().document(key: "b")?.text == "乙")
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
    #expect(try folder.names(in: "index").count == 6, "seed \(seed): nothing of the old index is left")
  }
}
