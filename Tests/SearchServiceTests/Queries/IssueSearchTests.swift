import InvertedIndex
import SearchAPI
import SearchService
import Testing

/// Issues of bulletins as queries, clauses and filters.
struct IssueSearchTests {
  private let folder = IndexFolder()
  private let service: SearchService

  private static func document(_ key: String, _ title: String, issue: String?, text: String = "正文。") -> Document {
    Document(key: key, title: title, text: text, fields: issue.map { [Field(name: "issue", value: .string($0))] } ?? [])
  }

  private static let (first, second) = ("云县人民政府公报2021年第1期", "云县人民政府公报2021年第2期（总第12期）")

  private static let documents = [
    document("e1", "2021年第2期培训班", issue: nil), document("d1", "关于经费的通知", issue: first),
    document("c1", "关于办学的通知", issue: second),
    document("c2", "关于考勤的通知", issue: second, text: "2021年第2期。2021年第2期。"),
    document("c3", "关于经费的意见", issue: second),
    Document(
      key: "c#0", text: "",
      fields: [
        Field(name: "kind", value: .string("issue")), Field(name: "issue", value: .string(second)),
        Field(name: "matter", value: .string("本期目录")),
      ]),
  ]

  init() throws {
    service = try folder.service(of: Self.documents)
  }

  private func search(_ pairs: (String, String)...) throws -> SearchAnswer { try service.search(pairs) }

  @Test(arguments: ["2021年第2期", "二〇二一年第二期", "云县人民政府公报2021年2期", "2021年第02期", "总第12期"])
  func `an issue finds its documents, in its order`(query: String) throws {
    let answer = try search(("q", query))
    #expect(answer.hits.map(\.id) == ["c1", "c2", "c3"])
    #expect(answer.total.value == 3 && answer.notes == nil)
    #expect(answer.hits.allSatisfy { $0.score == nil })
    #expect(try search(("q", query), ("offset", "1"), ("limit", "1")).hits.map(\.id) == ["c2"])
  }

  @Test(arguments: [
    ("issue:2021年第2期", ["c1", "c2", "c3"]), ("issue:2021年2期 经费", ["c3"]), ("经费 issue:二〇二一年第一期", ["d1"]),
    ("经费 -issue:2021年第2期", ["d1"]), ("issue:(2021年第1期 OR 总第12期) 经费", ["c3", "d1"]),
    ("issue:\"第2期\" 经费", ["c#0", "c1", "c2", "c3"]),
  ])
  func `issues are clauses, too`(query: String, expected: [String]) throws {
    #expect(try search(("q", query)).hits.map(\.id).sorted() == expected)
  }

  @Test func `issues are filters as facets and as people name them, and unknown ones are noted`() throws {
    for filter in ["issue:云县人民政府公报2021年第1期", "issue:2021年1期"] {
      #expect(try search(("filter", filter)).hits.map(\.id) == ["d1"])
    }
    #expect(try search(("q", "2020年第2期")).notes == ["No document is of the issue 2020年第2期."])
  }
}
