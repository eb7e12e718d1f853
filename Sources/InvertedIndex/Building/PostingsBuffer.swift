import CJKTokenizer

/// The occurrences of all terms of the documents taken in so far, and how they become a segment's lists.
struct PostingsBuffer {
  private var pairs = PairOccurrences()
  private var others = TermOccurrences()
  private var fieldNumbers: [[UInt8]: UInt16] = [:]  // by the names' bytes, in the order of first sight, from 1

  /// Bytes that the buffer will hold at its peak, when it is written out.
  var peakByteCount: Int { pairs.peakByteCount + others.peakByteCount }

  /// Takes in the tokens of the current document's title and text, or of a named field.
  ///
  /// - Throws: ``IndexError/limitExceeded(_:)`` past 65,534 different fields, or 2³¹ occurrences.
  mutating func append(_ buffer: TokenBuffer, field name: String?) throws(IndexError) {
    guard pairs.count + buffer.tokens.count < 1 << 31 else { throw .limitExceeded("2^31 occurrences in a segment") }
    let field = try number(ofField: name)
    for token in buffer.tokens {
      if token.kind == .word {
        others.append(word: buffer.wordBytes(of: token), field: field, position: token.position)
      } else if field != FieldedKey.bodyField || !pairs.append(token.key, position: token.position) {
        others.append(characters: token.key, field: field, position: token.position)
      }
    }
  }

  /// Ends the current document.
  mutating func finishDocument() {
    pairs.finishDocument()
    others.finishDocument()
  }

  /// Writes all lists in the order of their terms, empties the buffer, and returns the fields' names.
  mutating func write(to segment: inout SegmentWriter) throws(IndexError) -> [String] {
    let names = fieldNumbers.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var sortedNumbers = [UInt16](repeating: 0, count: names.count + 1)
    for (index, name) in names.enumerated() { sortedNumbers[Int(fieldNumbers[name] ?? 0)] = UInt16(index + 1) }
    var others = OtherLists(others, fields: sortedNumbers)
    try unsafe pairs.forEachTerm { (key, occurrences) throws(IndexError) in
      try others.write(charactersBefore: key, to: &segment)
      try unsafe segment.append(occurrences: occurrences)
      try segment.finishTerm(characters: key)
    }
    try others.writeRest(to: &segment)
    self = PostingsBuffer()
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  private mutating func number(ofField name: String?) throws(IndexError) -> UInt16 {
    guard let name else { return FieldedKey.bodyField }
    let bytes = Array(name.utf8)
    if let number = fieldNumbers[bytes] { return number }
    guard fieldNumbers.count < Int(UInt16.max) - 1 else { throw .limitExceeded("more than 65,534 fields") }
    let number = UInt16(fieldNumbers.count + 1)
    fieldNumbers[bytes] = number
    return number
  }
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
    let range = starts[number]..<starts[number + 1]
    var failure: IndexError?
    unsafe places.withUnsafeBufferPointer { places in
      do throws(IndexError) {
        try unsafe segment.append(occurrences: UnsafeBufferPointer(rebasing: places[range]))
      } catch { failure = error }
    }
    if let failure { throw failure }
    switch terms[next].term {
    case .characters(let key): try segment.finishTerm(characters: key)
    case .word(let word): try segment.finishTerm(word: word)
    }
    next += 1
  }
}
