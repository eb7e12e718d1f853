/// A number for each document of a segment, as they lie in the mapped file: the width in bytes of the largest, then the
/// numbers, all of that width (see FORMAT.md).
///
/// SAFETY: `base` points to the section that `owner` keeps mapped, which has a head of 4 bytes and `count` numbers of `width`
/// bytes. The subscript checks its index against `count`, and loads the 4 bytes that end with the number; these lie in the
/// section, as the head is as long as the widest number.
@safe struct NumberTable: @unchecked Sendable {
  private static let headByteCount = 4

  /// How many numbers there are.
  let count: Int
  private let owner: ByteSection
  private let base: UnsafeRawPointer?
  private let width: Int
  private let spareBits: UInt64  // of a load that do not belong to the number

  /// The numbers in a section.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when they are not `count`.
  init(_ section: ByteSection, count: Int) throws(IndexError) {
    guard section.count >= Self.headByteCount, let width = Int(exactly: try section.number(at: 0, as: UInt32.self)),
      width <= 4, section.count == Self.headByteCount + width * count
    else { throw section.damaged("a table that does not fit \(count) documents") }
    owner = section
    unsafe base = section.bytes.baseAddress
    self.count = count
    self.width = width
    spareBits = UInt64(32 - 8 * width)
  }

  /// The number of a document.
  ///
  /// - Precondition: `document` is one of the segment's.
  @inline(__always)
  subscript(document: UInt32) -> UInt32 {
    guard let base = unsafe base, Int(document) < count else { preconditionFailure("a document of the segment") }
    let end = unsafe base.loadUnaligned(fromByteOffset: (Int(document) &+ 1) &* width, as: UInt32.self)
    return UInt32(truncatingIfNeeded: UInt64(UInt32(littleEndian: end)) &>> spareBits)
  }

  /// The number at an index.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when there is none.
  func number(at index: Int) throws(IndexError) -> UInt32 {
    guard index >= 0, index < count else { throw owner.damaged("element \(index) of \(count)") }
    return self[UInt32(index)]
  }
}

extension SectionFileWriter {
  /// Writes a section that is a table of numbers.
  func append(_ numbers: [UInt32], as section: SectionID) throws(IndexError) {
    let width = ((numbers.max() ?? 0).significantBitCount + 7) / 8
    beginSection(section)
    try append([UInt32(width)])
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * numbers.count)
    for number in numbers {
      for index in 0..<UInt32(width) { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }
    try append(bytes)
    endSection()
  }
}

extension UInt32 {
  fileprivate var significantBitCount: Int { bitWidth - leadingZeroBitCount }
}

/// The lengths of a segment's documents.
typealias DocumentLengths = NumberTable
