import SearchAPI
import Synchronization
import SystemIO
import Testing

@testable import searchctl

/// A daemon that gives each connection one answer made beforehand, and keeps what it was asked.
private final class CannedDaemon: Sendable {
  let socketPath: String
  private let listener: StreamListener
  private let requests = Mutex<[String]>([])

  init(in folder: TestFolder, answering bytes: [UInt8]) throws {
    socketPath = folder.path + "/s"
    let listener = try StreamListener(unixSocket: socketPath, mode: 0o600)
    self.listener = listener
    _ = try SystemThread(starting: "canned daemon") { [weak self] in
      while let connection = try? listener.accept() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = (try? connection.read(into: &buffer)) ?? 0
        let line = String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        self?.requests.withLock { $0.append(line) }
        try? connection.write(bytes, timeoutMilliseconds: 5000)
      }
    }
  }

  deinit { listener.stop() }

  var requestLines: [String] { requests.withLock { $0 } }
}

@Suite("Asking a searchd")
struct DaemonTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func daemon(_ answer: some Encodable) throws -> CannedDaemon {
    try CannedDaemon(in: folder, answering: try HTTPResponse(answer: answer).serialized(keepsConnection: false))
  }

  @Test("search sends what was asked for, and prints the body as it came")
  func search() throws {
    let hit = HitAnswer(id: "1", score: 1, title: "甲", source: nil, snippets: [], fields: [])
    let answer = SearchAnswer(
      query: "甲 乙", total: .init(value: 1, exact: true), tookMilliseconds: 0.5, hits: [hit], notes: [])
    let daemon = try daemon(answer)
    let json = ToolRun(
      "search", "--socket", daemon.socketPath, "--json", "--limit", "5", "--offset", "1", "--rank", "bm25", "--b",
      "0.5",
      "--strict", "甲", "乙")
    #expect(json.status == .fine, "\(json.messages)")
    #expect(json.output == String(decoding: try AnswerCoding.encode(answer), as: UTF8.self) + "\n")
    #expect(
      daemon.requestLines == [
        "GET /search?q=%E7%94%B2%20%E4%B9%99&limit=5&offset=1&rank=bm25&k1=1.2&b=0.5&syntax=strict HTTP/1.1"
      ])
    let text = ToolRun("search", "--socket", daemon.socketPath, "甲")
    #expect(text.output == "1. 甲\n   1  score 1.000\n\n1 hit (0.500 ms)\n")
  }

  @Test("nothing found is status 1, with the body all the same")
  func nothing() throws {
    let daemon = try daemon(
      SearchAnswer(query: "甲", total: .init(value: 0, exact: true), tookMilliseconds: 0, hits: [], notes: []))
    let run = ToolRun("search", "--socket", daemon.socketPath, "--json", "甲")
    #expect(run.status == .negative)
    #expect(run.output.hasPrefix("{\"hits\":[]"))
  }

  @Test("a problem is one sentence, with the query and a caret below when it has a place")
  func problem() throws {
    let problem = ProblemDocument(syntaxError: "No word behind NOT.", in: "甲 NOT", at: 2)
    let daemon = try CannedDaemon(in: folder, answering: HTTPResponse(problem).serialized(keepsConnection: false))
    let run = ToolRun("search", "--socket", daemon.socketPath, "--strict", "甲 NOT")
    #expect(run.status == .failed)
    #expect(run.output.isEmpty)
    #expect(run.messages == "searchctl: No word behind NOT.\n甲 NOT\n   ^\n")
  }

  @Test("status shows the figures, or the body as it came")
  func status() throws {
    let statistics = StatisticsAnswer(
      generation: 7, documents: 3504, deletedDocuments: 2, segments: 1, bytes: 58_100_000, uptimeSeconds: 3723,
      requests: 12,
      version: "1.0")
    let daemon = try daemon(statistics)
    #expect(
      ToolRun("status", "--socket", daemon.socketPath).output == """
        generation               7
        documents             3504
        deleted documents        2
        segments                 1
        size               58.1 MB
        requests                12
        up                 1:02:03
        version                1.0

        """)
    let json = ToolRun("status", "--json", "--socket", daemon.socketPath).output
    #expect(json == String(decoding: try AnswerCoding.encode(statistics), as: UTF8.self) + "\n")
    #expect(daemon.requestLines == ["GET /stats HTTP/1.1", "GET /stats HTTP/1.1"])
  }

  @Test("reload is a POST, and the commit that serves now is said")
  func reload() throws {
    let daemon = try daemon(ReloadAnswer(generation: 8, documents: 1))
    #expect(ToolRun("reload", "--socket", daemon.socketPath).output == "serving generation 8, 1 document\n")
    #expect(daemon.requestLines == ["POST /reload HTTP/1.1"])
  }

  @Test(
    "what is no searchd is told apart",
    arguments: [
      ("", "the connection ended before the answer"),
      ("SSH-2.0\r\n\r\n", "The answer does not begin with 'HTTP/1.1' and a status."),
      ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", "the connection ended before the answer"),
    ])
  func strangers(answer: String, message: String) throws {
    let daemon = try CannedDaemon(in: folder, answering: Array(answer.utf8))
    let run = ToolRun("status", "--socket", daemon.socketPath)
    #expect(run.status == .failed)
    #expect(run.messages == "searchctl: \(daemon.socketPath): \(message)\n")
  }
}
