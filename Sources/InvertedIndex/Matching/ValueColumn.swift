/// The values of a field in a segment, by document: what facets are counted and hits are ordered by.
///
/// It is put together from the lists of the values when it is first asked for; four bytes a document.
struct ValueColumn: Sendable {
  /// The values, rising by their bytes.
  private(set) var values: [String] = []
  /// By document: the place of its first value plus one; 0 for a document without any.
  private(set) var first: [UInt32]
  /// The places of the further values, by the order of the values.
  private(set) var further: [(document: UInt32, place: UInt32)] = []

  /// The column of a field.
  init(_ field: String, in segment: SegmentReader) throws(IndexError) {
    first = [UInt32](repeating: 0, count: segment.documentCount)
    let matcher = ValueMatcher(segment)
    try matcher.forEachValue(of: field) { (value, entry) throws(IndexError) in
      let place = UInt32(values.count)
      values.append(String(decoding: value, as: UTF8.self))
      try matcher.forEachDocument(of: entry) { document in
        if first[Int(document)] == 0 {
          first[Int(document)] = place + 1
        } else {
          further.append((document, place))
        }
      }
      return true
    }
  }

  /// How many of some documents have each value.
  func counts(in documents: DocumentSet) -> [Int] {
    precondition(documents.words.count <= (first.count + 63) / 64, "documents of the column's segment")
    let width = values.count + 1
    // In two rows that take turns: the same value twice would wait for itself.
    var counts = [Int](repeating: 0, count: 2 * width)
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe first.withUnsafeBufferPointer { first in
        // SAFETY: a set has no document behind the segment's last, and `first` no place behind that of the last value.
        var row = 0
        documents.forEach { document in
          unsafe counts[row &+ Int(first[Int(document)])] &+= 1
          row = width &- row
        }
      }
    }
    for item in further where documents.contains(item.document) { counts[Int(item.place) + 1] += 1 }
    return (1..<width).map { counts[$0] + counts[width + $0] }
  }
}
