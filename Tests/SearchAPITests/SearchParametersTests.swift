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
  }

  @Test("Everything can be said, in any order, and other names are ignored")
  func everything() throws {
    let parameters = try parameters(
      "utm=1&utm=2&b=0.4&rank=bm25&&k1=0&snippets=0&limit=1000&offset=1000000000&syntax=strict&q=a&")
    var expected = SearchParameters(query: "a")
    expected.limit = 1000
    expected.offset = 1_000_000_000
    expected.snippets = false
    expected.strict = true
    expected.ranking = .bm25(k1: 0, b: 0.4)
    #expect(parameters == expected)
    #expect(try self.parameters("q=a&rank=bm25").ranking == .bm25(k1: 1.2, b: 0.75))
  }

  @Test("White space alone is a query", arguments: ["+", "%20", "%E3%80%80", "%0A"])
  func whiteSpace(encoded: String) throws {
    #expect(throws: Never.self) { _ = try parameters("q=" + encoded) }
  }

  @Test(
    "What is wrong has its code, and the parameter is named",
    arguments: [
      ("", .queryMissing, "q"), ("q=", .queryMissing, "q"), ("q", .queryMissing, "q"), ("Q=a", .queryMissing, "q"),
      ("q=a&q=b", .badRequest, "q"), ("q=%", .badRequest, "q"), ("q=%FF", .badRequest, "q"),
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
    for change: (inout SearchParameters) -> Void in [
      { _ in }, { $0.limit = 0 }, { $0.offset = 7 }, { $0.snippets = false }, { $0.strict = true },
      { $0.ranking = .bm25(k1: 0.9, b: 0.4) },
    ] {
      change(&parameters)
      let request = HTTPRequest(target: parameters.target)
      #expect(try Route(path: request.path) == .search)
      #expect(try SearchParameters(QueryParameters(request.query)) == parameters)
    }
  }
}
