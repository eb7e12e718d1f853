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

  /// Documents that go to the indexing thread together.
  private struct Batch {
    var documents = DocumentBatch()
    var seenKeyByteCount = 0
  }

  private let folder: IndexFolder
  private let mode: Mode
  private var lock: FileLock?
  private var changes: IndexChanges?
  private var indexing: StageThread<Batch, IndexError>?
  private var batch = Batch()  // on its way to the indexing thread
  private var seenKeys = KeySet()  // of a rebuild

  /// Takes the writer's lock of an index folder, which a rebuild makes where there is none.
  ///
  /// - Parameter memoryBudget: bytes that documents not yet written may take; past it a rebuild writes a run, an update a segment.
  /// - Throws: ``IndexError/locked(directory:)``; for an update also ``IndexError/missing(directory:)`` and what is wrong
  ///   with the index that is there.
  public init(directory: String, memoryBudget: Int = 256 << 20, mode: Mode) throws(IndexError) {
    folder = IndexFolder(path: directory)
    self.mode = mode
    lock = try Self.takeLock(folder, mode)
    changes = try IndexChanges(folder, memoryBudget: memoryBudget, mode: mode)
  }

  deinit { abandon() }

  /// Adds a document.
  ///
  /// Documents are indexed on a thread of the writer, some at a time, so that the caller reads on meanwhile; what goes wrong
  /// there is thrown by a later call, ``commit()`` at the latest.
  ///
  /// - Throws: ``IndexError/duplicateKey(_:)`` in a rebuild; ``IndexError/invalidDocument(key:reason:)``. After these the
  ///   writer goes on; any other error closes it, and nothing is changed.
  public func add(_ document: Document) throws(IndexError) {
    guard lock != nil else { throw .writerClosed }
    if let reason = document.reasonForRefusal {
      throw .invalidDocument(key: String(document.key.prefix(60)), reason: reason)
    }
    if mode == .rebuild, !seenKeys.insert(document.key) { throw .duplicateKey(document.key) }
    batch.documents.append(document)
    if batch.documents.isFull {
      try abandoningOnFailure { (changes) throws(IndexError) in try hand(over: changes) }
    }
  }

  /// Gives the batch to the indexing thread.
  private func hand(over changes: IndexChanges) throws(IndexError) {
    if indexing == nil {
      indexing = try wrapping { () throws(SystemError) in
        try StageThread(starting: "indexing") { batch throws(IndexError) in try Self.index(batch, changes) }
      }
    }
    batch.seenKeyByteCount = seenKeys.byteCount
    try indexing?.put(batch)
    batch = Batch()
  }

  private static func index(_ batch: Batch, _ changes: IndexChanges) throws(IndexError) {
    try changes.append(batch.documents, seenKeyByteCount: batch.seenKeyByteCount)
  }

  /// Waits until every document that was added is indexed, so that the changes are this thread's.
  private func drain(_ changes: IndexChanges) throws(IndexError) {
    if let indexing {
      if batch.documents.count > 0 { try hand(over: changes) }
      try indexing.drain()
    } else {
      try Self.index(batch, changes)
      batch = Batch()
    }
  }

  /// Removes the document that has the key; false when none has it.
  ///
  /// - Precondition: the writer's mode is ``Mode/update``.
  public func remove(key: String) throws(IndexError) -> Bool {
    guard lock != nil else { throw .writerClosed }
    precondition(mode == .update, "a rebuild begins with nothing to remove")
    return try abandoningOnFailure { (changes) throws(IndexError) in
      try drain(changes)
      return try changes.markDocument(key: Array(key.utf8))
    }
  }

  /// Removes all documents that came from any of some files, and says how many there were.
  ///
  /// - Complexity: O(*n*) in the documents of the index.
  /// - Precondition: the writer's mode is ``Mode/update``.
  public func removeAll(withSourcePaths paths: [String]) throws(IndexError) -> Int {
    guard lock != nil else { throw .writerClosed }
    precondition(mode == .update, "a rebuild begins with nothing to remove")
    let paths = Set(paths.map { Array($0.utf8) })
    return try abandoningOnFailure { (changes) throws(IndexError) in
      try drain(changes)
      return try changes.removeAll(withSourcePaths: paths)
    }
  }

  /// Makes all changes visible at once and durable, and closes the writer.
  public func commit() throws(IndexError) -> CommitSummary {
    guard lock != nil else { throw .writerClosed }
    return try abandoningOnFailure { (changes) throws(IndexError) in
      try drain(changes)
      seenKeys = KeySet()  // their memory is the merge's
      var isPublishing = false
      // Whether publishing succeeds or not, readers may see the new files from then on, and they stay.
      defer { if isPublishing { close() } }
      return try changes.commit { isPublishing = true }
    }
  }

  /// Gives up all changes and closes the writer; after `commit` it does nothing.
  public func abandon() {
    guard lock != nil else { return }
    indexing = nil  // which ends the thread
    changes?.removeFiles()
    close()
  }

  /// Runs a step; when it fails, documents may be lost, and a commit of the rest would pass for the whole.
  private func abandoningOnFailure<Result>(
    _ step: (IndexChanges) throws(IndexError) -> Result
  ) throws(IndexError) -> Result {
    guard let changes else { throw .writerClosed }
    do { return try step(changes) } catch {
      abandon()
      throw error
    }
  }

  private func close() {
    indexing = nil
    changes = nil
    batch = Batch()
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
}
