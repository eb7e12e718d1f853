/// The client's side: turns a connection's bytes into answers, and builds requests.
public struct HTTPResponseParser: Sendable {
  /// Why bytes are no answer of this daemon.
  public struct Malformed: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, in one sentence.
    public let description: String
  }

  /// An answer as a client sees it.
  public struct Answer: Equatable, Sendable {
    /// The HTTP status.
    public let status: Int
    /// The media type of the body.
    public let contentType: String
    /// The body.
    public let body: [UInt8]
    /// Whether another request may be sent on the connection.
    public let keepsConnection: Bool
  }

  /// The longest head and the longest body that are read.
  private static let maximumHeadByteCount = 64 << 10
  private static let maximumBodyByteCount = 1 << 30

  private let answersHead: Bool
  private var buffer: [UInt8] = []

  /// Creates a parser; `answersHead` says that the requests were HEAD, so that no body follows.
  public init(answersHead: Bool = false) {
    self.answersHead = answersHead
  }

  /// The bytes of a request: `path` and `query` are encoded as ``PercentEncoding`` has it, by the caller.
  public static func request(_ method: HTTPMethod, target: String, keepsConnection: Bool = false) -> [UInt8] {
    var head = "\(method.rawValue) \(target) HTTP/1.1\r\nHost: localhost\r\n"
    if method == .post { head += "Content-Length: 0\r\n" }
    if !keepsConnection { head += "Connection: close\r\n" }
    return Array((head + "\r\n").utf8)
  }

  /// Adds bytes as they came.
  public mutating func append(_ bytes: ArraySlice<UInt8>) {
    buffer += bytes
  }

  /// The next answer, or nil when more bytes are needed.
  public mutating func next() throws(Malformed) -> Answer? {
    guard let headEnd = endOfHead() else {
      guard buffer.count <= Self.maximumHeadByteCount else { throw Malformed(description: "The headers never end.") }
      return nil
    }
    var lines = buffer[..<headEnd].split(separator: UInt8(ascii: "\n")).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }[...]
    let words = (lines.popFirst() ?? "").split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
      throw Malformed(description: "The answer does not begin with 'HTTP/1.1' and a status.")
    }
    var headers: [String: String] = [:]
    for line in lines {
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let value = Array(line.utf8[colon...].dropFirst())[...].trimmingBlanks
      headers[line[..<colon].lowercased()] = String(decoding: value, as: UTF8.self)
    }
    guard let length = headers["content-length"].flatMap({ Int($0) }), 0...Self.maximumBodyByteCount ~= length else {
      throw Malformed(description: "The answer has no Content-Length that could be read.")
    }
    let bodyEnd = headEnd + (answersHead ? 0 : length)
    guard buffer.count >= bodyEnd else { return nil }
    let body = Array(buffer[headEnd..<bodyEnd])
    buffer.removeSubrange(..<bodyEnd)
    return Answer(
      status: status, contentType: headers["content-type"] ?? "", body: body,
      keepsConnection: headers["connection"]?.lowercased() != "close")
  }

  /// The offset after the empty line that ends the head.
  private func endOfHead() -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    var index = buffer.startIndex
    while let newline = buffer[index...].firstIndex(of: UInt8(ascii: "\r")) {
      if buffer[newline...].starts(with: mark) { return newline + mark.count }
      index = newline + 1
    }
    return nil
  }
}
