/// The lengths of a segment's documents, as they lie in the mapped file.
///
/// SAFETY: `base` points to `count` numbers of 32 bits in the section that `owner` keeps mapped; the subscript checks its
/// index against `count`.
@safe struct DocumentLengths: @unchecked Sendable {
  private let owner: ByteSection
  private let base: UnsafeRawPointer?
  private let count: Int

  /// The lengths in a section of fixed-width numbers.
  init(_ section: ByteSection) {
    owner = section
    unsafe base = section.bytes.baseAddress
    count = section.count / 4
  }

  /// The length of a document.
  ///
  /// - Precondition: `document` is one of the segment's.
  @inline(__always)
  subscript(document: UInt32) -> UInt32 {
    guard let base = unsafe base, Int(document) < count else { preconditionFailure("a document of the segment") }
    return unsafe UInt32(littleEndian: base.loadUnaligned(fromByteOffset: Int(document) &* 4, as: UInt32.self))
  }
}
