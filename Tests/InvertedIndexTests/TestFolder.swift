import Foundation
import InvertedIndex

/// A folder for one test, removed with everything in it when the test lets go of it.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/zilin-index-\(UUID().uuidString.prefix(12))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  subscript(name: String) -> String { "\(path)/\(name)" }

  /// The names of the files in the folder or in a folder inside, sorted.
  func names(in folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self[folder]).sorted()
  }

  func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: self[name]))) }

  func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: self[name])) }

  /// Makes a copy of a folder inside this one under another name; what had the name goes.
  func copy(_ source: String, to target: String) throws {
    try? FileManager.default.removeItem(atPath: self[target])
    try FileManager.default.copyItem(atPath: self[source], toPath: self[target])
  }

  /// Builds an index of `documents` from nothing in a folder of this name, and returns its path.
  @discardableResult
  func build(_ documents: [Document], in name: String = "index", memoryBudget: Int = 256 << 20) throws -> String {
    let writer = try IndexWriter(directory: self[name], memoryBudget: memoryBudget, mode: .rebuild)
    for document in documents { try writer.add(document) }
    _ = try writer.commit()
    return self[name]
  }

  /// Changes the index in a folder and commits.
  @discardableResult
  func update(
    _ name: String = "index", memoryBudget: Int = 256 << 20, _ change: (IndexWriter) throws -> Void
  ) throws -> IndexWriter.CommitSummary {
    let writer = try IndexWriter(directory: self[name], memoryBudget: memoryBudget, mode: .update)
    try change(writer)
    return try writer.commit()
  }

  func snapshot(_ name: String = "index") throws -> Snapshot { try Snapshot.open(directory: self[name]) }
}
