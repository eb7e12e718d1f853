import CJKTokenizer
import SystemIO

/// The occurrences of all terms of the documents taken in so far, and how they become a segment's lists.
struct PostingsBuffer {
  private var pairs = PairOccurrences()
  private var others = TermOccurrences()
  private var marks = MarkOccurrences()
  private var firstDocument = 0  // of those that are here
  private var lastPath: (bytes: [UInt8], term: UInt32?) = ([], nil)  // and its term's number
  private var fieldNumbers: [[UInt8]: UInt16] = [:]  // by the names' bytes, in the order of first sight, from 1
  private var fieldName: [UInt8] = []  // of the field that was asked for last
  private var word: [UInt8] = []  // the memory of a value's term

  /// Bytes that the buffer will hold at its peak, when it is written out: on two threads a bucket in two arrays is sorted.
  var peakByteCount: Int {
    pairs.byteCount + pairs.largestBucketCount * 8 * 4 + (1 << 23) + marks.byteCount + others.peakByteCount
  }
  /// Whether no document may be added, since places are numbers of 32 bits.
  var isFull: Bool { pairs.documentStarts[pairs.documentStarts.count - 1] >= 1 << 31 }

  /// Takes in the tokens and the runs of the current document's title and text.
  ///
  /// - Throws: ``IndexError/limitExceeded(_:)`` for a document of 2³¹ positions.
  mutating func append(body buffer: TokenBuffer) throws(IndexError) {
    guard buffer.positionCount < 1 << 31 else { throw .limitExceeded("2^31 positions in a document") }
    var next = 0
    unsafe buffer.characters.withUnsafeBufferPointer { characters in
      for run in buffer.runs {
        append(buffer.tokens[next..<run.tokenCount], of: buffer)
        unsafe pairs.append(UnsafeBufferPointer(rebasing: characters[run.characters]), position: run.position)
        next = run.tokenCount
      }
    }
    append(buffer.tokens[next...], of: buffer)
    pairs.finishDocument(positionCount: buffer.positionCount)
  }

  @inline(__always)
  private mutating func append(_ tokens: ArraySlice<Token>, of buffer: TokenBuffer) {
    for token in tokens {
      switch token.kind {
      case .bigram, .runEnd, .single:
        if !pairs.append(token.key, position: token.position) {
          others.append(characters: token.key, field: FieldedKey.bodyField, position: token.position)
        }
      case .word:
        _ = others.append(word: buffer.wordBytes(of: token), field: FieldedKey.bodyField, position: token.position)
      case .sentenceEnd, .paragraphEnd:
        marks.append(isParagraph: token.kind == .paragraphEnd, position: token.position)
      }
    }
  }

  /// Takes in the tokens of a named field of the current document.
  ///
  /// - Throws: ``IndexError/limitExceeded(_:)`` past 65,534 different fields.
  mutating func append(_ buffer: TokenBuffer, field name: String) throws(IndexError) {
    let field = try number(ofField: name)
    for token in buffer.tokens {
      if token.kind == .word {
        _ = others.append(word: buffer.wordBytes(of: token), field: field, position: token.position)
      } else {
        others.append(characters: token.key, field: field, position: token.position)
      }
    }
  }

  /// Takes in the values of a named field of the current document, each at its place in the list.
  ///
  /// - Throws: ``IndexError/limitExceeded(_:)`` past 65,534 different fields.
  mutating func append(values: [String], field name: String) throws(IndexError) {
    guard values.contains(where: { ValueTerm.hasTerm($0.utf8) }) else { return }
    let field = try number(ofField: name)
    for (place, value) in values.enumerated() where ValueTerm.hasTerm(value.utf8) {
      word.removeAll(keepingCapacity: true)
      word.append(ValueTerm.mark)
      word.append(contentsOf: value.utf8)
      _ = others.append(word: word[...], field: field, position: UInt32(place))
    }
  }

  /// Takes in the path of the current document's file, which often is that of the document before.
  mutating func append(path: [UInt8]) throws(IndexError) {
    guard ValueTerm.hasTerm(path) else { return }
    if path == lastPath.bytes, let term = lastPath.term {
      others.append(again: term, position: 0)
    } else {
      let field = try number(ofField: ValueTerm.pathField)
      let term = others.append(word: ArraySlice([ValueTerm.mark] + path), field: field, position: 0)
      lastPath = (path, term)
    }
  }

  /// Ends the current document.
  mutating func finishDocument() {
    others.finishDocument()
    marks.finishDocument()
  }

  /// Writes all occurrences into a run, and forgets them: the next document is the first of the next run.
  mutating func spill(to runs: SpilledRuns) throws(IndexError) {
    let names = sortedFields
    try runs.append(pairs, firstDocument: firstDocument, fieldNames: names.names)
    try runs.finishRun(
      others: others.lists(fields: names.numbers, firstDocument: firstDocument), marks: marks.lists)
    firstDocument += pairs.documentCount
    pairs.removeAll()
    others = TermOccurrences()
    lastPath.term = nil
    marks.removeAll()
  }

  /// Gives the memory back that spilled occurrences were in.
  mutating func releaseMemory() { pairs = PairOccurrences() }

  /// Writes all lists in the order of their terms, and returns the fields' names.
  ///
  /// - Parameter runs: where the occurrences were spilled to; then none are here.
  func write(to segment: inout SegmentWriter, runs: SpilledRuns?) throws(IndexError) -> [String] {
    let fields = sortedFields
    segment.beginLists()
    if let runs {
      let others = try OtherRuns(runs, fields: fields.names)
      try write(ListEncoder(runs, lengths: segment.lengths), others, to: &segment) {
        (mark, segment) throws(IndexError) in
        try others.forEachPiece(ofMark: mark) { (piece) throws(IndexError) in try segment.append(occurrences: piece) }
      }
    } else {
      let others = OtherLists(others.lists(fields: fields.numbers, firstDocument: 0))
      try write(ListEncoder(pairs, lengths: segment.lengths), others, to: &segment) {
        (mark, segment) throws(IndexError) in
        try segment.append(occurrences: marks.lists[mark])
      }
    }
    return fields.names.map { String(decoding: $0, as: UTF8.self) }
  }

  private func write(
    _ pairs: ListEncoder, _ others: some OtherTerms, to segment: inout SegmentWriter,
    mark: (Int, inout SegmentWriter) throws(IndexError) -> Void
  ) throws(IndexError) {
    try pairs.forEach { (lists) throws(IndexError) in
      while let key = lists.nextKey {
        try others.write(charactersBefore: key, to: &segment)
        try lists.write(termsBelow: others.nextCharacters ?? .max, to: &segment)
      }
    }
    for (index, key) in MarkOccurrences.keys.enumerated() {
      try others.write(charactersBefore: key, to: &segment)
      try mark(index, &segment)
      try segment.finishTerm(characters: key)
    }
    try others.writeRest(to: &segment)
  }

  /// The fields' names, rising by their bytes, and by a field's number here its place there plus one.
  private var sortedFields: (names: [[UInt8]], numbers: [UInt16]) {
    let names = fieldNumbers.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var numbers = [UInt16](repeating: 0, count: names.count + 1)
    for (index, name) in names.enumerated() { numbers[Int(fieldNumbers[name] ?? 0)] = UInt16(index + 1) }
    return (names, numbers)
  }

  private mutating func number(ofField name: String) throws(IndexError) -> UInt16 {
    fieldName.removeAll(keepingCapacity: true)
    fieldName.append(contentsOf: name.utf8)
    if let number = fieldNumbers[fieldName] { return number }
    guard fieldNumbers.count < Int(UInt16.max) - 1 else { throw .limitExceeded("more than 65,534 fields") }
    let number = UInt16(fieldNumbers.count + 1)
    fieldNumbers[fieldName] = number
    return number
  }
}

/// The ends of sentences and paragraphs in title and text: two terms, whose occurrences come in order.
private struct MarkOccurrences {
  private var sentenceEnds: [UInt64] = []
  private var paragraphEnds: [UInt64] = []
  private var document: UInt64 = 0

  /// Bytes in memory.
  var byteCount: Int { (sentenceEnds.capacity + paragraphEnds.capacity) * 8 }

  /// The terms' keys, rising.
  static let keys = [CharacterKey.sentenceEnd.rawValue, CharacterKey.paragraphEnd.rawValue]

  /// Their occurrences, each document above position.
  var lists: [[UInt64]] { [sentenceEnds, paragraphEnds] }

  /// Forgets the occurrences; documents are counted on.
  mutating func removeAll() {
    sentenceEnds = []
    paragraphEnds = []
  }

  mutating func append(isParagraph: Bool, position: UInt32) {
    let place = document << 32 | UInt64(position)
    if isParagraph { paragraphEnds.append(place) } else { sentenceEnds.append(place) }
  }

  mutating func finishDocument() { document += 1 }
}
