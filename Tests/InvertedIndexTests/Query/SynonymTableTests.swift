import InvertedIndex
import Testing

/// Lists of synonyms as they are written.
struct SynonymTableTests {
  private static let text = """
    # 注 = 释
    丁丁 > 甲甲
    [民政]
    低保 = 最低生活保障\r
    断网　断線 >   通信中断 通信保障

      [计算机]
    GDP > 国内生产总值
    低保 > 社会救助 低保
    """

  @Test(arguments: [
    ("低保", ["最低生活保障", "社会救助"]), ("最低生活保障", ["低保"]), ("断网", ["通信中断", "通信保障"]), ("断线", ["通信中断", "通信保障"]),
    ("通信中断", []), ("ＧＤＰ", ["国内生产总值"]), ("gdp", ["国内生产总值"]), ("丁丁", ["甲甲"]), ("低", []), ("低保户", []), ("", []), ("注", []),
  ])
  func `words find others in the direction of their sign, folded, from all lines that have them`(
    word: String, others: [String]
  ) throws {
    let table = try SynonymTable(Self.text)
    #expect(table.others(of: word) == others)
    #expect(table.count == 6)
  }

  @Test(arguments: [
    ("甲甲 乙乙", 1, "words, one = or >, and words"), ("\n= 乙乙", 2, "words, one = or >, and words"),
    ("甲甲 >", 1, "words, one = or >, and words"), ("甲甲 > 乙乙 = 丙丙", 1, "words, one = or >, and words"),
    ("# 注\n\n甲 > 乙乙", 3, "'甲' is not a word of 2 to 40 characters without punctuation"),
    ("甲甲 > 乙，乙", 1, "'乙，乙' is not a word of 2 to 40 characters without punctuation"),
    ("[民 政]", 1, "a heading is one word in brackets"), ("[]", 1, "a heading is one word in brackets"),
    ("[民政] 甲甲", 1, "a heading is one word in brackets"),
  ])
  func `what is malformed is named with its line`(text: String, line: Int, reason: String) {
    #expect(throws: SynonymTable.FormatError.self) { try SynonymTable(text) }
    do throws(SynonymTable.FormatError) {
      _ = try SynonymTable(text)
    } catch {
      #expect(error.line == line && error.reason == reason)
    }
  }
}
