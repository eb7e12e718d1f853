import InvertedIndex
import Testing

@Suite struct SnippetTests {
  private func highlighted(_ snippet: Snippet) -> [String] {
    let scalars = Array(snippet.text.unicodeScalars)
    return snippet.highlights.map { range in String(String.UnicodeScalarView(scalars[range])) }
  }

  private func snippets(
    _ text: String, _ query: String, title: String = "", tabsSeparateCells: Bool = false
  ) throws -> [Snippet] {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", title: title, text: text, tabsSeparateCells: tabsSeparateCells)])
    let results = try Searcher(folder.snapshot()).search(SearchRequest(query: query))
    return try #require(results.hits.first).snippets
  }

  @Test(arguments: [
    ("一、制\n\n\u{C}\n定本预案", "\"制定\"", "一、制定本预案", ["制定"]),
    ("制 定　本\u{2028}预\t案", "\"定本预案\"", "制定本预案", ["定本预案"]),
    ("应急预案演练", "应急预案", "应急预案演练", ["应急预案"]),
    ("应急，预案 演练", "应急 预案", "应急，预案演练", ["应急", "预案"]),
    ("two  words\r\n here", "words", "two words here", ["words"]),
    ("two  words\r\n here", "\"two words\"", "two words here", ["two words"]),
    ("a  ，  b", "b", "a ， b", ["b"]),
    ("㍻元年", "\"平成\"", "㍻元年", ["㍻"]),
    ("㍻元年", "平", "㍻元年", ["㍻"]),
    ("㍻元年", "\"成元\"", "㍻元年", ["㍻元"]),
    ("甲ｶﾞｷﾞ乙", "\"ガ\"", "甲ｶﾞｷﾞ乙", ["ｶﾞ"]),
    ("e\u{301}te\u{301} ici", "été", "e\u{301}te\u{301} ici", ["e\u{301}te\u{301}"]),
    ("應急預案", "\"应急\"", "應急預案", ["應急"]),
    ("制\u{200B}定预案", "\"制定\"", "制\u{200B}定预案", ["制\u{200B}定"]),
    ("第25条，2022 年\n6月", "\"2022年6月\"", "第25条，2022年6月", ["2022年6月"]),
    ("甲，乙。", "\"甲、乙\"", "甲，乙。", ["甲，乙"]),
    ("水火水木水", "水", "水火水木水", ["水", "水", "水"]),
    ("水\n水 水", "水", "水水水", ["水水水"]),
    ("5㎡和㈠甲½", "\"甲\"", "5㎡和㈠甲½", ["甲"]),
    ("한국 글", "\"글\"", "한국 글", ["글"]),
  ])
  func `a snippet reads as the text does, and marks exactly what was asked for`(
    text: String, query: String, expected: String, marked: [String]
  ) throws {
    let snippets = try snippets(text, query)
    #expect(snippets.map(\.text) == [expected])
    #expect(snippets.map(highlighted) == [marked])
  }

  @Test func `a tab between cells is a space, and no phrase crosses it`() throws {
    let snippets = try snippets("张三\t局长\n李四\t科长", "\"局长李四\"", tabsSeparateCells: true)
    #expect(snippets.map(\.text) == ["张三 局长李四 科长"])
    #expect(snippets.map(highlighted) == [["局长李四"]])
  }

  @Test func `a title that matches alone shows the beginning of the text`() throws {
    let body = String((0..<500).compactMap { Unicode.Scalar(0x4E00 + $0).map(Character.init) })
    for query in ["尾矿", "title:尾矿", "\"尾矿\""] {
      let snippets = try snippets(body, query, title: "尾矿库")
      #expect(snippets.count == 1 && snippets[0].highlights == [])
      #expect(body.hasPrefix(snippets[0].text) && snippets[0].text.count > 50)
    }
    #expect(try snippets("", "尾矿", title: "尾矿") == [])
    #expect(try snippets("甲\n乙", "尾矿", title: "尾矿").map(\.text) == ["甲乙"])
  }

  @Test func `no snippets are made when none are asked for`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲乙")])
    let results = try Searcher(folder.snapshot()).search(SearchRequest(query: "甲乙", snippets: false))
    #expect(results.hits.map(\.snippets) == [[]])
  }

  @Test(arguments: 0..<12)
  func `passages are at most three, short, and show no text twice`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Every character of the text is another, but for those that are asked for.
    var text = String.UnicodeScalarView()
    for value in UInt32(0x5000)..<0x5000 + 2500 { if let scalar = Unicode.Scalar(value) { text.append(scalar) } }
    var characters = Array(String(text))
    for _ in 0..<1 + generator.number(below: 30) {
      characters[generator.number(below: characters.count)] = generator.pick(["甲", "乙", "，", "\n", "A"])
    }
    characters[generator.number(below: characters.count)] = "甲"
    let snippets = try snippets(String(characters), generator.pick(["甲，乙", "甲 OR 乙 OR a", "\"甲\"", "a，甲"]))
    #expect((1...3).contains(snippets.count), "seed \(seed)")
    var seen: Set<Character> = []
    for snippet in snippets {
      #expect(snippet.text.unicodeScalars.count <= 150, "seed \(seed)")
      for character in snippet.text where !"甲乙，A ".contains(character) {
        #expect(seen.insert(character).inserted, "seed \(seed): \(character) is shown twice")
      }
    }
  }
}
