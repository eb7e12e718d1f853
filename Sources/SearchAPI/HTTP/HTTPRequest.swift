/// A request that has arrived whole.
///
/// Its body, if it had one, was read and thrown away: nothing here needs one.
public struct HTTPRequest: Equatable, Sendable {
  /// The method.
  public var method: HTTPMethod
  /// The target's path, percent-encoded as it came; bytes above 0x7F stand for themselves.
  public var path: [UInt8]
  /// The target's query without the question mark, as it came; empty when there is none.
  public var query: [UInt8]
  /// Whether the connection stays open after the answer.
  public var keepsConnection: Bool

  /// Puts a request together.
  public init(method: HTTPMethod, path: [UInt8], query: [UInt8] = [], keepsConnection: Bool = true) {
    self.method = method
    self.path = path
    self.query = query
    self.keepsConnection = keepsConnection
  }

  /// A request for a target such as `/search?q=%E5%AD%97`, split at the first question mark.
  public init(method: HTTPMethod = .get, target: String) {
    let bytes = Array(target.utf8)
    let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    self.init(method: method, path: Array(bytes[..<mark]), query: Array(bytes[mark...].dropFirst()))
  }
}
