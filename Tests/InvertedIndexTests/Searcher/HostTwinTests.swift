import Testing

@testable import InvertedIndex

/// Bigrams that mostly stand inside of longer words, against a count of their places in the text.
@Suite struct HostTwinTests {
  private static let bigrams = ["民政", "政法", "民法", "业人", "务工", "学生"]
  private static let words = [
    "人民政府", "人民政府", "人民政府", "行政法规", "行政法规", "人民法院", "从业人员", "服务工作", "大学生活", "人民", "政府", "行政", "法规",
    "法院", "人员", "工作", "大学", "生活", "从业", "服务", "，", "。\n", "县", "和", "的",
    "邮政", "邮政", "邮政", "邮政", "邮政", "邮政", "邮政", "邮政", "邮政",
  ]

  /// Texts of those words, and now and then a bigram by itself.
  private static func documents(_ generator: inout SeededGenerator, _ count: Int, from first: Int = 0) -> [Document] {
    (first..<first + count).map { number in
      let text = (0..<generator.number(below: 60)).map { _ in
        switch generator.number(below: 80) {
        case 0, 1: generator.pick(bigrams) + "局"
        case 2: "邮政法"
        default: generator.pick(words)
        }
      }
      return Document(
        key: "d\(number)", title: generator.number(below: 3) == 0 ? "人民政府" : generator.pick(words), text: text.joined())
    }
  }

  /// A document's title and text as one phrase sees them: white space is nothing, punctuation a gap.
  private struct Text {
    let key: String
    let characters: [UInt16]

    init(_ document: Document) {
      key = document.key
      characters = (document.title + "，" + document.text).utf16.filter { $0 != 0x0A }
    }

    /// How often a phrase stands there.
    func count(_ phrase: String) -> Int {
      let wanted = Array(phrase.utf16)
      guard characters.count >= wanted.count else { return 0 }
      var count = 0
      for start in 0...characters.count - wanted.count where characters[start] == wanted[0] {
        if characters[start..<start + wanted.count].elementsEqual(wanted) { count += 1 }
      }
      return count
    }
  }

  /// The hosts of four characters that a bigram has by the definition; none where they make too little of it.
  private static func longHosts(_ bigram: String, _ texts: [Text], suspected: [String]) -> [String] {
    let sum = { (phrase: String) in texts.reduce(0) { $0 + $1.count(phrase) } }
    let all = sum(bigram)
    let hosts = suspected.filter { host in
      let inside = sum(host)
      let halves = [sum(String(host.prefix(2))), sum(String(host.suffix(2)))]
      return inside >= 8 && inside * 10 >= all && halves.allSatisfy { $0 >= all && $0 * 50 >= inside * 51 }
    }
    let inside = hosts.reduce(0) { $0 + sum($1) }
    return inside * 10 >= all * 8 && inside > 0 && inside < all ? hosts : []
  }

  /// By key, how often a bigram stands outside of some hosts, of which none begins another.
  private static func free(_ bigram: String, _ texts: [Text], outsideOf hosts: [String]) -> [String: Int] {
    var free: [String: Int] = [:]
    for text in texts {
      let left = hosts.reduce(text.count(bigram)) { $0 - text.count($1) }
      if left > 0 { free[text.key] = left }
    }
    return free
  }

  /// The hosts of three characters that a bigram may have by the definition, outside of longer ones.
  private static func shortHosts(
    _ bigram: String, _ texts: [Text], longHosts: [String], isSuspected: (String) -> Bool
  ) -> [String] {
    if longHosts.isEmpty { return [] }
    let left = free(bigram, texts, outsideOf: longHosts).values.reduce(0, +)
    let firsts = Set((words + bigrams).joined().unicodeScalars).filter { !FunctionCharacters.contains($0.value) }
    return firsts.map { String($0) }.filter { first in
      let beginning = first + bigram.prefix(1)
      let longer = longHosts.filter { $0.hasPrefix(first) }
      return texts.contains { $0.count(first + bigram) > 0 } && !isSuspected(beginning)
        && texts.reduce(0) { $0 + $1.count(beginning) } >= 10 * left
        && texts.contains { text in text.count(first + bigram) > longer.reduce(0) { $0 + text.count($1) } }
    }.map { $0 + bigram }
  }

  private static func key(_ bigram: String) -> UInt64 {
    bigram.unicodeScalars.reduce(0) { $0 << 21 | UInt64($1.value) }
  }

  /// Compares all bigrams' places, and what a search finds, with the texts; returns how many have hosts, and how many hosts of
  /// three characters there are.
  private func check(
    _ snapshot: Snapshot, _ documents: [Document], seed: UInt64
  ) throws -> (hosted: Int, shortHostCount: Int) {
    var hosted = 0
    var shortHostCount = 0
    let texts = documents.map { Text($0) }
    for bigram in Self.bigrams {
      let comment = Comment(rawValue: "seed \(seed), \(bigram)")
      let suspected = snapshot.hosts.flanks(of: Self.key(bigram)).map { flanks in
        [flanks.before, flanks.after].compactMap(Unicode.Scalar.init).map(String.init).joined(separator: bigram)
      }
      let longHosts = Self.longHosts(bigram, texts, suspected: suspected)
      let found = try snapshot.freeOccurrences(of: Self.key(bigram))
      #expect((found == nil) == longHosts.isEmpty, comment)
      let shortHosts = Self.shortHosts(bigram, texts, longHosts: longHosts) {
        !snapshot.hosts.flanks(of: Self.key($0)).isEmpty
      }
      let hosts = found?.pattern.hostPhrases.map(\.text) ?? []
      #expect(Set(hosts).isSubset(of: longHosts + shortHosts), comment)
      let longer = found.map { found in found.longerHosts.map { found.pattern.phrase(of: $0).text } } ?? []
      #expect(Set(longHosts).isSubset(of: hosts + longer), comment)
      let withoutLong = Self.free(bigram, texts, outsideOf: longHosts)
      let withAll = longHosts.filter { host in !shortHosts.contains { host.hasPrefix($0) } } + shortHosts
      // So few places are all looked at.
      if withoutLong.count <= 32, withoutLong.values.allSatisfy({ $0 <= 4 }),
        !Self.free(bigram, texts, outsideOf: withAll).isEmpty
      {
        #expect(longHosts.isEmpty || Set(hosts) == Set(withAll), comment)
        shortHostCount += longHosts.isEmpty ? 0 : shortHosts.count
      }
      let expected = longHosts.isEmpty ? nil : Self.free(bigram, texts, outsideOf: hosts)
      let all = texts.filter { $0.count(bigram) > 0 }.map(\.key)
      let search = { (query: String, ranking: SearchRequest.Ranking) in
        try Searcher(snapshot).search(SearchRequest(query: query, limit: 1000, snippets: false, ranking: ranking))
      }
      #expect(try Set(search("\"\(bigram)\"", .default).hits.map(\.key)) == Set(all), comment)
      #expect(try Set(search(bigram, .bm25(k1: 1.2, b: 0.75)).hits.map(\.key)) == Set(all), comment)
      let results = try search(bigram, .default)
      #expect(results.total == results.hits.count, comment)
      guard let expected, let found else {
        #expect(Set(results.hits.map(\.key)) == Set(all) && results.hosts == [], comment)
        continue
      }
      hosted += 1
      #expect(Set(results.hits.map(\.key)) == Set(expected.keys), comment)
      let occurrences = texts.reduce(0) { $0 + $1.count(bigram) }
      let free = expected.values.reduce(0, +)
      #expect(results.hosts.map(\.occurrences) == [occurrences], comment)
      #expect(results.hosts.map(\.notCounted) == [occurrences - free], comment)
      for (segment, list) in zip(snapshot.segments, found.free) {
        for (document, frequency) in zip(list.documents, list.frequencies) {
          let key = String(decoding: try segment.documents.key(of: document), as: UTF8.self)
          #expect(expected[key] == Int(frequency), "\(comment) \(key)")
        }
        let placed = try places(of: found.pattern, in: segment)
        #expect(placed == Dictionary(uniqueKeysWithValues: zip(list.documents, list.frequencies)), comment)
      }
    }
    return (hosted, shortHostCount)
  }

  /// How often a pattern stands in each document, by a walk through positions and by a walk through its tokens.
  private func places(of pattern: Pattern, in segment: SegmentReader) throws -> [UInt32: UInt32] {
    var counts: [UInt32: UInt32] = [:]
    guard var walk = try PhraseMatcher(segment, field: 0).cursors(of: pattern) else { return [:] }
    for document in 0..<UInt32(segment.documentCount) where !segment.isDeleted(document) {
      guard try walk.seek(to: document) == document else { continue }
      let starts = try walk.starts()
      let scanned = PatternScan(try segment.tokens(ofDocument: document, scope: .body)).starts(of: pattern)
      #expect(Array(starts) == scanned)
      if !starts.isEmpty { counts[document] = UInt32(starts.count) }
    }
    return counts
  }

  @Test(arguments: 0..<6)
  func `free places are those of a count in the text, through changes and merges`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var documents = Self.documents(&generator, 30 + generator.number(below: 60))
    let folder = try TestFolder()
    try folder.build(documents, memoryBudget: seed % 2 == 0 ? 256 << 20 : 0)
    var (hosted, shortHostCount) = try check(folder.snapshot(), documents, seed: seed)
    for round in 0..<4 {
      let added = Self.documents(&generator, 1 + generator.number(below: 25), from: 1000 * (round + 1))
      let gone = documents.filter { _ in generator.number(below: 12) == 0 }
      try folder.update { writer in
        for document in added { try writer.add(document) }
        for document in gone { _ = try writer.remove(key: document.key) }
      }
      documents = documents.filter { document in !gone.contains { $0.key == document.key } } + added
      let found = try check(folder.snapshot(), documents, seed: seed)
      hosted += found.hosted
      shortHostCount += found.shortHostCount
    }
    #expect(hosted > 0 && shortHostCount > 0, "seed \(seed)")
    #expect(try IndexVerifier.verify(directory: folder["index"]).problems == [], "seed \(seed)")
  }

  @Test(arguments: 0..<4)
  func `the bytes are the same whatever fitted into memory`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let documents = Self.documents(&generator, 300)
    let folder = try TestFolder()
    for (name, budget) in [("one", 256 << 20), ("two", 0), ("three", 300_000)] {
      try folder.build(documents, in: name, memoryBudget: budget)
      #expect(try folder.bytes("\(name)/00000001.terms") == folder.bytes("one/00000001.terms"), "seed \(seed), \(name)")
    }
  }

  private func folderOfThree() throws -> TestFolder {
    let folder = try TestFolder()
    let text = String(repeating: "人民政府，", count: 20)
    try folder.build([
      Document(key: "hosts", text: text + "人民，政府，人民，政府。"), Document(key: "both", text: text + "民政部门。" + text),
      Document(key: "free", title: "民政", text: "民政局和人民，政府，政府和人民"),
    ])
    return folder
  }

  @Test(arguments: [
    ("民政", ["both", "free"]), ("\"民政\"", ["both", "free", "hosts"]), ("民政局", ["both", "free"]),
    ("县民政", ["both", "free"]), ("民政府", ["both", "free", "hosts"]), ("人民政府", ["both", "free", "hosts"]),
    ("县人民政府", ["both", "free", "hosts"]), ("人民政", ["both", "free", "hosts"]), ("政府", ["both", "free", "hosts"]),
    ("\"人民\" NOT 民政", []), ("\"人民\" NOT (民政 法规)", []), ("title:民政", ["free"]), ("民政 AND \"人民\"", ["both", "free"]),
  ])
  func `a bigram counts where the query has its host, or quotes it`(query: String, keys: [String]) throws {
    let snapshot = try folderOfThree().snapshot()
    let found = try Searcher(snapshot).search(SearchRequest(query: query))
    #expect(found.hits.map(\.key).sorted() == keys)
  }

  @Test(arguments: [
    ("政法", ["free"]), ("政法机关", ["free"]), ("\"政法\"", ["free", "hosts", "law"]), ("邮政法", ["free", "hosts", "law"]),
    ("邮政 政法", ["free", "hosts", "law"]), ("邮政法 政法", ["free", "hosts", "law"]), ("政法规", ["free", "hosts", "law"]),
  ])
  func `the end of a word of three characters is none, unless it is typed so`(query: String, keys: [String]) throws {
    let folder = try TestFolder()
    let hosts = String(repeating: "行政法规，行政，法规，", count: 20) + String(repeating: "邮政，", count: 40)
    try folder.build([
      Document(key: "hosts", text: hosts), Document(key: "law", text: "邮政法，邮政法"), Document(key: "free", text: "中央政法工作"),
    ])
    let snapshot = try folder.snapshot()
    let found = try Searcher(snapshot).search(SearchRequest(query: query))
    #expect(found.hits.map(\.key).sorted() == keys)
    let inside = try snapshot.freeOccurrences(of: Self.key("政法"))?.report.inside
    #expect(inside == ["行政法规", "邮政法"])
  }

  @Test func `passages show and mark what counted`() throws {
    let folder = try folderOfThree()
    let found = try Searcher(folder.snapshot()).search(SearchRequest(query: "民政"))
    let both = try #require(found.hits.first { $0.key == "both" })
    let marked = both.snippets.flatMap { snippet in
      snippet.highlights.map { range in
        String(String.UnicodeScalarView(snippet.text.unicodeScalars.dropFirst(range.lowerBound).prefix(4)))
      }
    }
    #expect(marked == ["民政部门"])
    #expect(found.hosts == [HostedTerm(term: "民政", inside: ["人民政府"], occurrences: 63, notCounted: 60)])
  }

  @Test func `a bigram that stands nowhere else is taken as it is`() throws {
    let folder = try TestFolder()
    let text = String(repeating: "人民政府，", count: 20) + "人民，政府，人民，政府"
    try folder.build([Document(key: "a", text: text)])
    let found = try Searcher(folder.snapshot()).search(SearchRequest(query: "民政"))
    #expect(found.hits.map(\.key) == ["a"] && found.hosts == [])
  }
}
