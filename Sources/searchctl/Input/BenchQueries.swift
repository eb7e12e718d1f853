import SearchAPI
import SystemIO

/// A query to be timed.
struct BenchQuery: Equatable {
  /// What the query is called: the line's number, or the `qid` given.
  let id: JSONValue
  /// The group it is counted with.
  let kind: String
  /// The query as `search` takes it.
  let text: String
}

/// Reads a file of queries: one a line, or JSON lines when the first line that is not blank begins with `{`.
enum BenchQueries {
  private struct Line: Decodable {
    let qid: JSONValue?
    let kind: String?
    let text: String
  }

  /// The name of standard input on the command line.
  static let standardInput = "-"

  /// The queries of the file at `path`.
  ///
  /// - Throws: ``ToolError`` naming the line that cannot be read, or when there is no query; ``SystemError``.
  static func read(_ path: String) throws -> [BenchQuery] {
    var queries: [BenchQuery] = []
    try forEach(in: path) { queries.append($0) }
    if queries.isEmpty { throw ToolError("\(path): no queries") }
    return queries
  }

  /// Calls `body` with each query as soon as its line has come.
  ///
  /// - Throws: as ``read(_:)`` for a line that cannot be read, and whatever `body` throws.
  static func forEach(in path: String, _ body: (BenchQuery) throws -> Void) throws {
    let lines = try LineReader(opening: path == standardInput ? "/dev/stdin" : path)
    var isJSON: Bool?
    // SAFETY: the bytes are copied into a string while `next` lends them.
    while unsafe try lines.next({ bytes in
      let line = trimmed(unsafe String(decoding: bytes, as: UTF8.self))
      if line.isEmpty { return }
      let hasObjects = isJSON ?? line.hasPrefix("{")
      isJSON = hasObjects
      try body(
        hasObjects
          ? try query(fromJSON: line, place: "\(path):\(lines.lineNumber)")
          : BenchQuery(id: .integer(Int64(lines.lineNumber)), kind: "query", text: line))
    }) {}
  }

  private static func query(fromJSON line: String, place: String) throws(ToolError) -> BenchQuery {
    guard let parts = try? AnswerCoding.decode(Line.self, from: Array(line.utf8)) else {
      throw ToolError("\(place): not an object with \"text\", and perhaps \"qid\" and \"kind\"")
    }
    return BenchQuery(id: parts.qid ?? .null, kind: parts.kind ?? "query", text: parts.text)
  }

  private static func trimmed(_ line: String) -> String {
    let scalars = line.unicodeScalars
    let isInk = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace && scalar != "\u{FEFF}" }
    guard let first = scalars.firstIndex(where: isInk), let last = scalars.lastIndex(where: isInk) else { return "" }
    return String(scalars[first...last])
  }
}
