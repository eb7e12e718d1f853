import CJKTokenizer

/// A pattern's matches in a segment, and what it is weighed by.
struct FoundPattern {
  /// The matches.
  var matches: Matches
  /// How many documents each of a phrase's bigrams and words has, in the order of its elements; empty for a pattern of one
  /// element, and for a phrase of lone characters, which are weighed by the documents that match.
  var termFrequencies: [Int]
}

/// Here is a pattern; give me its documents in a segment, but for deleted ones.
struct PatternMatcher {
  private let segment: SegmentReader

  init(_ segment: SegmentReader) { self.segment = segment }

  /// The matches of a pattern.
  func matches(of pattern: Pattern) throws(IndexError) -> FoundPattern {
    var filter = KeepsAll()
    return try matches(of: pattern, keeping: &filter)
  }

  /// The matches of a pattern; of those of a lone character in a whole stream what `filter` does not keep is only counted.
  func matches(of pattern: Pattern, keeping filter: inout some MatchFilter) throws(IndexError) -> FoundPattern {
    guard let field = field(of: pattern.scope) else {
      let terms = pattern.elements.count > 1 ? pattern.elements.filter(\.isTerm) : []
      return FoundPattern(matches: .none, termFrequencies: terms.map { _ in 0 })
    }
    if let group = pattern.group {
      let list = try PhraseGroupMatcher(segment, field: field).matches(of: group)
      return FoundPattern(matches: .list(list), termFrequencies: [])
    }
    if !pattern.hosts.isEmpty {
      let bigram = try HostedMatches(of: pattern, in: segment)
      return FoundPattern(matches: .list(bigram.free(outsideOf: pattern.hosts.indices)), termFrequencies: [])
    }
    if pattern.elements.count > 1 { return try PhraseMatcher(segment, field: field).matches(of: pattern) }
    return FoundPattern(
      matches: try matches(of: pattern.elements[0].kind, field: field, scope: pattern.scope, keeping: &filter),
      termFrequencies: [])
  }

  private func matches(
    of kind: Pattern.Element.Kind, field: UInt16, scope: StreamScope, keeping filter: inout some MatchFilter
  ) throws(IndexError) -> Matches {
    if case .character(let scalar) = kind, !scope.isPart {
      return .list(try CharacterUnion(segment).matches(of: scalar, field: field, keeping: &filter))
    }
    if !kind.isTerm { return .list(try unionMatches(kind, field: field, scope: scope)) }
    guard let entry = try segment.entry(of: kind, field: field) else { return .none }
    let cursor = try segment.cursor(for: entry)
    if segment.deletes == nil && !scope.isPart {
      return .terms(TermCursors([PatternTerm(offset: 0, cursor: cursor)], deletes: nil))
    }
    return .list(try termMatches(cursor, scope: scope))
  }

  private func field(of scope: StreamScope) -> UInt16? {
    if case .field(let name) = scope { return segment.dictionary.fieldNumber(name) }
    return FieldedKey.bodyField
  }

  /// The documents of a term, but for deleted ones, counting only what the scope holds.
  private func termMatches(_ start: PostingsCursor, scope: StreamScope) throws(IndexError) -> MatchList {
    var cursor = start
    var list = MatchList()
    var positions: [UInt32] = []
    while try cursor.advance() != PostingsCursor.exhausted {
      guard !segment.isDeleted(cursor.document) else { continue }
      var frequency = Int(try cursor.frequency())
      if scope.isPart {
        let count = try cursor.readPositions(into: &positions)
        let textStart = try segment.documents.textStart(of: cursor.document)
        let inTitle = positions[..<count].count { $0 < textStart }
        frequency = scope == .title ? inTitle : count - inTitle
      }
      if frequency > 0 { list.append(document: cursor.document, frequency: UInt32(frequency)) }
    }
    return list
  }

  /// The documents that hold a character, or a word that begins so, in a scope: the union of all terms that begin with it.
  private func unionMatches(
    _ kind: Pattern.Element.Kind, field: UInt16, scope: StreamScope
  ) throws(IndexError) -> MatchList {
    var union = FrequencySum(width: segment.documentCount)
    try segment.forEachTerm(of: kind, field: field) { (entry) throws(IndexError) in
      unsafe try termMatches(try segment.cursor(for: entry), scope: scope).withAll { unsafe union.add($1, to: $0) }
    }
    var list = MatchList()
    var filter = KeepsAll()
    union.take(into: &list, without: segment.deletes, keeping: &filter)
    return list
  }
}

extension SegmentReader {
  /// The dictionary's entry of a bigram or a word; nil for a character, which is many terms.
  func entry(of kind: Pattern.Element.Kind, field: UInt16) throws(IndexError) -> TermEntry? {
    switch kind {
    case .bigram(let key): try dictionary.entry(characters: FieldedKey.key(field: field, characters: key))
    case .word(let bytes): try dictionary.entry(word: FieldedKey.word(field: field, bytes: bytes))
    case .character, .beginning: nil
    }
  }

  /// Calls `body` with each term of a field that an element stands for.
  func forEachTerm(
    of kind: Pattern.Element.Kind, field: UInt16, _ body: (TermEntry) throws(IndexError) -> Void
  ) throws(IndexError) {
    switch kind {
    case .bigram, .word: if let entry = try entry(of: kind, field: field) { try body(entry) }
    case .character(let scalar): try forEachTerm(beginningWith: scalar, field: field, body)
    case .beginning(let bytes):
      let first = FieldedKey.word(field: field, bytes: bytes)
      try dictionary.forEachWord(from: first) { (word, entry) throws(IndexError) in
        guard word.starts(with: first) else { return false }
        try body(entry)
        return true
      }
    }
  }

  /// Calls `body` with each term of a field that begins with a character.
  func forEachTerm(
    beginningWith scalar: UInt32, field: UInt16, _ body: (TermEntry) throws(IndexError) -> Void
  ) throws(IndexError) {
    guard let character = Unicode.Scalar(scalar) else { return }
    let range = CharacterKey.range(startingWith: character)
    let low = FieldedKey.key(field: field, characters: range.lowerBound)
    let high = FieldedKey.key(field: field, characters: range.upperBound)
    try dictionary.forEachCharacters(in: low...high) { (_, entry) throws(IndexError) in
      try body(entry)
      return true
    }
  }
}
