/// Here is a document's number; give me the document, its length, or the number for a key.
struct DocumentsReader: Sendable {
  /// How many documents the segment has, deleted ones included.
  let count: Int
  private let records: RecordFile
  private let offsets: ByteSection
  /// The documents' lengths for ranking.
  let lengths: DocumentLengths
  private let textStarts: ByteSection
  private let keyOrder: ByteSection

  /// Opens the sections of a documents file and checks their sizes.
  init(file: SectionFile, count: Int) throws(IndexError) {
    self.count = count
    records = try RecordFile(file)
    offsets = try file.section(.recordOffsets)
    let lengths = try file.section(.lengths)
    textStarts = try file.section(.textStarts)
    keyOrder = try file.section(.keyOrder)
    guard offsets.count == (count + 1) * 8, lengths.count == count * 4, textStarts.count == count * 4,
      keyOrder.count == count * 4
    else { throw records.damaged("tables that do not fit \(count) documents") }
    self.lengths = DocumentLengths(lengths)
  }

  /// The position at which the document's text begins; its title stands before.
  func textStart(of document: UInt32) throws(IndexError) -> UInt32 { try textStarts.number(at: Int(document)) }

  /// The document at a place in the order of the keys.
  func document(atKeyRank rank: Int) throws(IndexError) -> UInt32 { try keyOrder.number(at: rank) }

  /// The whole document.
  func document(_ number: UInt32) throws(IndexError) -> Document {
    var (document, text) = try documentAndText(number)
    document.text = String(decoding: try text.read(0..<text.range.count), as: UTF8.self)
    return document
  }

  /// The document without its text.
  func header(of number: UInt32) throws(IndexError) -> Document {
    try readRecord(number) { reader -> Document? in DocumentCoding.header(&reader) }
  }

  /// The document without its text, and the text as it lies in the records.
  func documentAndText(_ number: UInt32) throws(IndexError) -> (document: Document, text: StoredText) {
    let textStart = try textStart(of: number)
    let range = try recordRange(number)
    let parts = try readRecord(number) { reader -> (document: Document, places: TextPlaces, textByteCount: Int)? in
      let readCount = reader.remaining
      guard let document = DocumentCoding.header(&reader), let places = TextPlaces(&reader, textStart: textStart),
        let count = reader.readCount(), readCount - reader.remaining + count == range.count,
        places.places.allSatisfy({ $0.offset < count })
      else { return nil }
      return (document, places, count)
    }
    let text = StoredText(
      records: records, range: range.upperBound - parts.textByteCount..<range.upperBound, textStart: textStart,
      places: parts.places, tabsSeparateCells: parts.document.tabsSeparateCells)
    return (parts.document, text)
  }

  /// The document's key.
  func key(of number: UInt32) throws(IndexError) -> [UInt8] {
    try readRecord(number, firstByteCount: 128) { reader -> [UInt8]? in
      unsafe DocumentCoding.key(&reader).map { unsafe Array($0) }
    }
  }

  /// Where the record lies in its section.
  func recordRange(_ number: UInt32) throws(IndexError) -> Range<Int> {
    let start: UInt64 = try offsets.number(at: Int(number))
    let end: UInt64 = try offsets.number(at: Int(number) + 1)
    guard start <= end, end <= UInt64(records.count) else { throw damagedRecord(number) }
    return Int(start)..<Int(end)
  }

  /// What `body` reads from a record's beginning; it gets eight times the bytes, again and again, while they are not enough.
  private func readRecord<Result>(
    _ number: UInt32, firstByteCount: Int = 512, _ body: (inout ByteReader) -> Result?
  ) throws(IndexError) -> Result {
    let range = try recordRange(number)
    var byteCount = min(firstByteCount, range.count)
    while true {
      let bytes = try records.read(range.lowerBound..<range.lowerBound + byteCount)
      let result = unsafe bytes.withUnsafeBytes { bytes in
        var reader = unsafe ByteReader(bytes)
        return body(&reader)
      }
      if let result { return result }
      guard byteCount < range.count else { throw damagedRecord(number) }
      byteCount = min(byteCount * 8, range.count)
    }
  }

  /// The number of the document that has the key and is not marked; nil when there is none.
  ///
  /// Several documents of a segment may have had one key, one after the other; all but the last are marked.
  ///
  /// - Complexity: O(log *n*) records read.
  func document(forKey key: [UInt8], notMarkedIn marks: DeleteMarks?) throws(IndexError) -> UInt32? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if try self.key(of: document(atKeyRank: middle)).lexicographicallyPrecedes(key) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < count {
      let number = try document(atKeyRank: low)
      guard number < count, try self.key(of: number) == key else { return nil }
      if !(marks.map { $0[number] } ?? false) { return number }
      low += 1
    }
    return nil
  }

  /// Whether the records fill their section without gaps at its ends.
  func recordsFillSection() throws(IndexError) -> Bool {
    let first: UInt64 = try offsets.number(at: 0)
    let last: UInt64 = try offsets.number(at: count)
    return first == 0 && last == UInt64(records.count)
  }

  private func damagedRecord(_ number: UInt32) -> IndexError { records.damaged("the record of document \(number)") }
}
