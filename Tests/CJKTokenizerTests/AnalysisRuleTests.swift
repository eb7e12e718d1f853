import CJKTokenizer
import Testing

/// The analysis rules by example.
@Suite struct AnalysisRuleTests {
  @Test(arguments: [
    ("尾矿库", "尾矿@0 矿库@1 库·@2"),
    ("水", "水!@0"),
    ("", ""),
    ("食べ物", "食べ@0 べ物@1 物·@2"),
    ("人々の〇ー", "人々@0 々の@1 の〇@2 〇ー@3 ー·@4"),
    ("한국어 검색", "한국@0 국어@1 어·@2 검색@3 색·@4"),
    ("漢字한글", "汉字@0 字·@1 한글@2 글·@3"),
    ("PM2.5", "pm@0 2@1 5@3"),
    ("C25混凝土", "c@0 25@1 混凝@2 凝土@3 土·@4"),
    ("2024年", "2024@0 年!@1"),
    ("2022 年 6月", "2022@0 年!@1 6@2 月!@3"),
    ("two words", "two@0 words@1"),
    ("𠮷野家", "𠮷野@0 野家@1 家·@2"),
  ])
  func `scripts become runs and words`(text: String, expected: String) {
    #expect(Analysis(text).terms == expected)
  }

  @Test(arguments: [
    ("ＡＢＣ１２", "abc@0 12@1"),
    ("ｶﾞｷﾞ", "ガギ@0 ギ·@1"),
    ("か\u{3099}き", "がき@0 き·@1"),
    ("か\u{200D}\u{3099}", "が!@0"),
    ("\u{1112}\u{1161}\u{11AB}글", "한글@0 글·@1"),
    ("⼭⽔", "山水@0 水·@1"),
    ("⺠政", "民政@0 政·@1"),
    ("應急預案", "应急@0 急预@1 预案@2 案·@3"),
    ("著作覆蓋", "著作@0 作覆@1 覆盖@2 盖·@3"),
    ("乾徵夥", "干征@0 征伙@1 伙·@2"),
    ("鑑託僱", "鉴托@0 托雇@1 雇·@2"),
    ("5㎡", "5@0 m@1 2@2"),
    ("m²³", "m@0 2@1 3@2"),
    ("表1①", "表!@0 1@1 1@2"),
    ("①1", "1@0 1@1"),
    ("第⑫条", "第!@0 12@1 条!@2"),
    ("㈠总", "一!@1 总!@3"),
    ("㍻元年", "平成@0 成元@1 元年@2 年·@3"),
    ("尾\u{200B}矿\u{FE00}", "尾矿@0 矿·@1"),
    ("尾\u{E000}矿", "尾!@0 矿!@2"),
    ("e\u{301}te\u{301}", "été@0"),
    ("Straße", "strasse@0"),
    ("她他三叁", "她他@0 他三@1 三叁@2 叁·@3"),
  ])
  func `fold comes before gram`(text: String, expected: String) {
    #expect(Analysis(text).terms == expected)
  }

  @Test(arguments: [
    "制定本预案", "制\n\n定本预案", "制 定\u{3000}本\r\n预\t案", "制\u{C}定\u{2028}本\u{A0}预 \n \n 案",
  ])
  func `white space beside Han is nothing`(text: String) {
    #expect(Analysis(text).terms == "制定@0 定本@1 本预@2 预案@3 案·@4")
  }

  @Test func `a tab in a table is a gap, and the row's end ends a paragraph`() {
    #expect(Analysis("张三\t局长", tabRule: .cellBorder).terms == "张三@0 三·@1 局长@3 长·@4")
    #expect(Analysis("甲\t乙\n丙\t丁\n戊", tabRule: .cellBorder).terms == "甲!@0 乙丙@2 ¶@3 丙·@3 丁戊@5 ¶@6 戊·@6")
    #expect(Analysis("甲\n|乙|丙|\n丁", tabRule: .cellBorder).terms == "甲!@0 乙!@2 丙!@4 ¶@5 丁!@6")
    #expect(Analysis("甲\t乙\n丙").terms == "甲乙@0 乙丙@1 丙·@2")
    #expect(Analysis("张三\t局长").terms == "张三@0 三局@1 局长@2 长·@3")
  }

  @Test(arguments: [
    ("甲，乙", "甲!@0 乙!@2"),
    ("甲 ， 、（ 乙", "甲!@0 乙!@2"),
    ("甲。乙", "甲!@0 。@1 乙!@2"),
    ("甲！？ 」乙", "甲!@0 。@1 乙!@2"),
    ("甲;乙", "甲!@0 。@1 乙!@2"),
    ("甲｡乙", "甲!@0 。@1 乙!@2"),
    ("3.5", "3@0 5@2"),
    ("，甲", "甲!@1"),
    ("甲。", "甲!@0 。@1"),
  ])
  func `punctuation is a gap of one position`(text: String, expected: String) {
    #expect(Analysis(text).terms == expected)
  }

  @Test(arguments: [
    ("甲。\n乙", "甲!@0 。@1 ¶@1 乙!@2"),
    ("甲。”\n乙", "甲!@0 。@1 ¶@1 乙!@2"),
    ("（甲）\n乙", "甲!@1 ¶@2 乙!@3"),
    ("甲，\n乙", "甲!@0 乙!@2"),
    ("甲乙\n丙", "甲乙@0 乙丙@1 丙·@2"),
    ("总则\n一、目的", "总则@0 则一@1 ¶@2 一·@2 目的@4 的·@5"),
    ("总则\n（一）甲", "总则@0 则·@1 ¶@2 一!@3 甲!@5"),
    ("总则\n第三条 甲", "总则@0 则第@1 ¶@2 第三@2 三条@3 条甲@4 甲·@5"),
    ("总则\n第25条", "总则@0 则第@1 ¶@2 第·@2 25@3 条!@4"),
    ("总则\n1.2.3 甲", "总则@0 则·@1 ¶@2 1@2 2@4 3@6 甲!@7"),
    ("超过\n3.5米", "超过@0 过·@1 3@2 5@4 米!@5"),
    ("总则\n# 标题", "总则@0 则·@1 ¶@2 标题@3 题·@4"),
    ("总则\n2021年", "总则@0 则·@1 2021@2 年!@3"),
  ])
  func `paragraphs end after sentences and before numberings`(text: String, expected: String) {
    #expect(Analysis(text).terms == expected)
  }

  @Test func `a token's range covers the scalars it came from`() {
    let tokens = Analysis("制\n\n定ｶﾞ㍻").buffer.tokens
    let ranges = tokens.map { [Int($0.start), Int($0.end)] }
    // 制 0–3, 定 5–8, ｶﾞ 8–14, ㍻ 14–17 (平 and 成)
    #expect(ranges == [[0, 8], [5, 14], [8, 17], [14, 17], [14, 17]])
  }

  @Test func `length counts bigrams, words and one-character runs`() {
    #expect(Analysis("尾矿库2021年。甲").buffer.length == 5)  // 尾矿 矿库 2021 年 甲
  }

  @Test func `malformed bytes are gaps and are counted`() {
    let analysis = Analysis([0xE5, 0xB0, 0xBE, 0xFF, 0xE7, 0x9F, 0xBF, 0xE5, 0xB0])
    #expect(analysis.terms == "尾!@0 矿!@2")
    #expect(analysis.buffer.malformedCount == 2)
  }

  @Test func `a word has at most 255 bytes`() {
    let analysis = Analysis(String(repeating: "a", count: 600))
    #expect(analysis.buffer.tokens.count == 3)
    #expect(analysis.buffer.tokens.allSatisfy { analysis.buffer.wordBytes(of: $0).count <= Tokenizer.longestWord })
  }
}
