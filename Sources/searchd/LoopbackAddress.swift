/// `127.0.0.1:8080`, `localhost:8080` or `[::1]:8080`.
struct LoopbackAddress: Equatable, Sendable {
  let host: String
  let port: UInt16

  /// Reads host and port; which hosts are loopback is decided when the socket is made.
  init(_ text: String) throws(StartError) {
    let malformed = StartError("--listen is ADDRESS:PORT, as 127.0.0.1:8080, not '\(text)'. Try 'searchd --help'.")
    guard let colon = text.lastIndex(of: ":") else { throw malformed }
    let digits = text[colon...].dropFirst()
    guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let port = UInt16(digits) else {
      throw malformed
    }
    var host = text[..<colon]
    if host.first == "[" && host.last == "]" { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { throw malformed }
    self.host = String(host)
    self.port = port
  }
}
