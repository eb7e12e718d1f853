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
  private let list = PostingsListWriter()
  private var documents: DocumentsWriter
  private var totalLength: UInt64 = 0
  private static let bufferByteCount = 1 << 17

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
    documents = DocumentsWriter(file: documentsFile)
  }

  /// The length of each document appended.
  var lengths: [UInt32] { documents.lengths }
  /// How many documents were appended.
  var documentCount: Int { documents.count }

  /// Appends a document of a batch, whose details are noted there.
  mutating func append(_ batch: DocumentBatch, _ index: Int) throws(IndexError) {
    try documents.append(batch, index)
    totalLength += UInt64(batch.details(index).length)
  }

  /// Appends a document that another segment holds, but for its text.
  mutating func append(
    _ head: DocumentHead, tail: [UInt8], length: UInt32, textStart: UInt32
  ) throws(IndexError) {
    try documents.append(head, tail: tail, length: length, textStart: textStart)
    totalLength += UInt64(length)
  }

  /// Begins the lists: no document follows.
  mutating func beginLists() { list.lengthCodes = BlockImpacts.codes(ofLengths: documents.lengths) }

  /// Appends text of those documents, in their order.
  mutating func append(text: Span<UInt8>) throws(IndexError) { try documents.append(text: text) }

  /// Appends text of those documents as the block that another segment has of it.
  mutating func append(block: [UInt8], textByteCount: Int) throws(IndexError) {
    try documents.append(block: block, textByteCount: textByteCount)
  }

  /// Appends all occurrences of the current term, each document above position, rising.
  ///
  /// - Precondition: the collection is contiguous in memory, as arrays and their slices are.
  mutating func append(occurrences: some Collection<UInt64>) throws(IndexError) {
    let list = self.list
    let outcome = occurrences.withContiguousStorageIfAvailable { occurrences -> Result<Void, IndexError> in
      do throws(IndexError) { return .success(unsafe try list.append(occurrences: occurrences)) } catch {
        return .failure(error)
      }
    }
    guard let outcome else { preconditionFailure("occurrences are contiguous") }
    try outcome.get()
    try drainFullBuffers()
  }

  /// Appends terms of characters whose lists are coded already.
  mutating func append(
    _ terms: ArraySlice<EncodedTerm>, postings: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer
  ) throws(IndexError) {
    try drain()
    try unsafe self.postings.append(postings)
    try unsafe self.positions.append(positions)
    for term in terms { try append(term.summary, ofCharacters: term.key) }
  }

  /// Appends a posting to the current term; its positions are given as gaps.
  mutating func append(document: UInt32, positionGaps: UnsafeBufferPointer<UInt32>) throws(IndexError) {
    try unsafe list.append(document: document, positionGaps: positionGaps)
    try drainFullBuffers()
  }

  /// Ends the current term; one without postings is left out.
  mutating func finishTerm(characters key: UInt64) throws(IndexError) {
    try append(try list.finishList(), ofCharacters: key)
  }

  private mutating func append(_ summary: PostingsListWriter.Summary, ofCharacters key: UInt64) throws(IndexError) {
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
  ///   - keyOrder: the documents in the order of their keys.
  ///   - fieldNames: the fields' names, rising by their bytes; a field's number is its place plus one.
  ///   - hosts: phrases that bigrams of the text mostly stand inside of.
  mutating func finish(
    keyOrder: [UInt32], fieldNames: [String], hosts: HostTable
  ) throws(IndexError) -> SegmentInfo {
    try documents.finish(keyOrder: keyOrder)
    try dictionary.finish(fieldNames: fieldNames)
    try terms.append(documents.lengths, as: .lengths)
    terms.beginSection(.hosts)
    try terms.append(hosts.bytes)
    terms.endSection()
    try drain()
    postings.endSection()
    positions.endSection()
    let files = [terms, postings, positions, documentsFile]
    try Self.finish(files)
    let stamps = files.map { FileStamp(byteCount: $0.byteCount, checksum: $0.checksum) }
    return SegmentInfo(id: id, documentCount: UInt32(documentCount), liveLength: totalLength, stamps: stamps)
  }

  /// Makes files durable side by side: each waits for the disk.
  private static func finish(_ files: [SectionFileWriter]) throws(IndexError) {
    var finishing: [StageThread<SectionFileWriter, IndexError>] = []
    for file in files {
      let thread = try wrapping { () throws(SystemError) in
        try StageThread<SectionFileWriter, IndexError>(starting: "file") { file throws(IndexError) in try file.finish()
        }
      }
      try thread.put(file)
      finishing.append(thread)
    }
    for thread in finishing { try thread.finish() }
  }

  private func drainFullBuffers() throws(IndexError) {
    if list.byteCount >= Self.bufferByteCount { try drain() }
  }

  private func drain() throws(IndexError) {
    try unsafe list.drain { (postings, positions) throws(IndexError) in
      try unsafe self.postings.append(postings)
      try unsafe self.positions.append(positions)
    }
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
