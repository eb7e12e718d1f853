import Bulletins
import Testing

@Suite("Splitting")
struct SplitterTests {
  /// Two documents with contents, as small as they get.
  static let issue = """
    甲县人民政府公报
    2021年第2期（下）
    目录
    1、甲县人民政府关于种树的通知 甲政发〔2021〕1号……（1）
    2、甲县人民政府关于修路的通知 甲政发〔2021〕2号……（3）

    甲县人民政府
    关于种树的通知

    甲政发〔2021〕1号

    各乡（镇）人民政府：
    请各地种树。
    甲县人民政府
    2021年3月1日

    甲县人民政府
    关于修路的通知
    甲政发〔2021〕2号
    各乡（镇）人民政府：
    请各地修路。
    甲县人民政府
    2021年3月2日
    """

  @Test("documents, issue and contents of a small bulletin")
  func small() {
    let bulletin = split(Self.issue)
    #expect(
      bulletin.documents.map(summary) == [
        "甲县人民政府关于种树的通知 | 甲政发〔2021〕1号 | 甲县人民政府 | 2021-03-01 | 各乡（镇）人民政府 | -",
        "甲县人民政府关于修路的通知 | 甲政发〔2021〕2号 | 甲县人民政府 | 2021-03-02 | 各乡（镇）人民政府 | -",
      ])
    #expect(bulletin.documents.map(\.lines) == [7...15, 17...23])
    #expect(bulletin.issueLines == [1...6, 16...16])
    #expect(bulletin.issue?.name == "甲县人民政府公报")
    #expect(bulletin.issue?.year == 2021)
    #expect(bulletin.issue?.number == "第2期（下）")
    #expect(bulletin.contents.map(\.title) == ["甲县人民政府关于种树的通知", "甲县人民政府关于修路的通知"])
    #expect(bulletin.contents.map(\.page) == [1, 3])
    #expect(bulletin.contents.map(\.lines) == [4...4, 5...5])
    #expect(bulletin.documents.map(\.types) == [[.notice], [.notice]])
    #expect(bulletin.documents.map(\.year) == [2021, 2021])
    #expect(bulletin.warnings.isEmpty)
  }

  @Test("a document that the contents lack, and one that only they know, are warned of")
  func contentsCheck() {
    let missing = Self.issue.replacing("2、甲县人民政府关于修路的通知 甲政发〔2021〕2号", with: "2、甲县人民政府关于挖井的决定 甲政发〔2021〕3号")
    #expect(
      split(missing).warnings == [
        BulletinWarning(line: 5, kind: .missingDocument(title: "甲县人民政府关于挖井的决定")),
        BulletinWarning(line: 17, kind: .unlistedDocument(title: "甲县人民政府关于修路的通知")),
      ])
    #expect(split(missing).documents.count == 2)
  }

  @Test("a title in the contents may differ by a word")
  func similarTitle() {
    #expect(split(Self.issue.replacing("种树的通知 甲", with: "关于种树的通知 甲")).warnings.isEmpty)
  }

  @Test("two documents with one number, and a day that does not exist, are warned of and kept")
  func oddities() {
    let bulletin = split(
      Self.issue.replacing("甲政发〔2021〕2号", with: "甲政发〔2021〕1号").replacing("2021年3月2日", with: "2021年13月40日"))
    #expect(bulletin.documents.count == 2)
    #expect(bulletin.documents.map(\.date?.description) == ["2021-03-01", nil])
    #expect(bulletin.warnings.contains(BulletinWarning(line: 23, kind: .impossibleDate)))
    #expect(
      bulletin.warnings.contains(
        BulletinWarning(line: 17, kind: .repeatedNumber(DocumentNumber(code: "甲政发", year: 2021, serial: 1)))))
  }

  @Test(
    "dates of a signature",
    arguments: [
      ("甲县人民政府\n2021年3月1日", "2021-03-01"), ("甲县人民政府 2021 年 3 月 1 日", "2021-03-01"),
      ("甲县人民政府\n\n二〇二一年三月一日", "2021-03-01"), ("甲县人民政府\n二○二一年十二月三十一日", "2021-12-31"),
      ("甲 县 人 民 政 府\n２０２１年３月１日", "2021-03-01"), ("甲县人民政府\n2021年3\n月1日", "2021-03-01"),
      ("甲县人民政府（盖章）\n没有日期", nil), ("2021年3月1日", "2021-03-01"), ("县长 王某\n2021年3月1日", "2021-03-01"),
      ("甲县人民政府\n《某方案》已经县\n2021年3月1日", "2021-03-01"), ("甲县人民政府办公室2021年3月1日印发", nil),
      ("甲县人民政府\n2021年2月30日", nil), ("", nil),
    ])
  func dates(signature: String, date: String?) {
    let text = Self.issue.replacing("请各地种树。\n甲县人民政府\n2021年3月1日", with: "请各地种树。\n" + signature)
    #expect(split(text).documents.first?.date?.description == date)
  }

  @Test(
    "a file that is no bulletin stays one document",
    arguments: [
      "", "\n\n", "一行", "# 甲县防汛应急预案\n\n1 总则\n\n根据《防洪法》制定本预案。\n\n甲县人民政府\n2021年3月1日", "第一条 甲。\n第二条 乙。",
      "目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 为了种树，制定本条例。",
    ])
  func others(text: String) {
    let bulletin = split(text)
    let whole = PlainTextReader(path: "a").read(Array(text.utf8).span)
    #expect(bulletin.documents.map(\.lines) == [whole.startLine...whole.endLine])
    #expect(bulletin.documents.map(\.title) == [whole.title])
    #expect(bulletin.issueLines.isEmpty)
    #expect(bulletin.documents.first?.number == nil)
  }

  @Test("a single notice is one document over all its lines, with its fields")
  func single() {
    let text = "县政府网站\n甲县人民政府关于种树的通知\n甲政发〔2021〕1号\n各乡（镇）人民政府：\n请各地种树。\n甲县人民政府\n2021年3月1日\n"
    let bulletin = split(text)
    #expect(
      bulletin.documents.map(summary) == ["甲县人民政府关于种树的通知 | 甲政发〔2021〕1号 | 甲县人民政府 | 2021-03-01 | 各乡（镇）人民政府 | -"])
    #expect(bulletin.documents.map(\.lines) == [1...7])
    #expect(bulletin.issueLines.isEmpty)
  }

  @Test("a bulletin without any document says so and keeps its text")
  func empty() {
    let bulletin = split("甲县人民政府公报\n2021年第1期\n本期暂无文件。")
    #expect(bulletin.warnings.map(\.kind) == [.noDocuments])
    #expect(bulletin.documents.map(\.lines) == [1...3])
  }

  @Test(
    "a last line that holds nothing but marks belongs to the issue", arguments: ["\n\n## ", "\n**", "\n<p>", "\n\n"])
  func emptyLastLine(end: String) throws {
    let bulletin = split(Self.issue + end)
    let last = try #require(bulletin.issueLines.last)
    #expect(last.lowerBound == 24)
    #expect(last.upperBound == 23 + end.filter { $0 == "\n" }.count - (end.hasSuffix("\n") ? 1 : 0))
    #expect(bulletin.documents.count == 2)
  }

  @Test("lines count from the document's first in its source")
  func offset() {
    var source = PlainTextReader(path: "a").read(Array(Self.issue.utf8).span)
    source.startLine = 101
    source.endLine += 100
    let bulletin = BulletinSplitter.split(source)
    #expect(bulletin.documents.map(\.lines) == [107...115, 117...123])
    #expect(bulletin.issueLines == [101...106, 116...116])
    #expect(bulletin.contents.first?.lines == 104...104)
  }
}
