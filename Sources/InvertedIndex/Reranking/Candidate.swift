/// A document that competes.
struct Candidate {
  /// The document, and its score.
  var entry: TopHits.Entry
  /// Its title.
  let title: [UInt8]
  /// Where its text lies.
  let text: Range<Int>
  /// Whether a tab is a gap there.
  let tabsSeparateCells: Bool
  /// Which family it is of.
  let family: Int?
  /// What the score is made of; nil for one that was not looked at again.
  var parts: CandidateParts?
  /// The score with what the family adds.
  var lifted = 0.0

  /// The document with that score.
  var liftedEntry: TopHits.Entry { TopHits.Entry(segment: entry.segment, document: entry.document, score: lifted) }

  /// Whether this one ranks before the other.
  func precedes(_ other: Candidate) -> Bool { liftedEntry.precedes(other.liftedEntry) }
}

/// What a document's second score is made of, as ``CandidateScorer`` has it.
struct CandidateParts: Equatable, Sendable {
  /// The sum of the patterns' parts.
  let first: Double
  /// That of the single characters.
  let characters: Double
  /// The share of the typed patterns' weights whose patterns the document has.
  let coverage: Double
  /// The best passage's score.
  let passage: Double
  /// The best short passage's score.
  let shortPassage: Double
  /// What the best short passage's place and the heaviest missing pattern multiply the score by.
  let focus: Double
  /// Which of the query's words have nothing in the document.
  let missingWords: [Int]
}
