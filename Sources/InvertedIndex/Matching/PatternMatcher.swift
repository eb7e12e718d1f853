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
      var frequency = Int(try cursor.frequency())
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
    var union = FrequencySum(documentCount: segment.documentCount)
    try segment.forEachTerm(beginningWith: scalar, field: field) { (entry) throws(IndexError) in
      var cursor = try segment.cursor(for: entry)
      if scope == .title || scope == .text {
        let list = try termMatches(cursor, scope: scope)
        for index in 0..<list.count { union.add(list.frequencies[index], to: list.documents[index]) }
      } else {
        try unsafe cursor.forEachRun(in: 0..<PostingsCursor.exhausted) { documents, counts in
          unsafe union.add(counts, to: documents)
        }
      }
    }
    return union.list { !segment.isDeleted($0) }
  }
}

/// Adds up the frequencies of many terms, document by document.
private struct FrequencySum {
  private var frequencies: [UInt32]
  private var isFound: [UInt64]  // a bit for each document

  init(documentCount: Int) {
    frequencies = [UInt32](repeating: 0, count: documentCount)
    isFound = [UInt64](repeating: 0, count: (documentCount + 63) / 64)
  }

  mutating func add(_ frequency: UInt32, to document: UInt32) {
    frequencies[Int(document)] &+= frequency
    isFound[Int(document >> 6)] |= 1 << UInt64(document & 63)
  }

  /// - Precondition: the documents are below the count given at the beginning.
  mutating func add(_ counts: UnsafeBufferPointer<UInt32>, to documents: UnsafeBufferPointer<UInt32>) {
    guard let last = unsafe documents.last, Int(last) < frequencies.count else { return }
    unsafe frequencies.withUnsafeMutableBufferPointer { frequencies in
      unsafe isFound.withUnsafeMutableBufferPointer { isFound in
        // SAFETY: documents rise, and the last one is below the count of both arrays' documents.
        for place in 0..<documents.count {
          let document = unsafe documents[place]
          unsafe frequencies[Int(document)] &+= counts[place]
          unsafe isFound[Int(document >> 6)] |= 1 &<< UInt64(document & 63)
        }
      }
    }
  }

  /// The documents found, but for those that are not wanted.
  func list(where isWanted: (UInt32) -> Bool) -> MatchList {
    var list = MatchList()
    list.reserve(isFound.reduce(0) { $0 + $1.nonzeroBitCount })
    for index in isFound.indices {
      var rest = isFound[index]
      while rest != 0 {
        let document = UInt32(truncatingIfNeeded: index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
        if isWanted(document) { list.append(document: document, frequency: frequencies[Int(document)]) }
      }
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
