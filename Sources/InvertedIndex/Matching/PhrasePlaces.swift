/// The places of one phrase in a segment, document by document.
///
/// Copies share what they have unpacked: of these only one may be walked.
enum PhrasePlaces {
  /// Of a phrase that is found by its terms.
  case terms(TermCursors)
  /// Among those where it may begin.
  case candidates(PhraseCandidates)

  /// Moves to the first document at or after `target` that may have the phrase, and returns it; a target is not below one asked
  /// for before, and ``PostingsCursor/exhausted`` is behind the last.
  mutating func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    switch consume self {
    case .terms(var terms):
      defer { self = .terms(terms) }
      return try terms.seek(to: target)
    case .candidates(var candidates):
      defer { self = .candidates(candidates) }
      return candidates.seek(to: target)
    }
  }

  /// Where the phrase begins in the document that the walk has come to, rising; nothing where only its terms stand there.
  mutating func starts() throws(IndexError) -> [UInt32] {
    switch consume self {
    case .terms(var terms):
      defer { self = .terms(terms) }
      return Array(try terms.starts())
    case .candidates(let candidates):
      defer { self = .candidates(candidates) }
      return try candidates.starts()
    }
  }
}

/// A document, and where a phrase may begin in it.
struct PhraseCandidate {
  let document: UInt32
  var starts: [UInt32]
}

/// Where a phrase may begin, and does where the text has its gaps.
struct PhraseCandidates {
  /// The candidates, their documents rising.
  let list: [PhraseCandidate]
  /// The phrase.
  let pattern: Pattern
  /// The segment whose texts are looked at.
  let segment: SegmentReader
  private var index = 0

  /// Candidates of a phrase in a segment.
  init(_ list: [PhraseCandidate], of pattern: Pattern, in segment: SegmentReader) {
    self.list = list
    self.pattern = pattern
    self.segment = segment
  }

  /// Moves to the first candidate at or after `target`, and returns its document.
  fileprivate mutating func seek(to target: UInt32) -> UInt32 {
    index = list.partitionPoint(from: index) { $0.document < target }
    return index < list.count ? list[index].document : PostingsCursor.exhausted
  }

  /// Where the phrase begins in the document that the walk has come to.
  fileprivate func starts() throws(IndexError) -> [UInt32] { try segment.starts(of: list[index], withGapsOf: pattern) }
}

extension [PhrasePlaces] {
  /// Moves all phrases to the first document at or after `target` that may have every one of them, and returns it.
  mutating func seekAll(to target: UInt32) throws(IndexError) -> UInt32 {
    var document = target
    while true {
      let start = document
      for index in indices {
        document = try self[index].seek(to: document)
        if document == PostingsCursor.exhausted { return document }
      }
      if document == start { return document }
    }
  }
}

extension SegmentReader {
  /// The candidate's starts after which the text has gaps where the pattern has some; it reads the stored text then.
  func starts(of candidate: PhraseCandidate, withGapsOf pattern: Pattern) throws(IndexError) -> [UInt32] {
    guard !pattern.gaps.isEmpty else { return candidate.starts }
    let scan = PatternScan(try tokens(ofDocument: candidate.document, scope: pattern.scope))
    return candidate.starts.filter { start in pattern.gaps.allSatisfy { !scan.isTaken(start + $0) } }
  }
}
