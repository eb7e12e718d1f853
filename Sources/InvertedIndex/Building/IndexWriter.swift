import CJKTokenizer
import SystemIO

/// Changes an index: one writer at a time, and nothing is seen by readers before ``commit()``.
///
/// A writer is for one thread. Whatever happens before `commit` returns — an error, a crash, the process killed — leaves the
/// index at its last commit.
public final class IndexWriter {
  /// What becomes of the documents that the index has.
  public enum Mode: Sendable {
    /// They go: the new index has just what is added. A key that occurs twice is an error.
    case rebuild
    /// They stay; a document with a key that exists takes its place.
    case update
  }

  /// What a commit came to.
  public struct CommitSummary: Equatable, Sendable {
    /// Documents in the index.
    public var documents: Int
    /// Segments in the index.
    public var segments: Int
    /// The commit's number.
    public var generation: UInt64
    /// Bytes of all files.
    public var bytes: UInt64
  }

  /// A segment that the next commit will name.
  private struct Part {
    var info: SegmentInfo
    var reader: SegmentReader
    var marks: DeleteMarks
    var hasNewMarks = false
    var isCommitted = false
  }

  private let folder: IndexFolder
  private let memoryBudget: Int
  private let mode: Mode
  private var lock: FileLock?
  private var manifest: Commit
  private let firstSegment: UInt64  // the first of this writer's own
  private var nextSegment: UInt64
  private var parts: [Part] = []
  private var builder: SegmentBuilder?
  private var seenKeys = KeySet()
  private var pendingKeys: [[UInt8]: UInt32] = [:]  // by the keys' bytes: canonical equivalence joins no documents
  private var pendingDeletes: [UInt32] = []

  /// Takes the writer's lock of an index folder, which a rebuild makes where there is none.
  ///
  /// - Parameter memoryBudget: bytes that documents not yet written may take; past it they are written as a segment.
  /// - Throws: ``IndexError/locked(directory:)``; for an update also ``IndexError/missing(directory:)`` and what is wrong
  ///   with the index that is there.
  public init(directory: String, memoryBudget: Int = 256 << 20, mode: Mode) throws(IndexError) {
    folder = IndexFolder(path: directory)
    self.memoryBudget = memoryBudget
    self.mode = mode
    lock = try Self.takeLock(folder, mode)
    var isReadable = true
    do throws(IndexError) {
      manifest = try Commit.read(from: folder)
    } catch {
      guard mode == .rebuild else { throw error }
      isReadable = false
      manifest = Commit()
    }
    var next = manifest.nextSegment
    if isReadable {
      try Self.removeLeftovers(in: folder, keeping: manifest.paths(in: folder))
    } else {
      // Nothing is known of the files here, and a daemon may serve them: leave them until the commit, take other numbers.
      for name in try folder.ownNames() {
        next = max(next, (UInt64(name.prefix { $0 != "." && $0 != "-" }, radix: 16) ?? 0) &+ 1)
      }
    }
    firstSegment = next
    nextSegment = next
    guard mode == .update else { return }
    for info in manifest.segments {
      let reader = try SegmentReader(opening: info, in: folder)
      let marks = reader.deletes ?? DeleteMarks(documentCount: reader.documentCount)
      parts.append(Part(info: info, reader: reader, marks: marks, isCommitted: true))
    }
  }

  deinit { abandon() }

  /// Adds a document.
  ///
  /// - Throws: ``IndexError/duplicateKey(_:)`` in a rebuild; ``IndexError/invalidDocument(key:reason:)``. After these the
  ///   writer goes on; any other error closes it, and nothing is changed.
  public func add(_ document: Document) throws(IndexError) {
    guard lock != nil else { throw .writerClosed }
    if let reason = document.reasonForRefusal {
      throw .invalidDocument(key: String(document.key.prefix(60)), reason: reason)
    }
    if mode == .rebuild, !seenKeys.insert(document.key) { throw .duplicateKey(document.key) }
    try abandoningOnFailure { () throws(IndexError) in
      if mode == .update { _ = try markDocument(key: document.key) }
      try append(document)
    }
  }

  private func append(_ document: Document) throws(IndexError) {
    if builder == nil {
      builder = try SegmentBuilder(id: nextSegment, in: folder)
      nextSegment += 1
    }
    try builder?.append(document)
    if mode == .update, let count = builder?.documentCount { pendingKeys[Array(document.key.utf8)] = UInt32(count - 1) }
    let peak = (builder?.peakByteCount ?? 0) + seenKeys.count * 32 + pendingKeys.count * 64
    if peak >= memoryBudget - memoryBudget / 10 { try finishBuilder() }
  }

  /// Removes the document that has the key; false when none has it.
  public func remove(key: String) throws(IndexError) -> Bool {
    guard lock != nil else { throw .writerClosed }
    return try abandoningOnFailure { () throws(IndexError) in try markDocument(key: key) }
  }

  private func markDocument(key: String) throws(IndexError) -> Bool {
    let bytes = Array(key.utf8)
    if let pending = pendingKeys.removeValue(forKey: bytes) {
      pendingDeletes.append(pending)
      return true
    }
    for index in parts.indices.reversed() {
      let documents = parts[index].reader.documents
      if let document = try documents.document(forKey: bytes, notMarkedIn: parts[index].marks) {
        return try mark(document, in: index)
      }
    }
    return false
  }

  /// Removes all documents that came from any of some files, and says how many there were.
  ///
  /// - Complexity: O(*n*) in the documents of the index.
  public func removeAll(withSourcePaths paths: [String]) throws(IndexError) -> Int {
    guard lock != nil else { throw .writerClosed }
    let paths = Set(paths.map { Array($0.utf8) })
    return try abandoningOnFailure { () throws(IndexError) in
      try finishBuilder()
      var removed = 0
      for index in parts.indices {
        let documents = parts[index].reader.documents
        for document in 0..<UInt32(documents.count) where !parts[index].marks[document] {
          let path = try documents.header(of: document).source?.path
          guard let path, paths.contains(Array(path.utf8)) else { continue }
          if try mark(document, in: index) { removed += 1 }
        }
      }
      return removed
    }
  }

  /// Makes all changes visible at once and durable, and closes the writer.
  public func commit() throws(IndexError) -> CommitSummary {
    guard lock != nil else { throw .writerClosed }
    return try abandoningOnFailure { () throws(IndexError) in try makeCommit() }
  }

  private func makeCommit() throws(IndexError) -> CommitSummary {
    try finishBuilder()
    if mode == .rebuild {
      if parts.count > 1 { try merge(parts.indices) }
    } else {
      parts.removeAll { $0.marks.count == $0.reader.documentCount }
      while let range = MergePolicy.nextMerge(parts.map(\.info)) { try merge(range) }
    }
    manifest.generation += 1
    manifest.nextSegment = nextSegment
    for index in parts.indices where parts[index].hasNewMarks {
      parts[index].info.deletesGeneration = manifest.generation
      parts[index].info.deletesStamp = try SegmentWriter.write(
        parts[index].marks, of: parts[index].info.id, generation: manifest.generation, in: folder)
    }
    manifest.segments = parts.map(\.info)
    try manifest.prepare(to: folder)
    defer { close() }  // whether publishing succeeds or not: readers may see the new files
    try Commit.publish(to: folder)
    // The commit stands; what follows only tidies up, and the next writer would do it too.
    try? Self.removeLeftovers(in: folder, keeping: manifest.paths(in: folder))
    return CommitSummary(
      documents: manifest.segments.reduce(0) { $0 + $1.liveCount }, segments: manifest.segments.count,
      generation: manifest.generation, bytes: manifest.segments.reduce(0) { $0 + $1.byteCount })
  }

  /// Gives up all changes and closes the writer; after `commit` it does nothing.
  public func abandon() {
    guard lock != nil else { return }
    close()
    for segment in firstSegment..<nextSegment { try? Self.removeFiles(of: segment, in: folder) }
    try? FileSystem.remove(folder.newCommitPath)
  }

  /// Runs a step; when it fails, documents may be lost, and a commit of the rest would pass for the whole.
  private func abandoningOnFailure<Result>(_ step: () throws(IndexError) -> Result) throws(IndexError) -> Result {
    do { return try step() } catch {
      abandon()
      throw error
    }
  }

  private func close() {
    builder = nil
    parts = []
    pendingKeys = [:]
    lock = nil
  }

  private static func takeLock(_ folder: IndexFolder, _ mode: Mode) throws(IndexError) -> FileLock {
    do throws(SystemError) {
      if mode == .rebuild {
        try FileSystem.createDirectory(folder.path)
      } else if try FileSystem.kind(folder.commitPath) == nil {
        throw SystemError(operation: "open", path: folder.commitPath, code: 2)
      }
      return try FileLock(locking: folder.lockPath)
    } catch {
      if error.isTaken { throw .locked(directory: folder.path) }
      if error.isMissingFile { throw .missing(directory: folder.path) }
      throw .system(error)
    }
  }

  private static func removeFiles(of segment: UInt64, in folder: IndexFolder) throws(IndexError) {
    for kind in SegmentInfo.files {
      try wrapping { () throws(SystemError) in try FileSystem.remove(folder.segmentPath(segment, kind)) }
    }
  }

  private static func removeLeftovers(in folder: IndexFolder, keeping paths: Set<String>) throws(IndexError) {
    for name in try folder.ownNames() {
      let path = folder.path + "/" + name
      guard !paths.contains(path) else { continue }
      try wrapping { () throws(SystemError) in try FileSystem.remove(path) }
    }
  }

  /// Marks a document as deleted; false when it was before.
  private func mark(_ document: UInt32, in index: Int) throws(IndexError) -> Bool {
    guard parts[index].marks.mark(document) else { return false }
    let length = UInt64(parts[index].reader.documents.lengths[document])
    guard length <= parts[index].info.liveLength else {
      throw .damaged(file: parts[index].reader.files[3].path, detail: "lengths that do not add up")
    }
    parts[index].info.deletedCount += 1
    parts[index].info.liveLength -= length
    parts[index].hasNewMarks = true
    return true
  }

  /// Writes the documents in memory as a segment.
  private func finishBuilder() throws(IndexError) {
    guard var builder else { return }
    self.builder = nil
    let info = try builder.finish()
    let reader = try SegmentReader(opening: info, in: folder)
    parts.append(Part(info: info, reader: reader, marks: DeleteMarks(documentCount: reader.documentCount)))
    for document in pendingDeletes { _ = try mark(document, in: parts.count - 1) }
    pendingDeletes = []
    pendingKeys = [:]
  }

  /// Replaces neighbouring parts by one.
  private func merge(_ range: Range<Int>) throws(IndexError) {
    for part in parts[range] where part.isCommitted {
      for file in part.reader.files { try file.checkSections() }  // damage is not given a fresh checksum
    }
    let inputs = parts[range].map { part in
      SegmentMerger.Input(segment: part.reader, deletes: part.marks.count > 0 ? part.marks : nil)
    }
    var merger = SegmentMerger(inputs)
    let info = try merger.write(to: nextSegment, in: folder)
    nextSegment += 1
    let reader = try SegmentReader(opening: info, in: folder)
    let part = Part(info: info, reader: reader, marks: DeleteMarks(documentCount: reader.documentCount))
    // In a rebuild nothing names the inputs, and their space may be needed.
    let obsolete = mode == .rebuild ? parts[range].map(\.info.id) : []
    parts.replaceSubrange(range, with: [part])
    for segment in obsolete { try Self.removeFiles(of: segment, in: folder) }
  }
}
