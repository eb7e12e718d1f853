import SearchAPI
import SystemIO

/// The other end of a connection to a server under test.
final class Client {
  let connection: StreamConnection
  private var parser = HTTPResponseParser()
  private var buffer = [UInt8](repeating: 0, count: 4096)

  /// Connects; a read that waits longer than twenty seconds fails the test.
  init(_ path: String) throws {
    connection = try StreamConnection(connectingTo: path)
    try connection.setReadTimeout(milliseconds: 20_000)
  }

  func send(_ text: String) throws {
    try connection.write(Array(text.utf8), timeoutMilliseconds: 5000)
  }

  /// Sends a GET on a connection that stays open.
  func get(_ target: String) throws -> HTTPResponseParser.Answer? {
    try send("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
    return try answer()
  }

  /// The next answer; nil when the server closes the connection instead.
  func answer() throws -> HTTPResponseParser.Answer? {
    while true {
      if let answer = try parser.next() { return answer }
      let count = try connection.read(into: &buffer)
      if count == 0 { return nil }
      parser.append(buffer[..<count])
    }
  }

  /// The code of the next answer, which is a problem.
  func problem() throws -> ErrorCode? {
    guard let answer = try answer() else { return nil }
    return try AnswerCoding.decode(ProblemDocument.self, from: answer.body).code
  }
}
