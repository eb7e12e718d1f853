import Foundation
import InvertedIndex
import SearchAPI
import SearchService
import Synchronization
import Testing

struct SearchServiceTests {
  let folder = IndexFolder()
  let holder: SnapshotHolder
  let service: SearchService
  let events = Events()

  /// What the service reported, from any thread.
  final class Events: Sendable {
    private let events = Mutex<[ServiceEvent]>([])
    var all: [ServiceEvent] { events.withLock { $0 } }
    func add(_ event: ServiceEvent) { events.withLock { $0.append(event) } }
  }

  init() throws {
    try folder.rebuild(IndexFolder.bulletins)
    holder = SnapshotHolder(directory: folder.path)
    try holder.reload()
    let events = events
    service = SearchService(holder: holder) { events.add($0) }
  }

  private func get(_ target: String) -> HTTPResponse {
    service.response(to: HTTPRequest(target: target))
  }

  private func object(_ response: HTTPResponse) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
  }

  private func code(_ response: HTTPResponse) throws -> ErrorCode {
    #expect(response.contentType == "application/problem+json")
    let problem = try AnswerCoding.decode(ProblemDocument.self, from: response.body)
    #expect(problem.status == response.status)
    return problem.code
  }

  @Test("A search answers with its hits, flat fields, source and snippets")
  func search() throws {
    let response = get("/search?q=%22养老保险%22")
    #expect(response.status == 200)
    #expect(response.contentType == "application/json")
    let answer = try AnswerCoding.decode(SearchAnswer.self, from: response.body)
    #expect(answer.query == "\"养老保险\"")
    #expect(answer.total == SearchAnswer.Total(value: 1, exact: true))
    let hit = try #require(answer.hits.first)
    #expect(hit.id == "通知/2024.txt#2")
    #expect(hit.title == "关于养老保险的通知")
    #expect(hit.source == SourceAnswer(path: "通知/2024.txt", startLine: 10, endLine: 19))
    #expect(hit.fields.contains(AnswerField(name: "year", value: .integer(2024))))
    let snippet = try #require(hit.snippets?.first)
    let highlight = try #require(snippet.highlights.first)
    let scalars = Array(snippet.text.unicodeScalars)
    let marked = String(String.UnicodeScalarView(scalars[highlight[0]..<highlight[1]]))
    #expect(marked == "养老保险")
  }

  @Test("Snippets are left out when they are not wanted, and no hits are no error")
  func options() throws {
    let hits = try #require(try object(get("/search?q=%E5%85%BB%E8%80%81&snippets=0"))["hits"] as? [[String: Any]])
    #expect(hits.count == 2)
    #expect(hits.allSatisfy { $0["snippets"] == nil && $0["title"] is String })
    for target in ["/search?q=%E5%85%BB%E8%80%81&limit=0", "/search?q=+", "/search?q=%E3%80%82", "/search?q=zzz"] {
      let answer = try object(get(target))
      #expect((answer["hits"] as? [Any])?.isEmpty == true, "\(target)")
    }
    let total = try object(get("/search?q=+"))["total"] as? [String: Any]
    #expect(total?["value"] as? Int == 0)
    #expect(total?["exact"] as? Bool == true)
  }

  @Test("Of several parts it is said how many documents have all, or which must be let go")
  func parts() throws {
    let all = try object(get("/search?q=养老+登记"))
    #expect(all["parts"] as? [String] == ["养老", "登记"])
    #expect(all["have_all"] as? Int == 1)
    #expect(all["let_go"] == nil)
    let some = try object(get("/search?q=养老+运输"))
    #expect(some["have_all"] as? Int == 0)
    let letGo = try #require(some["let_go"] as? [[String: Any]])
    #expect(letGo.map { $0["part"] as? String } == ["养老"])
    #expect(letGo.map { $0["documents"] as? Int } == [1])
    let filtered = try object(get("/search?q=养老+登记&filter=year:2024"))
    #expect(filtered["have_all"] as? Int == 0)
    for query in ["养老", "%22养老%22+登记", "养老+OR+登记", "养老+登记&rank=bm25"] {
      let answer = try object(get("/search?q=\(query)"))
      #expect(answer["parts"] == nil && answer["have_all"] == nil && answer["let_go"] == nil, "\(query)")
    }
  }

  @Test("What is typed is completed, and the body of /suggest is what the tool prints")
  func suggest() throws {
    let response = get("/suggest?q=%E5%85%BB%E8%80%81&limit=2")
    #expect(response.status == 200)
    #expect(response.contentType == "application/json")
    let answer = try AnswerCoding.decode(SuggestAnswer.self, from: response.body)
    #expect(answer.query == "养老")
    #expect(answer.suggestions.contains { $0.text == "关于养老保险的通知" && $0.kind == .title })
    #expect(try code(get("/suggest?q=")) == .queryMissing)
    #expect(try code(get("/suggest?q=a&limit=0")) == .limitOutOfRange)
  }

  @Test("The body of /search is what the tool prints")
  func searchBody() throws {
    let index = try #require(holder.index)
    let body = try SearchService.searchBody(SearchParameters(query: "养老"), in: index)
    var served = try AnswerCoding.decode(SearchAnswer.self, from: get("/search?q=养老").body)
    var printed = try AnswerCoding.decode(SearchAnswer.self, from: body)
    served.tookMilliseconds = 0
    printed.tookMilliseconds = 0
    #expect(served == printed)
  }

  @Test("A document comes whole, by its percent-encoded id")
  func document() throws {
    let response = get(Route.document(id: "通知/2024.txt#2").encodedPath)
    let answer = try AnswerCoding.decode(DocumentAnswer.self, from: response.body)
    let document = IndexFolder.bulletins[0]
    let fields = document.fields.map { AnswerField($0) }.sorted { $0.name < $1.name }
    #expect(
      answer
        == DocumentAnswer(
          id: document.key, title: document.title, text: document.text,
          source: SourceAnswer(path: "通知/2024.txt", startLine: 10, endLine: 19), cites: [], citedBy: [], fields: fields)
    )
    #expect(try object(get("/documents/7"))["title"] as? String == "")
    #expect(get("/documents/9").status == 404)
    #expect(try code(get("/documents/9")) == .documentNotFound)
    #expect(try code(get("/documents/%FF")) == .badRequest)
  }

  @Test("Alive, ready, figures")
  func figures() throws {
    #expect(try object(get("/healthz"))["status"] as? String == "ok")
    #expect(try object(get("/readyz"))["status"] as? String == "ready")
    let statistics = try AnswerCoding.decode(StatisticsAnswer.self, from: get("/stats").body)
    #expect(statistics.documents == 3)
    #expect(statistics.generation == holder.index?.snapshot.generation)
    #expect(statistics.segments == 1)
    #expect(statistics.requests == 3)
    #expect(statistics.version == Product.version)
  }

  @Test("Before an index is open the service lives, is not ready, and says so")
  func notReady() throws {
    let service = SearchService(holder: SnapshotHolder(directory: folder.path + "/none"))
    #expect(service.response(to: HTTPRequest(target: "/healthz")).status == 200)
    for target in ["/readyz", "/search?q=a", "/documents/1", "/stats"] {
      let response = service.response(to: HTTPRequest(target: target))
      #expect(response.status == 503)
      #expect(try code(response) == .notReady)
    }
  }

  @Test(
    "Other paths and methods are refused",
    arguments: [
      (.get, "/", .notFound, nil), (.get, "/suggestions?q=a", .notFound, nil), (.get, "/metrics", .notFound, nil),
      (.post, "/search?q=a", .methodNotAllowed, "GET, HEAD"), (.delete, "/documents/7", .methodNotAllowed, "GET, HEAD"),
      (.get, "/reload", .methodNotAllowed, "POST"), (.put, "/nowhere", .notFound, nil),
      (.get, "/search", .queryMissing, nil), (.get, "/search?q=a&limit=1001", .limitOutOfRange, nil),
      (.get, "/search?q=%22a&syntax=strict", .querySyntax, nil),
    ] as [(HTTPMethod, String, ErrorCode, String?)])
  func refused(method: HTTPMethod, target: String, expected: ErrorCode, allow: String?) throws {
    let response = service.response(to: HTTPRequest(method: method, target: target))
    #expect(try code(response) == expected)
    #expect(response.headers.first { $0.name == "Allow" }?.value == allow)
  }

  @Test("HEAD is answered like GET")
  func head() {
    let response = service.response(to: HTTPRequest(method: .head, target: "/healthz"))
    #expect(response == get("/healthz"))
  }

  @Test("A reload takes up the newest commit; a snapshot taken before goes on")
  func reload() throws {
    let before = try #require(holder.index).snapshot
    try folder.rebuild([IndexFolder.bulletins[1]])
    #expect(try AnswerCoding.decode(SearchAnswer.self, from: get("/search?q=养老").body).total.value == 2)
    let response = service.response(to: HTTPRequest(method: .post, target: "/reload"))
    let answer = try AnswerCoding.decode(ReloadAnswer.self, from: response.body)
    #expect(answer.documents == 1)
    #expect(answer.generation > before.generation)
    #expect(try AnswerCoding.decode(SearchAnswer.self, from: get("/search?q=养老").body).total.value == 1)
    #expect(before.documentCount == 3)
    #expect(try before.document(key: "8") != nil)
    #expect(events.all.count == 1)
  }

  @Test("An index damaged while it serves is an error with a code; where it lies is told to the operator only")
  func damagedWhileServing() throws {
    try folder.overwriteInPlace()
    let response = get("/documents/7")
    #expect(response.status == 500)
    #expect(try [.indexDamaged, .indexError].contains(code(response)))
    #expect(!String(decoding: response.body, as: UTF8.self).contains(folder.path))
    guard case .indexFailed(let reason) = events.all.first else {
      Issue.record("no event")
      return
    }
    #expect(reason.contains(folder.path))
    #expect([200, 500].contains(get("/search?q=养老").status))
  }

  @Test("When the newest commit cannot be opened, the one before goes on, and the reason is told")
  func failedReload() throws {
    try folder.damage()
    let response = service.response(to: HTTPRequest(method: .post, target: "/reload"))
    #expect(response.status == 500)
    #expect(try code(response) == .reloadFailed)
    #expect(get("/search?q=养老").status == 200)
    #expect(get("/readyz").status == 200)
    guard case .reloadFailed = events.all.first else {
      Issue.record("no event")
      return
    }
  }
}
