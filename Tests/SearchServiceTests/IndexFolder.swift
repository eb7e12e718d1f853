import Foundation
import InvertedIndex
import SearchAPI
import SearchService
import Testing

/// A folder with an index for one test, removed when the test lets go of it.
final class IndexFolder {
  let path: String

  init() {
    path = "/tmp/zilin-service-\(UUID().uuidString.prefix(8))"
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Makes a new index of these documents.
  func rebuild(_ documents: [Document]) throws {
    let writer = try IndexWriter(directory: path, mode: .rebuild)
    for document in documents { try writer.add(document) }
    _ = try writer.commit()
  }

  /// A service of a new index of these documents.
  func service(of documents: [Document]) throws -> SearchService {
    try rebuild(documents)
    let holder = SnapshotHolder(directory: path)
    try holder.reload()
    return SearchService(holder: holder)
  }

  /// Cuts every file of the index short.
  func damage() throws {
    let manager = FileManager.default
    for name in try manager.contentsOfDirectory(atPath: path) where name != "lock" {
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
    }
  }

  /// Overwrites every byte of the files that a snapshot has open.
  func overwriteInPlace() throws {
    let manager = FileManager.default
    for name in try manager.contentsOfDirectory(atPath: path) where name != "lock" {
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: "\(path)/\(name)"))
      let byteCount = try handle.seekToEnd()
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: Data(repeating: 0xFF, count: Int(byteCount)))
      try handle.close()
    }
  }

  static let bulletins = [
    Document(
      key: "通知/2024.txt#2", title: "关于养老保险的通知", text: "各区县人民政府：基本养老保险费的缴纳办法如下。",
      fields: [Field(name: "year", value: .integer(2024)), Field(name: "tags", value: .list([.string("社保")]))],
      source: SourceLocation(path: "通知/2024.txt", startLine: 10, endLine: 19)),
    Document(key: "7", text: "养老服务机构的登记。"),
    Document(key: "8", text: "道路运输管理办法。"),
  ]
}

extension SearchService {
  /// The answer to `/search` with these parameters.
  func search(_ parameters: [(String, String)]) throws -> SearchAnswer {
    let query = parameters.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    let response = response(to: HTTPRequest(target: "/search?\(query)"))
    #expect(response.status == 200, "\(parameters) \(String(decoding: response.body, as: UTF8.self))")
    return try AnswerCoding.decode(SearchAnswer.self, from: response.body)
  }
}

extension [UInt8] {
  /// Writes these bytes to a file, in place of what it has.
  func write(toFile path: String) throws { try Data(self).write(to: URL(fileURLWithPath: path)) }
}
