import CJKTokenizer

/// Here is a pattern; give me its documents in a segment, but for deleted ones.
struct PatternMatcher {
  private let segment: SegmentReader

  init(_ segment: SegmentReader) { self.segment = segment }

  /// The matches of a pattern.
  func matches(of pattern: Pattern) throws(IndexError) -> Matches {
    guard let field = field(of: pattern.scope) else { return Matches(MatchList()) }
    if pattern.elements.count == 1 {
      switch pattern.elements[0].kind {
      case .character(let scalar):
        return Matches(try characterMatches(scalar, field: field, scope: pattern.scope))
      case .bigram, .word:
        guard let entry = try segment.entry(of: pattern.elements[0].kind, field: field) else {
          return Matches(MatchList())
        }
        let cursor = try segment.cursor(for: entry)
        let isWhole = pattern.scope != .title && pattern.scope != .text
        if segment.deletes == nil && isWhole { return Matches(cursor) }
        return Matches(try termMatches(cursor, scope: pattern.scope))
      }
    }
    return Matches(try PhraseMatcher(segment, field: field).matches(of: pattern))
  }

  private func field(of scope: StreamScope) -> UInt16? {
    if case .field(let name) = scope { return segment.dictionary.fieldNumber(name) }
    return FieldedKey.bodyField
  }

  /// The documents of a term, counting only what the scope holds.
  private func termMatches(_ start: PostingsCursor, scope: StreamScope) throws(IndexError) -> MatchList {
    var cursor = start
    var list = MatchList()
    var positions: [UInt32] = []
    while try cursor.advance() != PostingsCursor.exhausted {
      guard !segment.isDeleted(cursor.document) else { continue }
      var frequency = Int(cursor.frequency)
      if scope == .title || scope == .text {
        try cursor.readPositions(into: &positions)
        let textStart = try segment.documents.textStart(of: cursor.document)
        let inTitle = positions.count { $0 < textStart }
        frequency = scope == .title ? inTitle : positions.count - inTitle
      }
      if frequency > 0 { list.append(document: cursor.document, frequency: UInt32(frequency)) }
    }
    return list
  }

  /// The documents that hold a character: the union of all terms that begin with it.
  private func characterMatches(
    _ scalar: UInt32, field: UInt16, scope: StreamScope
  ) throws(IndexError) -> MatchList {
    var frequencies = [UInt32](repeating: 0, count: segment.documentCount)
    try segment.forEachTerm(beginningWith: scalar, field: field) { (entry) throws(IndexError) in
      var cursor = try segment.cursor(for: entry)
      if scope == .title || scope == .text {
        let list = try termMatches(cursor, scope: scope)
        for index in 0..<list.count { frequencies[Int(list.documents[index])] += list.frequencies[index] }
      } else {
        try unsafe cursor.forEachRun(in: 0..<PostingsCursor.exhausted) { documents, counts in
          for place in 0..<documents.count { unsafe frequencies[Int(documents[place])] &+= counts[place] }
        }
      }
    }
    var list = MatchList()
    for document in frequencies.indices where frequencies[document] > 0 {
      guard !segment.isDeleted(UInt32(document)) else { continue }
      list.append(document: UInt32(document), frequency: frequencies[document])
    }
    return list
  }
}

extension SegmentReader {
  /// The dictionary's entry of a bigram or a word; nil for a character, which is many terms.
  func entry(of kind: Pattern.Element.Kind, field: UInt16) throws(IndexError) -> TermEntry? {
    switch kind {
    case .bigram(let key): try dictionary.entry(characters: FieldedKey.key(field: field, characters: key))
    case .word(let bytes): try dictionary.entry(word: FieldedKey.word(field: field, bytes: bytes))
    case .character: nil
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
