/// An answer: status, a few headers, and the bytes of the body.
public struct HTTPResponse: Equatable, Sendable {
  /// The media type of an answer that is no problem.
  public static let jsonContentType = "application/json"

  /// The HTTP status.
  public var status: Int
  /// The media type of the body.
  public var contentType: String
  /// Headers besides `Content-Type`, `Content-Length` and `Connection`, in order.
  public var headers: [HTTPHeader]
  /// The body, also for the answer to a HEAD request, whose length it gives.
  public var body: [UInt8]

  /// Puts a response together.
  public init(status: Int, contentType: String, headers: [HTTPHeader] = [], body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.headers = headers
    self.body = body
  }

  /// The bytes to send.
  ///
  /// `withBody` is false for the answer to a HEAD request.
  public func serialized(keepsConnection: Bool, withBody: Bool = true) -> [UInt8] {
    var head = "HTTP/1.1 \(status) \(Self.reasonPhrase(of: status))\r\n"
    head += "Content-Type: \(contentType)\r\nContent-Length: \(body.count)\r\n"
    for header in headers { head += "\(header.name): \(header.value)\r\n" }
    head += "Connection: \(keepsConnection ? "keep-alive" : "close")\r\n\r\n"
    return withBody ? Array(head.utf8) + body : Array(head.utf8)
  }

  /// The phrase that goes with a status.
  public static func reasonPhrase(of status: Int) -> String {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 417: "Expectation Failed"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Status \(status)"
    }
  }
}
