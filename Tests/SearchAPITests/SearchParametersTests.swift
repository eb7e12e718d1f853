import SearchAPI
import Testing

struct SearchParametersTests {
  private func parameters(_ query: String) throws -> SearchParameters {
    try SearchParameters(QueryParameters(Array(query.utf8)))
  }

  private func problem(_ query: String) -> ProblemDocument? {
    do {
      _ = try parameters(query)
      return nil
    } catch {
      return error as? ProblemDocument
    }
  }

  @Test("Only q is needed")
  func usual() throws {
    let parameters = try parameters("q=%E5%AD%97+%2B")
    #expect(parameters == SearchParameters(query: "字 +"))
    #expect(parameters.limit == 10 && parameters.offset == 0 && parameters.snippets && !parameters.strict)
    #expect(parameters.filters.isEmpty && parameters.facets.isEmpty && parameters.facetLimit == 20)
    #expect(parameters.sort == .relevance && parameters.ranking == .default)
  }

  @Test("Everything can be said, in any order, and other names are ignored")
  func everything() throws {
    let parameters = try parameters(
      "utm=1&utm=2&b=0.4&rank=bm25&&k1=0&snippets=0&limit=1000&offset=1000000000&syntax=strict&filter=a:1&facet=x,y"
        + "&q=a&filter=b:%26:%3D&sort=-date&prefer=recent,in_force&facet=y&facet=z&facet_limit=1000&")
    var expected = SearchParameters(query: "a")
    expected.filters = [try FieldFilter(field: "a", value: "1"), try FieldFilter(field: "b", value: "&:=")]
    expected.facets = ["x", "y", "z"]
    expected.facetLimit = 1000
    expected.sort = .dateDescending
    expected.preferences = [.recent, .inForce]
    expected.limit = 1000
    expected.offset = 1_000_000_000
    expected.snippets = false
    expected.strict = true
    expected.ranking = .bm25(k1: 0, b: 0.4)
    #expect(parameters == expected)
    #expect(try self.parameters("q=a&rank=bm25").ranking == .bm25(k1: 1.2, b: 0.75))
  }

  @Test("Filters alone are a search, too", arguments: ["filter=a:1", "q=&filter=a:1"])
  func filtersAlone(query: String) throws {
    let parameters = try parameters(query)
    #expect(parameters.query.isEmpty)
    #expect(parameters.filters == [try FieldFilter("a:1")])
    #expect(parameters.target == "/search?filter=a%3A1")
  }

  @Test(
    "What is preferred is known by name, each once",
    arguments: ["prefer=", "prefer=new", "prefer=recent,recent", "prefer=recent,", "prefer=in-force", "prefer=RECENT"])
  func preferences(query: String) {
    #expect(problem("q=a&" + query)?.code == .invalidParameter)
    #expect(problem("q=a&" + query)?.detail.contains("in_force, recent") == true)
  }

  @Test("There may be 64 filters, and facets for 16 fields")
  func counts() {
    let filters = { (count: Int) in "q=a" + String(repeating: "&filter=a:1", count: count) }
    #expect(problem(filters(64)) == nil)
    #expect(problem(filters(65))?.detail == "filter is given 65 times; 64 are the most.")
    let facets = { (count: Int) in "q=a&facet=f1&facet=" + (1...count).map { "f\($0)" }.joined(separator: ",") }
    #expect(problem(facets(16)) == nil)
    #expect(problem(facets(17))?.code == .invalidParameter)
  }

  @Test("White space alone is a query", arguments: ["+", "%20", "%E3%80%80", "%0A"])
  func whiteSpace(encoded: String) throws {
    #expect(throws: Never.self) { _ = try parameters("q=" + encoded) }
  }

  @Test(
    "What is wrong has its code, and the parameter is named",
    arguments: [
      ("", .queryMissing, "q"), ("q=", .queryMissing, "q"), ("q", .queryMissing, "q"), ("Q=a", .queryMissing, "q"),
      ("q=&facet=a", .queryMissing, "q"), ("q=a&q=b", .badRequest, "q"), ("q=%", .badRequest, "q"),
      ("q=%FF", .badRequest, "q"),
      ("q=a&%zz=1", .badRequest, "%zz"), ("q=a&limit=%4", .badRequest, "limit"),
      ("q=a&limit=1001", .limitOutOfRange, "limit"), ("q=a&limit=-1", .limitOutOfRange, "limit"),
      ("q=a&limit=", .limitOutOfRange, "limit"), ("q=a&limit=1e2", .limitOutOfRange, "limit"),
      ("q=a&limit=99999999999999999999", .limitOutOfRange, "limit"), ("q=a&limit=%2B5", .limitOutOfRange, "limit"),
      ("q=a&offset=-1", .offsetOutOfRange, "offset"), ("q=a&offset=1000000001", .offsetOutOfRange, "offset"),
      ("q=a&offset=x", .offsetOutOfRange, "offset"), ("q=a&limit=1&limit=1", .badRequest, "limit"),
      ("q=a&snippets=yes", .invalidParameter, "snippets"), ("q=a&syntax=loose", .invalidParameter, "syntax"),
      ("q=a&rank=tfidf", .unknownRanking, "rank"), ("q=a&rank=", .unknownRanking, "rank"),
      ("q=a&rank=bm25&k1=-0.1", .invalidParameter, "k1"), ("q=a&rank=bm25&k1=inf", .invalidParameter, "k1"),
      ("q=a&rank=bm25&k1=nan", .invalidParameter, "k1"), ("q=a&rank=bm25&k1=0x1p3", .invalidParameter, "k1"),
      ("q=a&rank=bm25&k1=1e999", .invalidParameter, "k1"), ("q=a&rank=bm25&b=1.01", .invalidParameter, "b"),
      ("q=a&rank=bm25&b=", .invalidParameter, "b"), ("q=a&k1=1.2", .invalidParameter, "k1"),
      ("q=a&filter=", .invalidParameter, "filter"), ("filter=%FF:a", .badRequest, "filter"),
      ("filter=date:2021-13-40", .invalidParameter, "filter"), ("q=a&facet=", .invalidParameter, "facet"),
      ("q=a&facet=a,,b", .invalidParameter, "facet"), ("q=a&facet=a,", .invalidParameter, "facet"),
      ("q=a&facet_limit=0", .invalidParameter, "facet_limit"),
      ("q=a&facet_limit=1001", .invalidParameter, "facet_limit"),
      ("q=a&facet_limit=5&facet_limit=5", .badRequest, "facet_limit"), ("q=a&sort=title", .invalidParameter, "sort"),
      ("q=a&sort=%2Bdate", .invalidParameter, "sort"), ("q=a&sort=date&sort=date", .badRequest, "sort"),
    ] as [(String, ErrorCode, String)])
  func wrong(query: String, code: ErrorCode, name: String) {
    let problem = problem(query)
    #expect(problem?.code == code)
    #expect(problem?.status == 400)
    #expect(problem?.detail.contains(name) == true)
  }

  @Test("A query may have 1,000 Unicode scalars, however many bytes they are")
  func length() {
    let query = { (count: Int) in "q=" + String(repeating: "%F0%A0%80%80", count: count) }
    #expect(problem(query(1000)) == nil)
    #expect(problem(query(1001))?.code == .queryTooLong)
  }

  @Test("A target asks what it was made from")
  func target() throws {
    var parameters = SearchParameters(query: "“字” & 50% + a=b#?")
    for change in [
      { _ in }, { $0.limit = 0 }, { $0.offset = 7 }, { $0.snippets = false }, { $0.strict = true },
      { $0.ranking = .bm25(k1: 0.9, b: 0.4) }, { $0.filters = [try FieldFilter("a&b:c=d, 公报%+:#")] },
      { $0.filters += [try FieldFilter("year:2020.."), try FieldFilter("date:..2021-06-30")] },
      { $0.facets = ["发文 机关", "a&b"] }, { $0.facetLimit = 1 }, { $0.sort = .dateAscending },
      { $0.sort = .dateDescending }, { $0.query = "" },
    ] as [(inout SearchParameters) throws -> Void] {
      try change(&parameters)
      let request = HTTPRequest(target: parameters.target)
      #expect(try Route(path: request.path) == .search)
      #expect(try SearchParameters(QueryParameters(request.query)) == parameters)
    }
  }
}
