import SearchAPI
import Testing

struct HTTPRequestParserTests {
  /// All requests in `text`, fed `step` bytes at a time.
  private func requests(_ text: String, step: Int = .max, limits: HTTPLimits = HTTPLimits()) throws -> [HTTPRequest] {
    try requests(Array(text.utf8), step: step, limits: limits)
  }

  private func requests(_ bytes: [UInt8], step: Int = .max, limits: HTTPLimits = HTTPLimits()) throws -> [HTTPRequest] {
    var parser = HTTPRequestParser(limits: limits)
    var requests: [HTTPRequest] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      parser.append(rest.prefix(step))
      rest = rest.dropFirst(step)
      while let request = try parser.next() { requests.append(request) }
    }
    return requests
  }

  private func code(_ text: String) -> ErrorCode? {
    code(Array(text.utf8))
  }

  /// The code with which these bytes are refused; nil when they are not.
  private func code(_ bytes: [UInt8], limits: HTTPLimits = HTTPLimits()) -> ErrorCode? {
    do {
      _ = try requests(bytes, limits: limits)
      return nil
    } catch {
      return (error as? ProblemDocument)?.code
    }
  }

  @Test(
    "Requests sent without waiting come one by one, however the bytes are cut", arguments: [1, 2, 3, 7, 64, 10_000])
  func pipelining(step: Int) throws {
    let text =
      "GET /search?q=%E5%AD%97 HTTP/1.1\r\nHost: x\r\n\r\n"
      + "POST /reload HTTP/1.1\r\nhost:x\r\nContent-Length: 5\r\nX: y\r\n\r\nabc\r\n"
      + "\r\nHEAD /healthz HTTP/1.0\r\n\r\n"
    #expect(
      try requests(text, step: step) == [
        HTTPRequest(method: .get, path: Array("/search".utf8), query: Array("q=%E5%AD%97".utf8)),
        HTTPRequest(method: .post, path: Array("/reload".utf8)),
        HTTPRequest(method: .head, path: Array("/healthz".utf8), keepsConnection: false),
      ])
  }

  @Test("One empty line before each request is forgiven")
  func emptyLines() throws {
    let request = "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"
    #expect(try requests(request + request + request).count == 3)
    #expect(code(request + "\r\n" + request) == .badRequest)
  }

  @Test("A parser is between requests only when nothing of the next has arrived")
  func betweenRequests() throws {
    var parser = HTTPRequestParser()
    #expect(parser.isBetweenRequests)
    parser.append(Array("GET / HTTP/1.1\r\n".utf8)[...])
    #expect(try parser.next() == nil)
    #expect(!parser.isBetweenRequests)
    parser.append(Array("Host: x\r\n\r\n".utf8)[...])
    #expect(try parser.next() != nil)
    #expect(parser.isBetweenRequests)
  }

  @Test(
    "Whether the connection stays open",
    arguments: [
      ("1.1", "", true), ("1.1", "Connection: close\r\n", false), ("1.1", "connection: Foo , CLOSE\r\n", false),
      ("1.0", "", false), ("1.0", "Connection: Keep-Alive\r\n", true), ("1.1", "Connection: keep-alive\r\n", true),
      ("1.1", "Connection: keep-alive\r\nConnection: close\r\n", false),
    ])
  func keepAlive(version: String, header: String, keeps: Bool) throws {
    #expect(try requests("GET / HTTP/\(version)\r\nHost: x\r\n\(header)\r\n").first?.keepsConnection == keeps)
  }

  @Test(
    "Targets are split at the first question mark; the absolute form and raw UTF-8 are taken",
    arguments: [
      ("/", "/", ""), ("/a?b?c", "/a", "b?c"), ("/a?", "/a", ""), ("http://h/a?b", "/a", "b"),
      ("HTTPS://h:1?b", "/", "b"), ("http://h", "/", ""), ("/搜索?q=字", "/搜索", "q=字"),
    ])
  func targets(target: String, path: String, query: String) throws {
    let request = try requests("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n").first
    #expect(request?.path == Array(path.utf8))
    #expect(request?.query == Array(query.utf8))
  }

  @Test(
    "What breaks the rules is refused",
    arguments: [
      ("GET / HTTP/1.1\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\nHost: x\n\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost: x\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", .badRequest),
      ("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", .badRequest),
      ("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET  / HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET /\u{1} HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET /\t HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET a HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET http:///a HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET * HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET /\r\n\r\n", .badRequest),
      ("\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("G(T / HTTP/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("get / HTTP/1.1\r\nHost: x\r\n\r\n", .notImplemented),
      ("BREW / HTTP/1.1\r\nHost: x\r\n\r\n", .notImplemented),
      ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", .versionNotSupported),
      ("GET / HTTP/1.2\r\nHost: x\r\n\r\n", .versionNotSupported),
      ("GET / http/1.1\r\nHost: x\r\n\r\n", .badRequest),
      ("GET / HTTP/1.10\r\nHost: x\r\n\r\n", .badRequest),
      ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", .lengthRequired),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: Chunked\r\n\r\n", .lengthRequired),
      ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .notImplemented),
      ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n", .notImplemented),
      ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \r\n\r\n", .notImplemented),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", .badRequest),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc", .badRequest),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", .badRequest),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", .badRequest),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n", .badRequest),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n", .bodyTooLarge),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", .bodyTooLarge),
      ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n", .expectationFailed),
      ("GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n", .expectationFailed),
    ] as [(String, ErrorCode)])
  func refused(text: String, expected: ErrorCode) {
    #expect(code(text) == expected)
  }

  @Test("A body of the greatest length is read and thrown away")
  func body() throws {
    let head = "POST /reload HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n"
    let text = head + String(repeating: "G", count: 65536) + "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    #expect(try requests(text, step: 1000).map(\.method) == [.post, .get])
  }

  @Test("The request line may have 128 KiB and no byte more, whether or not its end has come")
  func requestLineLimit() throws {
    let longest = HTTPLimits().requestLineByteCount - "GET / HTTP/1.1".utf8.count
    let line = { (length: Int) in "GET /" + String(repeating: "x", count: length) + " HTTP/1.1" }
    #expect(code(line(longest) + "\r\nHost: x\r\n\r\n") == nil)
    #expect(code(line(longest) + "\r") == nil)
    #expect(code(line(longest + 1) + "\r\nHost: x\r\n\r\n") == .targetTooLong)
    #expect(code(line(longest + 10)) == .targetTooLong)
  }

  @Test("Headers may have 64 KiB altogether, and be a hundred")
  func headerLimits() throws {
    let head = "GET / HTTP/1.1\r\n"
    let room = HTTPLimits().headerByteCount - "Host: x\r\nA: \r\n".utf8.count
    let long = { (length: Int) in head + "Host: x\r\nA: " + String(repeating: "y", count: length) + "\r\n\r\n" }
    #expect(code(long(room - 2)) == nil)
    #expect(code(long(room + 3)) == .headersTooLarge)
    #expect(code(head + String(repeating: "A: b\r\n", count: 20_000)) == .headersTooLarge)
    let many = { (count: Int) in head + "Host: x\r\n" + String(repeating: "A: b\r\n", count: count) + "\r\n" }
    #expect(code(many(99)) == nil)
    #expect(code(many(100)) == .headersTooLarge)
  }

  @Test("No bytes whatever make the parser trap")
  func noise() {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "GET ", "/", " HTTP/1.1", "\r\n", "\n", "\r", "Host: x", ":", " ", "Content-Length: 3", "\r\n\r\n", "%", "\0",
      "字",
      "Transfer-Encoding: chunked", "?", "#", "http://", "POST /",
    ]
    for _ in 0..<2000 {
      let text = (0..<12).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      _ = code(text)
    }
  }
}
