import CJKTokenizer
import SystemIO

/// An open segment, unchanging: terms, postings, positions, documents, and which of these are deleted.
final class SegmentReader: Sendable {
  /// What the commit says of it.
  let info: SegmentInfo
  /// Its terms.
  let dictionary: DictionaryReader
  /// Its bigrams' hosts, as they were mined.
  let hosts: HostTable
  /// Its documents.
  let documents: DocumentsReader
  /// Its deleted documents; nil when there are none.
  let deletes: DeleteMarks?
  /// Its open files, in the order of ``SegmentInfo/files``, then that of the marks.
  let files: [SectionFile]
  private let postings: ByteSection
  private let positions: ByteSection

  /// Maps the files of a segment and checks their structure.
  init(opening info: SegmentInfo, in folder: IndexFolder) throws(IndexError) {
    self.info = info
    var files: [SectionFile] = []
    for (kind, stamp) in zip(SegmentInfo.files, info.stamps) {
      files.append(try Self.open(folder.segmentPath(info.id, kind), kind, info.id, stamp))
    }
    dictionary = try DictionaryReader(file: files[0])
    try files[0].checkSection(.hosts)  // the one that is read as a whole
    hosts = try HostTable(reading: try files[0].section(.hosts))
    postings = try files[1].section(.postings)
    positions = try files[2].section(.positions)
    let lengths = try DocumentLengths(try files[0].section(.lengths), count: Int(info.documentCount))
    documents = try DocumentsReader(file: files[3], lengths: lengths)
    if info.deletesGeneration > 0 {
      let path = folder.deletesPath(info.id, generation: info.deletesGeneration)
      let file = try Self.open(path, .deletes, info.id, info.deletesStamp)
      deletes = try DeleteMarks(
        reading: try file.section(.deleteBits), documentCount: Int(info.documentCount),
        expectedCount: Int(info.deletedCount))
      files.append(file)
    } else {
      deletes = nil
    }
    self.files = files
  }

  private static func open(
    _ path: String, _ kind: FileKind, _ segment: UInt64, _ stamp: FileStamp
  ) throws(IndexError) -> SectionFile {
    let file = try SectionFile(
      opening: path, kind: kind, segment: segment, analysisVersion: Tokenizer.analysisVersion)
    guard UInt64(file.byteCount) == stamp.byteCount, file.table.checksum == stamp.checksum else {
      throw .damaged(file: path, detail: "not the file that the commit names")
    }
    return file
  }

  /// Documents in the segment, deleted ones included.
  var documentCount: Int { documents.count }

  /// Whether a document is deleted.
  @inline(__always)
  func isDeleted(_ document: UInt32) -> Bool { deletes.map { $0[document] } ?? false }

  /// The bytes of a term's lists.
  func lists(of entry: TermEntry) throws(IndexError) -> (postings: ByteSection, positions: ByteSection) {
    (
      try postings.piece(at: entry.postings.lowerBound, count: entry.postings.count),
      try positions.piece(at: entry.positions.lowerBound, count: entry.positions.count)
    )
  }

  /// A cursor on a term's postings, which it unpacks to `block`; no other cursor on that block may be used any more.
  func cursor(for entry: TermEntry, into block: PostingsBlock = PostingsBlock()) throws(IndexError) -> PostingsCursor {
    try PostingsCursor(
      entry: entry, postings: postings, positions: positions, documentCount: documentCount, into: block)
  }
}
