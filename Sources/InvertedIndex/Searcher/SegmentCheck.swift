import CJKTokenizer

/// Reads everything in a segment whose checksums are right, and compares it with itself.
struct SegmentCheck {
  /// How many promises were checked.
  private(set) var checks = 0
  /// What is broken.
  private(set) var problems: [String] = []

  private let segment: SegmentReader
  private var indexed = OccurrenceSum()
  private var stored = OccurrenceSum()

  init(_ segment: SegmentReader) { self.segment = segment }

  /// Runs all checks.
  mutating func run() throws(IndexError) {
    try checkDocuments()
    try checkLists()
    expect(indexed == stored, segment.files[1].path, "the postings do not agree with the stored texts")
  }

  private mutating func expect(_ isTrue: Bool, _ path: String, _ problem: @autoclosure () -> String) {
    checks += 1
    if !isTrue && problems.count < 100 { problems.append("\(path): \(problem()).") }
  }

  private mutating func checkDocuments() throws(IndexError) {
    let path = segment.files[3].path
    let documents = segment.documents
    let isFilled = try documents.chunksFillSection()
    expect(isFilled, path, "bytes that belong to no record group or text block, or to two")
    try checkBlocks(documents.blocks, path)
    try documents.forEachRecord { (_, _, _, _) throws(IndexError) in }
    let cache = TextBlockCache()
    var buffer = TokenBuffer()
    var liveLength: UInt64 = 0
    for number in 0..<UInt32(documents.count) {
      let (document, storedText) = try documents.documentAndText(number)
      let bytes = try storedText.read(0..<storedText.range.count, using: cache)
      var text = String(decoding: bytes, as: UTF8.self)
      text.makeContiguousUTF8()
      let textStart = DocumentStreams.tokenizeBody(
        title: document.title, text: text.utf8Span.span, tabsSeparateCells: document.tabsSeparateCells, into: &buffer)
      stored.add(buffer, field: FieldedKey.bodyField, document: number)
      let length = documents.lengths[number]
      let storedStart = try documents.textStart(of: number)
      expect(
        length == buffer.length, segment.files[0].path,
        "document \(number) has length \(buffer.length), not \(length)")
      expect(storedStart == textStart, path, "the text of document \(number) begins at \(textStart)")
      let places = TextPlaces(buffer, textStart: textStart, text: text.utf8Span.span)
      expect(storedText.places == places, path, "the places in the text of document \(number) are wrong")
      expect(bytes.elementsEqual(text.utf8), path, "the text of document \(number) is not UTF-8")
      if !segment.isDeleted(number) { liveLength += UInt64(length) }
      for field in document.fields {
        DocumentStreams.tokenize(field.value, into: &buffer)
        if !buffer.tokens.isEmpty { stored.add(buffer, field: fieldNumber(field.name), document: number) }
        addValues(field.value.searchableTexts, field: field.name, document: number)
      }
      if let path = document.valuePath { addValues([path], field: ValueTerm.pathField, document: number) }
    }
    expect(
      liveLength == segment.info.liveLength, segment.files[0].path, "the lengths do not add up to the commit's")
    var previous: [UInt8] = []
    var isSeen = [Bool](repeating: false, count: documents.count)
    for rank in 0..<documents.count {
      let number = try documents.document(atKeyRank: rank)
      guard Int(number) < documents.count else { throw .damaged(file: path, detail: "key order") }
      let key = try documents.key(of: number)
      expect(!isSeen[Int(number)], path, "document \(number) is twice in the order of the keys")
      expect(rank == 0 || !key.lexicographicallyPrecedes(previous), path, "the keys are out of order")
      isSeen[Int(number)] = true
      previous = key
    }
  }

  private mutating func addValues(_ values: [String], field: String, document: UInt32) {
    for (place, value) in values.enumerated() {
      guard ValueTerm.hasTerm(value.utf8) else { continue }
      let key = FieldedKey.word(field: fieldNumber(field), bytes: [ValueTerm.mark] + value.utf8)
      stored.add(OccurrenceSum.hash(word: key[...]), document: document, position: UInt32(place))
    }
  }

  private mutating func fieldNumber(_ name: String) -> UInt16 {
    let number = segment.dictionary.fieldNumber(name)
    expect(number != nil, segment.files[0].path, "the field '\(name)' has no number")
    return number ?? 0
  }

  /// Each block becomes as many bytes of UTF-8 as the table says.
  private mutating func checkBlocks(_ blocks: TextBlocks, _ path: String) throws(IndexError) {
    let cache = TextBlockCache()
    for index in 0..<blocks.count {
      let (chunk, textByteCount) = try blocks.chunk(index)
      let text = try blocks.read(chunk.textOffset..<chunk.textOffset + textByteCount, using: cache)
      expect(String(validating: text, as: UTF8.self) != nil, path, "text block \(index) is not UTF-8")
    }
  }

  private mutating func checkLists() throws(IndexError) {
    let path = segment.files[0].path
    var previousKey: UInt64?
    var postingsEnd = 0
    var positionsEnd = 0
    var entries: [(hash: UInt64, entry: TermEntry)] = []
    var isOrdered = true
    func follow(_ entry: TermEntry) {
      if entry.postings.lowerBound != postingsEnd || entry.positions.lowerBound != positionsEnd { isOrdered = false }
      postingsEnd = entry.postings.upperBound
      positionsEnd = entry.positions.upperBound
    }
    try segment.dictionary.forEachCharacters(in: 0...UInt64.max) { (key, entry) throws(IndexError) in
      if let previousKey, previousKey >= key { isOrdered = false }
      previousKey = key
      follow(entry)
      entries.append((OccurrenceSum.hash(characters: key), entry))
      return true
    }
    var previousWord: [UInt8] = []
    try segment.dictionary.forEachWord { (word, entry) throws(IndexError) in
      if !previousWord.lexicographicallyPrecedes(word) { isOrdered = false }
      previousWord = word
      follow(entry)
      entries.append((OccurrenceSum.hash(word: word[...]), entry))
      return true
    }
    expect(isOrdered, path, "the terms or their lists are out of order")
    expect(postingsEnd == segment.files[1].byteCount(of: .postings), path, "postings that belong to no term")
    expect(positionsEnd == segment.files[2].byteCount(of: .positions), path, "positions that belong to no term")
    var positions: [UInt32] = []
    var reader = PostingsListReader()
    let lengths = segment.documents.lengths
    for (hash, entry) in entries {
      var cursor = try segment.cursor(for: entry)
      var documentCount = 0
      var occurrences: UInt64 = 0
      while try cursor.advance() != PostingsCursor.exhausted {
        let count = try cursor.readPositions(into: &positions)
        documentCount += 1
        occurrences += UInt64(count)
        for position in positions[..<count] { indexed.add(hash, document: cursor.document, position: position) }
      }
      let isRight = documentCount == Int(entry.documentFrequency) && occurrences == entry.occurrences
      expect(isRight, path, "a term's counts do not agree with its list")
      let lists = try segment.lists(of: entry)
      let isWhole = try unsafe reader.forEach(
        documentFrequency: documentCount, documentCount: segment.documentCount, lengths: { lengths[$0] },
        postings: lists.postings.bytes,
        positions: lists.positions.bytes
      ) { (_, _) throws(IndexError) in }
      expect(isWhole, segment.files[1].path, "a list whose skip table does not agree with it")
    }
  }
}

/// A sum over occurrences that does not depend on their order: equal sums mean equal occurrences but for one chance in 2⁶⁴.
struct OccurrenceSum: Equatable {
  private var sum: UInt64 = 0
  private var count: UInt64 = 0

  /// Adds one occurrence of a term.
  mutating func add(_ hash: UInt64, document: UInt32, position: UInt32) {
    sum &+= Self.mix(hash ^ Self.mix(UInt64(document) << 32 | UInt64(position)))
    count += 1
  }

  /// Adds all tokens of a buffer.
  mutating func add(_ buffer: TokenBuffer, field: UInt16, document: UInt32) {
    for token in buffer.tokens {
      let hash =
        token.kind == .word
        ? Self.hash(word: FieldedKey.word(field: field, bytes: buffer.wordBytes(of: token))[...])
        : Self.hash(characters: FieldedKey.key(field: field, characters: token.key))
      add(hash, document: document, position: token.position)
    }
  }

  /// The hash of a term of characters, the field's number in its key.
  static func hash(characters key: UInt64) -> UInt64 { mix(key) }

  /// The hash of a word, the field's number in front.
  static func hash(word: ArraySlice<UInt8>) -> UInt64 { word.reduce(0x5851_F42D_4C95_7F2D) { mix($0 ^ UInt64($1)) } }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
