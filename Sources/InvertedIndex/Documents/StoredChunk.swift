/// Where a record group or a text block lies, and where the text begins that belongs to it: a row of a table.
struct StoredChunk: Equatable, Sendable {
  static let rowByteCount = 24

  /// Its bytes in the section of the stored documents.
  var range: Range<Int>
  /// Where its text begins in the text of the segment's documents, one behind the other.
  var textOffset: Int

  /// A chunk.
  init(range: Range<Int>, textOffset: Int) {
    self.range = range
    self.textOffset = textOffset
  }

  /// The row of a table at an index.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when it does not lie in a section of `sectionByteCount` bytes.
  init(_ index: Int, of table: ByteSection, sectionByteCount: Int) throws(IndexError) {
    let offset: UInt64 = try table.number(at: 3 * index)
    let byteCount: UInt64 = try table.number(at: 3 * index + 1)
    let textOffset: UInt64 = try table.number(at: 3 * index + 2)
    guard offset <= UInt64(sectionByteCount), byteCount <= UInt64(sectionByteCount) - offset, textOffset < 1 << 62
    else {
      throw table.damaged("a table of documents points outside")
    }
    range = Int(offset)..<Int(offset + byteCount)
    self.textOffset = Int(textOffset)
  }

  /// The row's numbers.
  var row: [UInt64] { [UInt64(range.lowerBound), UInt64(range.count), UInt64(textOffset)] }
}
