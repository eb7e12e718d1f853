import InvertedIndex
import SearchAPI
import SearchService
import Testing

@testable import searchctl

@Suite("A document for a person")
struct DocumentTextTests {
  private let document = Document(
    key: "a#1", title: "关于登记的通知", text: "第一行\n第二\u{7}行",
    fields: [Field(name: "number", value: .string("云政发〔2021〕3号")), Field(name: "year", value: .integer(2021))],
    source: SourceLocation(path: "a", startLine: 3, endLine: 4))

  @Test("fields, then the status, then citations both ways, a line each, then the text")
  func whole() throws {
    var answer = DocumentAnswer(document)
    answer.fields.append(AnswerField(name: "status", value: .string("repealed")))
    answer.fields.append(AnswerField(name: "repealed_by", value: .string("b#2")))
    answer.cites = [
      CitationAnswer(
        relation: "implements", name: "云政发〔2020〕1号",
        documents: [DocumentReference(id: "c", title: "甲"), DocumentReference(id: "d", title: "乙")]),
      CitationAnswer(relation: "basis", name: "《矿山安全\n办法》", documents: []),
    ]
    answer.citedBy = [
      CitingAnswer(relation: "repeals", document: DocumentReference(id: "b#2", title: "丙", number: "云政发〔2023〕4号")),
      CitingAnswer(relation: "mentions", document: DocumentReference(id: "e", title: "关于丁的通知")),
    ]
    #expect(
      try DocumentText.text(document, answer) == """
        id: a#1
        title: 关于登记的通知
        source: a:3-4
        number: "云政发〔2021〕3号"
        year: 2021
        status: repealed by b#2
        cites:
          implements  云政发〔2020〕1号  c, d
          basis       《矿山安全 办法》  not in the index
        cited by:
          repeals   云政发〔2023〕4号  b#2
          mentions  《关于丁的通知》   e

        第一行
        第二\u{FFFD}行
        """)
  }

  @Test(
    "fields that only look like a status are shown as they are",
    arguments: [
      ([("status", .integer(3))], "status: 3"), ([("status", .string("new"))], "status: \"new\""),
      ([("repealed_by", .integer(3)), ("status", .string("x"))], "repealed_by: 3\nstatus: \"x\""),
      ([("repealed_by", .list([.string("a"), .null]))], "repealed_by: [\"a\",null]"),
      ([("repealed_by", .list([]))], "repealed_by: []"),
      ([("repealed_by", .list([.string("a"), .string("b")]))], "status: repealed by a, b"),
    ] as [([(String, JSONValue)], String)])
  func otherStatus(fields: [(String, JSONValue)], lines: String) throws {
    let document = Document(key: "1", text: "")
    var answer = DocumentAnswer(document)
    answer.fields = fields.map { AnswerField(name: $0.0, value: $0.1) }
    #expect(try DocumentText.text(document, answer) == "id: 1\ntitle: \n\(lines)\n\n")
  }
}
