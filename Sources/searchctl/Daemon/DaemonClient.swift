import SearchAPI
import SystemIO

/// Asks a running searchd over its Unix socket, one connection a request.
struct DaemonClient {
  /// An answer may take this long to begin, and pauses in it too.
  private static let timeoutMilliseconds = 60_000

  /// The socket's path.
  let socketPath: String

  /// The answer to a request, whatever its status.
  ///
  /// - Throws: ``ToolError`` when nobody answers, or something that is no searchd.
  func ask(_ method: HTTPMethod = .get, target: String) throws(ToolError) -> HTTPResponseParser.Answer {
    do {
      let connection = try StreamConnection(connectingTo: socketPath)
      try connection.setReadTimeout(milliseconds: Self.timeoutMilliseconds)
      try connection.write(
        HTTPResponseParser.request(method, target: target), timeoutMilliseconds: Self.timeoutMilliseconds)
      var parser = HTTPResponseParser()
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        if let answer = try parser.next() { return answer }
        let count = try connection.read(into: &buffer)
        guard count > 0 else { throw ToolError("\(socketPath): the connection ended before the answer") }
        parser.append(buffer[..<count])
      }
    } catch let error as ToolError {
      throw error
    } catch let error as SystemError {
      throw ToolError("\(socketPath): no searchd answers here (\(error.reason))")
    } catch {
      throw ToolError("\(socketPath): \(error)")
    }
  }

  /// The body of an answer with status 200.
  ///
  /// - Throws: ``ProblemDocument`` for any other status; ``ToolError`` as ``ask(_:target:)`` does.
  func body(_ method: HTTPMethod = .get, target: String) throws -> [UInt8] {
    let answer = try ask(method, target: target)
    return try Self.body(status: answer.status, body: answer.body)
  }

  /// `body` if `status` says that it is the answer.
  ///
  /// - Throws: ``ProblemDocument``, or ``ToolError`` when there is none.
  static func body(status: Int, body: [UInt8]) throws -> [UInt8] {
    if status == 200 { return body }
    guard let problem = try? AnswerCoding.decode(ProblemDocument.self, from: body) else {
      throw ToolError("the answer has status \(status) and is no problem document")
    }
    throw problem
  }
}
