import SystemIO

/// Writes a segment's documents file: records as they come, the small tables at the end.
struct DocumentsWriter {
  /// How many documents were appended.
  var count: Int { lengths.count }

  private let file: SectionFileWriter
  private var offsets: [UInt64] = [0]
  private var lengths: [UInt32] = []
  private var textStarts: [UInt32] = []
  private var record = ByteWriter()

  init(file: SectionFileWriter) {
    self.file = file
    file.beginSection(.records)
  }

  /// Appends a document, its length and the position at which its text begins.
  mutating func append(
    _ document: Document, places: TextPlaces, length: UInt32, textStart: UInt32
  ) throws(IndexError) {
    record.removeAll()
    DocumentCoding.append(document, places: places, textStart: textStart, to: &record)
    try file.append(record.bytes)
    note(length: length, textStart: textStart)
  }

  /// Appends a record that another segment holds.
  mutating func append(
    record bytes: UnsafeRawBufferPointer, length: UInt32, textStart: UInt32
  ) throws(IndexError) {
    try unsafe file.append(bytes)
    note(length: length, textStart: textStart)
  }

  /// Writes the tables; `keyOrder` lists the documents by their keys' bytes.
  mutating func finish(keyOrder: [UInt32]) throws(IndexError) {
    file.endSection()
    try append(offsets, as: .recordOffsets)
    try append(lengths, as: .lengths)
    try append(textStarts, as: .textStarts)
    try append(keyOrder, as: .keyOrder)
  }

  private mutating func note(length: UInt32, textStart: UInt32) {
    offsets.append(file.sectionByteCount)
    lengths.append(length)
    textStarts.append(textStart)
  }

  private func append(
    _ numbers: [some FixedWidthInteger & UnsignedInteger], as section: SectionID
  ) throws(IndexError) {
    file.beginSection(section)
    try file.append(numbers)
    file.endSection()
  }
}
