import Bulletins
import Testing

@Suite("Records of a bulletin")
struct BulletinRecordsTests {
  private func records(_ text: String) -> [SourceDocument] {
    let source = PlainTextReader(path: "公报/a.txt").read(Array(text.utf8).span)
    return BulletinSplitter.split(source).records(of: source)
  }

  private func fields(_ document: SourceDocument) -> [String: FieldValue] {
    Dictionary(document.fields.map { ($0.name, $0.value) }) { first, _ in first }
  }

  @Test("each document is a record, and what is left belongs to the issue")
  func keys() {
    let records = records(SplitterTests.issue)
    #expect(records.map(\.key) == ["公报/a.txt#1", "公报/a.txt#2", "公报/a.txt#0"])
    #expect(records.map(\.path) == ["公报/a.txt", "公报/a.txt", "公报/a.txt"])
    #expect(records.map(\.title) == ["甲县人民政府关于种树的通知", "甲县人民政府关于修路的通知", ""])
    #expect(records.map(\.startLine) == [7, 17, 1])
    #expect(records.map(\.endLine) == [15, 23, 23])
    #expect(records.map(\.isIssue) == [false, false, true])
    #expect(fields(records[2])["kind"] == .string("issue"))
    #expect(records.allSatisfy { fields($0)["issue"] == .string("甲县人民政府公报2021年第2期（下）") && $0.tabsSeparateCells })
  }

  @Test("a record's text is its lines, and what the issue says is in a field")
  func texts() {
    let records = records(SplitterTests.issue)
    #expect(records[0].text == text(7...15, of: SplitterTests.issue) + "\n")
    #expect(records[1].text == text(17...23, of: SplitterTests.issue))
    #expect(records[2].text.isEmpty)
    #expect(fields(records[2])["matter"] == .list([.string(text(1...6, of: SplitterTests.issue) + "\n")]))
  }

  @Test("what is known of a document is in its fields")
  func facts() {
    let records = records(
      "甲县教育局 甲县财政局关于印发收费方案的通知\n甲教发〔2021〕2号\n各校：\n根据《教育法》和省教发〔2020〕1号，废止甲教发〔2011〕9号。\n甲县教育局 甲县财政局\n2021年3月1日\n收费方案\n一、免费。"
    )
    #expect(records.map(\.key) == ["公报/a.txt"])
    #expect(
      records.map(\.fields) == [
        [
          SourceField(name: "number", value: .string("甲教发〔2021〕2号")),
          SourceField(name: "issuer", value: .list([.string("甲县教育局"), .string("甲县财政局")])),
          SourceField(name: "date", value: .string("2021-03-01")), SourceField(name: "year", value: .integer(2021)),
          SourceField(name: "type", value: .list([.string("通知"), .string("方案")])),
          SourceField(name: "addressee", value: .string("各校")),
          SourceField(name: "attachments", value: .list([.string("收费方案")])),
          SourceField(name: "basis", value: .list([.string("《教育法》"), .string("省教发〔2020〕1号")])),
          SourceField(name: "repeals", value: .list([.string("甲教发〔2011〕9号")])),
        ]
      ])
  }

  @Test("a file without facts is one record as it was read")
  func plain() {
    let source = PlainTextReader(path: "a.txt").read(Array("一\n二\n".utf8).span)
    #expect(BulletinSplitter.split(source).records(of: source) == [source])
  }
}
