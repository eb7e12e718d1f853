import Testing

@testable import SearchService

@Suite("What was typed, taken apart")
struct TypedTextTests {
  @Test("words stand between spaces of any kind, with their characters and where these are")
  func pieces() throws {
    let typed = try #require(TypedText(" 煙花　abc 2021年\t"))
    #expect(!typed.isQuoted)
    #expect(typed.pieces.map { typed.text($0.range) } == ["煙花", "abc", "2021年"])
    #expect(typed.pieces.map(\.characters) == [Array("烟花".utf16), [], []])
    #expect(typed.pieces[0].places.map { typed.text($0) } == ["煙", "花"])
  }

  @Test("a phrase in quotation marks is one", arguments: ["\"烟花爆竹\"", "“烟花爆竹”", "「烟花爆竹」", " 『烟花爆竹』 "])
  func quoted(query: String) throws {
    let typed = try #require(TypedText(query))
    #expect(typed.isQuoted)
    #expect(typed.pieces.map { typed.text($0.range) } == ["烟花爆竹"])
    #expect(typed.pieces[0].characters == Array("烟花爆竹".utf16))
  }

  @Test("characters are folded and can be replaced where they stand")
  func replacing() throws {
    let typed = try #require(TypedText("「烟花暴竹」"))
    let piece = typed.pieces[0]
    #expect(typed.replacing([(piece.places[2], "爆")]) == "「烟花爆竹」")
    let traditional = try #require(TypedText("應急 預案"))
    #expect(traditional.pieces.map(\.characters) == ["应急", "预案"].map { Array($0.utf16) })
    let places = (traditional.pieces[0].range, traditional.pieces[1].places[0])
    #expect(traditional.replacing([(places.1, "玉"), (places.0, "甲")]) == "甲 玉案")
  }

  @Test("letters are pinyin, and a mixture is neither")
  func letters() throws {
    let typed = try #require(TypedText("yanhua 2021年 A烟花 烟"))
    #expect(typed.pieces.map { String(decoding: $0.letters, as: UTF8.self) } == ["yanhua", "", "", ""])
    #expect(typed.pieces.allSatisfy { $0.characters.isEmpty })
  }

  @Test(
    "a query with operators, fields, or quotation marks inside is left alone",
    arguments: ["甲 AND 乙", "甲 -乙", "title:甲", "甲 \"乙丙\"", "(甲)", "", " ", "“甲”“乙”"])
  func special(query: String) { #expect(TypedText(query) == nil) }
}
