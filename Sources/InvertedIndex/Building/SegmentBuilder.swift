import CJKTokenizer

/// Takes documents in, one after the other, and becomes a segment.
struct SegmentBuilder {
  private var writer: SegmentWriter
  private var postings = PostingsBuffer()
  private var tokens = TokenBuffer()
  private var keys: [String] = []
  private var keyByteCount = 0

  /// The segment's number.
  var id: UInt64 { writer.id }
  /// How many documents were taken in.
  var documentCount: Int { keys.count }
  /// Bytes in memory when the segment is written out.
  var peakByteCount: Int { postings.peakByteCount + keyByteCount + keys.count * 48 }

  init(id: UInt64, in folder: IndexFolder) throws(IndexError) {
    writer = try SegmentWriter(id: id, in: folder)
  }

  /// Indexes and stores a document.
  ///
  /// - Precondition: the document has no ``Document/reasonForRefusal``.
  mutating func append(_ document: Document) throws(IndexError) {
    var text = document.text
    text.makeContiguousUTF8()
    let textStart = DocumentStreams.tokenizeBody(
      title: document.title, text: text.utf8Span.span, tabsSeparateCells: document.tabsSeparateCells, into: &tokens)
    try postings.append(tokens, field: nil)
    let length = tokens.length
    let places = TextPlaces(tokens, textStart: textStart, text: text.utf8Span.span)
    for field in document.fields {
      DocumentStreams.tokenize(field.value, into: &tokens)
      if !tokens.tokens.isEmpty { try postings.append(tokens, field: field.name) }
    }
    postings.finishDocument()
    try writer.append(document, places: places, length: length, textStart: textStart)
    keys.append(document.key)
    keyByteCount += document.key.utf8.count
  }

  /// Writes the segment's files.
  mutating func finish() throws(IndexError) -> SegmentInfo {
    let names = try postings.write(to: &writer)
    return try writer.finish(keys: keys, fieldNames: names)
  }
}
