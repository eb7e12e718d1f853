/// Here is a document's number; give me the document, its length, or the number for a key.
struct DocumentsReader: Sendable {
  /// How many documents the segment has, deleted ones included.
  let count: Int
  private let records: ByteSection
  private let offsets: ByteSection
  /// The documents' lengths for ranking.
  let lengths: DocumentLengths
  private let textStarts: ByteSection
  private let keyOrder: ByteSection

  /// Opens the sections of a documents file and checks their sizes.
  init(file: SectionFile, count: Int) throws(IndexError) {
    self.count = count
    records = try file.section(.records)
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
    var reader = try record(number).reader()
    guard var document = DocumentCoding.header(&reader), let count = reader.readCount(),
      reader.skipVarints(2 * min(count, reader.remaining)), let text = unsafe DocumentCoding.text(&reader),
      reader.remaining == 0
    else { throw damagedRecord(number) }
    document.text = unsafe String(decoding: text, as: UTF8.self)
    return document
  }

  /// The document without its text.
  func header(of number: UInt32) throws(IndexError) -> Document {
    var reader = try record(number).reader()
    guard let document = DocumentCoding.header(&reader) else { throw damagedRecord(number) }
    return document
  }

  /// The document without its text, and the text as it lies in the mapped file.
  func documentAndText(_ number: UInt32) throws(IndexError) -> (document: Document, text: StoredText) {
    let record = try record(number)
    var reader = record.reader()
    let textStart = try textStart(of: number)
    guard let document = DocumentCoding.header(&reader), let places = TextPlaces(&reader, textStart: textStart),
      let count = reader.readCount(), count == reader.remaining, places.places.allSatisfy({ $0.offset < count })
    else { throw damagedRecord(number) }
    let text = StoredText(
      bytes: try record.piece(at: record.count - count, count: count), textStart: textStart, places: places,
      tabsSeparateCells: document.tabsSeparateCells)
    return (document, text)
  }

  /// The document's key.
  func key(of number: UInt32) throws(IndexError) -> [UInt8] {
    var reader = try record(number).reader()
    guard let key = unsafe DocumentCoding.key(&reader) else { throw damagedRecord(number) }
    return unsafe Array(key)
  }

  /// The record's bytes.
  func record(_ number: UInt32) throws(IndexError) -> ByteSection {
    let start: UInt64 = try offsets.number(at: Int(number))
    let end: UInt64 = try offsets.number(at: Int(number) + 1)
    guard start <= end, end <= UInt64(records.count) else { throw damagedRecord(number) }
    return try records.piece(at: Int(start), count: Int(end - start))
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
