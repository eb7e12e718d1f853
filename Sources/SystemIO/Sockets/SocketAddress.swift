internal import Glibc

/// Where a socket is bound or connects to, as the system wants it.
enum SocketAddress {
  case unix(path: String, sockaddr_un)
  case ipv4(sockaddr_in)
  case ipv6(sockaddr_in6)

  /// The address of a Unix socket.
  ///
  /// - Throws: `ENAMETOOLONG` for a path of more than 107 bytes, `ENOENT` for an empty one, `EINVAL` for one with a zero
  ///   byte.
  init(unixSocket path: String) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard !bytes.isEmpty else { throw SystemError(operation: "socket", path: path, code: ENOENT) }
    guard !bytes.contains(0) else { throw SystemError(operation: "socket", path: path, code: EINVAL) }
    let fits = unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
      // The last byte stays zero.
      guard bytes.count < room.count else { return false }
      unsafe room.copyBytes(from: bytes)
      return true
    }
    guard fits else { throw SystemError(operation: "socket", path: path, code: ENAMETOOLONG) }
    self = .unix(path: path, address)
  }

  /// A loopback address, `127.x.x.x` or `::1`, and a port; `localhost` is `127.0.0.1`.
  ///
  /// - Throws: `EADDRNOTAVAIL` for every other host: nobody outside of this machine may ask.
  init(loopback host: String, port: UInt16) throws(SystemError) {
    var ipv4 = sockaddr_in()
    if unsafe inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &ipv4.sin_addr) == 1 {
      if UInt32(bigEndian: ipv4.sin_addr.s_addr) >> 24 == 127 {
        ipv4.sin_family = sa_family_t(AF_INET)
        ipv4.sin_port = port.bigEndian
        self = .ipv4(ipv4)
        return
      }
    }
    var ipv6 = sockaddr_in6()
    if host == "::1", unsafe inet_pton(AF_INET6, host, &ipv6.sin6_addr) == 1 {
      ipv6.sin6_family = sa_family_t(AF_INET6)
      ipv6.sin6_port = port.bigEndian
      self = .ipv6(ipv6)
      return
    }
    throw SystemError(operation: "listen on", path: host, code: EADDRNOTAVAIL)
  }

  /// The `AF_` number.
  var family: Int32 {
    switch self {
    case .unix: AF_UNIX
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    }
  }

  /// Runs `body` with the address as `bind` and `connect` take it.
  func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    switch self {
    case .unix(_, let address): unsafe Self.withPointer(to: address, body)
    case .ipv4(let address): unsafe Self.withPointer(to: address, body)
    case .ipv6(let address): unsafe Self.withPointer(to: address, body)
    }
  }

  private static func withPointer<A, R>(to address: A, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<A>.size))
      }
    }
  }
}
