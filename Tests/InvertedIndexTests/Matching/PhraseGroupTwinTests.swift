import CJKTokenizer
import Testing

@testable import InvertedIndex

/// Phrases near each other, and in one sentence or paragraph: the engine agrees with looking at all places of all texts.
@Suite struct PhraseGroupTwinTests {
  private static let alphabets: [[String]] = [
    ["甲", "乙", "丙", "，", "。", "\n"],
    ["甲", "乙", "丙", "の", "。", "；", "（", "）", "\n", "一、", "第一条"],
    ["甲", "乙", "年", "1", "2", "a", " ", "．", "。", "\n"],
    ["한", "글", "어", " ", "甲", "？", "\n"],
  ]

  private struct Text {
    let units: PlainText
    /// Where a new sentence, and where a new paragraph begins.
    let sentences: [Int]
    let paragraphs: [Int]

    init(_ text: String) {
      units = PlainText(text)
      var buffer = TokenBuffer()
      Tokenizer().tokenize(text, into: &buffer)
      paragraphs = buffer.tokens.filter { $0.kind == .paragraphEnd }.map { Int($0.position) }
      sentences = buffer.tokens.filter { $0.kind == .sentenceEnd }.map { Int($0.position) } + paragraphs
    }

    func starts(of phrase: PlainText) -> [Int] { units.starts(of: phrase) }

    func part(_ place: Int, _ bounds: [Int]) -> Int { bounds.count { $0 <= place } }
  }

  /// The places of each member, text by text, that belong to some way of having all of them: by trying every one.
  private func nearCount(_ texts: [Text], _ members: [PlainText], _ distances: [Int]) -> Int {
    var counts = members.map { _ in 0 }
    for text in texts {
      let places = members.map { text.starts(of: $0) }
      var good = members.map { _ in Set<Int>() }
      func extend(_ chain: [Int]) {
        if chain.count == members.count {
          for (index, place) in chain.enumerated() { good[index].insert(place) }
          return
        }
        for place in places[chain.count] {
          if let last = chain.last {
            let width = members[chain.count - 1].units.count
            let between = place > last ? place - last - width : last - place - members[chain.count].units.count
            guard between >= 0, between <= distances[chain.count - 1] else { continue }
          }
          extend(chain + [place])
        }
      }
      extend([])
      for index in members.indices { counts[index] += good[index].count }
    }
    return counts.min() ?? 0
  }

  private func sharedCount(_ texts: [Text], _ members: [PlainText], _ bounds: (Text) -> [Int]) -> Int {
    var counts = members.map { _ in 0 }
    for text in texts {
      let bounds = bounds(text)
      for part in 0...bounds.count {
        let places = members.map { member in
          text.starts(of: member).filter {
            text.part($0, bounds) == part && text.part($0 + member.units.count - 1, bounds) == part
          }
        }
        guard places.allSatisfy({ !$0.isEmpty }) else { continue }
        for index in members.indices { counts[index] += places[index].count }
      }
    }
    return counts.min() ?? 0
  }

  private func texts(of document: Document, _ scope: String) -> [Text] {
    switch scope {
    case "title:": return [Text(document.title)]
    case "text:": return [Text(document.text)]
    case "memo:":
      guard case .list(let values)? = document.fields.first?.value else { return [] }
      return values.map { if case .string(let text) = $0 { Text(text) } else { Text("") } }
    default: return [Text(document.title), Text(document.text)]
    }
  }

  /// How often each document has the one pattern that a query is; none that it is not in.
  private func frequencies(_ query: String, _ snapshot: Snapshot) throws -> [String: Int] {
    var parser = QueryParser(query, fieldNames: ["memo"])
    let plan = QueryPlan(try parser.parse(isStrict: true), isPlain: false)
    let pattern = try #require(plan.patterns.first)
    #expect(plan.root == .pattern(0) && plan.patterns.count == 1)
    var found: [String: Int] = [:]
    for segment in snapshot.segments {
      var numbers: [UInt32: UInt32] = [:]
      var matches = try PatternMatcher(segment).matches(of: pattern).matches
      try matches.forEach(in: 0..<UInt32(segment.documentCount)) { numbers[$0] = $1 }
      for (number, frequency) in numbers {
        found[try segment.documents.document(number).key] = Int(frequency)
      }
    }
    return found
  }

  @Test(arguments: 0..<16)
  func `the documents and the frequencies are those of looking at all places`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Self.alphabets[Int(seed) % Self.alphabets.count]
    let text = { (longest: Int) in
      (0..<generator.number(below: longest + 1)).map { _ in generator.pick(alphabet) }.joined()
    }
    let solid = alphabet.filter { !["\n", " ", "（", "）", "一、", "第一条"].contains($0) }
    let word = {
      (0..<1 + generator.number(below: 3)).map { _ in generator.pick(solid) }.joined()
    }
    var documents = (0..<50).map { number in
      Document(
        key: "\(number)", title: text(6), text: text(40),
        fields: [Field(name: "memo", value: .list([.string(text(6)), .string(text(6))]))])
    }
    let folder = try TestFolder()
    try folder.build(documents, memoryBudget: seed % 2 == 0 ? 256 << 20 : 60_000)
    if seed % 3 == 0 {
      try folder.update { for key in ["3", "11", "40"] { _ = try $0.remove(key: key) } }
      documents.removeAll { ["3", "11", "40"].contains($0.key) }
    }
    let snapshot = try folder.snapshot()
    var matched = 0
    for _ in 0..<80 {
      let words = (0..<2 + generator.number(below: 2)).map { _ in word() }
      let members = words.compactMap { PlainText($0).phrase }
      guard members.count == words.count, Set(members).count == members.count || generator.number(below: 2) == 0 else {
        continue
      }
      let scope = generator.pick(["", "", "", "title:", "text:", "memo:"])
      let query: String
      let count: ([Text]) -> Int
      if generator.number(below: 2) == 0 {
        let distances = words.dropFirst().map { _ in generator.pick([1, 2, 3, 5, 40]) }
        query = zip(words.dropFirst(), distances).reduce("\(scope)\"\(words[0])\"") { "\($0) ~\($1.1) \"\($1.0)\"" }
        count = { nearCount($0, members, distances) }
      } else {
        let isParagraph = generator.number(below: 2) == 0
        let list = words.map { "\"\($0)\"" }.joined(separator: " ")
        let group = (isParagraph ? "同段(" : "sentence(") + list + ")"
        query = scope.isEmpty ? group : "\(scope)(\(group))"
        let different = members.enumerated().filter { !members[..<$0.offset].contains($0.element) }.map(\.element)
        count = { sharedCount($0, different) { isParagraph ? $0.paragraphs : $0.sentences } }
      }
      var expected: [String: Int] = [:]
      for document in documents {
        let found = count(texts(of: document, scope))
        if found > 0 { expected[document.key] = found }
      }
      matched += expected.count
      let found = try frequencies(query, snapshot)
      #expect(found == expected, "seed \(seed), query \(query.debugDescription)")
    }
    #expect(matched > 50, "seed \(seed)")
  }

  @Test(arguments: [
    ("安全 ~2 责任", ["near", "turned"]),
    ("安全 ~1 责任", ["turned"]),
    ("责任 ~2 安全", ["near", "turned"]),
    ("安全 ~1000 责任", ["near", "turned", "far"]),
    ("安全 ~5 全责", []),
    ("同句(安全 责任)", ["near", "turned"]),
    ("同段(安全 责任)", ["near", "turned", "far"]),
    ("同句(安全 责任 人)", ["turned"]),
    ("演练 -同句(安全 责任)", ["far"]),
    ("演练 AND 安全 ~1000 责任", ["near", "far"]),
    ("(安全 ~1 责任 OR 甲) -演练", ["turned"]),
    ("同句(安全责)", ["joined"]),
    ("， ~5 安全", ["near", "turned", "far", "joined", "title"]),
    ("安全 ~5 ， ~5 责任", ["near", "turned", "far", "joined", "title"]),
  ])
  func `distances and sentences join with the rest of a query`(query: String, expected: [String]) throws {
    let folder = try TestFolder()
    try folder.build(
      [
        Document(key: "near", text: "安全生产责任。演练"), Document(key: "turned", text: "责任人安全"),
        Document(key: "far", text: "安全。演练。责任"), Document(key: "joined", text: "安全责任"),
        Document(key: "title", title: "安全", text: "责任"),
      ].filter { $0.key != "joined" || expected.contains("joined") })
    let results = try Searcher(folder.snapshot()).search(SearchRequest(query: query))
    #expect(Set(results.hits.map(\.key)) == Set(expected))
    #expect(results.total == expected.count && results.totalIsExact && results.notes == [])
  }

  @Test func `the phrases of a group are highlighted`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "做好安全生产责任制")])
    let searcher = Searcher(try folder.snapshot())
    for query in ["安全 ~5 责任", "同句(责任 安全)"] {
      let snippet = try #require(try searcher.search(SearchRequest(query: query)).hits.first?.snippets.first)
      #expect(snippet.text == "做好安全生产责任制")
      #expect(snippet.highlights == [2..<4, 6..<8])
    }
  }

  @Test func `words that begin so are found, and whole phrases behind which a word goes on`() throws {
    let folder = try TestFolder()
    try folder.build([
      Document(key: "a", title: "PM2.5", text: "pm监测"), Document(key: "b", text: "PMX 2021年"),
      Document(key: "c", text: "五台山 202"), Document(key: "d", text: "APM 20210"),
    ])
    let searcher = Searcher(try folder.snapshot())
    for (query, expected) in [
      ("PM*", ["a", "b"]), ("pmx*", ["b"]), ("2021*", ["b", "d"]), ("2*", ["a", "b", "c", "d"]), ("五台*", ["c"]),
      ("title:pm*", ["a"]), ("text:pm*", ["a", "b"]), ("监测 -PMX*", ["a"]), ("PM* -2021*", ["a"]), ("apm2*", ["d"]),
      ("PM2.*", ["a"]), ("pmx2*", ["b"]), ("监测 OR PM* ~1 202*", ["a", "b"]), ("\"PM*\"", ["a"]),
    ] {
      let results = try searcher.search(SearchRequest(query: query))
      #expect(results.hits.map(\.key).sorted() == expected, "\(query)")
      #expect(results.total == expected.count)
      for hit in results.hits where query == "PM*" && hit.key == "b" {
        #expect(hit.snippets.first?.highlights == [0..<3])
      }
    }
  }
}
