import Foundation
import InvertedIndex

/// A folder for one test, removed with everything in it when the test lets go of it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = "/tmp/zilin-d-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  var index: String { path + "/index" }
  var socket: String { path + "/s" }

  /// Makes a new index of so many documents, each with the text `公报第n号`.
  func rebuild(documentCount: Int) throws {
    let writer = try IndexWriter(directory: index, mode: .rebuild)
    for number in 0..<documentCount { try writer.add(Document(key: "\(number)", text: "公报第\(number)号")) }
    _ = try writer.commit()
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
