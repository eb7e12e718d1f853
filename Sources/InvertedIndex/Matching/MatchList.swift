/// Documents that match a pattern, rising, and how often each does.
struct MatchList: Sendable {
  /// The documents.
  private(set) var documents: [UInt32] = []
  /// The frequency in each of them.
  private(set) var frequencies: [UInt32] = []

  /// How many documents match.
  var count: Int { documents.count }

  /// Appends a document.
  mutating func append(document: UInt32, frequency: UInt32) {
    documents.append(document)
    frequencies.append(frequency)
  }
}

/// The matches of one pattern in one segment: unpacked as they are asked for, or found beforehand.
struct Matches {
  private var cursor: PostingsCursor?
  private let list: MatchList
  private var next = 0
  /// How many documents match.
  let documentFrequency: Int

  /// The postings of a term, all of which count.
  init(_ cursor: PostingsCursor) {
    documentFrequency = cursor.documentFrequency
    self.cursor = cursor
    list = MatchList()
  }

  /// Matches found beforehand.
  init(_ list: MatchList) {
    documentFrequency = list.count
    self.list = list
  }

  /// Calls `body` with each document of `range` and its frequency; ranges come in order and do not overlap.
  @inline(__always)
  mutating func forEach(
    in range: Range<UInt32>, _ body: (_ document: UInt32, _ frequency: UInt32) -> Void
  ) throws(IndexError) {
    if cursor != nil {
      try cursor?.skip(to: range.lowerBound)
      try cursor?.forEach(below: range.upperBound, body)
      return
    }
    while next < list.count, list.documents[next] < range.lowerBound { next += 1 }
    while next < list.count, list.documents[next] < range.upperBound {
      body(list.documents[next], list.frequencies[next])
      next += 1
    }
  }
}
