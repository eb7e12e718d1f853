import CJKTokenizer

/// Finds phrases: by the positions of their terms, rarest first, then by the terms that begin with their lone characters,
/// and, where the query has punctuation, by the gaps of the text itself.
struct PhraseMatcher {
  private let segment: SegmentReader
  private let field: UInt16

  /// Terms of a phrase that together cover its bigrams and words, rarest first, each with its offset.
  typealias Cover = [(offset: UInt32, entry: TermEntry)]

  init(_ segment: SegmentReader, field: UInt16) {
    self.segment = segment
    self.field = field
  }

  /// The matches of a phrase, and how many documents each of its bigrams and words has.
  func matches(of pattern: Pattern) throws(IndexError) -> FoundPattern {
    let entries = try self.entries(of: pattern)
    var found = FoundPattern(matches: .none, termFrequencies: [])
    found.termFrequencies.reserveCapacity(entries.count)
    for item in entries {
      let frequency = if let entry = item.entry { try liveFrequency(entry) } else { 0 }
      found.termFrequencies.append(frequency)
    }
    guard let cover = try cover(entries) else { return found }
    let terms = try terms(of: cover)
    if pattern.isFoundByTerms && !pattern.scope.isPart {
      found.matches = .terms(TermCursors(terms, deletes: segment.deletes))
      return found
    }
    let candidates = try candidates(of: pattern, terms)
    var list = MatchList()
    for candidate in candidates {
      let starts = try segment.starts(of: candidate, withGapsOf: pattern)
      let count = try countInScope(starts, of: candidate.document, pattern)
      if count > 0 { list.append(document: candidate.document, frequency: UInt32(count)) }
    }
    found.matches = .list(list)
    return found
  }

  /// The places of a phrase, document by document, whatever its scope is a part of; nil when a term is nowhere.
  func places(of pattern: Pattern) throws(IndexError) -> PhrasePlaces? {
    guard let cover = try cover(try entries(of: pattern)) else { return nil }
    let terms = try terms(of: cover)
    if pattern.isFoundByTerms { return .terms(TermCursors(terms, deletes: segment.deletes)) }
    return .candidates(PhraseCandidates(try candidates(of: pattern, terms), of: pattern, in: segment))
  }

  /// Where a phrase with lone characters, or with gaps, may begin; gaps are not looked at.
  private func candidates(of pattern: Pattern, _ terms: [PatternTerm]) throws(IndexError) -> [PhraseCandidate] {
    var candidates: [PhraseCandidate] = []
    var remaining = pattern.elements.enumerated().filter { !$0.element.isTerm }.map { place, element in
      Beginning(element: element, endsRun: pattern.isBeforeWord(place))
    }[...]
    if terms.isEmpty, let first = remaining.popFirst() {
      candidates = try allOccurrences(of: first)
    } else {
      var cursor = TermCursors(terms, deletes: segment.deletes)
      var document = try cursor.seek(to: 0)
      while document != PostingsCursor.exhausted {
        let starts = Array(try cursor.starts())
        if !starts.isEmpty { candidates.append(PhraseCandidate(document: document, starts: starts)) }
        document = try cursor.seek(to: document + 1)
      }
    }
    // Those that stand for fewest terms first: the others have fewer places to look at then.
    for beginning in remaining.filter(\.endsRun) + remaining.filter({ !$0.endsRun }) {
      try keepStarts(of: &candidates, followedBy: beginning)
    }
    return candidates
  }

  /// A walk over the documents, deleted or not, that have the terms of a pattern, whatever its hosts are; nil when a term is nowhere.
  ///
  /// - Precondition: the pattern ``Pattern/isFoundByTerms``.
  func cursors(of pattern: Pattern) throws(IndexError) -> TermCursors? {
    guard let cover = try cover(try entries(of: pattern)) else { return nil }
    var hosts: [TermCursors] = []
    for host in pattern.hostPhrases { if let cursors = try cursors(of: host) { hosts.append(cursors) } }
    return TermCursors(try terms(of: cover), deletes: nil, hosts: hosts)
  }

  private func countInScope(
    _ starts: [UInt32], of document: UInt32, _ pattern: Pattern
  ) throws(IndexError) -> Int {
    guard pattern.scope.isPart else { return starts.count }
    let textStart = try segment.documents.textStart(of: document)
    return starts.count { ($0 < textStart) == (pattern.scope == .title) }
  }

  // MARK: terms by position

  /// The phrase's bigrams and words, and their entries in the dictionary.
  private func entries(of pattern: Pattern) throws(IndexError) -> [(element: Pattern.Element, entry: TermEntry?)] {
    var entries: [(element: Pattern.Element, entry: TermEntry?)] = []
    entries.reserveCapacity(pattern.elements.count)
    for element in pattern.elements {
      guard element.isTerm else { continue }
      entries.append((element, try segment.entry(of: element.kind, field: field)))
    }
    return entries
  }

  /// How many documents that are not deleted have a term.
  private func liveFrequency(_ entry: TermEntry) throws(IndexError) -> Int {
    guard let deletes = segment.deletes else { return Int(entry.documentFrequency) }
    var cursor = try segment.cursor(for: entry)
    var count = 0
    while try cursor.advance() != PostingsCursor.exhausted { count += deletes[cursor.document] ? 0 : 1 }
    return count
  }

  /// Terms that together cover the phrase's bigrams and words; nil when a term is nowhere.
  ///
  /// Each run of *n* characters needs ⌈*n*/2⌉ of its bigrams; where there is a choice, the rarest are taken.
  private func cover(_ found: [(element: Pattern.Element, entry: TermEntry?)]) throws(IndexError) -> Cover? {
    var entries: [(element: Pattern.Element, entry: TermEntry)] = []
    entries.reserveCapacity(found.count)
    for item in found {
      guard let entry = item.entry else { return nil }
      entries.append((item.element, entry))
    }
    var chosen: Cover = []
    chosen.reserveCapacity(entries.count / 2 + 2)
    var start = 0
    while start < entries.count {
      var end = start + 1
      if entries[start].element.width == 2 {
        while end < entries.count, entries[end].element.width == 2,
          entries[end].element.offset == entries[end - 1].element.offset + 1
        {
          end += 1
        }
      }
      let overlap = Self.overlap(of: entries[start..<end])
      for index in start..<end where (index - start) % 2 == (index <= start + overlap ? 0 : 1) {
        chosen.append((entries[index].element.offset, entries[index].entry))
      }
      start = end
    }
    chosen.sort { ($0.entry.documentFrequency, $0.offset) < ($1.entry.documentFrequency, $1.offset) }
    // A term that the cover leaves out, and that is in far fewer documents, leads: there are fewer to look at.
    if let rarest = entries.min(by: { $0.entry.documentFrequency < $1.entry.documentFrequency }),
      let first = chosen.first, rarest.entry.documentFrequency < first.entry.documentFrequency / 2
    {
      chosen.insert((rarest.element.offset, rarest.entry), at: 0)
    }
    return chosen
  }

  private func terms(of cover: Cover) throws(IndexError) -> [PatternTerm] {
    var terms: [PatternTerm] = []
    terms.reserveCapacity(cover.count)
    for item in cover {
      terms.append(PatternTerm(offset: item.offset, cursor: try segment.cursor(for: item.entry)))
    }
    return terms
  }

  /// Which of *m* overlapping bigrams to take: every second one up to the one whose place is returned, then every second one
  /// from the one behind it on; an even *m* leaves open where that is, and the cheapest place is taken.
  private static func overlap(of entries: ArraySlice<(element: Pattern.Element, entry: TermEntry)>) -> Int {
    guard entries.count % 2 == 0 else { return entries.count - 1 }
    let cost = { (place: Int) in Int(entries[entries.startIndex + place].entry.documentFrequency) }
    var best = 0
    var difference = 0  // to the cost of the best
    for overlap in stride(from: 2, to: entries.count, by: 2) {
      difference += cost(overlap) - cost(overlap - 1)
      if difference < 0 { (best, difference) = (overlap, 0) }
    }
    return best
  }

  // MARK: lone characters, and words that may go on

  /// An element that stands for all terms that begin so.
  private struct Beginning {
    let element: Pattern.Element
    /// Whether a word stands behind the character: it is the last one of its run, and no bigram begins with it there.
    let endsRun: Bool
  }

  /// Calls `body` with each term that an element may stand for in its place.
  private func forEachTerm(
    of beginning: Beginning, _ body: (TermEntry) throws(IndexError) -> Void
  ) throws(IndexError) {
    guard beginning.endsRun, case .character(let scalar) = beginning.element.kind else {
      return try segment.forEachTerm(of: beginning.element.kind, field: field, body)
    }
    for second in [0, CharacterKey.runEndMark] {
      let entry = try segment.entry(of: .bigram(UInt64(scalar) << 21 | second), field: field)
      if let entry { try body(entry) }
    }
  }

  /// Every place of the terms that an element stands for, less its offset.
  private func allOccurrences(of beginning: Beginning) throws(IndexError) -> [PhraseCandidate] {
    let offset = beginning.element.offset
    var places: [UInt64] = []
    var positions: [UInt32] = []
    try forEachTerm(of: beginning) { (entry) throws(IndexError) in
      var cursor = try segment.cursor(for: entry)
      while try cursor.advance() != PostingsCursor.exhausted {
        guard !segment.isDeleted(cursor.document) else { continue }
        let count = try cursor.readPositions(into: &positions)
        for position in positions[..<count] where position >= offset {
          places.append(UInt64(cursor.document) << 32 | UInt64(position - offset))
        }
      }
    }
    places.sort()
    var candidates: [PhraseCandidate] = []
    for place in places {
      let document = UInt32(truncatingIfNeeded: place >> 32)
      if candidates.last?.document != document { candidates.append(PhraseCandidate(document: document, starts: [])) }
      candidates[candidates.count - 1].starts.append(UInt32(truncatingIfNeeded: place))
    }
    return candidates
  }

  /// Keeps the starts that have an element at its offset: one of the terms that it stands for is there.
  ///
  /// - Complexity: O(min(postings of the terms, candidates × terms)).
  private func keepStarts(
    of candidates: inout [PhraseCandidate], followedBy beginning: Beginning
  ) throws(IndexError) {
    let offset = beginning.element.offset
    guard !candidates.isEmpty else { return }
    let current = candidates
    var isFollowed = current.map { [Bool](repeating: false, count: $0.starts.count) }
    var positions: [UInt32] = []
    try forEachTerm(of: beginning) { (entry) throws(IndexError) in
      var cursor = try segment.cursor(for: entry)
      var index = 0
      while index < current.count {
        let document = try cursor.seek(to: current[index].document)
        if document == PostingsCursor.exhausted { return }
        if document > current[index].document {
          index = current.partitionPoint(from: index) { $0.document < document }
          continue
        }
        let count = try cursor.readPositions(into: &positions)
        var next = 0
        for (place, start) in current[index].starts.enumerated() {
          while next < count, UInt64(positions[next]) < UInt64(start) + UInt64(offset) { next += 1 }
          guard next < count else { break }
          if UInt64(positions[next]) == UInt64(start) + UInt64(offset) { isFollowed[index][place] = true }
        }
        index += 1
      }
    }
    var kept: [PhraseCandidate] = []
    for (index, candidate) in current.enumerated() {
      let starts = zip(candidate.starts, isFollowed[index]).filter(\.1).map(\.0)
      if !starts.isEmpty { kept.append(PhraseCandidate(document: candidate.document, starts: starts)) }
    }
    candidates = kept
  }
}
