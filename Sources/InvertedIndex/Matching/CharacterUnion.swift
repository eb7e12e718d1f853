/// Finds the documents that hold a character: the union of all terms that begin with it.
///
/// A large segment is gone through a range of documents at a time, whose sums stay near the processor. Terms with many postings
/// keep their cursors from range to range; of the others, most of the terms by far, all postings are sorted into the ranges
/// at first.
struct CharacterUnion {
  private let segment: SegmentReader
  private let rangeWidth: Int

  /// A range of a large segment.
  static let largeRange = 1 << 16
  /// Segments of at most so many documents are one range.
  static let largestRange = 1 << 18
  /// A term keeps its cursor where it has this many postings for each range.
  private static let postingsPerRange = 32

  /// The unions of a segment.
  init(_ segment: SegmentReader) {
    let count = segment.documentCount
    self.init(segment, rangeWidth: count <= Self.largestRange ? count : Self.largeRange)
  }

  /// The unions of a segment, so many documents at a time.
  init(_ segment: SegmentReader, rangeWidth: Int) {
    self.segment = segment
    self.rangeWidth = max(rangeWidth, 1)
  }

  /// The documents of a character in a field, but for deleted ones, and those that `filter` does not keep, which are counted.
  func matches(
    of scalar: UInt32, field: UInt16, keeping filter: inout some MatchFilter
  ) throws(IndexError) -> MatchList {
    var sum = FrequencySum(width: rangeWidth)
    var list = MatchList()
    if rangeWidth >= segment.documentCount {
      try addAll(of: scalar, field: field, to: &sum)
      sum.take(into: &list, without: segment.deletes, keeping: &filter)
      return list
    }
    let rangeCount = (segment.documentCount + rangeWidth - 1) / rangeWidth
    var (cursors, postings) = try termsInRanges(of: scalar, field: field, rangeCount: rangeCount)
    for range in 0..<rangeCount {
      let first = range * rangeWidth
      let documents = UInt32(first)..<UInt32(min(first + rangeWidth, segment.documentCount))
      for index in cursors.indices {
        try unsafe cursors[index].forEachRun(in: documents) { unsafe sum.add($1, to: $0) }
      }
      for posting in postings[range] { sum.add(posting.frequency, to: posting.document) }
      postings[range] = []
      sum.take(into: &list, without: segment.deletes, keeping: &filter)
    }
    return list
  }

  /// Adds all postings at once.
  private func addAll(of scalar: UInt32, field: UInt16, to sum: inout FrequencySum) throws(IndexError) {
    let block = PostingsBlock()  // for one cursor after the other
    try segment.forEachTerm(beginningWith: scalar, field: field) { (entry) throws(IndexError) in
      var cursor = try segment.cursor(for: entry, into: block)
      try unsafe cursor.forEachRun(in: 0..<PostingsCursor.exhausted) { unsafe sum.add($1, to: $0) }
    }
  }

  private struct Posting {
    let document: UInt32
    let frequency: UInt32
  }

  /// The cursors of terms with many postings, and all postings of the others by their ranges.
  private func termsInRanges(
    of scalar: UInt32, field: UInt16, rangeCount: Int
  ) throws(IndexError) -> (cursors: [PostingsCursor], postings: [[Posting]]) {
    var cursors: [PostingsCursor] = []
    var postings = [[Posting]](repeating: [], count: rangeCount)
    let block = PostingsBlock()
    try segment.forEachTerm(beginningWith: scalar, field: field) { (entry) throws(IndexError) in
      if Int(entry.documentFrequency) >= rangeCount * Self.postingsPerRange {
        cursors.append(try segment.cursor(for: entry))
        return
      }
      var cursor = try segment.cursor(for: entry, into: block)
      try unsafe cursor.forEachRun(in: 0..<PostingsCursor.exhausted) { documents, frequencies in
        var range = unsafe Int(documents[0]) / rangeWidth  // a run is not empty, and its documents rise
        for place in 0..<documents.count {
          let posting = unsafe Posting(document: documents[place], frequency: frequencies[place])
          while Int(posting.document) >= (range + 1) * rangeWidth { range += 1 }
          postings[range].append(posting)
        }
      }
    }
    return (cursors, postings)
  }
}
