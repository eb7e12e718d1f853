import CJKTokenizer
import SystemIO

/// Takes documents in, one after the other, and becomes a segment.
struct SegmentBuilder {
  /// Documents on their way to the thread that stores them.
  private struct Indexed: Sendable {
    let batch: DocumentBatch
    let indices: Range<Int>
  }

  /// The segment's files.
  ///
  /// SAFETY: one thread at a time: the storing one while documents are taken in, and, after it has ended, the builder's.
  private final class Output: @unchecked Sendable {
    var writer: SegmentWriter

    init(_ writer: SegmentWriter) { self.writer = writer }

    func store(_ indexed: Indexed) throws(IndexError) {
      for index in indexed.indices { try writer.append(indexed.batch, index) }
    }
  }

  private let output: Output
  private let folder: IndexFolder
  private var runs: SpilledRuns?
  private var storing: StageThread<Indexed, IndexError>?
  private var postings = PostingsBuffer()
  private var bodyTokens = TokenBuffer(keepsRuns: true)
  private var fieldTokens = TokenBuffer()
  private var keys = KeyList()
  private var sample = PhraseSample()

  // The writer's tables and the runs', and the order of the keys while they are sorted.
  private static let tablesByteCount = 28

  /// The segment's number.
  let id: UInt64
  /// How many documents were taken in.
  var documentCount: Int { keys.count }
  /// Bytes in memory when the occurrences are written out.
  var peakByteCount: Int { postings.peakByteCount }
  /// Bytes that stay in memory until the segment is finished.
  var tableByteCount: Int { keys.byteCount + keys.count * Self.tablesByteCount + sample.byteCount }

  /// Whether no document may be added before the occurrences are spilled or the segment is finished.
  var isFull: Bool { postings.isFull }

  init(id: UInt64, in folder: IndexFolder) throws(IndexError) {
    self.id = id
    self.folder = folder
    output = Output(try SegmentWriter(id: id, in: folder))
  }

  /// Indexes a document of a batch, and notes there what is to be stored with it.
  ///
  /// - Precondition: the document had no ``Document/reasonForRefusal``.
  mutating func index(_ batch: inout DocumentBatch, _ index: Int) throws(IndexError) {
    guard keys.count < Int(UInt32.max) - 1 else { throw .limitExceeded("2^32 documents in a segment") }
    let (title, text) = (batch.title(index), batch.text(index))
    let textStart = DocumentStreams.tokenizeBody(
      title: title.span, text: text.span, tabsSeparateCells: batch.tabsSeparateCells(index), into: &bodyTokens)
    try postings.append(body: bodyTokens)
    sample.append(bodyTokens)
    batch.note(
      DocumentBatch.Details(length: bodyTokens.length, textStart: textStart),
      TextPlaces(bodyTokens, textStart: textStart, text: text.span), of: index)
    for field in batch.fields(index) {
      let texts = field.value.searchableTexts
      DocumentStreams.tokenize(texts, into: &fieldTokens)
      if !fieldTokens.tokens.isEmpty { try postings.append(fieldTokens, field: field.name) }
      try postings.append(values: texts, field: field.name)
    }
    if let path = batch.valuePath(index) { try postings.append(path: path) }
    postings.finishDocument()
    keys.append(batch.key(index))
  }

  /// Stores documents of a batch, which were indexed last, on a thread of its own: compressing texts takes as long as indexing
  /// them.
  mutating func store(_ indices: Range<Int>, of batch: DocumentBatch) throws(IndexError) {
    if storing == nil {
      let output = self.output
      storing = try wrapping { () throws(SystemError) in
        try StageThread(starting: "document storage") { batch throws(IndexError) in try output.store(batch) }
      }
    }
    try storing?.put(Indexed(batch: batch, indices: indices))
  }

  /// Writes the occurrences into a file without a name, from where the segment's lists will be made.
  mutating func spill() throws(IndexError) {
    let runs: SpilledRuns
    if let known = self.runs {
      runs = known
    } else {
      // A name that a next writer removes, should this one die before it has.
      runs = try SpilledRuns(creating: folder.deletesPath(id, generation: 0))
      self.runs = runs
    }
    try postings.spill(to: runs)
  }

  /// Writes the segment's files; all documents are stored.
  mutating func finish() throws(IndexError) -> SegmentInfo {
    if runs != nil {
      try spill()
      postings.releaseMemory()
    }
    try storing?.finish()
    let (keys, characters) = (self.keys, sample.characters)
    sample = PhraseSample()
    let tables = PieceWork<(keyOrder: [UInt32], hosts: HostTable)>(
      [0..<1], [{ (_, give) in _ = give((keys.sorted(), HostMiner.hosts(in: characters))) }])
    var names: [String] = []
    var keyOrder: [UInt32] = []
    var hosts = HostTable.none
    try tables.forEach { (made) throws(IndexError) in
      (keyOrder, hosts) = made
    } meanwhile: { () throws(IndexError) in
      names = try postings.write(to: &output.writer, runs: runs)
    }
    return try output.writer.finish(keyOrder: keyOrder, fieldNames: names, hosts: hosts)
  }
}
