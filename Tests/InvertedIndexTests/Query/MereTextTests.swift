import Testing

@testable import InvertedIndex

/// Queries in which nothing can be an operator, which are not parsed.
@Suite struct MereTextTests {
  private static let pieces = [
    "应急", "预案", "の", "か", "안전", "2021", "pm", "sentence", "同句", "和", "\u{4DC0}", "\u{3105}",
    " ", "\u{3000}", "\"", "(", ")", "（", "-", "～", "~3", ":", "：", "*", "|", "AND", "「", "」", "é", "𠮷", "。",
    "\u{E000}",
  ]

  @Test(arguments: 0..<2000)
  func `they mean what the parser makes of them`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = seed % 2 == 0 ? Array(Self.pieces[..<12]) : Self.pieces
    let text = (0..<generator.number(below: 5) + 1).map { _ in generator.pick(pieces) }.joined()
    let query = seed % 4 < 2 ? text : "\"\(text)\""
    let syntax = QuerySyntax(mereText: query)
    if seed % 2 == 0 { #expect(syntax != nil, "seed \(seed): \(query)") }
    guard let syntax else { return }
    for isStrict in [false, true] {
      var parser = QueryParser(query, fieldNames: ["title", "pm"])
      let parsed = try parser.parse(isStrict: isStrict)
      #expect(parsed == syntax, "seed \(seed): \(query)")
    }
  }

  @Test func `operators, white space and nothing are not mere text`() {
    for query in ["", "\"", "\"\"", "甲 乙", "\"甲", "甲\"乙\"", "甲*", "title:甲", "甲\u{3000}乙", "「甲」", "（甲）", "甲，乙", "A"] {
      #expect(QuerySyntax(mereText: query) == nil, "\(query)")
    }
  }
}
