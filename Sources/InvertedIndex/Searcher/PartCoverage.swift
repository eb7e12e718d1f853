/// Which parts of a query some documents have all together, and which must be let go for that.
///
/// From the weightiest part on, each is kept that some document has beside those kept before. So no part is let go that need not
/// be, and of two that no document has together the lighter one goes.
struct PartCoverage {
  /// The parts.
  let parts: [QueryPart]
  /// The parts that no document has beside the others: those that no document has at all, then the lightest first.
  private(set) var letGo: [Int] = []
  /// How many documents have all parts but these.
  private(set) var restCount = 0
  /// How many documents have all parts.
  var documentCount: Int { letGo.isEmpty ? restCount : 0 }

  private let segments: [SegmentReader]

  /// - Parameters:
  ///   - parts: at least one.
  ///   - matches: by segment, those of the query's patterns, none of which was walked; they are left as they are.
  ///   - allowed: which documents may be hits; nil when all may.
  /// - Complexity: that of finding the rarest part, and of looking up its documents in the lists of the others.
  init(
    _ parts: [QueryPart], matches: [[Matches]], in segments: [SegmentReader], allowed: DocumentSelection?
  ) throws(IndexError) {
    self.parts = parts
    self.segments = segments
    var kept: [[UInt32]]?
    var nowhere: [Int] = []
    for part in parts.indices.sorted(by: { (parts[$1].weight, $0) < (parts[$0].weight, $1) }) {
      var found: [[UInt32]] = []
      for (number, segment) in segments.enumerated() {
        let set = kept == nil ? allowed?.sets[number] : nil
        found.append(
          try Self.documents(having: parts[part], matches[number], in: segment, among: kept?[number], allowed: set))
      }
      let count = found.reduce(0) { $0 + $1.count }
      if count > 0 {
        (kept, restCount) = (found, count)
      } else if kept == nil {
        nowhere.append(part)
      } else {
        letGo.append(part)
      }
    }
    letGo = nowhere + letGo.reversed()
  }

  /// The documents of a segment that have a part, or a synonym of it.
  ///
  /// - Parameters:
  ///   - found: the matches of the query's patterns.
  ///   - kept: the documents that may; nil for all.
  ///   - allowed: those of them that may; nil for all.
  private static func documents(
    having part: QueryPart, _ found: [Matches], in segment: SegmentReader, among kept: [UInt32]?,
    allowed: DocumentSet?
  ) throws(IndexError) -> [UInt32] {
    var own: Matches
    if let matches = Matches(phraseOf: part.patterns.map { found[$0] }, deletes: segment.deletes) {
      own = matches
    } else {
      own = try PatternMatcher(segment).matches(of: part.phrase).matches
    }
    var documents = try own.documents(among: kept, allowed: allowed)
    for synonym in part.others {
      var other = try PatternMatcher(segment).matches(of: synonym).matches
      let more = try other.documents(among: kept, allowed: allowed)
      if !more.isEmpty { documents = Set(documents + more).sorted() }
    }
    return documents
  }
}

extension Matches {
  /// The matches of bigrams one behind the other, given those of each, which are left as they are; nil where these do not tell
  /// positions.
  fileprivate init?(phraseOf bigrams: [Matches], deletes: DeleteMarks?) {
    if bigrams.count == 1, case .list(let list) = bigrams[0] {
      self = .list(list)
      return
    }
    var terms: [PatternTerm] = []
    for (place, matches) in bigrams.enumerated() {
      guard case .terms(let cursors) = matches, cursors.terms.count == 1 else { return nil }
      // Every second one covers the phrase.
      guard place % 2 == 0 || place == bigrams.count - 1 else { continue }
      terms.append(PatternTerm(offset: UInt32(place), cursor: cursors.terms[0].cursor.again()))
    }
    terms.sort { ($0.cursor.documentFrequency, $0.offset) < ($1.cursor.documentFrequency, $1.offset) }
    self = .terms(TermCursors(terms, deletes: deletes))
  }

  /// The documents, rising.
  ///
  /// - Parameters:
  ///   - kept: those that may be; nil for all.
  ///   - allowed: those of them that may; nil for all.
  fileprivate mutating func documents(
    among kept: [UInt32]?, allowed: DocumentSet?
  ) throws(IndexError) -> [UInt32] {
    switch consume self {
    case .terms(var terms):
      defer { self = .terms(terms) }
      let isPhrase = terms.terms.count > 1  // else its documents are those of the term
      return try Self.documents(among: kept, allowed: allowed) { (target) throws(IndexError) in
        try terms.seek(to: target)
      } isMatch: { () throws(IndexError) in
        if !isPhrase { return true }
        return try terms.frequency() > 0
      }
    case .list(var list):
      defer { self = .list(list) }
      return try Self.documents(among: kept, allowed: allowed) { (target) throws(IndexError) in
        list.seek(to: target)
      } isMatch: { () throws(IndexError) in
        true
      }
    }
  }

  @inline(__always)
  private static func documents(
    among kept: [UInt32]?, allowed: DocumentSet?, seek: (UInt32) throws(IndexError) -> UInt32,
    isMatch: () throws(IndexError) -> Bool
  ) throws(IndexError) -> [UInt32] {
    var found: [UInt32] = []
    var document = try seek(0)
    if let kept {
      for wanted in kept {
        if document < wanted { document = try seek(wanted) }
        if document == wanted, try isMatch() { found.append(document) }
      }
      return found
    }
    while document != PostingsCursor.exhausted {
      if allowed?.contains(document) ?? true, try isMatch() { found.append(document) }
      document = try seek(document + 1)
    }
    return found
  }
}

extension PartCoverage {
  /// What an answer says of it.
  var report: PartsReport {
    PartsReport(
      parts: parts.map(\.text), documents: documentCount,
      letGo: letGo.enumerated().map { place, part in
        PartsReport.LetGo(part: parts[part].text, documents: place == letGo.count - 1 ? restCount : 0)
      })
  }
}
