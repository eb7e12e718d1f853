import Foundation
import InvertedIndex
import SearchAPI
import SearchService
import Testing

/// Filters, facets, numbers and references, as the daemon answers them.
struct ReferencesTests {
  private let folder = IndexFolder()
  private let service: SearchService

  private static func document(
    _ key: String, _ title: String, _ number: String?, _ date: String?, _ fields: [Field] = [], text: String = "正文。"
  ) -> Document {
    var all = fields
    if let number { all.append(Field(name: "number", value: .string(number))) }
    if let date {
      all.append(Field(name: "date", value: .string(date)))
      all.append(Field(name: "year", value: .integer(Int64(date.prefix(4)) ?? 0)))
    }
    return Document(
      key: key, title: title, text: text, fields: all,
      source: SourceLocation(path: key.hasPrefix("a") ? "one/a.txt" : "two/b.txt", startLine: 1, endLine: 2))
  }

  private static func list(_ name: String, _ values: String...) -> Field {
    Field(name: name, value: .list(values.map { .string($0) }))
  }

  private static let documents = [
    document("a1", "云县人民政府关于印发云县养犬管理办法的通知", "云政发〔2018〕5号", "2018-03-01", [list("type", "通知", "办法")]),
    document("a2", "云县人民政府办公室关于养犬登记的通知", "云政办发〔2018〕5号", "2018-04-01", [list("type", "通知")]),
    document(
      "a3", "云县人民政府关于印发云县养犬管理办法的通知", "云政发〔2022〕7号", "2022-05-01",
      [list("type", "通知", "办法"), list("repeals", "《云县养犬管理办法》"), list("basis", "《中华人民共和国动物防疫法》")]),
    document(
      "b1", "云县人民政府关于修改部分文件的决定", "云政发〔2023〕1号", "2023-01-09",
      [list("type", "决定"), list("amends", "云政办发〔2018〕5号"), list("mentions", "云政发〔2018〕5号", "《云县无名办法》")]),
    document("b4", "中华人民共和国动物防疫法", nil, "1997-07-03", [list("type", "法律")]),
    document("b5", "云县防疫规定", nil, "2019-01-02", [list("repeals", "《动物防疫法》")]),
    document("b2", "养犬须知", nil, nil, text: "养犬依照云政发（2018）5号办理。"),
    document("b3", "犬", nil, nil, [Field(name: "status", value: .string("draft"))], text: "养犬。"),
    Document(
      key: "b#0", text: "",
      fields: [
        Field(name: "kind", value: .string("issue")), Field(name: "matter", value: .string("本期目录 养犬管理办法")),
      ]),
  ]

  init() throws {
    service = try folder.service(of: Self.documents)
  }

  private func search(_ pairs: (String, String)...) throws -> SearchAnswer { try service.search(pairs) }

  private func document(_ key: String) throws -> DocumentAnswer {
    let response = service.response(to: HTTPRequest(target: Route.document(id: key).encodedPath))
    return try AnswerCoding.decode(DocumentAnswer.self, from: response.body)
  }

  private func status(_ fields: [AnswerField]) -> [JSONValue?] {
    ["status", "repealed_by"].map { name in fields.first { $0.name == name }?.value }
  }

  @Test("What is in force, or new, is lifted a little where that is asked for, and explained")
  func preferences() throws {
    let plain = try search(("q", "养犬登记 通知"))
    let scores = Dictionary(uniqueKeysWithValues: plain.hits.map { ($0.id, $0.score ?? 0) })
    let inForce = AnswerField(name: "status", value: .string("in_force"))
    for (prefer, names) in [
      ("in_force", ["in_force"]), ("recent", ["recent"]), ("recent,in_force", ["in_force", "recent"]),
    ] {
      let answer = try search(("q", "养犬登记 通知"), ("prefer", prefer), ("explain", "1"))
      #expect(Set(answer.hits.map(\.id)) == Set(plain.hits.map(\.id)))
      for (hit, next) in zip(answer.hits, answer.hits.dropFirst()) { #expect((hit.score ?? 0) >= (next.score ?? 0)) }
      for hit in answer.hits {
        let lifts = try #require(hit.explain?.lifts)
        #expect(lifts.map(\.prefer) == names)
        let product = lifts.reduce(1) { $0 * $1.factor }
        #expect(abs((hit.score ?? 0) - (scores[hit.id] ?? 0) * product) < 1e-9, "\(prefer), \(hit.id)")
        for lift in lifts {
          #expect(lift.prefer == "recent" || lift.factor == (hit.fields.contains(inForce) ? 1.1 : 1), "\(hit.id)")
          #expect((1...1.1).contains(lift.factor))
        }
      }
    }
    let recent = try search(("q", "养犬登记 通知"), ("prefer", "recent"), ("explain", "1"))
    let factors = Dictionary(uniqueKeysWithValues: recent.hits.map { ($0.id, $0.explain?.lifts?.first?.factor ?? 0) })
    #expect(factors["b2"] == 1)
    #expect(try #require(factors["a3"]) > (try #require(factors["a2"])))
    #expect(plain.hits.allSatisfy { $0.explain == nil })
  }

  @Test("Of documents with equal scores that in force comes first")
  func ties() throws {
    let hits = try search(("q", "养犬管理办法")).hits
    let (old, new) = (try #require(hits.first { $0.id == "a1" }), try #require(hits.first { $0.id == "a3" }))
    #expect(old.score == new.score)
    let order = hits.map(\.id)
    #expect(order.firstIndex(of: "a3").map { order.index(after: $0) } == order.firstIndex(of: "a1"))
  }

  @Test(
    arguments: [
      ("date:2022年5月", ["a3"]), ("date:二〇一八年四月", ["a2"]), ("date:18年3月..2018.4.1", ["a1", "a2"]), ("year:二〇二二", ["a3"]),
      ("date：2023年", ["b1"]), ("date:(2022年5月 OR 2023年1月9日)", ["a3", "b1"]), ("2022年5月", ["a3"]), ("二〇一八年四月一日", ["a2"]),
      ("2022-05-01 防疫法", ["a3", "b4", "b5"]), ("防疫法 -date:1997年", ["b5"]), ("\"2022年5月\"", []),
      ("(year:2018 OR year:2022) 登记", ["a2"]), ("title:(养犬 登记)", ["a2"]), ("title:(登记 OR 防疫)", ["a2", "b4", "b5"]),
    ] as [(String, [String])])
  func `dates are found in any spelling, in filters and in text`(query: String, expected: [String]) throws {
    let answer = try search(("q", query))
    #expect(answer.hits.map(\.id).sorted() == expected)
    #expect(answer.notes == nil)
  }

  @Test(arguments: ["云政发〔2018〕5号", "云政發[2018] 5 號", "云政发２０１８年5号"])
  func `a number finds its document, then those that cite it, then those that speak of it, and no namesake`(
    query: String
  ) throws {
    let answer = try search(("q", query))
    #expect(answer.hits.map(\.id) == ["a1", "b1", "b2"])
    #expect(answer.total.value == 3)
    #expect(answer.hits.allSatisfy { $0.score == nil })
    for offset in 0..<4 {
      let page = try search(("q", query), ("offset", "\(offset)"), ("limit", "2"))
      #expect(page.hits.map(\.id) == Array(["a1", "b1", "b2"].dropFirst(offset).prefix(2)))
      #expect(page.total.value == 3)
    }
    #expect(try search(("q", query), ("filter", "year:2023")).hits.map(\.id) == ["b1"])
    #expect(try search(("q", "number:\(query.filter { $0 != " " }) 印发")).hits.map(\.id) == ["a1"])
  }

  @Test func `a number that nobody has is said to be so`() throws {
    let answer = try search(("q", "云政发〔2018〕6号"))
    #expect(answer.notes?.contains { $0.contains("云政发〔2018〕6号") } == true)
    #expect(try search(("q", "养犬")).notes == nil)
  }

  @Test func `what repealed or amended a document is known, and never a document older than itself`() throws {
    #expect(status(try document("a1").fields) == [.string("repealed"), .list([.string("a3")])])
    #expect(status(try document("a2").fields) == [.string("amended"), .list([.string("b1")])])
    #expect(status(try document("a3").fields) == [.string("in_force"), nil])
    #expect(status(try document("b2").fields) == [nil, nil])
    #expect(status(try document("b4").fields) == [.string("in_force"), nil])
    #expect(status(try document("b3").fields) == [.string("draft"), nil])
    let hits = try search(("q", "养犬"), ("limit", "100")).hits
    for hit in hits { #expect(status(hit.fields) == status(try document(hit.id).fields), "\(hit.id)") }
  }

  @Test func `statuses are filters and facets`() throws {
    func ids(_ status: String) throws -> [String] {
      try search(("filter", "status:\(status)"), ("sort", "date")).hits.map(\.id)
    }
    #expect(try ids("repealed") == ["a1"])
    #expect(try ids("amended") == ["a2"])
    #expect(try ids("in_force") == ["b4", "a3", "b1"])
    #expect(try ids("unknown") == ["b5", "b2"])
    #expect(try ids("draft") == ["b3"])
    #expect(try ids("none") == [])
    #expect(try search(("q", "养犬 status:repealed")).hits.map(\.id) == ["a1"])
    let facets = try search(("q", "养犬"), ("facet", "status,type"), ("facet_limit", "2")).facets
    #expect(facets?.map(\.field) == ["status", "type"])
    #expect(facets?[0].values.map(\.value) == ["amended", "draft"] && facets?[0].more == 3)
    #expect(facets?[1].values == [FacetValue(value: "通知", count: 3), FacetValue(value: "办法", count: 2)])
  }

  @Test func `references are known both ways, and those that the index cannot resolve stay`() throws {
    #expect(try document("b1").cites?.map(\.isUnresolved) == [false, false, true])
    let citing = try document("a3")
    #expect(citing.permalink == "/documents/a3")
    let cites = try #require(citing.cites)
    #expect(cites.map(\.relation) == ["basis", "repeals"])
    #expect(cites.map(\.isUnresolved) == [false, false])
    #expect(
      cites[1].documents == [
        DocumentReference(
          id: "a1", title: Self.documents[0].title, number: "云政发〔2018〕5号", date: "2018-03-01")
      ])
    let cited = try #require(try document("a1").citedBy)
    #expect(cited.map(\.relation) == ["repeals", "mentions"])
    #expect(cited.map(\.document.id) == ["a3", "b1"])
  }

  @Test func `filters of one field are alternatives, of several all must hold`() throws {
    #expect(
      try search(("filter", "type:办法"), ("filter", "type:决定"), ("sort", "-date")).hits.map(\.id) == ["b1", "a3", "a1"])
    #expect(
      try search(("filter", "type:通知"), ("filter", "year:2018"), ("sort", "date")).hits.map(\.id) == ["a1", "a2"])
    #expect(try search(("filter", "date:2018-04..2022"), ("sort", "date")).hits.map(\.id) == ["a2", "b5", "a3"])
    #expect(try search(("filter", "path:one/"), ("sort", "-date")).hits.map(\.id) == ["a3", "a2", "a1"])
    #expect(try search(("filter", "path:one/a.txt")).total.value == 3)
    #expect(try search(("q", "养犬"), ("filter", "number:云政办发[2018]5")).hits.map(\.id) == ["a2"])
    #expect(try search(("filter", "number:没有")).hits.isEmpty)
    #expect(try search(("q", "养犬 date:2018..2019"), ("sort", "date")).hits.map(\.id) == ["a1", "a2"])
    #expect(try search(("q", "养犬 path:two/"), ("sort", "date")).hits.map(\.id) == ["b2", "b3"])
  }

  @Test func `what issues say besides their documents is found by asking for it alone`() throws {
    #expect(try search(("q", "目录")).hits.map(\.id) == [])
    #expect(try search(("q", "目录 in:issues")).hits.map(\.id) == ["b#0"])
    #expect(try search(("q", "in:issues")).hits.map(\.id) == ["b#0"])
    #expect(try search(("q", "养犬 in:issues")).hits.map(\.id) == ["b#0"])
    #expect(try search(("filter", "year:2000..")).total.value == 5)
    let response = service.response(to: HTTPRequest(target: "/stats"))
    #expect(try AnswerCoding.decode(StatisticsAnswer.self, from: response.body).documents == 8)
  }
}
