/// The matches of one pattern in one segment: found as they are asked for, or beforehand.
///
/// Copies share what they have unpacked: of these only one may be walked.
enum Matches {
  /// By the postings of the pattern's terms.
  case terms(TermCursors)
  /// In a list.
  case list(MatchList)

  /// Nothing.
  static var none: Matches { .list(MatchList()) }

  /// How many documents match; nil where only the walk can tell.
  var documentFrequency: Int? {
    switch self {
    case .terms(let terms): terms.documentFrequency
    case .list(let list): list.count + list.passedOver
    }
  }

  /// Calls `body` with each document of `range` and its frequency; ranges come in order and do not overlap.
  mutating func forEach(in range: Range<UInt32>, _ body: (UInt32, UInt32) -> Void) throws(IndexError) {
    try unsafe forEachRun(in: range) { documents, frequencies in
      for place in 0..<documents.count { unsafe body(documents[place], frequencies[place]) }
    }
  }

  /// Calls `body` with all documents of `range` and their frequencies, in runs; ranges come in order and do not overlap.
  @inline(__always)
  mutating func forEachRun(
    in range: Range<UInt32>,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    switch consume self {
    case .terms(var terms):
      defer { self = .terms(terms) }
      try unsafe terms.forEachRun(in: range, body)
    case .list(var list):
      defer { self = .list(list) }
      unsafe list.forEachRun(in: range, body)
    }
  }

  /// Calls `body` with all documents and their frequencies in runs, in any order, but for blocks that cannot compete.
  @inline(__always)
  mutating func forEachRun(
    bound: (BlockImpacts) -> Double, mayCompete: (Double) -> Bool,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    switch consume self {
    case .terms(var terms):
      defer { self = .terms(terms) }
      try unsafe terms.forEachRun(bound: bound, mayCompete: mayCompete, body)
    case .list(let list):
      defer { self = .list(list) }
      unsafe list.withAll(body)
    }
  }

  /// The same, but that the documents of blocks that cannot compete are passed to `rest`.
  @inline(__always)
  mutating func forEachRun(
    bound: (BlockImpacts) -> Double, mayCompete: (Double) -> Bool,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void,
    rest: (_ documents: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    switch consume self {
    case .terms(var terms):
      defer { self = .terms(terms) }
      try unsafe terms.forEachRun(bound: bound, mayCompete: mayCompete, body, rest: rest)
    case .list(let list):
      defer { self = .list(list) }
      unsafe list.withAll(body)
    }
  }
}
