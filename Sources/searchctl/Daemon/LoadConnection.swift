import SearchAPI
import SystemIO

/// One kept connection to a searchd, which asks, and reads of an answer only what a measurement needs.
///
/// Much lighter than ``DaemonClient``, so that a client on the daemon's own processors takes little from it.
struct LoadConnection: ~Copyable {
  /// What an answer to a search says.
  struct Answer: Equatable {
    let status: Int
    /// How many documents match; nil when the answer names no total.
    let total: Int?
  }

  private static let timeoutMilliseconds = 60_000
  private let connection: StreamConnection
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var bytes: [UInt8] = []

  init(to socketPath: String) throws(SystemError) {
    let connection = try StreamConnection(connectingTo: socketPath)
    try connection.setReadTimeout(milliseconds: Self.timeoutMilliseconds)
    self.connection = connection
  }

  /// Sends a request for a search and waits for the whole answer.
  ///
  /// - Throws: ``SystemError``; ``ToolError`` when the answer ends early or has no length.
  mutating func ask(_ request: [UInt8]) throws -> Answer {
    try connection.write(request, timeoutMilliseconds: Self.timeoutMilliseconds)
    bytes.removeAll(keepingCapacity: true)
    var end: Int?
    while end.map({ bytes.count < $0 }) ?? true {
      let count = try connection.read(into: &buffer)
      guard count > 0 else { throw ToolError("the connection ended before the answer") }
      bytes += buffer[..<count]
      if end == nil { end = try Self.end(of: bytes) }
    }
    return Answer(status: Self.number(in: bytes, at: "HTTP/1.1 ".utf8.count) ?? 0, total: Self.total(in: bytes))
  }

  /// Where an answer ends; nil while its head has not arrived whole.
  static func end(of bytes: [UInt8]) throws(ToolError) -> Int? {
    guard let headEnd = firstIndex(of: "\r\n\r\n", in: bytes) else { return nil }
    let name: StaticString = "\r\nContent-Length: "
    guard let start = firstIndex(of: name, in: bytes), start < headEnd,
      let length = number(in: bytes, at: start + name.utf8CodeUnitCount)
    else { throw ToolError("the answer has no Content-Length") }
    return headEnd + 4 + length
  }

  /// The number behind the last `"value":`, which is the total: it ends the answer.
  static func total(in bytes: [UInt8]) -> Int? {
    let name = Array("\"value\":".utf8)
    guard let brace = bytes.lastIndex(of: UInt8(ascii: "}")) else { return nil }
    var start = brace
    while start > name.count, bytes[start - 1] != UInt8(ascii: ":") { start -= 1 }
    guard start > name.count, bytes[..<start].suffix(name.count).elementsEqual(name) else { return nil }
    return number(in: bytes, at: start)
  }

  private static func number(in bytes: [UInt8], at start: Int) -> Int? {
    var value: Int?
    for byte in bytes[min(start, bytes.count)...].prefix(15) {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
      value = (value ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  private static func firstIndex(of text: StaticString, in bytes: [UInt8]) -> Int? {
    let wanted = Array(text.description.utf8)
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...bytes.count - wanted.count where bytes[start] == wanted[0] {
      if bytes[start...].starts(with: wanted) { return start }
    }
    return nil
  }
}
