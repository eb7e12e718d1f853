import Testing

@testable import InvertedIndex

/// What a person types, and how it is understood: nothing is an error unless the caller asks for strictness.
@Suite struct QueryParserTests {
  /// `"…"` a phrase, bare text in ‹…›, `-` before what is excluded, `&` and `|` for AND and OR.
  private func describe(_ query: String) throws -> String {
    var parser = QueryParser(query, fieldNames: ["year", "issuer", "文号"])
    let syntax = try parser.parse(isStrict: false)
    func describe(_ operand: QuerySyntax.Operand) -> String {
      switch operand {
      case .text(let text): "‹\(text)›"
      case .phrase(let text, .body): "\"\(text)\""
      case .phrase(let text, .title): "title:\"\(text)\""
      case .phrase(let text, .text): "text:\"\(text)\""
      case .phrase(let text, .field(let name)): "\(name):\"\(text)\""
      }
    }
    return syntax.groups.map { group in
      group.map { sequence in
        (sequence.required.map(describe) + sequence.ranked.map(describe) + sequence.excluded.map { "-" + describe($0) })
          .joined(separator: " ")
      }.joined(separator: " & ")
    }.joined(separator: " | ")
  }

  private func notes(_ query: String) throws -> [String] {
    var parser = QueryParser(query, fieldNames: ["year", "issuer", "文号"])
    return try parser.parse(isStrict: false).notes
  }

  @Test(arguments: [
    ("尾矿库", "‹尾矿库›"),
    ("尾矿库 应急", "‹尾矿库 应急›"),
    ("  尾矿库\t\u{3000}应急  ", "‹尾矿库\t\u{3000}应急›"),
    ("\"应急预案\"", "\"应急预案\""),
    ("＂应急预案＂", "\"应急预案\""),
    ("\"应急预案\" AND 尾矿", "\"应急预案\" & ‹尾矿›"),
    ("甲 OR 乙 AND 丙", "‹甲› | ‹乙› & ‹丙›"),
    ("甲 OR \"乙\" 丙", "‹甲› | \"乙\" ‹丙›"),
    ("演练 -森林", "‹演练› -\"森林\""),
    ("演练 -\"森林 火灾\"", "‹演练› -\"森林 火灾\""),
    ("演练 NOT 森林", "‹演练› -\"森林\""),
    ("演练 AND NOT 森林", "‹演练› & -\"森林\""),
    ("演练 -title:森林", "‹演练› -title:\"森林\""),
    ("title:预案", "title:\"预案\""),
    ("title:\"应急 预案\" 演练", "title:\"应急 预案\" ‹演练›"),
    ("text:预案 year:2021", "text:\"预案\" year:\"2021\""),
    ("文号:〔2021〕5号", "文号:\"〔2021〕5号\""),
    ("year:“2021 年”", "year:\"2021 年\""),
    ("“应急预案”", "\"应急预案\""),
    ("甲 “应急预案” 乙", "\"应急预案\" ‹甲 乙›"),
    ("甲 -“应急”", "‹甲› -\"应急\""),
    ("关于“应急预案”的通知", "‹关于“应急预案”的通知›"),
    ("“应急”和“预案”", "‹“应急”和“预案”›"),
    ("GB-T 14848", "‹GB-T 14848›"),
    ("甲 - 乙", "‹甲 - 乙›"),
    ("甲 -- 乙", "‹甲 -- 乙›"),
    ("甲-乙", "‹甲-乙›"),
    ("甲 and 乙 or 丙 not 丁", "‹甲 and 乙 or 丙 not 丁›"),
    ("R AND D", "‹R› & ‹D›"),
    ("甲ANDOR乙 ORAND", "‹甲ANDOR乙 ORAND›"),
    ("https://a.cn/x 10:30 a: :b", "‹https://a.cn/x 10:30 a: :b›"),
    ("\"AND\"", "\"AND\""),
    ("甲 \"NOT\" 乙", "\"NOT\" ‹甲 乙›"),
    ("\"a“b”c\"", "\"a“b”c\""),
    ("“a\"b”", "\"a\"b\""),
  ])
  func `operators are understood, and the rest is text`(query: String, expected: String) throws {
    #expect(try describe(query) == expected)
    #expect(try notes(query) == [], "\(query)")
    var parser = QueryParser(query, fieldNames: ["year", "issuer", "文号"])
    #expect(throws: Never.self) { try parser.parse(isStrict: true) }
  }

  @Test(arguments: [
    ("\"应急", "‹\"应急›", 0),
    ("应急\"", "‹应急\"›", 2),
    ("应急\"预案 演练", "‹应急\"预案 演练›", 2),
    ("甲 ＂乙\"", "‹甲 ＂乙\"›", 2),
    ("AND 甲", "‹AND 甲›", 0),
    ("甲 AND", "‹甲 AND›", 2),
    ("甲 OR", "‹甲 OR›", 2),
    ("甲 NOT", "‹甲 NOT›", 2),
    ("NOT 甲", "‹NOT 甲›", 0),
    ("NOT \"甲\"", "\"甲\" ‹NOT›", 0),
    ("-甲", "‹-甲›", 0),
    (" -甲", "‹甲›", 1),
    ("甲 OR -乙", "‹甲› | ‹乙›", 5),
    ("甲 OR NOT 乙", "‹甲› | ‹NOT 乙›", 5),
    ("甲 AND AND 乙", "‹甲 AND› & ‹乙›", 2),
    ("foo:甲", "‹foo:甲›", 0),
    ("甲 Titel:乙", "‹甲 Titel:乙›", 2),
    ("AND", "‹AND›", 0),
  ])
  func `what cannot be an operator is text, noted, and an error where the caller is strict`(
    query: String, expected: String, position: Int
  ) throws {
    #expect(try describe(query) == expected)
    let notes = try notes(query)
    #expect(!notes.isEmpty && notes[0].contains("character \(position + 1)"), "\(notes)")
    var parser = QueryParser(query, fieldNames: ["year", "issuer", "文号"])
    let error = #expect(throws: QueryError.self) { try parser.parse(isStrict: true) }
    guard case .syntax(let message, let found)? = error else {
      Issue.record("\(query): \(String(describing: error))")
      return
    }
    #expect(found == position && !message.isEmpty, "\(query): \(message)")
  }

  @Test(arguments: 0..<20)
  func `whatever is typed is understood`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "\"", "＂", "“", "”", " ", "-", "AND", "OR", "NOT", "title:", "year:", "foo:", ":", "甲", "乙丙", "a", "2", "，", "\n",
      "\u{301}", "(", ")",
      "\u{3000}", "AND ", " OR ", " NOT ", " -",
    ]
    for _ in 0..<400 {
      let query = (0..<generator.number(below: 14)).map { _ in generator.pick(pieces) }.joined()
      var parser = QueryParser(query, fieldNames: ["year"])
      let syntax = try parser.parse(isStrict: false)
      for joinsWords in [true, false] { _ = QueryPlan(syntax, joinsWords: joinsWords) }
      // Nothing that is typed is lost but for operators, marks and white space.
      let operands = syntax.groups.joined().flatMap { $0.required + $0.ranked + $0.excluded }
      let kept = operands.map {
        if case .phrase(let text, _) = $0 { text } else if case .text(let text) = $0 { text } else { "" }
      }
      let keptScalars = kept.joined().unicodeScalars
      for letter: Unicode.Scalar in ["甲", "丙", "，", "("] {
        let typed = query.unicodeScalars.count { $0 == letter }
        #expect(keptScalars.count { $0 == letter } == typed, "seed \(seed): \(query.debugDescription)")
      }
      // Strictness complains exactly when there is something to note.
      var strict = QueryParser(query, fieldNames: ["year"])
      #expect(((try? strict.parse(isStrict: true)) == nil) == !syntax.notes.isEmpty, "seed \(seed): \(query)")
    }
  }
}
