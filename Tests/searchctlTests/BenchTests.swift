import SearchAPI
import Testing

@testable import searchctl

@Suite("Timing queries")
struct BenchTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test("a file of lines is a query a line, trimmed")
  func lines() throws {
    let path = try folder.write("\u{FEFF}尾矿库\r\n\n \"登记\" {a} \n", to: "q.txt")
    #expect(
      try BenchQueries.read(path) == [
        BenchQuery(id: .integer(1), kind: "query", text: "尾矿库"),
        BenchQuery(id: .integer(3), kind: "query", text: "\"登记\" {a}"),
      ])
  }

  @Test("JSON lines bring ids and kinds, and other names are passed over")
  func objects() throws {
    let path = try folder.write(
      "\n{\"qid\": 7, \"kind\": \"bag\", \"text\": \"尾矿\", \"n\": 5}\n{\"qid\": \"q8\", \"text\": \" a \"}\n{\"text\": \"b\"}",
      to: "q")
    #expect(
      try BenchQueries.read(path) == [
        BenchQuery(id: .integer(7), kind: "bag", text: "尾矿"), BenchQuery(id: .string("q8"), kind: "query", text: " a "),
        BenchQuery(id: .null, kind: "query", text: "b"),
      ])
  }

  @Test("a line that cannot be read is named, and so is a file without queries")
  func errors() throws {
    let broken = try folder.write("{\"text\": \"a\"}\nb\n", to: "broken")
    #expect(throws: ToolError("\(broken):2: not an object with \"text\", and perhaps \"qid\" and \"kind\"")) {
      try BenchQueries.read(broken)
    }
    let empty = try folder.write(" \n", to: "empty")
    #expect(throws: ToolError("\(empty): no queries")) { try BenchQueries.read(empty) }
  }

  @Test("the table has a line for each kind and one for all")
  func table() {
    let measurements = [("bag", 3, 10.0), ("rare", 1, 2.0), ("bag", 5, 30.0)].map { kind, hits, time in
      BenchVerb.Measurement(
        query: BenchQuery(id: .null, kind: kind, text: ""), hitCount: hits, ids: [], microseconds: time)
    }
    #expect(
      BenchTable.text(measurements) == """
        kind  queries  hits  p50 us  p90 us  p99 us
        bag         2     8    10.0    30.0    30.0
        rare        1     1     2.0     2.0     2.0
        all         3     9    10.0    30.0    30.0
        """)
  }
}
