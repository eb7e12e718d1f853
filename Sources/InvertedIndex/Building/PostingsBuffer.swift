import CJKTokenizer

/// The occurrences of all terms of the documents taken in so far, and how they become a segment's lists.
///
/// An occurrence is one number: term above position. Occurrences are kept in the order of the text and brought into the
/// order of the terms by counting, a quarter of them at a time, so that the peak is 10 bytes an occurrence.
struct PostingsBuffer {
  private var characters = CharacterTermTable()
  private var words = WordTermTable()
  private var counts: [UInt32] = []  // by term number
  private var chunks: [[UInt64]] = []
  private var occurrenceCount = 0
  private var documentEnds: [Int] = []  // occurrences up to and with each document
  private var fieldNumbers: [String: UInt16] = [:]  // in the order of first sight, from 1
  private static let chunkCount = 1 << 17
  private static let passCount = 4

  /// How many documents were taken in.
  var documentCount: Int { documentEnds.count }

  /// Bytes that the buffer will hold at its peak, when it is written out.
  var peakByteCount: Int {
    occurrenceCount * (8 + 8 / Self.passCount + 1) + characters.keys.count * 32 + words.byteCount + counts.count * 12
      + documentEnds.count * 8
  }

  /// Takes in the tokens of the current document's title and text, or of a named field.
  ///
  /// - Throws: ``IndexError/limitExceeded(_:)`` past 65,534 different fields or 2³² terms.
  mutating func append(_ buffer: TokenBuffer, field name: String?) throws(IndexError) {
    let field = try number(ofField: name)
    guard counts.count < Int(UInt32.max) - buffer.tokens.count else { throw .limitExceeded("2^32 terms in a segment") }
    for token in buffer.tokens {
      let id: UInt32
      if token.kind == .word {
        id = words.id(field: field, word: buffer.wordBytes(of: token), next: UInt32(truncatingIfNeeded: counts.count))
      } else {
        let key = FieldedKey.key(field: field, characters: token.key)
        id = characters.id(for: key, next: UInt32(truncatingIfNeeded: counts.count))
      }
      if id == counts.count { counts.append(1) } else { counts[Int(id)] += 1 }
      append(occurrence: UInt64(id) << 32 | UInt64(token.position))
    }
  }

  /// Ends the current document.
  mutating func finishDocument() { documentEnds.append(occurrenceCount) }

  /// Writes all lists in the order of their terms, empties the buffer, and returns the fields' names.
  mutating func write(to segment: inout SegmentWriter) throws(IndexError) -> [String] {
    let names = fieldNumbers.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var sortedNumber = [UInt16](repeating: 0, count: names.count + 1)
    for (index, name) in names.enumerated() { sortedNumber[Int(fieldNumbers[name] ?? 0)] = UInt16(index + 1) }

    let characterTerms = zip(characters.keys, characters.ids).map { key, id in
      let field = sortedNumber[Int(FieldedKey.field(of: key))]
      return (key: FieldedKey.key(field: field, characters: FieldedKey.characters(of: key)), id: id)
    }.sorted { $0.key < $1.key }
    let wordTerms = words.entries.map { entry in
      let stored = words.word(entry)
      let field = UInt16(stored[stored.startIndex]) << 8 | UInt16(stored[stored.startIndex + 1])
      return (word: FieldedKey.word(field: sortedNumber[Int(field)], bytes: stored.dropFirst(2)), id: entry.id)
    }.sorted { $0.word.lexicographicallyPrecedes($1.word) }

    let order = characterTerms.map(\.id) + wordTerms.map(\.id)
    var next = 0
    while next < order.count {
      let end = passEnd(order, from: next)
      let sorted = occurrences(of: order[next..<end])
      var start = 0
      for rank in next..<end {
        let count = Int(counts[Int(order[rank])])
        try append(sorted[start..<start + count], to: &segment)
        start += count
        if rank < characterTerms.count {
          try segment.finishTerm(characters: characterTerms[rank].key)
        } else {
          try segment.finishTerm(word: wordTerms[rank - characterTerms.count].word)
        }
      }
      next = end
    }
    self = PostingsBuffer()
    return names
  }

  private mutating func number(ofField name: String?) throws(IndexError) -> UInt16 {
    guard let name else { return FieldedKey.bodyField }
    if let number = fieldNumbers[name] { return number }
    guard fieldNumbers.count < Int(UInt16.max) - 1 else { throw .limitExceeded("more than 65,534 fields") }
    let number = UInt16(fieldNumbers.count + 1)
    fieldNumbers[name] = number
    return number
  }

  @inline(__always)
  private mutating func append(occurrence: UInt64) {
    if occurrenceCount & (Self.chunkCount - 1) == 0 {
      var chunk: [UInt64] = []
      chunk.reserveCapacity(Self.chunkCount)
      chunks.append(chunk)
    }
    chunks[chunks.count - 1].append(occurrence)
    occurrenceCount &+= 1
  }

  /// Where the pass that begins at a rank ends: after a share of all occurrences, and at least one term.
  private func passEnd(_ order: [UInt32], from start: Int) -> Int {
    let share = occurrenceCount / Self.passCount + 1
    var end = start
    var sum = 0
    while end < order.count {
      sum += Int(counts[Int(order[end])])
      if sum > share && end > start { break }
      end += 1
    }
    return end
  }

  /// The occurrences of the given terms in their order, each as document above position.
  private func occurrences(of terms: ArraySlice<UInt32>) -> [UInt64] {
    var places = [UInt32](repeating: .max, count: counts.count)  // by term number: where its next occurrence goes
    var total = 0
    for id in terms {
      places[Int(id)] = UInt32(total)
      total += Int(counts[Int(id)])
    }
    return unsafe [UInt64](unsafeUninitializedCapacity: total) { sorted, initializedCount in
      var document = 0
      var seen = 0
      for chunk in chunks {
        for occurrence in chunk {
          while seen >= documentEnds[document] { document += 1 }
          seen += 1
          let term = Int(occurrence >> 32)
          let place = places[term]
          guard place != .max else { continue }
          // SAFETY: a term's places begin where the counts before it end, and it has `counts[term]` occurrences.
          unsafe sorted[Int(place)] = UInt64(document) << 32 | (occurrence & 0xFFFF_FFFF)
          places[term] = place + 1
        }
      }
      initializedCount = total
    }
  }

  private func append(
    _ occurrences: ArraySlice<UInt64>, to segment: inout SegmentWriter
  ) throws(IndexError) {
    var start = occurrences.startIndex
    while start < occurrences.endIndex {
      let document = UInt32(truncatingIfNeeded: occurrences[start] >> 32)
      var end = start + 1
      while end < occurrences.endIndex, UInt32(truncatingIfNeeded: occurrences[end] >> 32) == document { end += 1 }
      let positions = occurrences[start..<end].lazy.map { UInt32(truncatingIfNeeded: $0) }
      try segment.append(document: document, positions: positions)
      start = end
    }
  }
}
