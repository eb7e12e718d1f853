import Testing

@testable import InvertedIndex

/// Documents whose texts lie in many blocks, some across their borders: they come back whatever was merged, and their
/// passages are those of an index of the document alone.
@Suite struct StoredDocumentsTests {
  /// Texts of all lengths, one of several blocks, in words that repeat.
  private func documents(_ count: Int, _ generator: inout SeededGenerator) -> [Document] {
    (0..<count).map { number in
      let byteCount = generator.pick([0, 1, 40, 300, 300, 3000, 20_000])
      var text = number == 3 ? "尾矿库" : ""
      while text.utf8.count < (number == 5 ? 60_000 : byteCount) {
        switch generator.number(below: 12) {
        case 0: text += generator.pick(["，", "。\n", "；", " C25 ", "\n\n# ", "𠮷", "한국어 ", "カタカナ"])
        case 1: text += "尾矿库"
        default:
          for _ in 0..<1 + generator.number(below: 4) {
            text.unicodeScalars.append(Unicode.Scalar(UInt16(0x4E00 + generator.number(below: 300))) ?? "一")
          }
        }
      }
      return Document(
        key: "k\(number)", title: "第\(number / 5)章", text: text,
        fields: number % 4 == 0 ? [Field(name: "f", value: .string(String(repeating: "字段", count: number)))] : [],
        source: number % 3 == 0
          ? SourceLocation(path: "a/\(number / 20).md", startLine: number, endLine: 2 * number) : nil,
        tabsSeparateCells: number % 2 == 0)
    }
  }

  private func expect(_ folder: TestFolder, _ name: String, holds expected: [Document], seed: UInt64) throws {
    let snapshot = try folder.snapshot(name)
    var found: [Document] = []
    try snapshot.forEachDocument { found.append($0) }
    #expect(found == expected, "seed \(seed)")
    for document in expected { #expect(try snapshot.document(key: document.key) == document, "seed \(seed)") }
    #expect(try IndexVerifier.verify(directory: folder[name]).problems == [], "seed \(seed)")
    let documented = try DocumentedIndex(folder[name]).segments
    let read = try documented.flatMap { segment in
      try (0..<segment.documentCount).filter { !segment.deleted.contains($0) }.map { try segment.document($0) }
    }
    #expect(read == expected, "seed \(seed)")
  }

  @Test(arguments: 0..<8)
  func `titles that are read together are those of each document`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try TestFolder()
    try folder.build(documents(150, &generator))
    let reader = try folder.snapshot().segments[0].documents
    let share = generator.number(below: 5) + 1
    let numbers = (0..<UInt32(reader.count)).filter { _ in generator.number(below: share) == 0 }
    var found: [Document] = []
    try reader.forEachTitle(of: numbers) { title, text, tabsSeparateCells in
      let bytes = (try? reader.blocks.read(text, using: TextBlockCache())) ?? []
      found.append(
        Document(
          key: "", title: String(decoding: title, as: UTF8.self), text: String(decoding: bytes, as: UTF8.self),
          tabsSeparateCells: tabsSeparateCells))
    }
    let expected = try numbers.map { number in
      let document = try reader.document(number)
      return Document(
        key: "", title: document.title, text: document.text, tabsSeparateCells: document.tabsSeparateCells)
    }
    #expect(found == expected, "seed \(seed)")
    #expect(throws: IndexError.self) { try reader.forEachTitle(of: [0, UInt32(reader.count)]) { _, _, _ in } }
  }

  @Test(arguments: 0..<4)
  func `documents in many blocks come back, merged with deletions and without`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let documents = documents(60, &generator)
    let folder = try TestFolder()
    try folder.build(documents, in: "one")
    try expect(folder, "one", holds: documents, seed: seed)
    #expect(try folder.snapshot("one").segments.allSatisfy { $0.documents.blocks.count > 4 })

    try folder.build(documents, in: "merged", memoryBudget: 0)  // a segment for each document
    try expect(folder, "merged", holds: documents, seed: seed)
    let blocks = try folder.snapshot("merged").segments.map(\.documents.blocks.count)
    let fewest = try folder.snapshot("one").segments.map(\.documents.blocks.count)
    // Of two side by side one is at least half full.
    #expect(zip(blocks, fewest).allSatisfy { $0 <= 4 * $1 + 1 }, "small blocks are joined: \(blocks), \(fewest)")

    var left = documents
    try folder.build(Array(documents[..<20]), in: "updated")
    try folder.update("updated", memoryBudget: 0) { writer in
      for document in documents[20...] { try writer.add(document) }
      for number in stride(from: 1, to: 60, by: 1 + Int(seed) % 3 + 1) {
        _ = try writer.remove(key: "k\(number)")
        left.removeAll { $0.key == "k\(number)" }
      }
    }
    try expect(folder, "updated", holds: left, seed: seed)
    try folder.update("updated", memoryBudget: 0) { writer in
      for document in left[..<10] { try writer.add(document) }
    }
    try expect(folder, "updated", holds: Array(left[10...] + left[..<10]), seed: seed)
  }

  @Test(arguments: 0..<3)
  func `passages across the borders of blocks are those of the document alone`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 50)
    let documents = documents(40, &generator)
    let folder = try TestFolder()
    try folder.build(documents, in: "all")
    let hits = try Searcher(folder.snapshot("all")).search(SearchRequest(query: "\"尾矿库\"", limit: 100)).hits
    #expect(hits.count > 10)
    for hit in hits {
      let document = try #require(documents.first { $0.key == hit.key })
      try folder.build([document], in: "alone")
      let alone = try Searcher(folder.snapshot("alone")).search(SearchRequest(query: "\"尾矿库\"")).hits
      #expect(alone.map(\.snippets) == [hit.snippets], "seed \(seed), \(hit.key)")
      #expect(!hit.snippets.isEmpty, "seed \(seed), \(hit.key)")
    }
  }

  @Test func `record groups lie side by side, half a MiB of them at a time`() throws {
    var generator = SeededGenerator(seed: 9)
    let documents = (0..<1500).map { number in
      Document(
        key: "k\(number)", text: String(repeating: generator.pick(["火", "水"]), count: 200),
        fields: [Field(name: "f", value: .string(String(repeating: "a", count: 1000)))])
    }
    let folder = try TestFolder()
    try folder.build(documents)
    try expect(folder, "index", holds: documents, seed: 9)
    let segment = try #require(try folder.snapshot().segments.first)
    let rows = try segment.files[3].section(.recordGroups)
    let ranges = try (0..<rows.count / StoredChunk.rowByteCount).map {
      try StoredChunk($0, of: rows, sectionByteCount: segment.files[3].byteCount).range
    }
    let neighbours = zip(ranges, ranges.dropFirst()).count { $0.upperBound == $1.lowerBound }
    #expect(ranges.count == 47)
    #expect(neighbours == 44, "1.5 MB are three pieces")
  }

  @Test func `every range of the text is read as it was written`() throws {
    var generator = SeededGenerator(seed: 7)
    let documents = documents(30, &generator)
    let folder = try TestFolder()
    try folder.build(documents)
    let blocks = try #require(try folder.snapshot().segments.first).documents.blocks
    let text = documents.flatMap { Array($0.text.utf8) }
    #expect(blocks.textByteCount == text.count)
    let cache = TextBlockCache()
    for _ in 0..<300 {
      let start = generator.number(below: text.count + 1)
      let end = min(text.count, start + generator.number(below: generator.pick([10, 1000, 50_000])))
      #expect(try blocks.read(start..<end, using: cache) == Array(text[start..<end]), "\(start)..<\(end)")
    }
    #expect(throws: IndexError.self) { try blocks.read(text.count..<text.count + 1, using: cache) }
  }
}
