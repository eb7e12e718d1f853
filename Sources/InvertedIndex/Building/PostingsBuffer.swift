import CJKTokenizer
import SystemIO

/// The occurrences of all terms of the documents taken in so far, and how they become a segment's lists.
struct PostingsBuffer {
  private var pairs = PairOccurrences()
  private var others = TermOccurrences()
  private var marks = MarkOccurrences()
  private var fieldNumbers: [[UInt8]: UInt16] = [:]  // by the names' bytes, in the order of first sight, from 1

  /// Bytes that the buffer will hold at its peak, when it is written out: on two threads a bucket in two arrays is sorted.
  var peakByteCount: Int {
    pairs.byteCount + pairs.largestBucketCount * 8 * 4 + (1 << 23) + marks.byteCount + others.peakByteCount
  }
  /// Whether no document may be added, since places are numbers of 32 bits.
  var isFull: Bool { pairs.documentStarts[pairs.documentStarts.count - 1] >= 1 << 31 }

  /// Takes in the tokens of the current document's title and text.
  ///
  /// - Throws: ``IndexError/limitExceeded(_:)`` for a document of 2³¹ positions.
  mutating func append(body buffer: TokenBuffer) throws(IndexError) {
    guard buffer.positionCount < 1 << 31 else { throw .limitExceeded("2^31 positions in a document") }
    for token in buffer.tokens {
      switch token.kind {
      case .bigram, .runEnd, .single:
        if !pairs.append(token.key, position: token.position) {
          others.append(characters: token.key, field: FieldedKey.bodyField, position: token.position)
        }
      case .word:
        others.append(word: buffer.wordBytes(of: token), field: FieldedKey.bodyField, position: token.position)
      case .sentenceEnd, .paragraphEnd:
        marks.append(isParagraph: token.kind == .paragraphEnd, position: token.position)
      }
    }
    pairs.finishDocument(positionCount: buffer.positionCount)
  }

  /// Takes in the tokens of a named field of the current document.
  ///
  /// - Throws: ``IndexError/limitExceeded(_:)`` past 65,534 different fields.
  mutating func append(_ buffer: TokenBuffer, field name: String) throws(IndexError) {
    let field = try number(ofField: name)
    for token in buffer.tokens {
      if token.kind == .word {
        others.append(word: buffer.wordBytes(of: token), field: field, position: token.position)
      } else {
        others.append(characters: token.key, field: field, position: token.position)
      }
    }
  }

  /// Ends the current document.
  mutating func finishDocument() {
    others.finishDocument()
    marks.finishDocument()
  }

  /// Writes all lists in the order of their terms, and returns the fields' names.
  func write(to segment: inout SegmentWriter) throws(IndexError) -> [String] {
    let names = fieldNumbers.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var sortedNumbers = [UInt16](repeating: 0, count: names.count + 1)
    for (index, name) in names.enumerated() { sortedNumbers[Int(fieldNumbers[name] ?? 0)] = UInt16(index + 1) }
    segment.beginLists()
    var others = OtherLists(others, fields: sortedNumbers)
    try ListEncoder(pairs, lengths: segment.lengths).forEach { (lists) throws(IndexError) in
      while let key = lists.nextKey {
        try others.write(charactersBefore: key, to: &segment)
        try lists.write(termsBelow: others.nextCharacters ?? .max, to: &segment)
      }
    }
    for (key, occurrences) in marks.lists {
      try others.write(charactersBefore: key, to: &segment)
      try segment.append(occurrences: occurrences)
      try segment.finishTerm(characters: key)
    }
    try others.writeRest(to: &segment)
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  private mutating func number(ofField name: String) throws(IndexError) -> UInt16 {
    let bytes = Array(name.utf8)
    if let number = fieldNumbers[bytes] { return number }
    guard fieldNumbers.count < Int(UInt16.max) - 1 else { throw .limitExceeded("more than 65,534 fields") }
    let number = UInt16(fieldNumbers.count + 1)
    fieldNumbers[bytes] = number
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

  /// The terms' keys, rising, and their occurrences, each document above position.
  var lists: [(key: UInt64, occurrences: [UInt64])] {
    [(CharacterKey.sentenceEnd.rawValue, sentenceEnds), (CharacterKey.paragraphEnd.rawValue, paragraphEnds)]
  }

  mutating func append(isParagraph: Bool, position: UInt32) {
    let place = document << 32 | UInt64(position)
    if isParagraph { paragraphEnds.append(place) } else { sentenceEnds.append(place) }
  }

  mutating func finishDocument() { document += 1 }
}

/// The lists of the other terms, written between those of the pairs where the order wants them.
private struct OtherLists {
  private let terms: [(term: TermOccurrences.Term, number: UInt32)]
  private let places: [UInt64]
  private let starts: [Int]
  private var next = 0

  init(_ occurrences: TermOccurrences, fields: [UInt16]) {
    terms = occurrences.terms(fields: fields)
    (places, starts) = occurrences.sorted()
  }

  /// The key of the next term, if it is one of characters.
  var nextCharacters: UInt64? {
    guard next < terms.count, case .characters(let key) = terms[next].term else { return nil }
    return key
  }

  /// Writes the terms of characters whose keys come before `key`.
  mutating func write(charactersBefore key: UInt64, to segment: inout SegmentWriter) throws(IndexError) {
    while next < terms.count, case .characters(let other) = terms[next].term, other < key {
      try writeNext(to: &segment)
    }
  }

  /// Writes all that are left.
  mutating func writeRest(to segment: inout SegmentWriter) throws(IndexError) {
    while next < terms.count { try writeNext(to: &segment) }
  }

  private mutating func writeNext(to segment: inout SegmentWriter) throws(IndexError) {
    let number = Int(terms[next].number)
    try segment.append(occurrences: places[starts[number]..<starts[number + 1]])
    switch terms[next].term {
    case .characters(let key): try segment.finishTerm(characters: key)
    case .word(let word): try segment.finishTerm(word: word)
    }
    next += 1
  }
}
