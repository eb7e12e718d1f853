import CJKTokenizer
import SystemIO

/// What a writer changes before it commits: the segments that the next commit will name, and the documents in memory.
///
/// SAFETY: one thread at a time: an ``IndexWriter``, or its indexing thread while that has work.
final class IndexChanges: @unchecked Sendable {
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
  private let mode: IndexWriter.Mode
  private var manifest: Commit
  private let firstSegment: UInt64  // the first of this writer's own
  private var nextSegment: UInt64
  private var parts: [Part] = []  // of an update
  private var rebuilt: SegmentInfo?
  private var builder: SegmentBuilder?
  private var pendingKeys: [[UInt8]: UInt32] = [:]  // by the keys' bytes: canonical equivalence joins no documents
  private var pendingDeletes: [UInt32] = []

  /// The changes of a writer that has the folder's lock.
  init(_ folder: IndexFolder, memoryBudget: Int, mode: IndexWriter.Mode) throws(IndexError) {
    self.folder = folder
    self.memoryBudget = memoryBudget
    self.mode = mode
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

  /// Bytes that the documents in memory may take while the writer's keys take `keyByteCount`.
  ///
  /// However many keys there are, a part of the budget, and 16 MiB of it, is the documents', or they would become runs or
  /// segments of a few documents each. A budget below 1 MiB promises nothing, and makes a run or a segment of each document.
  private func builderByteCount(besideKeys keyByteCount: Int) -> Int {
    let least = memoryBudget < 1 << 20 ? 0 : max(memoryBudget / 4, 16 << 20)
    return max(memoryBudget - memoryBudget / 10 - keyByteCount, least)
  }

  /// Indexes documents; one of the same key goes, unless all documents are new.
  ///
  /// - Parameter seenKeyByteCount: bytes that the writer keeps for the keys of a rebuild.
  func append(_ documents: DocumentBatch, seenKeyByteCount: Int) throws(IndexError) {
    guard documents.count > 0 else { return }
    var batch = documents
    var stored = 0
    var builder = try takeBuilder()
    for index in 0..<batch.count {
      if mode == .update { _ = try markDocument(key: Array(batch.key(index))) }
      try builder.index(&batch, index)
      if mode == .update { pendingKeys[Array(batch.key(index))] = UInt32(builder.documentCount - 1) }
      let keyByteCount = seenKeyByteCount + pendingKeys.count * 64 + builder.tableByteCount
      let isFull = builder.isFull || builder.peakByteCount >= builderByteCount(besideKeys: keyByteCount)
      if isFull || index == batch.count - 1 {
        try builder.store(stored..<index + 1, of: batch)
        stored = index + 1
      }
      if isFull, mode == .rebuild { try builder.spill() }
      if isFull, mode == .update {
        self.builder = consume builder
        try finishBuilder()
        guard stored < batch.count else { return }
        builder = try takeBuilder()
      }
    }
    self.builder = builder
  }

  /// The segment being built, or a new one; it is the caller's, until it is given back.
  private func takeBuilder() throws(IndexError) -> SegmentBuilder {
    if let builder = builder.take() { return builder }
    return try SegmentBuilder(id: makeSegmentID(), in: folder)
  }

  private func makeSegmentID() -> UInt64 {
    defer { nextSegment += 1 }
    return nextSegment
  }

  /// Marks the document that has the key as deleted; false when none has it.
  func markDocument(key bytes: [UInt8]) throws(IndexError) -> Bool {
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

  /// Marks all documents that came from any of some files, and says how many there were.
  func removeAll(withSourcePaths paths: Set<[UInt8]>) throws(IndexError) -> Int {
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

  /// Writes what is in memory and publishes the commit.
  ///
  /// - Parameter publishing: called right before the commit may be seen by readers.
  func commit(publishing: () -> Void) throws(IndexError) -> IndexWriter.CommitSummary {
    try finishBuilder()
    parts.removeAll { $0.marks.count == $0.reader.documentCount }
    while let range = MergePolicy.nextMerge(parts.map(\.info)) { try merge(range) }
    manifest.generation += 1
    manifest.nextSegment = nextSegment
    for index in parts.indices where parts[index].hasNewMarks {
      parts[index].info.deletesGeneration = manifest.generation
      parts[index].info.deletesStamp = try SegmentWriter.write(
        parts[index].marks, of: parts[index].info.id, generation: manifest.generation, in: folder)
    }
    manifest.segments = mode == .rebuild ? rebuilt.map { [$0] } ?? [] : parts.map(\.info)
    try manifest.prepare(to: folder)
    publishing()
    try Commit.publish(to: folder)
    // The commit stands; what follows only tidies up, and the next writer would do it too.
    try? Self.removeLeftovers(in: folder, keeping: manifest.paths(in: folder))
    return IndexWriter.CommitSummary(
      documents: manifest.segments.reduce(0) { $0 + $1.liveCount }, segments: manifest.segments.count,
      generation: manifest.generation, bytes: manifest.segments.reduce(0) { $0 + $1.byteCount })
  }

  /// Removes every file that these changes made.
  func removeFiles() {
    builder = nil
    parts = []
    for segment in firstSegment..<nextSegment { try? folder.removeFiles(ofSegment: segment) }
    try? FileSystem.remove(folder.newCommitPath)
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
      throw .damaged(file: parts[index].reader.files[0].path, detail: "lengths that do not add up")
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
    if mode == .rebuild {
      rebuilt = info
      return
    }
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
    let info = try merger.write(to: makeSegmentID(), in: folder)
    let reader = try SegmentReader(opening: info, in: folder)
    let marks = DeleteMarks(documentCount: reader.documentCount)
    parts.replaceSubrange(range, with: [Part(info: info, reader: reader, marks: marks)])
  }
}
