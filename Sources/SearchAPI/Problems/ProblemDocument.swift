/// Why a request has no answer, as RFC 9457 (`application/problem+json`) has it.
///
///     {"code":"limit_out_of_range","detail":"limit is a whole number from 0 to 1000, not 'x'.","status":400,
///      "title":"Bad Request","type":"about:blank"}
public struct ProblemDocument: Error, Codable, Equatable, Sendable {
  /// The media type of a problem document.
  public static let contentType = "application/problem+json"

  /// `about:blank`: what went wrong is told by ``code``, and ``title`` is the status' own phrase.
  public let type: String
  /// The phrase of the HTTP status.
  public let title: String
  /// The HTTP status.
  public let status: Int
  /// What went wrong this time, in one sentence for a person.
  public let detail: String
  /// What went wrong, for a program.
  public let code: ErrorCode
  /// For ``ErrorCode/querySyntax``: where in `q`, in Unicode scalars from 0.
  public let position: Int?
  /// For ``ErrorCode/querySyntax``: two lines, the query and a `^` under the place.
  public let caret: String?

  /// A problem of the given kind; the status follows from the code.
  public init(_ code: ErrorCode, _ detail: String) {
    self.init(code, detail, position: nil, caret: nil)
  }

  /// The problem that `query` is not well-formed at `position`, counted in Unicode scalars.
  public init(syntaxError detail: String, in query: String, at position: Int) {
    self.init(.querySyntax, detail, position: position, caret: Caret.lines(under: position, of: query))
  }

  private init(_ code: ErrorCode, _ detail: String, position: Int?, caret: String?) {
    type = "about:blank"
    title = HTTPResponse.reasonPhrase(of: code.status)
    status = code.status
    self.detail = detail
    self.code = code
    self.position = position
    self.caret = caret
  }
}
