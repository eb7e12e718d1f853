internal import Glibc

extension Descriptor {
  /// Creates a stream socket of the address' family.
  init(socket address: SocketAddress, path: String) throws(SystemError) {
    let raw = try SystemCall.perform("socket", on: path) {
      socket(address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    }
    self.init(owning: raw)
  }

  /// Gives the socket its address.
  borrowing func bind(to address: SocketAddress, path: String) throws(SystemError) {
    _ = try SystemCall.perform("bind", on: path) {
      unsafe address.withPointer { unsafe Glibc.bind(rawValue, $0, $1) }
    }
  }

  /// Sets an option that takes a number.
  borrowing func setOption(_ option: Int32, level: Int32, to value: Int32, path: String) throws(SystemError) {
    var value = value
    _ = try SystemCall.perform("setsockopt", on: path) {
      unsafe setsockopt(rawValue, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  /// Sets how long the socket's calls may block in one direction.
  borrowing func setTimeout(_ option: Int32, milliseconds: Int, path: String) throws(SystemError) {
    var time = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    _ = try SystemCall.perform("setsockopt", on: path) {
      unsafe setsockopt(rawValue, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// The port the system gave an IP socket.
  borrowing func boundPort(path: String) throws(SystemError) -> UInt16 {
    // The port is at the same offset in sockaddr_in and sockaddr_in6.
    var address = sockaddr_in6()
    var byteCount = socklen_t(MemoryLayout<sockaddr_in6>.size)
    _ = try SystemCall.perform("getsockname", on: path) {
      unsafe withUnsafeMutablePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe getsockname(rawValue, $0, &byteCount)
        }
      }
    }
    return UInt16(bigEndian: address.sin6_port)
  }
}
