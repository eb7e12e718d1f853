import SearchAPI
import Synchronization
import SystemIO
import Testing

@testable import searchctl

/// A daemon that keeps its connections and answers each request by its target and by how often it was asked for that.
private final class CountingDaemon: Sendable {
  let socketPath: String
  private let listener: StreamListener
  private let counts = Mutex<[String: Int]>([:])

  init(in folder: TestFolder, _ answer: @escaping @Sendable (_ target: String, _ count: Int) -> HTTPResponse?) throws {
    socketPath = folder.path + "/s"
    let listener = try StreamListener(unixSocket: socketPath, mode: 0o600)
    self.listener = listener
    _ = try SystemThread(starting: "counting daemon") { [weak self] in
      while let connection = try? listener.accept() {
        guard let self else { return }
        _ = try? SystemThread(starting: "connection") { self.converse(connection, answer) }
      }
    }
  }

  deinit { listener.stop() }

  var requestCounts: [String: Int] { counts.withLock { $0 } }

  private func converse(_ connection: StreamConnection, _ answer: (String, Int) -> HTTPResponse?) {
    var parser = HTTPRequestParser()
    var buffer = [UInt8](repeating: 0, count: 4096)
    while let count = try? connection.read(into: &buffer), count > 0 {
      parser.append(buffer[..<count])
      guard let request = try? parser.next() else { continue }
      let target = String(decoding: request.path + request.query, as: UTF8.self)
      let number = counts.withLock { counts in
        counts[target, default: 0] += 1
        return counts[target] ?? 0
      }
      guard let response = answer(target, number) else { return connection.shutdown(.both) }
      try? connection.write(response.serialized(keepsConnection: true), timeoutMilliseconds: 5000)
    }
  }
}

@Suite("Asking by many connections")
struct LoadTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static func answer(_ total: Int, text: String = "") throws -> HTTPResponse {
    let hit = HitAnswer(id: "1", score: 1, title: "\"value\":7}", source: nil, snippets: [], fields: [])
    return try HTTPResponse(
      answer: SearchAnswer(
        query: text, total: .init(value: total, exact: true), tookMilliseconds: 0.5, hits: [hit], notes: []))
  }

  private func requests(_ targets: [String]) -> [[UInt8]] {
    targets.map { HTTPResponseParser.request(.get, target: $0, keepsConnection: true) }
  }

  @Test("each request is made once unmeasured and then as often as asked for", arguments: [1, 3, 8])
  func counts(connectionCount: Int) throws {
    let daemon = try CountingDaemon(in: folder) { target, _ in try? Self.answer(target == "/a" ? 12 : 0) }
    let load = LoadRun(
      socketPath: daemon.socketPath, connectionCount: connectionCount, requests: requests(["/a", "/b"]))
    let outcome = try load.run(runs: 5)
    #expect(daemon.requestCounts == ["/a": 6, "/b": 6])
    #expect(outcome.totals == [12, 0])
    #expect(outcome.microseconds.map(\.count) == [5, 5])
    #expect(outcome.microseconds.allSatisfy { $0.allSatisfy { $0 > 0 } } && outcome.seconds > 0)
  }

  @Test("another total, another status or an end without an answer is an error")
  func errors() throws {
    let run = { (answer: @escaping @Sendable (String, Int) -> HTTPResponse?) throws in
      let folder = try TestFolder()
      let daemon = try CountingDaemon(in: folder, answer)
      let load = LoadRun(socketPath: daemon.socketPath, connectionCount: 2, requests: self.requests(["/a", "/b"]))
      let error = #expect(throws: ToolError.self) { try load.run(runs: 3) }
      return error?.description ?? ""
    }
    #expect(
      try run { target, count in try? Self.answer(target == "/b" && count == 3 ? 2 : 1) } == "request 2: 1 hits, then 2"
    )
    #expect(
      try run { target, _ in target == "/b" ? HTTPResponse(ProblemDocument(.overloaded, "")) : try? Self.answer(1) }
        .hasSuffix("request 2 is answered with status 503"))
    #expect(
      try run { _, _ in HTTPResponse(status: 200, contentType: "", body: Array("{}".utf8)) }
        .hasSuffix("is answered with status 200"))
    #expect(try run { _, count in count < 3 ? try? Self.answer(1) : nil }.hasSuffix("ended before the answer"))
  }

  @Test("an answer ends where its length says, however it is cut")
  func ends() throws {
    for total in [0, 7, 123_456] {
      let bytes = try Self.answer(total, text: "}\":").serialized(keepsConnection: true)
      for count in bytes.indices {
        let end = try LoadConnection.end(of: Array(bytes[..<count]))
        #expect(end == nil || end == bytes.count)
      }
      #expect(try LoadConnection.end(of: bytes) == bytes.count)
      #expect(LoadConnection.total(in: bytes) == total)
    }
    #expect(throws: ToolError.self) { try LoadConnection.end(of: Array("HTTP/1.1 200 OK\r\n\r\n".utf8)) }
    for text in ["", "}", "{}", "\"value\":}", "12}", "\"value\":x}"] {
      #expect(LoadConnection.total(in: Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test("bench prints a line for each kind and the requests a second, or one object")
  func verb() throws {
    let daemon = try CountingDaemon(in: folder) { _, _ in try? Self.answer(3) }
    let queries = try folder.write(
      "{\"kind\": \"bag\", \"text\": \"甲\"}\n{\"kind\": \"rare\", \"text\": \"乙\"}\n", to: "q")
    let words = ["bench", "--socket", daemon.socketPath, "--queries", queries, "--connections", "2", "--runs", "4"]
    let run = ToolRun(words)
    #expect(run.status == .fine, "\(run.messages)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.map { $0.prefix(5) } == ["kind ", "bag  ", "rare ", "all  ", "8 req"], "\(run.output)")
    #expect(
      daemon.requestCounts == [
        "/searchq=%E7%94%B2&snippets=0": 5, "/searchq=%E4%B9%99&snippets=0": 5,
      ])
    let json = ToolRun(words + ["--json", "--snippets"]).output
    let summary = try AnswerCoding.decode(LoadReport.Summary.self, from: Array(json.utf8))
    #expect(summary.connections == 2 && summary.requests == 8 && summary.hits == 6)
    #expect(summary.p50 <= summary.p99 && summary.p99 <= summary.largest && summary.requestsPerSecond > 0)
    #expect(daemon.requestCounts["/searchq=%E7%94%B2"] == 5)
  }
}
