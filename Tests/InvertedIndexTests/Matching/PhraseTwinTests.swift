import InvertedIndex
import Testing

/// Exactness: a quoted phrase finds the documents in which a plain scan finds it, all of them and no other.
@Suite struct PhraseTwinTests {
  private func keys(_ searcher: Searcher, _ query: String) throws -> Set<String> {
    let results = try searcher.search(SearchRequest(query: query, limit: 1000, snippets: false))
    #expect(results.total == results.hits.count && results.totalIsExact)
    return Set(results.hits.map(\.key))
  }

  @Test(arguments: 0..<10)
  func `phrases of Han and kana are where the text without white space has them`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [Character] = ["甲", "乙", "丙", "の", "ー", " ", "\n", "\u{3000}", "，", "。"]
    let letters = Array(alphabet.prefix(5))
    let plain = { (text: String) in
      let bare = text.filter { ![" ", "\n", "\u{3000}"].contains($0) }
      return bare.map { "，。".contains($0) ? "|" : String($0) }.joined().replacing(/\|+/, with: "|")
    }
    let documents = (0..<120).map { number in
      Document(
        key: "\(number)",
        text: String(
          (0..<generator.number(below: 40)).map { _ in
            generator.pick(generator.number(below: 3) == 0 ? alphabet : letters)
          }))
    }
    let folder = try TestFolder()
    try folder.build(documents, memoryBudget: seed % 2 == 0 ? 256 << 20 : 60_000)
    let searcher = Searcher(try folder.snapshot())
    for _ in 0..<80 {
      var phrase = String((0..<1 + generator.number(below: 5)).map { _ in generator.pick(letters) })
      if generator.number(below: 3) == 0 {
        phrase += String(generator.pick(alphabet)) + String(generator.pick(letters))
      }
      let expected = documents.filter { plain($0.text).contains(plain(phrase)) }.map(\.key)
      #expect(try keys(searcher, "\"\(phrase)\"") == Set(expected), "seed \(seed), phrase \(phrase)")
    }
  }

  @Test(arguments: 0..<24)
  func `phrases of any script equal a plain scan in every scope`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = corpus.documents(60)
    let index = PlainIndex(documents)
    let folder = try TestFolder()
    try folder.build(documents, memoryBudget: [256 << 20, 60_000, 45_000][Int(seed % 3)])
    let searcher = Searcher(try folder.snapshot())
    for _ in 0..<80 {
      let phrase = corpus.phrase()
      let (prefix, scope) = corpus.pick([
        ("", PlainIndex.Scope.body), ("", .body), ("title:", .title), ("text:", .text), ("memo:", .field("memo")),
        ("year:", .field("year")),
      ])
      let query = "\(prefix)\"\(phrase)\""
      #expect(
        try keys(searcher, query) == Set(index.keys(holding: phrase, scope: scope)),
        "seed \(seed), query \(query.debugDescription)")
    }
  }

  @Test(arguments: [
    ("\"2024年\"", ["joined", "spaced"]),
    ("2024年", ["joined", "spaced"]),
    ("\"年\"", ["joined", "spaced", "other", "end"]),
    ("\"2024年度\"", ["joined"]),
    ("\"PM2.5\"", ["pm"]),
    ("PM2.5", ["pm"]),
    ("\"C25\"", ["concrete"]),
    ("\"25\"", ["concrete"]),
    ("\"2\"", ["pm"]),
  ])
  func `words, digits and characters that touch are a phrase`(query: String, expected: [String]) throws {
    let folder = try TestFolder()
    try folder.build([
      Document(key: "joined", text: "自2024年度起"), Document(key: "spaced", text: "自2024 年\n起"),
      Document(key: "other", text: "2023年2024"), Document(key: "end", text: "今年。2024"),
      Document(key: "pm", text: "PM2.5浓度"), Document(key: "concrete", text: "C25混凝土"),
    ])
    #expect(try keys(Searcher(folder.snapshot()), query) == Set(expected))
  }

  @Test func `no phrase runs from the title into the text, or from one value into the next`() throws {
    let folder = try TestFolder()
    let list = FieldValue.list([.string("甲"), .string("乙，"), .string("丙")])
    try folder.build([Document(key: "a", title: "甲乙，", text: "丙丁", fields: [Field(name: "f", value: list)])])
    let searcher = Searcher(try folder.snapshot())
    for query in ["\"乙丙\"", "\"乙，丙\"", "f:\"甲乙\"", "f:\"甲，乙\"", "f:\"乙，丙\"", "title:\"丙\"", "text:\"甲\""] {
      #expect(try keys(searcher, query) == [], "\(query)")
    }
    for query in ["\"甲乙\"", "\"丙丁\"", "f:\"甲\"", "f:乙", "f:\"丙\"", "title:\"甲乙\"", "text:丙丁"] {
      #expect(try keys(searcher, query) == ["a"], "\(query)")
    }
  }

  @Test func `a phrase of many characters and one of rare and frequent bigrams are found`() throws {
    let folder = try TestFolder()
    let long = String((0..<400).map { Character(Unicode.Scalar(UInt32(0x4E00 + $0 * 3)) ?? "甲") })
    var documents = (0..<300).map { Document(key: "f\($0)", text: "的人的人的人的\($0)") }
    documents.append(Document(key: "long", text: "甲" + long + "乙"))
    documents.append(Document(key: "rare", text: "的人的鱻的人的"))
    try folder.build(documents)
    let searcher = Searcher(try folder.snapshot())
    #expect(try keys(searcher, "\"\(long)\"") == ["long"])
    #expect(try keys(searcher, "\"\(String(long.dropLast()))中\"") == [])
    #expect(try keys(searcher, "\"的人的鱻的人\"") == ["rare"])
    #expect(try keys(searcher, "\"的人的人的人的\"").count == 300)
    #expect(try keys(searcher, "\"鱻\"") == ["rare"])
  }
}
