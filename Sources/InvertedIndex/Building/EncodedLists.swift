/// The lists of some terms of characters, coded in memory, in the order of the terms.
///
/// SAFETY: one thread at a time: the one that makes it, then the one that writes it.
final class EncodedLists: @unchecked Sendable {
  private var terms: [EncodedTerm] = []
  private let writer = PostingsListWriter()
  // What is not yet written.
  private var next = 0
  private var postingsOffset = 0
  private var positionsOffset = 0

  /// No lists yet, of documents whose lengths have these codes.
  init(lengthCodes: [UInt8]) { writer.lengthCodes = lengthCodes }

  /// Bytes of the lists.
  var byteCount: Int { writer.byteCount }

  /// Appends occurrences of the next term (see ``PostingsListWriter``).
  func append(
    _ occurrences: UnsafeBufferPointer<UInt64>, in places: DocumentPlaces, firstDocument: Int = 0
  ) throws(IndexError) {
    try unsafe writer.append(occurrences: occurrences, in: places, firstDocument: firstDocument)
  }

  /// Ends the term.
  func finishTerm(_ key: UInt64) throws(IndexError) {
    terms.append(EncodedTerm(key: key, summary: try writer.finishList()))
  }

  /// The key of the first term that is not yet written; nil when all are.
  var nextKey: UInt64? { next < terms.count ? terms[next].key : nil }

  /// Writes the terms whose keys are below `limit`.
  func write(termsBelow limit: UInt64, to segment: inout SegmentWriter) throws(IndexError) {
    var end = next
    var postingsEnd = postingsOffset
    var positionsEnd = positionsOffset
    while end < terms.count, terms[end].key < limit {
      postingsEnd += Int(terms[end].summary.postingsByteCount)
      positionsEnd += Int(terms[end].summary.positionsByteCount)
      end += 1
    }
    let (postings, positions) = unsafe writer.bytes
    try unsafe segment.append(
      terms[next..<end], postings: UnsafeRawBufferPointer(rebasing: postings[postingsOffset..<postingsEnd]),
      positions: UnsafeRawBufferPointer(rebasing: positions[positionsOffset..<positionsEnd]))
    (next, postingsOffset, positionsOffset) = (end, postingsEnd, positionsEnd)
  }
}
