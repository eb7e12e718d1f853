/// Turns the bytes of a connection into requests, one after the other, however the bytes are cut.
///
/// A strict reader of HTTP/1.1 and 1.0 (RFC 9112): lines end with CRLF, no line is folded, lengths are given once. What
/// follows a request stays for the next call, so that requests may be sent without waiting for answers. After a
/// refusal the connection cannot go on, since nobody knows where the next request begins.
///
///     var parser = HTTPRequestParser()
///     parser.append(Array("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET".utf8)[...])
///     try parser.next()  // GET /healthz
///     try parser.next()  // nil: more bytes are needed
public struct HTTPRequestParser: Sendable {
  private enum State {
    case requestLine
    case headers(HTTPRequestHead, byteCount: Int)
    case body(HTTPRequest, rest: Int)
  }

  private let limits: HTTPLimits
  private var state = State.requestLine
  private var hasSkippedEmptyLine = false
  private var buffer: [UInt8] = []
  /// The first byte that is not taken yet.
  private var start = 0
  /// Where the search for the end of the line goes on.
  private var searched = 0

  /// Creates a parser for one connection.
  public init(limits: HTTPLimits = HTTPLimits()) {
    self.limits = limits
  }

  /// Whether nothing of a further request has arrived: the moment at which a connection may be closed politely.
  public var isBetweenRequests: Bool {
    guard case .requestLine = state else { return false }
    return start == buffer.count
  }

  /// Adds bytes as they came.
  public mutating func append(_ bytes: ArraySlice<UInt8>) {
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      searched = 0
      start = 0
    } else if start > 1 << 14 {
      buffer.removeSubrange(..<start)
      searched -= start
      start = 0
    }
    buffer += bytes
  }

  /// The next request, or nil when more bytes are needed.
  ///
  /// - Throws: the ``ProblemDocument`` to answer with before closing the connection.
  public mutating func next() throws(ProblemDocument) -> HTTPRequest? {
    while true {
      switch state {
      case .requestLine:
        guard let line = try nextLine(limit: limits.requestLineByteCount, beyond: .targetTooLong) else { return nil }
        if line.isEmpty && !hasSkippedEmptyLine {
          // RFC 9112, 2.2: one empty line before a request is forgiven.
          hasSkippedEmptyLine = true
        } else {
          state = .headers(try HTTPRequestHead(requestLine: line), byteCount: 0)
        }
      case .headers(var head, let byteCount):
        guard let line = try nextLine(limit: limits.headerByteCount - byteCount, beyond: .headersTooLarge) else {
          return nil
        }
        if line.isEmpty {
          let (request, bodyByteCount) = try head.finish(limits: limits)
          state = .body(request, rest: bodyByteCount)
        } else {
          try head.add(headerLine: line, limits: limits)
          state = .headers(head, byteCount: byteCount + line.count + 2)
        }
      case .body(let request, let rest):
        let taken = min(rest, buffer.count - start)
        start += taken
        searched = start
        guard taken == rest else {
          state = .body(request, rest: rest - taken)
          return nil
        }
        state = .requestLine
        hasSkippedEmptyLine = false
        return request
      }
    }
  }

  /// Takes the next line without its CRLF; nil when it has not arrived whole.
  private mutating func nextLine(limit: Int, beyond code: ErrorCode) throws(ProblemDocument) -> ArraySlice<UInt8>? {
    let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n"))
    // Less one for the CR, which may have arrived without its LF.
    let lineByteCount = (end ?? buffer.count) - start - 1
    guard lineByteCount <= limit else {
      throw ProblemDocument(
        code, code == .targetTooLong ? "The request line is too long." : "The headers are too long.")
    }
    guard let end else {
      searched = buffer.count
      return nil
    }
    guard end > start, buffer[end - 1] == UInt8(ascii: "\r") else {
      throw ProblemDocument(.badRequest, "A line ends with a line feed alone instead of CR LF.")
    }
    let line = buffer[start..<(end - 1)]
    start = end + 1
    searched = start
    return line
  }
}
