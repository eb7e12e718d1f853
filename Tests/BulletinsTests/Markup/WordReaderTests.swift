import Testing

@testable import Bulletins

@Suite("Word documents")
struct WordReaderTests {
  private func text(_ body: String) -> String {
    WordReader(path: "a.docx").read(
      Array("<?xml version=\"1.0\"?><w:document><w:body>\(body)</w:body></w:document>".utf8)
    ).text
  }

  private func run(_ words: String) -> String { "<w:r><w:t xml:space=\"preserve\">\(words)</w:t></w:r>" }

  private func paragraph(_ words: String) -> String {
    "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>\(run(words))</w:p>"
  }

  @Test("paragraphs are lines, runs are joined, tabs and breaks kept")
  func paragraphs() {
    #expect(text(paragraph("甲") + "<w:p/>" + paragraph("乙 &lt;镇&gt;")) == "甲\n乙 <镇>\n")
    #expect(
      text("<w:p>\(run("甲"))\(run("乙"))<w:r><w:tab/></w:r>\(run("丙"))<w:r><w:br/></w:r>\(run("丁"))</w:p>")
        == "甲乙\t丙\n丁\n")
    #expect(text("<w:p><w:r><w:tab/></w:r>\(run("甲"))<w:r><w:tab/></w:r></w:p>") == "甲\n")
  }

  @Test("deleted text, field codes and the second form of drawings are left out")
  func leftOut() {
    let body =
      "<w:p>\(run("甲"))<w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
    let drawing =
      "<mc:AlternateContent><mc:Choice>\(run("丙"))</mc:Choice><mc:Fallback>\(run("丙"))</mc:Fallback></mc:AlternateContent>"
    #expect(text(body + drawing + "</w:p>") == "甲丙\n")
  }

  @Test("a row is a line, its cells parted by tabs, wide cells and merged ones included")
  func tables() {
    let cell = { (words: String) in "<w:tc><w:tcPr/>\(paragraph(words))</w:tc>" }
    let wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>\(paragraph("合计"))</w:tc>"
    let merged = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    let rows = [
      cell("姓名") + cell("职务") + cell("电话"), cell("张三") + "<w:tc>\(paragraph("局"))\(paragraph("长"))</w:tc>" + cell("1"),
    ]
    let table = (rows + [wide + cell("3"), merged + cell("副局长") + cell("2")]).map { "<w:tr>\($0)</w:tr>" }.joined()
    #expect(text("<w:tbl>\(table)</w:tbl>" + paragraph("后")) == "姓名\t职务\t电话\n张三\t局 长\t1\n合计\t\t3\n\t副局长\t2\n后\n")
  }

  @Test(
    "anything that is no document of this form has no text",
    arguments: ["", "x", "<html><p>甲</p></html>", "<w:t", "<w:t>"])
  func others(xml: String) {
    #expect(WordReader(path: "a").read(Array(xml.utf8)).text.isEmpty)
  }

  @Test("a document that is cut anywhere is read as far as it goes")
  func cut() {
    let xml = Array(
      "<w:tbl><w:tr><w:tc>\(paragraph("甲&amp;"))</w:tc><w:tc>\(paragraph("乙"))</w:tc></w:tr></w:tbl>".utf8)
    for end in xml.indices {
      let text = WordReader(path: "a").read(Array(xml[..<end])).text
      #expect(text.unicodeScalars.first.map { $0 == "甲" || $0 == "\u{FFFD}" } ?? true, "cut at \(end)")
      #expect(text.unicodeScalars.count <= 8, "cut at \(end)")
    }
  }
}
