import CJKTokenizer
import SystemIO

/// A file that a commit names: a file of another length or checksum has no business in the index.
struct FileStamp: Equatable, Sendable {
  /// The file's length.
  var byteCount: UInt64
  /// The checksum in its footer.
  var checksum: UInt32
}

/// A segment as a commit names it.
struct SegmentInfo: Equatable, Sendable {
  /// The number in the files' names.
  var id: UInt64
  /// Documents in it, deleted ones included.
  var documentCount: UInt32
  /// Sum of the lengths of the documents that are not deleted.
  var liveLength: UInt64
  /// Documents marked as deleted.
  var deletedCount: UInt32 = 0
  /// The commit that wrote the marks; 0 when there are none.
  var deletesGeneration: UInt64 = 0
  /// The stamps of ``files`` in their order.
  var stamps: [FileStamp]
  /// The stamp of the marks' file.
  var deletesStamp = FileStamp(byteCount: 0, checksum: 0)

  /// The files that every segment has.
  static let files: [FileKind] = [.terms, .postings, .positions, .documents]

  /// Documents that are not deleted.
  var liveCount: Int { Int(documentCount - deletedCount) }

  /// The bytes of all its files.
  var byteCount: UInt64 { stamps.reduce(deletesStamp.byteCount) { $0 + $1.byteCount } }
}

extension IndexFolder {
  /// Removes a segment's files, as far as there are any.
  func removeFiles(ofSegment segment: UInt64) throws(IndexError) {
    for kind in SegmentInfo.files {
      try wrapping { () throws(SystemError) in try FileSystem.remove(segmentPath(segment, kind)) }
    }
  }
}

/// The list of segments that are the index.
struct Commit: Equatable, Sendable {
  /// Rises by one with each commit.
  var generation: UInt64 = 0
  /// The number that the next segment takes.
  var nextSegment: UInt64 = 1
  /// The segments, in the order of their documents.
  var segments: [SegmentInfo] = []

  /// The newest commit of a folder.
  ///
  /// - Throws: ``IndexError/missing(directory:)`` when there is none.
  static func read(from folder: IndexFolder) throws(IndexError) -> Commit {
    let file: SectionFile
    do throws(IndexError) {
      file = try SectionFile(
        opening: folder.commitPath, kind: .commit, segment: 0, analysisVersion: Tokenizer.analysisVersion)
    } catch {
      if case .system(let cause) = error, cause.isMissingFile { throw .missing(directory: folder.path) }
      throw error
    }
    guard file.damagedSections().isEmpty else {
      throw .damaged(file: folder.commitPath, detail: "manifest: checksum mismatch")
    }
    let section = try file.section(.manifest)
    var reader = section.reader()
    guard let commit = Commit(&reader), reader.remaining == 0 else { throw section.damaged("manifest") }
    return commit
  }

  /// Writes the commit under a temporary name and makes it durable, and with it the folder's entries.
  func prepare(to folder: IndexFolder) throws(IndexError) {
    try wrapping { () throws(SystemError) in try FileSystem.remove(folder.newCommitPath) }
    let file = try SectionFileWriter(
      creating: folder.newCommitPath, kind: .commit, segment: 0, analysisVersion: Tokenizer.analysisVersion)
    file.beginSection(.manifest)
    try file.append(bytes)
    file.endSection()
    try file.finish()
    try wrapping { () throws(SystemError) in try FileSystem.synchronizeDirectory(folder.path) }
  }

  /// Gives the prepared commit its place; from then on, and also when this fails, it may be what readers see.
  static func publish(to folder: IndexFolder) throws(IndexError) {
    try wrapping { () throws(SystemError) in
      try FileSystem.rename(folder.newCommitPath, to: folder.commitPath)
      try FileSystem.synchronizeDirectory(folder.path)
    }
  }

  /// The paths of all files of the index but the commit and the lock.
  func paths(in folder: IndexFolder) -> Set<String> {
    var paths: Set<String> = []
    for segment in segments {
      for kind in SegmentInfo.files { paths.insert(folder.segmentPath(segment.id, kind)) }
      if segment.deletesGeneration > 0 {
        paths.insert(folder.deletesPath(segment.id, generation: segment.deletesGeneration))
      }
    }
    return paths
  }

  private var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(fixed: generation)
    writer.append(fixed: nextSegment)
    writer.append(fixed: UInt32(segments.count))
    for segment in segments {
      writer.append(fixed: segment.id)
      writer.append(fixed: segment.documentCount)
      writer.append(fixed: segment.deletedCount)
      writer.append(fixed: segment.liveLength)
      writer.append(fixed: segment.deletesGeneration)
      for stamp in segment.stamps + [segment.deletesStamp] {
        writer.append(fixed: stamp.byteCount)
        writer.append(fixed: stamp.checksum)
      }
    }
    return writer.bytes
  }

  private init?(_ reader: inout ByteReader) {
    guard let generation: UInt64 = reader.readFixed(), let nextSegment: UInt64 = reader.readFixed(),
      let count: UInt32 = reader.readFixed()
    else { return nil }
    self.generation = generation
    self.nextSegment = nextSegment
    for _ in 0..<count {
      guard let id: UInt64 = reader.readFixed(), let documentCount: UInt32 = reader.readFixed(),
        let deletedCount: UInt32 = reader.readFixed(), let liveLength: UInt64 = reader.readFixed(),
        let deletesGeneration: UInt64 = reader.readFixed(), deletedCount <= documentCount, id < nextSegment
      else { return nil }
      guard !segments.contains(where: { $0.id == id }), (deletedCount == 0) == (deletesGeneration == 0),
        deletesGeneration <= generation
      else { return nil }
      var stamps: [FileStamp] = []
      for _ in 0...SegmentInfo.files.count {
        guard let byteCount: UInt64 = reader.readFixed(), let checksum: UInt32 = reader.readFixed() else { return nil }
        stamps.append(FileStamp(byteCount: byteCount, checksum: checksum))
      }
      let deletesStamp = stamps.removeLast()
      guard deletesGeneration > 0 || deletesStamp == FileStamp(byteCount: 0, checksum: 0) else { return nil }
      segments.append(
        SegmentInfo(
          id: id, documentCount: documentCount, liveLength: liveLength, deletedCount: deletedCount,
          deletesGeneration: deletesGeneration, stamps: stamps, deletesStamp: deletesStamp))
    }
  }

  /// A commit without segments.
  init() {}
}
