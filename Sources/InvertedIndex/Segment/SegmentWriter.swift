import CJKTokenizer
import SystemIO

/// Writes the files of one segment: documents as they come, then terms in order.
struct SegmentWriter {
  /// The number in the files' names.
  let id: UInt64

  private let terms: SectionFileWriter
  private let postings: SectionFileWriter
  private let positions: SectionFileWriter
  private let documentsFile: SectionFileWriter
  private var dictionary: DictionaryWriter
  private var list: PostingsListWriter
  private var documents: DocumentsWriter
  private var totalLength: UInt64 = 0

  /// Creates the four files; ones of that number that a dead writer left are removed first.
  init(id: UInt64, in folder: IndexFolder) throws(IndexError) {
    func create(_ kind: FileKind) throws(IndexError) -> SectionFileWriter {
      let path = folder.segmentPath(id, kind)
      try wrapping { () throws(SystemError) in try FileSystem.remove(path) }
      return try SectionFileWriter(
        creating: path, kind: kind, segment: id, analysisVersion: Tokenizer.analysisVersion)
    }
    self.id = id
    terms = try create(.terms)
    postings = try create(.postings)
    positions = try create(.positions)
    documentsFile = try create(.documents)
    postings.beginSection(.postings)
    positions.beginSection(.positions)
    dictionary = DictionaryWriter(file: terms)
    list = PostingsListWriter(postings: postings, positions: positions)
    documents = DocumentsWriter(file: documentsFile)
  }

  /// How many documents were appended.
  var documentCount: Int { documents.count }

  /// Appends a document.
  mutating func append(
    _ document: Document, places: TextPlaces, length: UInt32, textStart: UInt32
  ) throws(IndexError) {
    try documents.append(document, places: places, length: length, textStart: textStart)
    totalLength += UInt64(length)
  }

  /// Appends a record that another segment holds.
  mutating func append(
    record: UnsafeRawBufferPointer, length: UInt32, textStart: UInt32
  ) throws(IndexError) {
    try unsafe documents.append(record: record, length: length, textStart: textStart)
    totalLength += UInt64(length)
  }

  /// Appends all occurrences of the current term, each document above position, rising.
  mutating func append(occurrences: UnsafeBufferPointer<UInt64>) throws(IndexError) {
    try unsafe list.append(occurrences: occurrences)
  }

  /// Appends a posting to the current term, its positions coded as they are in another segment.
  mutating func append(
    document: UInt32, frequency: UInt32, codedPositions: UnsafeRawBufferPointer
  ) throws(IndexError) {
    try unsafe list.append(document: document, frequency: frequency, codedPositions: codedPositions)
  }

  /// Ends the current term; one without postings is left out.
  mutating func finishTerm(characters key: UInt64) throws(IndexError) {
    let summary = try list.finishList()
    guard summary.documentFrequency > 0 else { return }
    try dictionary.append(
      characters: key, documentFrequency: summary.documentFrequency, occurrences: summary.occurrences,
      postingsByteCount: summary.postingsByteCount, positionsByteCount: summary.positionsByteCount)
  }

  /// Ends the current term; one without postings is left out.
  mutating func finishTerm(word: [UInt8]) throws(IndexError) {
    let summary = try list.finishList()
    guard summary.documentFrequency > 0 else { return }
    try dictionary.append(
      word: word, documentFrequency: summary.documentFrequency, occurrences: summary.occurrences,
      postingsByteCount: summary.postingsByteCount, positionsByteCount: summary.positionsByteCount)
  }

  /// Writes the tables, makes all files durable and says what a commit must know.
  ///
  /// - Parameters:
  ///   - keys: the documents' keys, to be put in order.
  ///   - fieldNames: the fields' names, rising by their bytes; a field's number is its place plus one.
  mutating func finish(keys: [String], fieldNames: [String]) throws(IndexError) -> SegmentInfo {
    let order = keys.indices.sorted { keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) }
    try documents.finish(keyOrder: order.map { UInt32($0) })
    try dictionary.finish(fieldNames: fieldNames)
    try list.finish()
    postings.endSection()
    positions.endSection()
    var stamps: [FileStamp] = []
    for file in [terms, postings, positions, documentsFile] {
      try file.finish()
      stamps.append(FileStamp(byteCount: file.byteCount, checksum: file.checksum))
    }
    return SegmentInfo(id: id, documentCount: UInt32(documentCount), liveLength: totalLength, stamps: stamps)
  }

  /// Writes the marks of a segment for the commit of `generation`.
  static func write(
    _ marks: DeleteMarks, of segment: UInt64, generation: UInt64, in folder: IndexFolder
  ) throws(IndexError) -> FileStamp {
    let path = folder.deletesPath(segment, generation: generation)
    try wrapping { () throws(SystemError) in try FileSystem.remove(path) }
    let file = try SectionFileWriter(
      creating: path, kind: .deletes, segment: segment, analysisVersion: Tokenizer.analysisVersion)
    file.beginSection(.deleteBits)
    try file.append(marks.words)
    file.endSection()
    try file.finish()
    return FileStamp(byteCount: file.byteCount, checksum: file.checksum)
  }
}
