import InvertedIndex
import SearchAPI
import SearchService
import Testing

/// Synonyms in answers, from the list that comes with the program and from files.
struct SynonymListTests {
  private let folder = IndexFolder()

  /// Numbers that come again for the same seed (SplitMix64).
  private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private func answer(_ query: String, _ index: ServedIndex, synonyms: Bool = true) throws -> SearchAnswer {
    var parameters = SearchParameters(query: query)
    parameters.limit = 1000
    parameters.snippets = false
    parameters.synonyms = synonyms
    return try SearchService.searchAnswer(parameters, in: index)
  }

  @Test func `the list that comes with the program is well formed, and what it says is found`() throws {
    #expect(SynonymList.standard.count > 9000)
    try folder.rebuild([
      Document(key: "1", text: "最低生活保障的申请。"), Document(key: "2", text: "低保对象。"), Document(key: "3", text: "道路运输。"),
    ])
    let index = ServedIndex(try Snapshot.open(directory: folder.path))
    let with = try answer("低保", index)
    #expect(Set(with.hits.map(\.id)) == ["1", "2"])
    #expect(with.synonyms == [SynonymAnswer(typed: "低保", also: ["最低生活保障"], domain: "民政")])
    let without = try answer("低保", index, synonyms: false)
    #expect(without.hits.map(\.id) == ["2"] && without.synonyms == nil)
    for query in ["\"低保\"", "道路"] {
      #expect(try answer(query, index).synonyms == nil)
    }
  }

  @Test(arguments: 1...8)
  func `synonyms add documents, and take none away`(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let words = SynonymList.text.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.count > 1 }
      .filter { !$0.hasPrefix("[") }
    func text(_ count: Int) -> String {
      (0..<count).map { _ in
        words.randomElement(using: &generator).map { Bool.random(using: &generator) ? $0 : String($0.prefix(2)) } ?? ""
      }.joined(separator: ["", "，", " "].randomElement(using: &generator) ?? "")
    }
    try folder.rebuild((0..<200).map { Document(key: "\($0)", text: text(3)) })
    let index = ServedIndex(try Snapshot.open(directory: folder.path))
    for _ in 0..<60 {
      let query = text(Int.random(in: 1...3, using: &generator))
      for query in [query, query + " -低保", "\"\(text(1))\" OR " + query] {
        let (with, without) = (try answer(query, index), try answer(query, index, synonyms: false))
        // Where nothing is found, the answer may be that to another query.
        if without.didYouMean?.contains(where: { $0.applied == true }) ?? false { continue }
        #expect(Set(without.hits.map(\.id)).isSubset(of: with.hits.map(\.id)), "seed \(seed): \(query)")
        #expect(with.total.value >= without.total.value, "seed \(seed): \(query)")
      }
    }
  }

  @Test func `a file takes the list's place, and is read anew with each commit`() throws {
    try folder.rebuild([Document(key: "1", text: "甲乙丙。"), Document(key: "2", text: "丁戊己。")])
    let path = folder.path + "/synonyms"
    try write("甲乙 > 丁戊", to: path)
    let holder = SnapshotHolder(directory: folder.path, synonyms: SynonymFile(path: path))
    let service = SearchService(holder: holder)
    #expect(try service.reload().notes == nil)
    let index = try #require(holder.index)
    #expect(try answer("甲乙", index).synonyms == [SynonymAnswer(typed: "甲乙", also: ["丁戊"])])
    #expect(try answer("低保", index).synonyms == nil)

    try write("甲乙 > 丁戊\n甲 > 丁戊", to: path)
    let notes = try #require(try service.reload().notes)
    #expect(
      notes == [
        "The synonyms before stay: \(path):2: '甲' is not a word of 2 to 40 characters without punctuation."
      ])
    #expect(try answer("甲乙", try #require(holder.index)).hits.count == 2)
    try write("[其他]\n丁戊 = 甲乙", to: path)
    #expect(try service.reload().notes == nil)
    #expect(
      try answer("甲乙", try #require(holder.index)).synonyms
        == [SynonymAnswer(typed: "甲乙", also: ["丁戊"], domain: "其他")])
  }

  private func write(_ text: String, to path: String) throws { try Array(text.utf8).write(toFile: path) }

  @Test(arguments: [
    ("none", "cannot be read (No such file or directory)."), ("bytes", "is not UTF-8."),
  ])
  func `a file that cannot be read is named`(name: String, reason: String) throws {
    try folder.rebuild([])
    try [UInt8](arrayLiteral: 0xFF, 0x0A).write(toFile: folder.path + "/bytes")
    let file = SynonymFile(path: folder.path + "/" + name)
    #expect(throws: SynonymFile.ReadError.self) { try file.table() }
    do throws(SynonymFile.ReadError) {
      _ = try file.table()
    } catch {
      #expect(error.description == "\(file.path): \(reason)")
    }
  }
}
