import Foundation
import Testing

@testable import InvertedIndex

/// However documents came into an index, and whatever was removed on the way: it answers as a fresh one does.
@Suite struct SegmentationTests {
  private struct Answer: Equatable {
    let total: Int
    let keys: [String]
    let scores: [Double]
    let snippets: [[Snippet]]
  }

  private func answer(_ searcher: Searcher, _ query: String) throws -> Answer {
    let results = try searcher.search(SearchRequest(query: query, limit: 500))
    return Answer(
      total: results.total, keys: results.hits.map(\.key), scores: results.hits.map(\.score),
      snippets: results.hits.map(\.snippets))
  }

  /// Compares two indexes by what they list and by random queries.
  private func expectSame(_ one: Snapshot, _ other: Snapshot, _ corpus: inout RandomCorpus, seed: UInt64) throws {
    var documents: [[Document]] = [[], []]
    try one.forEachDocument { documents[0].append($0) }
    try other.forEachDocument { documents[1].append($0) }
    #expect(documents[0] == documents[1], "seed \(seed)")
    #expect(one.documentCount == other.documentCount && one.statistics.totalLength == other.statistics.totalLength)
    for _ in 0..<25 {
      let query = corpus.query().typed
      #expect(
        try answer(Searcher(one), query) == answer(Searcher(other), query),
        "seed \(seed), query \(query.debugDescription)")
    }
  }

  @Test(arguments: 0..<8)
  func `one segment and many give the same answers`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = corpus.documents(40)
    let folder = try TestFolder()
    try folder.build(documents, in: "one")
    try folder.build([documents[0]], in: "many")
    var next = 1
    while next < documents.count {
      let end = min(documents.count, next + 7 + corpus.number(below: 12))
      try folder.update("many", memoryBudget: seed % 2 == 0 ? 256 << 20 : 0) { writer in
        for document in documents[next..<end] { try writer.add(document) }
      }
      next = end
    }
    try folder.build(documents, in: "merged", memoryBudget: 0)
    if seed % 2 == 0 { #expect(try folder.snapshot("many").segmentCount > 1) }
    #expect(try folder.snapshot("merged").segmentCount == 1)
    try expectSame(folder.snapshot("one"), folder.snapshot("many"), &corpus, seed: seed)
    try expectSame(folder.snapshot("one"), folder.snapshot("merged"), &corpus, seed: seed)
    for name in ["one", "many", "merged"] {
      #expect(try IndexVerifier.verify(directory: folder[name]).problems == [], "seed \(seed), \(name)")
    }
  }

  @Test(arguments: 0..<10)
  func `after any changes the answers are those of a fresh index of what is left`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed &+ 100)
    var expected = corpus.documents(25)
    let folder = try TestFolder()
    try folder.build(expected, memoryBudget: seed % 2 == 0 ? 0 : 256 << 20)
    for round in 0..<5 {
      let budget = corpus.pick([0, 50_000, 256 << 20])
      try folder.update(memoryBudget: budget) { writer in
        for _ in 0..<corpus.number(below: 14) {
          let key = "d\(1 + corpus.number(below: 40))"
          switch corpus.number(below: 8) {
          case 0, 1, 2, 3:
            let document = corpus.document(key: key)
            try writer.add(document)
            expected.removeAll { $0.key == key }
            expected.append(document)
          case 4, 5, 6:
            let had = expected.contains { $0.key == key }
            #expect(try writer.remove(key: key) == had, "seed \(seed), round \(round)")
            expected.removeAll { $0.key == key }
          default:
            let path = "f\(corpus.number(below: 4))"
            let count = expected.count { $0.source?.path == path }
            #expect(try writer.removeAll(withSourcePaths: [path]) == count, "seed \(seed), round \(round)")
            expected.removeAll { $0.source?.path == path }
          }
        }
      }
      try folder.build(expected, in: "fresh")
      try expectSame(folder.snapshot(), folder.snapshot("fresh"), &corpus, seed: seed)
      #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [], "seed \(seed), round \(round)")
    }
    // And a rebuild after updates, and an update after that.
    try folder.build(expected)
    try folder.update { try $0.add(Document(key: "last", text: "甲")) }
    expected.append(Document(key: "last", text: "甲"))
    try folder.build(expected, in: "fresh")
    try expectSame(folder.snapshot(), folder.snapshot("fresh"), &corpus, seed: seed)
  }

  @Test(arguments: 0..<12)
  func `a rebuild writes the same bytes whatever fits into memory, and leaves no other file`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    var documents = corpus.documents(3 + corpus.number(below: 150))
    let last = corpus.number(below: documents.count)  // fields whose names come late, and before others
    documents[last].fields.append(Field(name: "a", value: .string("甲\u{20000}乙 word")))
    documents[last].text += "\u{20000}甲\u{20001}。word words\n\n一、x"
    let folder = try TestFolder()
    try folder.build(documents, in: "one")
    for budget in [0, 1 << 20] {
      let name = "budget\(budget)"
      try FileManager.default.createDirectory(atPath: folder[name], withIntermediateDirectories: false)
      let changes = try IndexChanges(IndexFolder(path: folder[name]), memoryBudget: budget, mode: .rebuild)
      var next = 0
      while next < documents.count {
        let end = min(documents.count, next + 1 + corpus.number(below: 20))
        var batch = DocumentBatch()
        for document in documents[next..<end] { batch.append(document) }
        try changes.append(batch, seenKeyByteCount: 0)
        #expect(try folder.names(in: name).count == 4, "seed \(seed)")
        next = end
      }
      _ = try changes.commit {}
      #expect(try folder.names(in: name) == folder.names(in: "one").filter { $0 != "lock" }, "seed \(seed)")
      for file in try folder.names(in: name) where file != "commit" {
        #expect(try folder.bytes("\(name)/\(file)") == folder.bytes("one/\(file)"), "seed \(seed), \(file)")
      }
      #expect(try IndexVerifier.verify(directory: folder[name]).problems == [])
    }
  }

  @Test func `removing everything leaves an empty index that can be filled again`() throws {
    var corpus = RandomCorpus(seed: 3)
    let documents = corpus.documents(20)
    let folder = try TestFolder()
    try folder.build(documents)
    let summary = try folder.update { writer in
      for document in documents {
        let isRemoved = try writer.remove(key: document.key)
        #expect(isRemoved)
      }
    }
    #expect(summary.documents == 0 && summary.segments == 0)
    let empty = Searcher(try folder.snapshot())
    #expect(try empty.search(SearchRequest(query: "甲 OR \"乙\" -\"丙\"")).total == 0)
    try folder.update { for document in documents { try $0.add(document) } }
    try folder.build(documents, in: "fresh")
    try expectSame(folder.snapshot(), folder.snapshot("fresh"), &corpus, seed: 3)
  }

  @Test func `segments with different fields become one with all of them`() throws {
    let names = ["z", "a", "字段", "m", "Z", "", "year", "长\(String(repeating: "x", count: 300))", "b"]
    let folder = try TestFolder()
    try folder.build([])
    let documents = names.enumerated().map { number, name in
      let value = FieldValue.list([.string("甲\(number)"), .string("word\(number)")])
      let others = names.prefix(number).filter { $0 != name }.map { Field(name: $0, value: .string("乙")) }
      return Document(key: "d\(number)", text: "丙", fields: others + [Field(name: name, value: value)])
    }
    try folder.update(memoryBudget: 0) { for document in documents { try $0.add(document) } }
    let snapshot = try folder.snapshot()
    #expect(snapshot.segmentCount < names.count)
    #expect(snapshot.statistics.fieldNames == names.sorted())
    for (number, name) in names.enumerated() where !name.isEmpty {
      let searcher = Searcher(snapshot)
      #expect(try searcher.search(SearchRequest(query: "\(name):\"甲\"")).hits.map(\.key) == ["d\(number)"], "\(name)")
      #expect(try searcher.search(SearchRequest(query: "\(name):word")).hits.map(\.key) == ["d\(number)"], "\(name)")
      #expect(try searcher.search(SearchRequest(query: "\(name):乙")).total == names.count - number - 1, "\(name)")
    }
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [])
  }
}
