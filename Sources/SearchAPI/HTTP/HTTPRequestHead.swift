/// What the lines of a request's head said so far, checked line by line.
struct HTTPRequestHead: Sendable {
  private let method: HTTPMethod
  private let path: [UInt8]
  private let query: [UInt8]
  private let isVersion11: Bool

  private var headerCount = 0
  private var hostCount = 0
  private var contentLength: Int?
  private var transferCodings: String?
  private var expectation: String?
  private var asksToClose = false
  private var asksToKeep = false

  /// Reads `GET /path?query HTTP/1.1`.
  init(requestLine line: ArraySlice<UInt8>) throws(ProblemDocument) {
    let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw ProblemDocument(.badRequest, "The request line is not 'METHOD TARGET HTTP/1.1' with single spaces.")
    }
    isVersion11 = try Self.isVersion11(parts[2])
    guard parts[0].allSatisfy(\.isTokenByte) else {
      throw ProblemDocument(.badRequest, "The method has a character that no method has.")
    }
    (path, query) = try Self.split(target: parts[1])
    guard let method = HTTPMethod(rawValue: String(decoding: parts[0], as: UTF8.self)) else {
      throw ProblemDocument(.notImplemented, "The method is not known.")
    }
    self.method = method
  }

  /// Takes in `Name: value`.
  mutating func add(headerLine line: ArraySlice<UInt8>, limits: HTTPLimits) throws(ProblemDocument) {
    headerCount += 1
    guard headerCount <= limits.headerCount else {
      throw ProblemDocument(.headersTooLarge, "There are more than \(limits.headerCount) headers.")
    }
    guard line.first != UInt8(ascii: " "), line.first != UInt8(ascii: "\t") else {
      throw ProblemDocument(.badRequest, "A header is folded over two lines.")
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(\.isTokenByte)
    else {
      throw ProblemDocument(.badRequest, "A header is not 'Name: value'.")
    }
    let value = line[(colon + 1)...]
    guard value.allSatisfy({ $0 == UInt8(ascii: "\t") || !$0.isControlByte }) else {
      throw ProblemDocument(.badRequest, "A header's value has a control character.")
    }
    try take(name: line[..<colon], value: value.trimmingBlanks)
  }

  /// Checks what only the whole head can tell, and returns the request with the length of the body that follows it.
  func finish(limits: HTTPLimits) throws(ProblemDocument) -> (HTTPRequest, bodyByteCount: Int) {
    if isVersion11 && hostCount == 0 { throw ProblemDocument(.badRequest, "The Host header is missing.") }
    if let transferCodings {
      guard transferCodings == "chunked" else {
        throw ProblemDocument(.notImplemented, "The transfer coding is not known.")
      }
      throw ProblemDocument(.lengthRequired, "Chunked bodies are not read: give a Content-Length.")
    }
    let length = contentLength ?? 0
    guard length <= limits.bodyByteCount else {
      throw ProblemDocument(.bodyTooLarge, "The body is longer than \(limits.bodyByteCount) bytes.")
    }
    if let expectation, isVersion11, length > 0 || expectation != "100-continue" {
      throw ProblemDocument(.expectationFailed, "Send the request without an Expect header.")
    }
    let keepsConnection = !asksToClose && (isVersion11 || asksToKeep)
    return (HTTPRequest(method: method, path: path, query: query, keepsConnection: keepsConnection), length)
  }

  private mutating func take(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) throws(ProblemDocument) {
    if name.isName("host") {
      hostCount += 1
      guard hostCount == 1 else { throw ProblemDocument(.badRequest, "There are two Host headers.") }
      guard !value.contains(where: { $0.isControlByte || " \t/?#@".utf8.contains($0) }) else {
        throw ProblemDocument(.badRequest, "The Host header is not a host.")
      }
    } else if name.isName("content-length") {
      guard contentLength == nil else { throw ProblemDocument(.badRequest, "There are two Content-Length headers.") }
      guard !value.isEmpty, value.allSatisfy(\.isDigitByte) else {
        throw ProblemDocument(.badRequest, "The Content-Length is not a number.")
      }
      contentLength = Int(String(decoding: value, as: UTF8.self)) ?? Int.max
    } else if name.isName("transfer-encoding") {
      let text = String(decoding: value, as: UTF8.self).lowercased()
      transferCodings = transferCodings.map { $0 + "," + text } ?? text
    } else if name.isName("expect") {
      expectation = String(decoding: value, as: UTF8.self).lowercased()
    } else if name.isName("connection") {
      for option in value.split(separator: UInt8(ascii: ",")) {
        switch String(decoding: option.trimmingBlanks, as: UTF8.self).lowercased() {
        case "close": asksToClose = true
        case "keep-alive": asksToKeep = true
        default: break
        }
      }
    }
  }

  private static func isVersion11(_ version: ArraySlice<UInt8>) throws(ProblemDocument) -> Bool {
    if version.elementsEqual("HTTP/1.1".utf8) { return true }
    if version.elementsEqual("HTTP/1.0".utf8) { return false }
    let digits = version.dropFirst(5)
    guard version.starts(with: "HTTP/".utf8), digits.count == 3, digits.first?.isDigitByte == true,
      digits.dropFirst().first == UInt8(ascii: "."), digits.last?.isDigitByte == true
    else {
      throw ProblemDocument(.badRequest, "The request line does not end with 'HTTP/1.1'.")
    }
    throw ProblemDocument(.versionNotSupported, "Only HTTP/1.1 and HTTP/1.0 are spoken here.")
  }

  /// Splits a target, which is `/path?query` or the same behind `http://host`.
  private static func split(target: ArraySlice<UInt8>) throws(ProblemDocument) -> ([UInt8], [UInt8]) {
    guard !target.contains(where: \.isControlByte) else {
      throw ProblemDocument(.badRequest, "The target has a control character; write it as %XX.")
    }
    guard !target.contains(UInt8(ascii: "#")) else {
      throw ProblemDocument(.badRequest, "The target has a '#'; write it as %23.")
    }
    var rest = target
    for scheme in ["http://", "https://"]
    where target.first != UInt8(ascii: "/")
      && String(decoding: target.prefix(scheme.utf8.count), as: UTF8.self).lowercased() == scheme
    {
      let afterScheme = target.dropFirst(scheme.utf8.count)
      let end = afterScheme.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? afterScheme.endIndex
      guard end > afterScheme.startIndex else { throw ProblemDocument(.badRequest, "The target has no host.") }
      rest = afterScheme[end...]
      if rest.first != UInt8(ascii: "/") { return ([UInt8(ascii: "/")], Array(rest.dropFirst())) }
    }
    guard rest.first == UInt8(ascii: "/") else {
      throw ProblemDocument(.badRequest, "The target does not begin with '/'.")
    }
    let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
    return (Array(rest[..<mark]), Array(rest[mark...].dropFirst()))
  }
}
