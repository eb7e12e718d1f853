import SearchAPI
import Testing

struct ProblemDocumentTests {
  @Test("A problem has the members of RFC 9457 and a code")
  func members() throws {
    let text = String(decoding: try AnswerCoding.encode(ProblemDocument(.notFound, "Nothing.")), as: UTF8.self)
    #expect(
      text
        == #"{"code":"not_found","detail":"Nothing.","status":404,"title":"Not Found","type":"about:blank"}"#)
    #expect(HTTPResponse(ProblemDocument(.notFound, "")).contentType == "application/problem+json")
  }

  @Test("A syntax error shows its place under the query, wide characters counted twice")
  func caret() throws {
    let problem = ProblemDocument(syntaxError: "No phrase ends here.", in: "公报\t\"a", at: 3)
    #expect(problem.code == .querySyntax)
    #expect(problem.position == 3)
    #expect(problem.caret == "公报 \"a\n     ^")
    #expect(try AnswerCoding.decode(ProblemDocument.self, from: AnswerCoding.encode(problem)) == problem)
  }

  @Test("A place at or beyond the end is after the last character", arguments: [2, 3, 100])
  func caretAtEnd(position: Int) {
    #expect(Caret.lines(under: position, of: "か\u{3099}") == "か\u{3099}\n  ^")
  }

  @Test("Every code has a status whose phrase is known, in snake case")
  func codes() {
    for code in ErrorCode.allCases {
      #expect(400..<600 ~= code.status)
      #expect(!HTTPResponse.reasonPhrase(of: code.status).hasPrefix("Status"))
      #expect(code.rawValue.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz_".utf8.contains($0) })
    }
  }
}
