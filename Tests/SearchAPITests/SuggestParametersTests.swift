import SearchAPI
import Testing

struct SuggestParametersTests {
  private func parameters(_ target: String) throws -> SuggestParameters {
    try SuggestParameters(QueryParameters(HTTPRequest(target: target).query))
  }

  @Test("What was typed and the limit are read, and written as they were")
  func reading() throws {
    let parameters = try parameters("/suggest?q=%E5%BA%94%20a&limit=3&x=1")
    #expect(parameters.query == "应 a")
    #expect(parameters.limit == 3)
    #expect(try self.parameters(parameters.target) == parameters)
    #expect(try self.parameters("/suggest?q=a").limit == 10)
  }

  @Test(
    "What is wrong is refused",
    arguments: [
      ("/suggest", .queryMissing), ("/suggest?q=", .queryMissing), ("/suggest?q=a&limit=0", .limitOutOfRange),
      ("/suggest?q=a&limit=101", .limitOutOfRange), ("/suggest?q=a&q=b", .badRequest),
      ("/suggest?q=" + String(repeating: "a", count: 1001), .queryTooLong),
    ] as [(String, ErrorCode)])
  func refused(target: String, code: ErrorCode) {
    let error = #expect(throws: ProblemDocument.self) { _ = try parameters(target) }
    #expect(error?.code == code)
  }
}
