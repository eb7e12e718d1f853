import InvertedIndex
import SearchAPI
import SearchService
import Testing

/// Articles of laws as queries and clauses.
struct ArticleSearchTests {
  private let folder = IndexFolder()
  private let service: SearchService

  private static func document(_ key: String, _ title: String, _ text: String, date: String? = nil) -> Document {
    Document(key: key, title: title, text: text, fields: date.map { [Field(name: "date", value: .string($0))] } ?? [])
  }

  private static let documents = [
    document("c1", "关于送达的批复", "依照《中华人民共和国民事诉讼法》第97条办理。民事诉讼法。"),
    document("x97", "中华人民共和国行政诉讼法第九十七条", "甲。"),
    document("m97", "中华人民共和国民事诉讼法第九十七条", "人民法院进行调解。"),
    document("m97.1", "中华人民共和国民事诉讼法第九十七条之一", "另行送达。"),
    document("m98", "中华人民共和国民事诉讼法第九十八条", "本法第九十七条规定的调解，适用于此。"),
    document("i3", "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释第三条", "住所地。"),
    document("n1", "答复", "见《民事诉讼法》第九十六条、第九十七条。"), document("n2", "答复", "见民事诉讼法。第九十条。"),
    document("l1", "云泽县渡口条例", "第一条　目的。\n第二条　渡口由县管理，见第三条。\n第三条　罚款。", date: "2001-05-01"),
    document("l2", "云泽县渡口条例", "第一条　目的。\n第二条　渡口由乡镇管理。\n第三条　罚款。", date: "2020-05-01"),
    document("l3", "岚山县渡口条例", "第一条　目的。\n第二条　渡口由村管理。"),
  ]

  init() throws {
    service = try folder.service(of: Self.documents)
  }

  private func search(_ pairs: (String, String)...) throws -> SearchAnswer { try service.search(pairs) }

  private func texts(of hit: HitAnswer) -> [String] { (hit.snippets ?? []).map(\.text) }

  @Test(arguments: [
    "《中华人民共和国民事诉讼法》第九十七条", "民事诉讼法第97条", "民诉法９７条", "民事诉讼法 第 九十七 条第一款",
  ])
  func `an article comes first, then what cites it, then what has it near the law's name`(query: String) throws {
    let answer = try search(("q", query))
    #expect(answer.hits.first?.id == "m97")
    #expect(Set(answer.hits.dropFirst().prefix(2).map(\.id)) == ["c1", "m98"])
    #expect(answer.hits.dropFirst(3).map(\.id) == ["n1"] && answer.total.value == 4)
    #expect(answer.hits.allSatisfy { $0.score == nil } && answer.notes == nil)
    let paged = try (0..<4).flatMap { try search(("q", query), ("offset", "\($0)"), ("limit", "1")).hits.map(\.id) }
    #expect(paged == answer.hits.map(\.id))
  }

  @Test(arguments: [
    ("民事诉讼法第九十七条之一", "m97.1"), ("行政诉讼法第97条", "x97"), ("民诉法解释第3条", "i3"), ("民事诉讼法第九十八、九十七条", "m98"),
  ])
  func `articles put in, other laws and interpretations are told apart`(query: String, first: String) throws {
    #expect(try search(("q", query)).hits.first?.id == first)
  }

  @Test func `a whole law shows the article, the newest version first`() throws {
    let answer = try search(("q", "云泽县渡口条例第2条"))
    #expect(answer.hits.map(\.id) == ["l2", "l1"])
    #expect(answer.hits.map { texts(of: $0) } == [["第二条渡口由乡镇管理。"], ["第二条渡口由县管理，见第三条。"]])
    #expect(answer.hits.first?.snippets?.first?.highlights == [[0, 3]])
    let both = try search(("q", "云泽县渡口条例第一条、第三条"), ("limit", "1")).hits
    #expect(both.first.map { texts(of: $0) } == ["第一条目的。", "第三条罚款。"])
  }

  @Test func `a name that titles end with stands for those`() throws {
    #expect(Set(try search(("q", "渡口条例第二条")).hits.map(\.id)) == ["l1", "l2", "l3"])
  }

  @Test func `filters and facets hold for all tiers`() throws {
    let answer = try search(("q", "云泽县渡口条例第二条"), ("filter", "date:..2010-01-01"), ("facet", "date"))
    #expect(answer.hits.map(\.id) == ["l1"])
    #expect(answer.facets?.first?.values.map(\.value) == ["2001-05-01"])
  }

  @Test(arguments: [
    ("article:民诉法97条", ["m97"]), ("调解 article:(民诉法97条 OR 民诉法98条)", ["m97", "m98"]),
    ("article:渡口条例第3条 罚款", ["l1", "l2"]),
    ("渡口 -article:云泽县渡口条例第二条", ["l3"]),
  ])
  func `articles are clauses, too`(query: String, expected: [String]) throws {
    #expect(try search(("q", query)).hits.map(\.id).sorted() == expected)
  }

  @Test func `an article that nothing has is text, with a note where the law is known`() throws {
    #expect(try search(("q", "民事诉讼法第999条")).notes == ["No document is or has 民事诉讼法第999条, and none cites it."])
    #expect(try search(("q", "防控二十条")).notes == nil)
  }
}
