import CJKTokenizer
import SystemIO

/// Takes documents in, one after the other, and becomes a segment.
struct SegmentBuilder {
  /// A document on its way to the thread that stores it.
  private struct Indexed: Sendable {
    let document: Document
    let places: TextPlaces
    let length: UInt32
    let textStart: UInt32
  }

  /// The segment's files.
  ///
  /// SAFETY: one thread at a time: the storing one while documents are taken in, and, after it has ended, the builder's.
  private final class Output: @unchecked Sendable {
    var writer: SegmentWriter

    init(_ writer: SegmentWriter) { self.writer = writer }

    func store(_ batch: [Indexed]) throws(IndexError) {
      for item in batch {
        try writer.append(item.document, places: item.places, length: item.length, textStart: item.textStart)
      }
    }
  }

  private let output: Output
  private var storing: StageThread<[Indexed], IndexError>?
  private var batch: [Indexed] = []  // on its way to the storing thread
  private var batchByteCount = 0
  private static let fullBatchByteCount = 1 << 18
  private var postings = PostingsBuffer()
  private var tokens = TokenBuffer()
  private var keys = KeyList()

  // The writer's tables, and the order of the keys while they are sorted.
  private static let tablesByteCount = 24

  /// The segment's number.
  let id: UInt64
  /// How many documents were taken in.
  var documentCount: Int { keys.count }
  /// Bytes in memory when the segment is written out.
  var peakByteCount: Int { postings.peakByteCount + keys.byteCount + keys.count * Self.tablesByteCount }

  /// Whether no document may be added.
  var isFull: Bool { postings.isFull }

  init(id: UInt64, in folder: IndexFolder) throws(IndexError) {
    self.id = id
    output = Output(try SegmentWriter(id: id, in: folder))
  }

  /// Indexes and stores a document.
  ///
  /// - Precondition: the document has no ``Document/reasonForRefusal``.
  mutating func append(_ document: Document) throws(IndexError) {
    var text = document.text
    text.makeContiguousUTF8()
    let textStart = DocumentStreams.tokenizeBody(
      title: document.title, text: text.utf8Span.span, tabsSeparateCells: document.tabsSeparateCells, into: &tokens)
    try postings.append(body: tokens)
    let length = tokens.length
    let places = TextPlaces(tokens, textStart: textStart, text: text.utf8Span.span)
    for field in document.fields {
      DocumentStreams.tokenize(field.value, into: &tokens)
      if !tokens.tokens.isEmpty { try postings.append(tokens, field: field.name) }
    }
    postings.finishDocument()
    batch.append(Indexed(document: document, places: places, length: length, textStart: textStart))
    batchByteCount += text.utf8.count
    if batchByteCount >= Self.fullBatchByteCount || batch.count >= 4096 { try handOver() }
    keys.append(document.key.utf8)
  }

  /// Gives the batch to the storing thread: compressing texts takes as long as indexing them.
  private mutating func handOver() throws(IndexError) {
    if storing == nil {
      let output = self.output
      storing = try wrapping { () throws(SystemError) in
        try StageThread(starting: "document storage") { batch throws(IndexError) in try output.store(batch) }
      }
    }
    try storing?.put(batch)
    batch = []
    batchByteCount = 0
  }

  /// Writes the segment's files.
  mutating func finish() throws(IndexError) -> SegmentInfo {
    if storing != nil {
      try handOver()
      try storing?.finish()
    } else {
      try output.store(batch)
    }
    let names = try postings.write(to: &output.writer)
    return try output.writer.finish(keyOrder: keys.sorted(), fieldNames: names)
  }
}
