import Testing

@testable import InvertedIndex

/// What a person types, and how it is understood: nothing is an error unless the caller asks for strictness.
@Suite struct QueryParserTests {
  private func describe(_ query: String) throws -> String {
    var parser = QueryParser(query, fieldNames: QueryText.fieldNames)
    return QueryText.describe(try parser.parse(isStrict: false))
  }

  private func notes(_ query: String) throws -> [String] {
    var parser = QueryParser(query, fieldNames: QueryText.fieldNames)
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
    var parser = QueryParser(query, fieldNames: QueryText.fieldNames)
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
    var parser = QueryParser(query, fieldNames: QueryText.fieldNames)
    let error = #expect(throws: QueryError.self) { try parser.parse(isStrict: true) }
    guard case .syntax(let message, let found)? = error else {
      Issue.record("\(query): \(String(describing: error))")
      return
    }
    #expect(found == position && !message.isEmpty, "\(query): \(message)")
  }
}
