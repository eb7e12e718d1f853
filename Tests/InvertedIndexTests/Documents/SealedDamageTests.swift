import Testing

@testable import InvertedIndex

/// Damage under checksums that are right: what is read is checked by itself.
@Suite struct SealedDamageTests {
  /// Writes the checksums of a file anew, and returns that of the file.
  private func seal(_ bytes: inout [UInt8]) -> [UInt8] {
    func number(_ offset: Int, _ byteCount: Int) -> Int {
      bytes[offset..<offset + byteCount].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    func checksum(_ bytes: some Sequence<UInt8>) -> [UInt8] {
      let value = DocumentedFile.checksum(bytes)
      return (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let table = bytes.count - 24 - 24 * number(bytes.count - 24, 4)
    for entry in stride(from: table, to: bytes.count - 24, by: 24) {
      let start = number(entry + 8, 8)
      bytes.replaceSubrange(entry + 4..<entry + 8, with: checksum(bytes[start..<start + number(entry + 16, 8)]))
    }
    let sum = checksum(bytes[..<24] + bytes[table..<bytes.count - 8])
    bytes.replaceSubrange(bytes.count - 8..<bytes.count - 4, with: sum)
    return sum
  }

  /// Puts other bytes into a file of a folder's only segment, sealed.
  private func write(_ bytes: [UInt8], as ending: String = "documents", in folder: TestFolder) throws {
    var bytes = bytes
    let sum = seal(&bytes)
    try folder.write(bytes, to: "index/00000001.\(ending)")
    var commit = try folder.bytes("index/commit")
    let stamp = 24 + 20 + (ending == "terms" ? 32 : 68)
    commit.replaceSubrange(stamp + 8..<stamp + 12, with: sum)
    _ = seal(&commit)
    try folder.write(commit, to: "index/commit")
  }

  private func documents(of folder: TestFolder) throws -> [Document] {
    var documents: [Document] = []
    try folder.snapshot().forEachDocument { documents.append($0) }
    return documents
  }

  @Test func `a changed byte of the hosts is found, or suspects something else`() throws {
    let folder = try TestFolder()
    let text = String(repeating: "人民政府，行政法规，人民，政府，", count: 9) + "民政"
    try folder.build([Document(key: "a", text: text), Document(key: "b", text: "民政局")])
    let bytes = try folder.bytes("index/00000001.terms")
    let hosts = HostTable([
      0x6C11 << 21 | 0x653F: [HostTable.Flanks(before: 0x4EBA, after: 0x5E9C)],
      0x653F << 21 | 0x6CD5: [HostTable.Flanks(before: 0x884C, after: 0x89C4)],
    ]).bytes
    let start = bytes.count - 24 - 7 * 24 - hosts.count
    #expect(Array(bytes[start..<start + hosts.count]) == hosts)
    var refused = 0
    for offset in start..<start + hosts.count {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[offset] ^= 1 << UInt8(bit)
        try write(damaged, as: "terms", in: folder)
        do {
          let found = try Searcher(folder.snapshot()).search(SearchRequest(query: "民政"))
          #expect([["a", "b"], ["b", "a"]].contains(found.hits.map(\.key)), "byte \(offset - start), bit \(bit)")
        } catch is IndexError { refused += 1 }
      }
    }
    #expect(refused > hosts.count)
  }

  @Test func `a changed byte of groups, blocks and tables is found, or changes nothing that is indexed`() throws {
    let folder = try TestFolder()
    let texts = ["第一条　为了规范口岸开放，提高口岸通关效率，保障口岸安全畅通，制定本条例。", String(repeating: "口岸开放；", count: 40), "C25"]
    let expected = (0..<20).map { number in
      Document(
        key: "k\(number)", title: "口岸\(number / 7)", text: texts[number % 3],
        source: SourceLocation(path: "a.md", startLine: 1, endLine: number + 1), tabsSeparateCells: number == 4)
    }
    try folder.build(expected)
    let bytes = try folder.bytes("index/00000001.documents")
    let byteCounts = try folder.snapshot().statistics.byteCounts
    let end =
      24
      + ["stored", "recordGroups", "textBlocks"].reduce(0) { sum, name in
        sum + (byteCounts.first { $0.section == name }?.byteCount ?? 0)
      }
    var generator = SeededGenerator(seed: 3)
    var silent = 0
    for offset in 24..<end {
      var damaged = bytes
      damaged[offset] ^= generator.pick([1, 2, 4, 8, 16, 32, 64, 128, 255])
      try write(damaged, in: folder)
      let problems = try IndexVerifier.verify(directory: folder["index"]).problems
      for query in ["口岸", "\"口岸开放\"", "25"] {
        do {
          _ = try Searcher(folder.snapshot()).search(SearchRequest(query: query, limit: 30))
        } catch is IndexError {}
      }
      if problems.isEmpty {
        silent += 1
        let found = try documents(of: folder)
        // Keys and lines, and which punctuation it is, no posting tells of.
        #expect(found.map(\.text.utf8.count) == expected.map(\.text.utf8.count), "byte \(offset)")
      }
    }
    #expect(silent < (end - 24) / 2, "most are found")
    try write(bytes, in: folder)
    #expect(try documents(of: folder) == expected)
  }
}
