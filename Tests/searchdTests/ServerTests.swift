import Foundation
import SearchAPI
import Synchronization
import SystemIO
import Testing

@testable import searchd

struct ServerTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Answers every request with its path.
  @Sendable private static func echo(_ request: HTTPRequest) -> HTTPResponse {
    HTTPResponse(status: 200, contentType: "text/plain", body: request.path)
  }

  private func start(
    _ limits: ServerLimits = ServerLimits(),
    respond: @escaping @Sendable (HTTPRequest) -> HTTPResponse = ServerTests.echo
  ) throws -> Server {
    let listener = try StreamListener(unixSocket: folder.socket, mode: 0o600)
    let server = Server(listeners: [listener], limits: limits, log: Log { _ in }, respond: respond)
    try server.start()
    return server
  }

  /// Waits, for at most twenty seconds, until `condition` holds.
  private func wait(until condition: () -> Bool) -> Bool {
    let start = MonotonicClock.nanoseconds()
    while !condition() {
      if MonotonicClock.milliseconds(since: start) > 20_000 { return false }
      MonotonicClock.sleep(milliseconds: 1)
    }
    return true
  }

  @Test("A connection stays open for one request after the other")
  func keepAlive() throws {
    let server = try start()
    let client = try Client(folder.socket)
    for path in ["/a", "/b", "/c"] {
      let answer = try client.get(path)
      #expect(answer?.body == Array(path.utf8))
      #expect(answer?.keepsConnection == true)
    }
    #expect(server.connectionCount == 1)
    server.stop()
  }

  @Test("Requests sent together are answered in order, and Connection: close ends the connection")
  func pipelining() throws {
    let server = try start()
    let client = try Client(folder.socket)
    try client.send(
      "GET /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
        + "GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    #expect(try client.answer()?.body == Array("/a".utf8))
    #expect(try client.answer()?.body == Array("/b".utf8))
    #expect(try client.answer()?.body == Array("/c".utf8))
    #expect(try client.answer() == nil)
    server.stop()
  }

  @Test("HTTP/1.0 closes after one answer, and HEAD has no body")
  func oldClients() throws {
    let server = try start()
    let client = try Client(folder.socket)
    try client.send("HEAD /abc HTTP/1.0\r\n\r\n")
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = try client.connection.read(into: &buffer), count > 0 {
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    #expect(text.contains("Content-Length: 4\r\n"))
    #expect(text.hasSuffix("Connection: close\r\n\r\n"))
    server.stop()
  }

  @Test("A request that trickles in is cut off, however often a byte comes")
  func slowLoris() throws {
    var limits = ServerLimits()
    limits.requestMilliseconds = 60
    limits.idleMilliseconds = 60_000
    let server = try start(limits)
    let client = try Client(folder.socket)
    let trickle = try SystemThread(starting: "trickle") { [connection = client.connection] in
      for byte in "GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "y", count: 1000))".utf8 {
        guard (try? connection.write([byte], timeoutMilliseconds: 100)) != nil else { return }
        MonotonicClock.sleep(milliseconds: 5)
      }
    }
    #expect(try client.problem() == .requestTimeout)
    client.connection.shutdown(.both)
    trickle.join()
    server.stop()
  }

  @Test("A connection that says nothing is closed without a word")
  func idle() throws {
    var limits = ServerLimits()
    limits.idleMilliseconds = 500
    let server = try start(limits)
    let client = try Client(folder.socket)
    #expect(try client.get("/a") != nil)
    #expect(try client.answer() == nil)
    #expect(wait { server.connectionCount == 0 })
    server.stop()
  }

  @Test("A refusal can be read even by a client that goes on sending")
  func refusal() throws {
    let server = try start()
    let client = try Client(folder.socket)
    try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n")
    try client.send(String(repeating: "x", count: 1_000_000))
    #expect(try client.problem() == .bodyTooLarge)
    #expect(try client.answer() == nil)
    server.stop()
  }

  @Test("Beyond the greatest number of connections the answer is 503, and afterwards there is room again")
  func overloaded() throws {
    var limits = ServerLimits()
    limits.maximumConnections = 2
    limits.maximumRefusals = 1
    let server = try start(limits)
    var clients = [try Client(folder.socket), try Client(folder.socket)]
    for client in clients { #expect(try client.get("/a")?.status == 200) }
    let polite = try Client(folder.socket)
    #expect(wait { server.connectionCount == 3 })
    let short = try Client(folder.socket)
    #expect(try short.problem() == .overloaded)
    #expect(try short.answer() == nil)
    #expect(try polite.get("/a")?.status == 503)
    #expect(try polite.answer() == nil)
    clients.removeAll()
    #expect(wait { server.connectionCount == 0 })
    #expect(try Client(folder.socket).get("/a")?.status == 200)
    server.stop()
  }

  @Test("A stop finishes the request being answered, closes idle connections and lets nobody in")
  func stop() throws {
    let arrived = Mutex(false)
    let mayAnswer = Mutex(false)
    let server = try start { request in
      arrived.withLock { $0 = true }
      while !mayAnswer.withLock({ $0 }) { MonotonicClock.sleep(milliseconds: 1) }
      return ServerTests.echo(request)
    }
    let idle = try Client(folder.socket)
    let busy = try Client(folder.socket)
    try busy.send("GET /busy HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(wait { arrived.withLock { $0 } && server.connectionCount == 2 })
    let stopper = try SystemThread(starting: "stop") { server.stop() }
    #expect(try idle.answer() == nil)
    #expect(wait { (try? Client(folder.socket)) == nil })
    mayAnswer.withLock { $0 = true }
    let answer = try busy.answer()
    #expect(answer?.body == Array("/busy".utf8))
    #expect(answer?.keepsConnection == false)
    stopper.join()
    #expect(server.connectionCount == 0)
  }

  @Test("A stop does not wait for ever")
  func stopInTime() throws {
    let mayAnswer = Mutex(false)
    var limits = ServerLimits()
    limits.stopMilliseconds = 30
    let server = try start(limits) { request in
      while !mayAnswer.withLock({ $0 }) { MonotonicClock.sleep(milliseconds: 1) }
      return ServerTests.echo(request)
    }
    let client = try Client(folder.socket)
    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(wait { server.connectionCount == 1 })
    let start = MonotonicClock.nanoseconds()
    server.stop()
    #expect(MonotonicClock.milliseconds(since: start) < 7000)
    mayAnswer.withLock { $0 = true }
    #expect(wait { server.connectionCount == 0 })
  }

  @Test("When no descriptor is left, the server goes on as soon as there is one")
  func noDescriptors() throws {
    let lines = Mutex<[String]>([])
    let plan = FaultPlan()
    plan.fail("accept", call: 1, code: EMFILE)
    plan.fail("accept", call: 2, code: EMFILE)
    let listener = try StreamListener(unixSocket: folder.socket, mode: 0o600)
    let log = Log { line in lines.withLock { $0.append(line) } }
    let server = Server(listeners: [listener], limits: ServerLimits(), log: log, respond: Self.echo)
    try FaultPlan.$current.withValue(plan) { try server.start() }
    #expect(try Client(folder.socket).get("/a")?.status == 200)
    #expect(lines.withLock { $0.count } == 1)
    server.stop()
  }
}
