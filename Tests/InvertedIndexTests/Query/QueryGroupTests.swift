import Testing

@testable import InvertedIndex

/// Parentheses, distances, full-width forms and beginnings: what they mean, and where they are text.
@Suite struct QueryGroupTests {
  private func parse(_ query: String) throws -> QuerySyntax {
    var parser = QueryParser(query, fieldNames: QueryText.fieldNames)
    return try parser.parse(isStrict: false)
  }

  @Test(arguments: [
    ("(甲 OR 乙) AND 丙", "(‹甲› | ‹乙›) & ‹丙›"),
    ("（甲 OR 乙） 丙", "(‹甲› | ‹乙›) ‹丙›"),
    ("(甲 OR 乙）", "(‹甲› | ‹乙›)"),
    ("丙 -(甲 OR 乙)", "‹丙› -(\"甲\" | \"乙\")"),
    ("丙 NOT (甲 AND 乙)", "‹丙› -(\"甲\" & \"乙\")"),
    ("丙 NOT(甲 AND 乙)", "‹丙› -(\"甲\" & \"乙\")"),
    ("丙 -(甲 乙)", "‹丙› -((\"甲\" | \"乙\"))"),
    ("丙 -(\"甲\" 乙)", "‹丙› -(\"甲\")"),
    ("丙 -(甲 -乙)", "‹丙› -(\"甲\" -\"乙\")"),
    ("((甲 OR 乙) AND (丙 OR 丁)) NOT 戊", "((‹甲› | ‹乙›) & (‹丙› | ‹丁›)) -\"戊\""),
    ("(\"甲\" 乙)", "(\"甲\" ‹乙›)"),
    ("甲 OR(乙 -丙)", "‹甲› | (‹乙› -\"丙\")"),
    ("(甲 OR 乙)AND(丙 OR 丁)", "(‹甲› | ‹乙›) & (‹丙› | ‹丁›)"),
    ("(甲 -乙)", "(‹甲› -\"乙\")"),
    ("title:(尾矿 应急)", "(title:\"尾矿\" title:\"应急\")"),
    ("title:（尾矿 OR 应急） 演练", "(title:\"尾矿\" | title:\"应急\") ‹演练›"),
    ("title:(尾矿 -text:应急)", "(title:\"尾矿\" -text:\"应急\")"),
    ("year:(2019 OR 2021)", "(year:\"2019\" | year:\"2021\")"),
    ("演练 -title:(尾矿 应急)", "‹演练› -(title:\"尾矿\" title:\"应急\")"),
    ("(\"a)b\" OR 甲)", "(\"a)b\" | ‹甲›)"),
  ])
  func `parentheses group what has operators in it`(query: String, expected: String) throws {
    let syntax = try parse(query)
    #expect(QueryText.describe(syntax) == expected)
    #expect(syntax.notes == [])
  }

  @Test(arguments: [
    "关于印发五台县防汛抗旱应急预案（试行）的通知", "（试行）办法", "(试行)办法 甲", "（尾矿 应急）", "甲 (乙)", "(甲)", "()", "（一） 总则",
    "关于印发 （试行） 的通知", "((甲) (乙))", "甲(乙 丙) 丁", "甲（乙 丙）丁", "一）总则", "(甲 OR乙)", "3~5年", "5 ～ 10", "第1章~3章", "甲~5乙",
    "甲 ~5乙", "~ 甲", "〇 ～", "甲|乙", "ａｎｄ ＡＮＤＹ", "通知：甲", "title： 甲", "*", "＊ 甲", "5*6", "「甲」乙", "关于「甲」的", "『甲", "甲－乙",
    "同句 甲", "同句(甲)乙", "sentences(甲 乙)", "句同(甲 乙)",
  ])
  func `what is printed so is text, and not worth a note`(query: String) throws {
    let syntax = try parse(query)
    #expect(QueryText.describe(syntax) == "‹\(query)›")
    #expect(syntax.notes == [])
  }

  @Test(arguments: [
    ("「应急预案」", "\"应急预案\""),
    ("『应急预案』 甲", "\"应急预案\" ‹甲›"),
    ("甲 －「乙」", "‹甲› -\"乙\""),
    ("甲 ＡＮＤ 乙 ＯＲ 丙 ＮＯＴ 丁", "‹甲› & ‹乙› | ‹丙› -\"丁\""),
    ("甲 | 乙 ｜ 丙", "‹甲› | ‹乙› | ‹丙›"),
    ("title：预案", "title:\"预案\""),
    ("title：「应急 预案」", "title:\"应急 预案\""),
    ("文号：（甲 乙）", "(文号:\"甲\" 文号:\"乙\")"),
    ("year：“2021 年”", "year:\"2021 年\""),
    ("(「甲」 OR 「乙」)", "(\"甲\" | \"乙\")"),
    ("\u{3000}（甲\u{3000}ＯＲ\u{3000}乙）\u{3000}", "(‹甲› | ‹乙›)"),
  ])
  func `full-width forms and corner brackets are operators, too`(query: String, expected: String) throws {
    let syntax = try parse(query)
    #expect(QueryText.describe(syntax) == expected)
    #expect(syntax.notes == [])
  }

  @Test(arguments: [
    ("安全 ~10 责任", "\"安全\" ~10 \"责任\""),
    ("\"甲\"~5\"乙\"", "\"甲\" ~5 \"乙\""),
    ("“甲”～５“乙”", "\"甲\" ~5 \"乙\""),
    ("“甲” 〜1000 乙", "\"甲\" ~1000 \"乙\""),
    ("甲 ~5 乙 ~3 丙", "\"甲\" ~5 \"乙\" ~3 \"丙\""),
    ("丁 甲 ~5 乙 丙", "\"甲\" ~5 \"乙\" ‹丁 丙›"),
    ("丁 -甲 ~5 乙", "‹丁› -\"甲\" ~5 \"乙\""),
    ("丁 NOT 甲 ~5 乙", "‹丁› -\"甲\" ~5 \"乙\""),
    ("title:甲 ~5 乙", "title:\"甲\" ~5 \"乙\""),
    ("title:(甲 ~5 乙)", "(title:\"甲\" ~5 title:\"乙\")"),
    ("(甲 ~5 乙 OR 丙)", "(\"甲\" ~5 \"乙\" | ‹丙›)"),
    ("同句(甲 \"乙 丙\")", "sentence(\"甲\" \"乙 丙\")"),
    ("同段（甲 AND 乙） 丙", "paragraph(\"甲\" \"乙\") ‹丙›"),
    ("丙 -sentence(甲 乙)", "‹丙› -sentence(\"甲\" \"乙\")"),
    ("paragraph(甲 乙)", "paragraph(\"甲\" \"乙\")"),
    ("title:(同句(甲 乙))", "(sentence(title:\"甲\" title:\"乙\"))"),
    ("PM* 2021*", "\"PM\"* \"2021\"*"),
    ("五台＊ 甲", "\"五台\"* ‹甲›"),
    ("甲 -PM*", "‹甲› -\"PM\"*"),
    ("title:PM2*", "title:\"PM2\"*"),
    ("PM* ~5 甲", "\"PM\"* ~5 \"甲\""),
  ])
  func `distances, sentences and beginnings`(query: String, expected: String) throws {
    let syntax = try parse(query)
    #expect(QueryText.describe(syntax) == expected)
    #expect(syntax.notes == [])
  }

  @Test(arguments: [
    ("(甲 乙", "‹(甲 乙›", 0),
    ("甲 （乙", "‹甲 （乙›", 2),
    ("甲 乙)", "‹甲 乙)›", 3),
    ("(甲 OR 乙)) 丙", "‹(甲› | ‹乙)) 丙›", 8),
    ("(甲 AND)", "‹(甲 AND)›", 3),
    ("(-甲)", "‹(-甲)›", 1),
    ("title:(甲 OR)", "(title:\"甲\" title:\"OR\")", 9),
    ("~5 甲", "‹~5 甲›", 0),
    ("甲 ~5", "‹甲 ~5›", 2),
    ("甲 ~0 乙", "‹甲 ~0 乙›", 2),
    ("甲 ~1001 乙", "‹甲 ~1001 乙›", 2),
    ("甲 ~5 -乙", "‹甲 ~5› -\"乙\"", 2),
    ("甲 ~5 (乙 OR 丙)", "(‹乙› | ‹丙›) ‹甲 ~5›", 2),
    ("甲 AND ~5 乙", "‹甲› & ‹~5 乙›", 6),
    ("同句(甲 OR 乙)", "‹同句(甲 OR 乙)›", 0),
    ("丁 同段(甲 -乙)", "‹丁 同段(甲 -乙)›", 2),
    ("同句()", "‹同句()›", 0),
    ("| 甲", "‹| 甲›", 0),
    ("| 名称 | 数量 |", "‹| 名称› | ‹数量 |›", 0),
  ])
  func `what cannot be an operator is text, and noted`(query: String, expected: String, position: Int) throws {
    let syntax = try parse(query)
    #expect(QueryText.describe(syntax) == expected)
    #expect(syntax.notes.first?.contains("character \(position + 1):") == true, "\(syntax.notes)")
    var parser = QueryParser(query, fieldNames: QueryText.fieldNames)
    let error = #expect(throws: QueryError.self) { try parser.parse(isStrict: true) }
    guard case .syntax(_, position)? = error else {
      Issue.record("\(query): \(String(describing: error))")
      return
    }
  }

  @Test func `groups nest to a depth, and are text beyond it`() throws {
    let depth = QueryLexer.deepestGroup
    let nested = { (depth: Int) in
      String(repeating: "(", count: depth) + "甲 OR 乙" + String(repeating: ")", count: depth)
    }
    #expect(try parse(nested(depth)).notes == [])
    let beyond = try parse(nested(depth + 1))
    #expect(beyond.notes == ["Read as text at character \(depth + 1): parentheses nest no deeper than \(depth)."])
    #expect(QueryText.texts(beyond.groups) == ["(甲", "乙)"])
    #expect(try parse(String(repeating: "(", count: 500)).notes.count > 0)
  }

  @Test(arguments: 0..<40)
  func `whatever is typed is understood`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "\"", "＂", "“", "”", "「", "」", "『", "』", " ", "-", "－", "AND", "OR", "NOT", "ＡＮＤ", "|", "title:", "title：",
      "year:", "foo:",
      ":", "甲", "乙丙", "a", "2", "，", "\n", "\u{301}", "(", ")", "（", "）", " (", ") ", "~5", " ~3 ", "～", "*", "同句(",
      "sentence(",
      "同段（", "\u{3000}", "AND ", " OR ", " NOT ", " -",
    ]
    for _ in 0..<400 {
      let query = (0..<generator.number(below: 16)).map { _ in generator.pick(pieces) }.joined()
      let comment = Comment(rawValue: "seed \(seed): \(query.debugDescription)")
      var parser = QueryParser(query, fieldNames: ["year"])
      let syntax = try parser.parse(isStrict: false)
      for joinsWords in [true, false] { _ = QueryPlan(syntax, isPlain: !joinsWords) }
      // Nothing that is typed is lost but for operators, marks, white space, and what adds nothing where it is taken away.
      if !["-", "－", "NOT"].contains(where: query.contains) {
        let kept = QueryText.texts(syntax.groups).joined().unicodeScalars
        for letter: Unicode.Scalar in ["甲", "丙", "，"] {
          let typed = query.unicodeScalars.count { $0 == letter }
          #expect(kept.count { $0 == letter } == typed, comment)
        }
      }
      // Strictness complains exactly when there is something to note, and changes nothing else.
      var strict = QueryParser(query, fieldNames: ["year"])
      let strictSyntax = try? strict.parse(isStrict: true)
      #expect((strictSyntax == nil) == !syntax.notes.isEmpty, comment)
      if let strictSyntax { #expect(strictSyntax == syntax, comment) }
    }
  }
}
