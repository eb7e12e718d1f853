import Bulletins
import InvertedIndex

/// `remove`: documents out of an index, by their ids or by the paths of their files.
struct RemoveVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let writer = try IndexWriter(directory: try arguments.required(.index), mode: .update)
    var removedCount = 0
    do {
      for key in arguments.operands {
        let count = try remove(key, by: writer)
        removedCount += count
        if count == 0 { try console.say("searchctl: \(key): no document has this id, and none came from such a file") }
      }
      guard removedCount > 0 else {
        writer.abandon()
        return .negative
      }
      _ = try writer.commit()
    } catch {
      writer.abandon()
      throw error
    }
    try console.print("\(Figures.count(removedCount, "document")) removed")
    try ReloadRequest.sendAfterCommit(to: arguments.text(.reloadSocket), console: console)
    return .fine
  }

  private func remove(_ key: String, by writer: IndexWriter) throws -> Int {
    let path = DocumentPath.normalized(key)
    let count = try writer.removeAll(withSourcePaths: [path])
    if try writer.remove(key: key) { return count + 1 }
    return count
  }
}
