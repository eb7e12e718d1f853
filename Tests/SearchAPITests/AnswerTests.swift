import SearchAPI
import Testing

struct AnswerTests {
  private func text(_ answer: some Encodable) throws -> String {
    String(decoding: try AnswerCoding.encode(answer), as: UTF8.self)
  }

  private let source = SourceAnswer(path: "a/b.txt", startLine: 3, endLine: 9)

  @Test("The body of /search has exactly these keys")
  func search() throws {
    let hit = HitAnswer(
      id: "7", score: 1.5, title: "", source: source,
      snippets: [SnippetAnswer(text: "公报", highlights: [0..<1, 1..<2])],
      fields: [
        AnswerField(name: "year", value: .integer(2024)),
        AnswerField(name: "tags", value: .list([.string("a"), .null])),
        AnswerField(name: "score", value: .boolean(true)),
      ])
    let answer = SearchAnswer(
      query: "q/\"", total: SearchAnswer.Total(value: 1, exact: true), tookMilliseconds: 0.1234567891, hits: [hit],
      notes: [])
    #expect(
      try text(answer) == #"{"hits":[{"id":"7","score":1.5,"snippets":[{"highlights":[[0,1],[1,2]],"text":"公报"}],"#
        + #""source":{"end_line":9,"path":"a/b.txt","start_line":3},"tags":["a",null],"title":"","year":2024}],"#
        + #""query":"q/\"","took_ms":0.123457,"total":{"exact":true,"value":1}}"#)
  }

  @Test("Without snippets, source and notes their keys are left out, and notes come when there are some")
  func optionalKeys() throws {
    let hit = HitAnswer(id: "7", score: 2, title: "t", source: nil, snippets: nil, fields: [])
    #expect(try text(hit) == #"{"id":"7","score":2,"title":"t"}"#)
    let answer = SearchAnswer(
      query: "a", total: SearchAnswer.Total(value: 0, exact: true), tookMilliseconds: 0, hits: [], notes: ["n"])
    #expect(try text(answer).contains(#""notes":["n"]"#))
  }

  @Test("Without a score its key is left out; facets are an object with sorted keys")
  func facets() throws {
    let hit = HitAnswer(id: "7", score: nil, title: "t", source: nil, snippets: nil, fields: [])
    let facets = [
      FacetAnswer(field: "year", values: [], more: 0),
      FacetAnswer(
        field: "issuer", values: [FacetValue(value: "乙", count: 3), FacetValue(value: "甲", count: 1)], more: 7),
    ]
    let answer = SearchAnswer(
      query: "", total: SearchAnswer.Total(value: 4, exact: true), tookMilliseconds: 0, hits: [hit], facets: facets,
      notes: [])
    #expect(
      try text(answer) == #"{"facets":{"issuer":{"more":7,"values":[{"count":3,"value":"乙"},{"count":1,"value":"甲"}]},"#
        + #""year":{"more":0,"values":[]}},"hits":[{"id":"7","title":"t"}],"query":"","took_ms":0,"#
        + #""total":{"exact":true,"value":4}}"#)
    var read = answer
    read.facets?.reverse()
    #expect(try AnswerCoding.decode(SearchAnswer.self, from: AnswerCoding.encode(answer)) == read)
    var none = answer
    none.facets = []
    #expect(try text(none).hasPrefix(#"{"facets":{},"hits""#))
    #expect(try AnswerCoding.decode(SearchAnswer.self, from: AnswerCoding.encode(none)) == none)
  }

  private let citing = DocumentAnswer(
    id: "a/b#1", title: "", text: "", source: nil,
    cites: [
      CitationAnswer(
        relation: "repeals", name: "云政发〔2020〕1号",
        documents: [DocumentReference(id: "公报#2", title: "甲", number: "云政发〔2020〕1号", date: "2020-01-02")]),
      CitationAnswer(relation: "basis", name: "《乙》", documents: []),
    ],
    citedBy: [CitingAnswer(relation: "mentions", document: DocumentReference(id: "3", title: ""))],
    fields: [AnswerField(name: "cited_by", value: .null)])

  @Test("A document has a permalink and its citations both ways, under keys that no field can take")
  func citations() throws {
    #expect(
      try text(citing) == #"{"cited_by":[{"document":{"id":"3","permalink":"/documents/3","title":""},"#
        + #""relation":"mentions"}],"cites":[{"documents":[{"date":"2020-01-02","id":"公报#2","#
        + #""number":"云政发〔2020〕1号","permalink":"/documents/%E5%85%AC%E6%8A%A5%232","title":"甲"}],"#
        + #""name":"云政发〔2020〕1号","relation":"repeals"},"#
        + #"{"documents":[],"name":"《乙》","relation":"basis","unresolved":true}],"#
        + #""id":"a/b#1","permalink":"/documents/a%2Fb%231","text":"","title":""}"#)
    var read = citing
    read.fields = []
    #expect(try AnswerCoding.decode(DocumentAnswer.self, from: AnswerCoding.encode(citing)) == read)
    read.fields = [AnswerField(name: "permalink", value: .string("https://example.org/1"))]
    #expect(try AnswerCoding.decode(DocumentAnswer.self, from: AnswerCoding.encode(read)) == read)
    #expect(try text(read).contains(#""permalink":"https://example.org/1""#))
    let path = Array(citing.permalink.utf8)
    #expect(try Route(path: path) == .document(id: citing.id))
  }

  @Test("The other bodies")
  func others() throws {
    let document = DocumentAnswer(
      id: "1", title: "t", text: "a\nb", source: source, fields: [AnswerField(name: "n", value: .number(0.5))])
    #expect(
      try text(document)
        == #"{"id":"1","n":0.5,"permalink":"/documents/1","source":{"end_line":9,"path":"a/b.txt","start_line":3},"#
        + #""text":"a\nb","title":"t"}"#)
    #expect(try text(HealthAnswer(status: "ok")) == #"{"status":"ok"}"#)
    #expect(try text(ReloadAnswer(generation: 3, documents: 4)) == #"{"documents":4,"generation":3}"#)
    let statistics = StatisticsAnswer(
      generation: 3, documents: 4, deletedDocuments: 0, segments: 1, bytes: 100, uptimeSeconds: 1.5, requests: 2,
      version: "0.1")
    #expect(
      try text(statistics)
        == #"{"bytes":100,"deleted_documents":0,"documents":4,"generation":3,"requests":2,"segments":1,"#
        + #""uptime_s":1.5,"version":"0.1"}"#)
  }

  @Test("A client reads every answer back")
  func decode() throws {
    let values: [JSONValue] = [
      .string("字"), .integer(.min), .integer(.max), .number(0.25), .boolean(false), .null, .list([.integer(1)]),
    ]
    let fields = values.enumerated().map { AnswerField(name: "f\($0.offset)", value: $0.element) }
    let hit = HitAnswer(id: "1", score: 0.1, title: "t", source: source, snippets: [], fields: fields)
    #expect(try AnswerCoding.decode(HitAnswer.self, from: AnswerCoding.encode(hit)) == hit)
    let document = DocumentAnswer(id: "1", title: "t", text: "x", source: nil, fields: fields)
    #expect(try AnswerCoding.decode(DocumentAnswer.self, from: AnswerCoding.encode(document)) == document)
  }

  @Test("A number that JSON cannot say is an error, not a trap", arguments: [Double.nan, .infinity])
  func notFinite(number: Double) {
    #expect(throws: EncodingError.self) { _ = try AnswerCoding.encode([JSONValue.number(number)]) }
  }
}
