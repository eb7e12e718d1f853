import SearchAPI
import Testing

struct HTTPResponseTests {
  private let response = HTTPResponse(
    status: 405, contentType: "text/plain", headers: [HTTPHeader(name: "Allow", value: "GET, HEAD")],
    body: Array("字\n".utf8))

  @Test("An answer is a status, headers, an empty line and the body")
  func serialized() {
    let text = String(decoding: response.serialized(keepsConnection: true), as: UTF8.self)
    #expect(
      text == """
        HTTP/1.1 405 Method Not Allowed\r
        Content-Type: text/plain\r
        Content-Length: 4\r
        Allow: GET, HEAD\r
        Connection: keep-alive\r
        \r
        字\n
        """)
  }

  @Test("The answer to HEAD has the length of the body and not the body")
  func head() {
    let bytes = response.serialized(keepsConnection: false, withBody: false)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("Content-Length: 4\r\n"))
    #expect(text.hasSuffix("Connection: close\r\n\r\n"))
  }

  @Test("A client reads what a server writes, however the bytes are cut", arguments: [1, 5, 1000])
  func roundTrip(step: Int) throws {
    var bytes = (response.serialized(keepsConnection: true) + response.serialized(keepsConnection: false))[...]
    var parser = HTTPResponseParser()
    var answers: [HTTPResponseParser.Answer] = []
    while !bytes.isEmpty {
      parser.append(bytes.prefix(step))
      bytes = bytes.dropFirst(step)
      while let answer = try parser.next() { answers.append(answer) }
    }
    #expect(answers.map(\.body) == [response.body, response.body])
    #expect(answers.map(\.status) == [405, 405])
    #expect(answers.map(\.contentType) == ["text/plain", "text/plain"])
    #expect(answers.map(\.keepsConnection) == [true, false])
  }

  @Test(
    "What is no answer of this daemon is an error",
    arguments: [
      "SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "\r\n\r\n",
    ])
  func malformed(text: String) {
    var parser = HTTPResponseParser()
    parser.append(Array(text.utf8)[...])
    #expect(throws: HTTPResponseParser.Malformed.self) { _ = try parser.next() }
  }

  @Test("A server reads what a client asks")
  func clientRequest() throws {
    var parser = HTTPRequestParser()
    parser.append(HTTPResponseParser.request(.post, target: "/reload")[...])
    #expect(try parser.next() == HTTPRequest(method: .post, path: Array("/reload".utf8), keepsConnection: false))
  }
}
