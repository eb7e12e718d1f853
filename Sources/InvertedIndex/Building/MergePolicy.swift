/// Which neighbouring segments are to become one.
///
/// Segments of about one size are merged when there are eight of them, so that a document is rewritten once for each factor
/// of eight in size; a segment that is half deleted is rewritten alone.
enum MergePolicy {
  /// So many neighbours of one level are merged.
  static let fanIn = 8
  private static let smallestLevel: UInt64 = 1 << 20

  /// The next range of neighbours to merge; nil when all is well.
  static func nextMerge(_ segments: [SegmentInfo]) -> Range<Int>? {
    if let index = segments.firstIndex(where: { $0.deletedCount > 0 && Int($0.deletedCount) * 2 >= $0.documentCount }) {
      return index..<index + 1
    }
    guard let largest = segments.map(level).max() else { return nil }
    for limit in 0...largest {
      var start = 0
      while start < segments.count {
        var end = start
        while end < segments.count && level(segments[end]) <= limit { end += 1 }
        if end - start >= fanIn { return start..<end }
        start = max(end, start + 1)
      }
    }
    return nil
  }

  /// 0 up to 1 MiB, then one more for each factor of eight.
  private static func level(_ segment: SegmentInfo) -> Int {
    var level = 0
    var limit = smallestLevel
    while segment.byteCount > limit {
      level += 1
      limit *= UInt64(fanIn)
    }
    return level
  }
}
