import Foundation
import Synchronization
import SystemIO
import Testing

/// One after the other, because sockets have no names by which a test could tell its own from another's.
@Suite(.serialized)
struct SocketTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var openSocketCount: Int {
    let manager = FileManager.default
    let links = (try? manager.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return links.filter { link in
      (try? manager.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(link)"))?.hasPrefix("socket:") ?? false
    }.count
  }

  /// A client and the server's end of its connection.
  private func pair() throws -> (client: StreamConnection, server: StreamConnection) {
    let listener = try StreamListener(unixSocket: folder["s"], mode: 0o600)
    let client = try StreamConnection(connectingTo: folder["s"])
    let server = try #require(try listener.accept())
    try FileSystem.remove(folder["s"])
    return (client, server)
  }

  @Test("Bytes go both ways and end with the other side")
  func bytes() throws {
    let (client, server) = try pair()
    try client.write([1, 2, 3], timeoutMilliseconds: 1000)
    var buffer = [UInt8](repeating: 0, count: 8)
    #expect(try server.read(into: &buffer) == 3)
    #expect(buffer.prefix(3) == [1, 2, 3])
    try server.write([4], timeoutMilliseconds: 1000)
    server.shutdown(.write)
    #expect(try client.read(into: &buffer) == 1)
    #expect(try client.read(into: &buffer) == 0)
  }

  @Test("A socket has exactly the mode asked for, whatever the umask", arguments: [0o600, 0o660, 0o666] as [UInt32])
  func mode(mode: UInt32) throws {
    let listener = try StreamListener(unixSocket: folder["s"], mode: mode)
    var status = stat()
    #expect(stat(listener.path, &status) == 0)
    #expect(status.st_mode & 0o7777 == mode)
  }

  @Test("A read that a signal interrupts goes on waiting")
  func interruptedBySignal() throws {
    // Without SA_RESTART, so that the system call comes back with EINTR.
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    #expect(sigaction(SIGUSR1, &action, nil) == 0)
    let (client, server) = try pair()
    let reader = Mutex<pthread_t?>(nil)
    let received = Mutex<Result<Int, SystemError>?>(nil)
    let thread = try SystemThread(starting: "reader") {
      // The threads that tests run on block all signals, and this one came from such a thread.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, SIGUSR1)
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      reader.withLock { $0 = pthread_self() }
      var buffer = [UInt8](repeating: 0, count: 8)
      let result = Result { () throws(SystemError) in try server.read(into: &buffer) }
      received.withLock { $0 = result }
    }
    for _ in 0..<20 {
      if let reader = reader.withLock({ $0 }) { pthread_kill(reader, SIGUSR1) }
      MonotonicClock.sleep(milliseconds: 1)
    }
    try client.write([1], timeoutMilliseconds: 1000)
    thread.join()
    #expect(received.withLock { $0 } == .success(1))
  }

  @Test("A read and a write that take too long say so")
  func timeouts() throws {
    let (client, server) = try pair()
    try server.setReadTimeout(milliseconds: 20)
    var buffer = [UInt8](repeating: 0, count: 8)
    let read = #expect(throws: SystemError.self) { _ = try server.read(into: &buffer) }
    #expect(read?.isTimeout == true)
    let large = [UInt8](repeating: 0, count: 4 << 20)
    let write = #expect(throws: SystemError.self) { try server.write(large, timeoutMilliseconds: 20) }
    #expect(write?.isTimeout == true)
    _ = client
  }

  @Test("A large answer arrives whole at a reader that takes its time, and after a short write")
  func largeWrite() throws {
    let (client, server) = try pair()
    let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
    let plan = FaultPlan()
    plan.shorten("send", call: 1, to: 5)
    let writer = try FaultPlan.$current.withValue(plan) {
      try SystemThread(starting: "writer") {
        try? server.write(large, timeoutMilliseconds: 10_000)
        server.shutdown(.write)
      }
    }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 10_000)
    while case let count = try client.read(into: &buffer), count > 0 { received += buffer[..<count] }
    writer.join()
    #expect(received == large)
  }

  @Test("Writing to a side that has gone is an error, not the end of the process")
  func peerGone() throws {
    var (client, server): (StreamConnection?, StreamConnection) = try pair()
    withExtendedLifetime(client) {}
    client = nil
    let error = #expect(throws: SystemError.self) { try server.write([1], timeoutMilliseconds: 100) }
    #expect(error?.isClosedByPeer == true)
  }

  @Test("Ending a read leaves what has arrived")
  func shutdownRead() throws {
    let (client, server) = try pair()
    try client.write([7], timeoutMilliseconds: 100)
    server.shutdown(.read)
    var buffer = [UInt8](repeating: 0, count: 8)
    #expect(try server.read(into: &buffer) == 1)
    #expect(try server.read(into: &buffer) == 0)
  }

  @Test("A waiting accept wakes when the listener stops", arguments: [true, false])
  func stop(unix: Bool) throws {
    let listener =
      try unix ? StreamListener(unixSocket: folder["s"], mode: 0o600) : StreamListener(loopback: "127.0.0.1", port: 0)
    let thread = try SystemThread(starting: "accept") { while (try? listener.accept()) != nil {} }
    MonotonicClock.sleep(milliseconds: 5)
    listener.stop()
    thread.join()
    #expect(try listener.accept() == nil)
  }

  @Test("A listener removes its own socket and nobody else's")
  func removesItsOwn() throws {
    let first = try StreamListener(unixSocket: folder["s"], mode: 0o600)
    try FileSystem.remove(folder["s"])
    let second = try StreamListener(unixSocket: folder["s"], mode: 0o600)
    try first.removeSocketFile()
    #expect(try StreamListener.isSocket(at: folder["s"]) == true)
    try second.removeSocketFile()
    try second.removeSocketFile()
    #expect(try StreamListener.isSocket(at: folder["s"]) == nil)
  }

  @Test(
    "Only loopback addresses are listened on",
    arguments: ["0.0.0.0", "8.8.8.8", "::", "example.org", "", "128.0.0.1"])
  func loopbackOnly(host: String) throws {
    #expect(throws: SystemError(operation: "listen on", path: host, code: EADDRNOTAVAIL)) {
      _ = try StreamListener(loopback: host, port: 0)
    }
    #expect(try StreamListener(loopback: "127.0.0.1", port: 0).port ?? 0 > 0)
  }

  @Test("A path is refused when it is too long, empty, or taken")
  func paths() throws {
    let long = folder[String(repeating: "x", count: 100)]
    for (path, code) in [(long, ENAMETOOLONG), ("", ENOENT), ("a\0b", EINVAL)] {
      #expect(throws: SystemError(operation: "socket", path: path, code: code)) {
        _ = try StreamListener(unixSocket: path, mode: 0o600)
      }
    }
    let file = try folder.file("a", [1])
    let error = #expect(throws: SystemError.self) { _ = try StreamListener(unixSocket: file, mode: 0o600) }
    #expect(error?.isTaken == true)
    #expect(try folder.bytes("a") == [1])
    #expect(throws: SystemError(operation: "connect", path: folder["none"], code: ENOENT)) {
      _ = try StreamConnection(connectingTo: folder["none"])
    }
  }

  @Test(
    "Each failing call is reported, and the socket is closed and removed",
    arguments: ["socket", "fchmod", "bind", "chmod", "listen", "connect", "accept", "setsockopt", "send", "recv"])
  func failure(operation: String) throws {
    let before = openSocketCount
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: EACCES)
    FaultPlan.$current.withValue(plan) {
      _ = #expect(throws: SystemError(operation: operation, path: folder["s"], code: EACCES)) {
        let (client, server) = try pair()
        try server.setReadTimeout(milliseconds: 100)
        try client.write([1], timeoutMilliseconds: 100)
        var buffer: [UInt8] = [0]
        _ = try server.read(into: &buffer)
      }
    }
    #expect(openSocketCount == before)
    if ["fchmod", "chmod", "listen"].contains(operation) { #expect(try FileSystem.kind(folder["s"]) == nil) }
  }
}
