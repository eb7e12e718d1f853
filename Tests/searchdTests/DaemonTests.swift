import Foundation
import SearchAPI
import Synchronization
import SystemIO
import Testing

@testable import searchd

struct DaemonTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.rebuild(documentCount: 3)
  }

  private var options: Options { Options(index: folder.index, socket: folder.socket) }

  private func start(_ options: Options? = nil, log: Log = Log { _ in }) throws -> Daemon {
    try Daemon(starting: options ?? self.options, log: log)
  }

  /// The sentence with which a start fails.
  private func sentence(_ options: Options? = nil) -> String {
    do {
      try start(options).stop()
      return "it started"
    } catch {
      return "\(error)"
    }
  }

  @Test("A search is answered over the socket")
  func search() throws {
    let daemon = try start()
    let client = try Client(folder.socket)
    let answer = try #require(try client.get("/search?q=公报&limit=2"))
    #expect(answer.status == 200)
    let body = try AnswerCoding.decode(SearchAnswer.self, from: answer.body)
    #expect(body.total.value == 3)
    #expect(body.hits.count == 2)
    #expect(try client.get("/documents/2")?.status == 200)
    daemon.stop()
    #expect(!folder.exists(folder.socket))
    #expect(!folder.exists(folder.socket + ".lock"))
  }

  @Test("Over TCP the answers are the same")
  func loopback() throws {
    let lines = Mutex<[String]>([])
    var options = options
    options.listen = try LoopbackAddress("127.0.0.1:0")
    let daemon = try start(options, log: Log { line in lines.withLock { $0.append(line) } })
    let ready = try #require(lines.withLock { $0.first })
    let port = try #require(ready.firstMatch(of: #/listen=127\.0\.0\.1:(\d+)/#)?.1)
    let answer = try askLoopback(
      port: #require(UInt16(port)), "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.hasSuffix(#"{"status":"ok"}"#))
    daemon.stop()
  }

  /// Sends `request` to a TCP port of this machine and returns what comes until the end.
  private func askLoopback(port: UInt16, _ request: String) throws -> String {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0)
    #expect(send(client, request, request.utf8.count, 0) == request.utf8.count)
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = recv(client, &buffer, buffer.count, 0), count > 0 { answer += buffer[..<count] }
    return String(decoding: answer, as: UTF8.self)
  }

  @Test("The log has one line for each event, and no word of a query")
  func log() throws {
    let lines = Mutex<[String]>([])
    let daemon = try start(log: Log { line in lines.withLock { $0.append(line) } })
    let client = try Client(folder.socket)
    #expect(try client.get("/search?q=secret")?.status == 200)
    #expect(try client.get("/search?q=secret&limit=x")?.status == 400)
    daemon.reload()
    daemon.stop()
    let words = lines.withLock { $0 }.map { $0.prefix { $0 != " " } }
    #expect(words == ["ready", "reload", "stop", "stopped"])
    let ready = lines.withLock { $0[0] }
    #expect(ready.contains("socket=\(folder.socket) documents=3 generation="))
    #expect(lines.withLock { $0.allSatisfy { $0.hasSuffix("\n") && !$0.contains("secret") } })
  }

  @Test("A file of synonyms is read at the start, where it must be well formed, and with each commit")
  func synonyms() throws {
    let path = folder.path + "/synonyms"
    var options = Options(index: folder.index, socket: folder.socket)
    options.synonyms = path
    #expect(sentence(options) == "\(path): cannot be read (No such file or directory).")
    try Data("公报".utf8).write(to: URL(fileURLWithPath: path))
    #expect(sentence(options) == "\(path):1: words, one = or >, and words.")
    #expect(!folder.exists(folder.socket))
    try Data("通报 > 公报".utf8).write(to: URL(fileURLWithPath: path))
    let lines = Mutex<[String]>([])
    let daemon = try Daemon(starting: options, log: Log { line in lines.withLock { $0.append(line) } })
    let client = try Client(folder.socket)
    func used() throws -> [SynonymAnswer]? {
      try AnswerCoding.decode(SearchAnswer.self, from: client.get("/search?q=通报")?.body ?? []).synonyms
    }
    #expect(try used() == [SynonymAnswer(typed: "通报", also: ["公报"])])
    try Data("通报".utf8).write(to: URL(fileURLWithPath: path))
    try client.send("POST /reload HTTP/1.1\r\nHost: x\r\n\r\n")
    let answer = try AnswerCoding.decode(ReloadAnswer.self, from: try #require(try client.answer()).body)
    #expect(answer.notes == ["The synonyms before stay: \(path):1: words, one = or >, and words."])
    #expect(lines.withLock { $0.contains { $0.hasPrefix("synonyms stay as they were: \(path):1") } })
    #expect(try used() == [SynonymAnswer(typed: "通报", also: ["公报"])])
    daemon.stop()
  }

  @Test("Eight clients see no failed request while commits are taken up")
  func reloads() throws {
    let daemon = try start()
    let failures = Mutex<[String]>([])
    let clients = try (0..<8).map { _ in
      try SystemThread(starting: "client") { [socket = folder.socket] in
        do {
          let client = try Client(socket)
          for _ in 0..<100 {
            let answer = try client.get("/search?q=公报")
            let body = try AnswerCoding.decode(SearchAnswer.self, from: answer?.body ?? [])
            if answer?.status != 200 || body.total.value < 3 { failures.withLock { $0.append("\(body)") } }
          }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
    }
    let control = try Client(folder.socket)
    for round in 4...12 {
      try folder.rebuild(documentCount: round)
      try control.send("POST /reload HTTP/1.1\r\nHost: x\r\n\r\n")
      let answer = try #require(try control.answer())
      #expect(try AnswerCoding.decode(ReloadAnswer.self, from: answer.body).documents == round)
    }
    for client in clients { client.join() }
    #expect(failures.withLock { $0 } == [])
    daemon.stop()
  }

  @Test("A missing or broken index is one sentence that names the folder and the remedy")
  func noIndex() throws {
    let missing = sentence(Options(index: folder.path + "/none", socket: folder.socket))
    #expect(missing.contains(folder.path + "/none") && missing.contains("searchctl rebuild"))
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.index) where name != "lock" {
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: "\(folder.index)/\(name)"))
    }
    let broken = sentence()
    #expect(broken.contains(folder.index) && broken.contains("searchctl rebuild"))
    #expect(!folder.exists(folder.socket))
  }

  @Test("The second of two daemons on one socket gives way, and the first goes on")
  func twice() throws {
    let daemon = try start()
    #expect(sentence().contains("\(folder.socket) is served by another searchd already"))
    #expect(try Client(folder.socket).get("/healthz")?.status == 200)
    daemon.stop()
    try start().stop()
  }

  @Test("Of daemons started at once exactly one serves")
  func race() throws {
    // A socket nobody answers on lies there, for all of them to find.
    _ = try StreamListener(unixSocket: folder.socket, mode: 0o600)
    let started = Mutex<[Daemon]>([])
    let threads = try (0..<6).map { _ in
      try SystemThread(starting: "start") { [options] in
        if let daemon = try? Daemon(starting: options, log: Log { _ in }) { started.withLock { $0.append(daemon) } }
      }
    }
    for thread in threads { thread.join() }
    #expect(started.withLock { $0.count } == 1)
    #expect(try Client(folder.socket).get("/healthz")?.status == 200)
    for daemon in started.withLock({ $0 }) { daemon.stop() }
  }

  @Test("A socket nobody answers on is replaced, one that is answered on is not")
  func staleSocket() throws {
    do { _ = try StreamListener(unixSocket: folder.socket, mode: 0o600) }
    try start().stop()
    let other = try StreamListener(unixSocket: folder.socket, mode: 0o600)
    #expect(sentence().contains("\(folder.socket) is served by another process already"))
    #expect(try StreamListener.isSocket(at: other.path) == true)
    #expect(!folder.exists(folder.socket + ".lock"))
  }

  @Test("What is no socket is never removed", arguments: ["file", "directory", "link"])
  func notASocket(kind: String) throws {
    switch kind {
    case "file": try Data([7]).write(to: URL(fileURLWithPath: folder.socket))
    case "directory": try FileManager.default.createDirectory(atPath: folder.socket, withIntermediateDirectories: false)
    default: try FileManager.default.createSymbolicLink(atPath: folder.socket, withDestinationPath: folder.index)
    }
    #expect(sentence() == "\(folder.socket) is there already and is no socket; choose another path.")
    #expect(folder.exists(folder.socket))
    #expect(!folder.exists(folder.socket + ".lock"))
  }

  @Test("Only loopback addresses are listened on, and a failed start leaves nothing behind")
  func loopbackOnly() throws {
    var options = options
    options.listen = try LoopbackAddress("0.0.0.0:8080")
    #expect(
      sentence(options) == "--listen takes only loopback addresses such as 127.0.0.1, and 0.0.0.0 is none.")
    #expect(!folder.exists(folder.socket))
    #expect(!folder.exists(folder.socket + ".lock"))
  }

  @Test("The socket has the mode asked for", arguments: [0o660, 0o600] as [UInt32])
  func mode(mode: UInt32) throws {
    var options = options
    options.mode = mode
    let daemon = try start(options)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.socket)
    #expect(attributes[.posixPermissions] as? Int == Int(mode))
    daemon.stop()
  }
}
