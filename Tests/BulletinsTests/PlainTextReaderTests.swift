import Bulletins
import Testing

@Suite("Text files")
struct PlainTextReaderTests {
  private func read(_ text: String) -> SourceDocument {
    PlainTextReader(path: "./公报//a.txt").read(Array(text.utf8).span)
  }

  @Test("a file is one document, named by its normalised path")
  func wholeFile() {
    let document = read("云泽县人民政府公报\n\n2021年第2期\n")
    #expect(document.key == "公报/a.txt")
    #expect(document.path == "公报/a.txt")
    #expect(document.title == "云泽县人民政府公报")
    #expect(document.text == "云泽县人民政府公报\n\n2021年第2期\n")
    #expect(document.startLine == 1)
    #expect(document.endLine == 3)
    #expect(document.tabsSeparateCells)
    #expect(document.fields.isEmpty)
    #expect(document.warnings.isEmpty)
  }

  @Test(
    "the title is the first heading, or else the first line with words",
    arguments: [
      ("前言\n\n# 第一章  总则 \n## 第二章", "第一章 总则"),
      ("\n \t\n  云泽县　人民　　政府  \n正文", "云泽县 人民 政府"),
      ("# \n##\n正文", "正文"), ("#\n# 甲", "甲"), ("", ""), (" \n\n", ""),
      ("<p># 甲</p>", "甲"), ("**关于印发的通知**", "关于印发的通知"), ("#甲\n# 乙", "乙"), ("\u{FEFF}# 甲", "甲"),
    ])
  func title(text: String, title: String) {
    #expect(read(text).title == title)
  }

  @Test("a tab stays in the title, where it keeps two cells apart")
  func titleTab() {
    #expect(read("甲 \t 乙  丙\n").title == "甲\t乙 丙")
  }

  @Test("a title has at most 200 Unicode scalars and does not end in white space")
  func longTitle() {
    #expect(read(String(repeating: "长", count: 300)).title == String(repeating: "长", count: 200))
    #expect(read(String(repeating: "a", count: 199) + " b").title == String(repeating: "a", count: 199))
  }

  @Test(
    "marks go and the words stay",
    arguments: [
      ("# 甲", "甲"), ("###### 甲", "甲"), ("####### 甲", "####### 甲"), ("#甲", "#甲"), ("  ## 甲", "甲"),
      ("　# 甲", "甲"), ("#　甲", "甲"), ("#\t甲", "甲"), ("甲 # 乙", "甲 # 乙"), ("##", ""), ("#!", "#!"),
      ("有限公\n## 司", "有限公\n司"), ("**甲**乙", "甲乙"), ("*甲*", "*甲*"), ("***甲***", "*甲*"), ("甲**\n**乙", "甲\n乙"),
    ])
  func marks(text: String, expected: String) {
    #expect(read(text).text == expected)
  }

  @Test(
    "six tags go, in any case and with any attributes",
    arguments: [
      ("<p>甲</p>", "甲"), ("<P>甲</P >", "甲"), ("甲<br>乙<br/>丙<br />丁", "甲乙丙丁"), ("km<sup>2</sup>", "km2"),
      ("PM<sub>2.5</sub>", "PM2.5"), ("<b>甲</b>", "甲"), ("<input type=\"checkbox\"/>是", "是"),
      ("<input type=checkbox disabled>是", "是"), ("<p style=\"text-align: right;\">甲", "甲"),
      ("<p title='a > b' class = x >甲", "甲"), ("<p\nclass=\"a\">甲", "\n甲"), ("<p\r\nid=a>甲", "\n甲"), ("<p><b>", ""),
    ])
  func tags(text: String, expected: String) {
    #expect(read(text).text == expected)
  }

  @Test(
    "whatever else stands in angle brackets is text",
    arguments: [
      "各乡<镇>人民政府", "<镇>", "a<b", "a < b > c", "< p>", "<b 且 c>", "<pre>", "<br甲>", "<bx>", "<>", "</>", "<p", "<p ",
      "<p a", "<p a=", "<p a=\"", "<p a=\"x", "<p/", "<p /x>", "<p a=\"x\"b>", "<p =x>", "<div>", "<script>",
      "<!-- p -->",
      "《<p》", "<p a='>", "<inputs>", "<sup2>",
    ])
  func text(text: String) {
    #expect(read(text).text == text)
  }

  @Test(
    "line ends become line feeds and lines keep their numbers",
    arguments: [
      ("a\r\nb\rc\nd", "a\nb\nc\nd", 4), ("a\r\n", "a\n", 1), ("a\r", "a\n", 1), ("a\n\n", "a\n\n", 2), ("a", "a", 1),
      ("", "", 1), ("\n", "\n", 1), ("a\n**", "a\n", 2), ("a\r\r\nb", "a\n\nb", 3), ("\n# 甲\r\n", "\n甲\n", 2),
    ])
  func lineEnds(text: String, expected: String, lastLine: Int) {
    let document = read(text)
    #expect(document.text == expected)
    #expect(document.endLine == lastLine)
  }

  @Test(
    "a tab between cells stays, an outer one becomes a space",
    arguments: [
      ("甲\t乙", "甲\t乙"), ("\t甲\t\t乙\t", " 甲\t\t乙 "), (" \t甲\t ", "  甲  "), ("\t", " "), ("甲\t<br>", "甲 "),
      ("<p>\t甲</p>", " 甲"), ("\t# 甲\t乙", "甲\t乙"), ("甲\t\n\t乙", "甲 \n 乙"), ("甲\t　", "甲 　"),
    ])
  func tabs(text: String, expected: String) {
    #expect(read(text).text == expected)
  }

  @Test(
    "malformed UTF-8 becomes U+FFFD, once for each broken sequence, and is counted",
    arguments: [
      ([0xFF, 0x61], "\u{FFFD}a", 1), ([0x61, 0xE7, 0x94], "a\u{FFFD}", 1), ([0xE7, 0x94, 0x61], "\u{FFFD}a", 1),
      ([0xC0, 0x80], "\u{FFFD}\u{FFFD}", 2), ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
      ([0xE7, 0x3C, 0x62, 0x3E, 0x94, 0xB2], "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
    ] as [([UInt8], String, Int)])
  func malformed(bytes: [UInt8], text: String, replacements: Int) {
    let document = PlainTextReader(path: "a.txt").read(bytes.span)
    #expect(document.text == text)
    #expect(document.warnings == [.malformedText(replacements: replacements)])
  }

  @Test("a byte order mark goes, at the very beginning only")
  func byteOrderMark() {
    #expect(read("\u{FEFF}甲\u{FEFF}").text == "甲\u{FEFF}")
    #expect(read("\u{FEFF}").text == "")
  }

  @Test(
    "reading takes time in proportion to the text, whatever stands in it",
    arguments: ["<p a='", "<p a=\"", "<p ", "*", "<"])
  func hostileText(pattern: String) {
    let text = String(repeating: pattern, count: 200_000)
    #expect(!read(text).text.contains("\n"))
  }
}
