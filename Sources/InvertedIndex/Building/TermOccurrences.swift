import CJKTokenizer

/// The occurrences of all other terms: words, characters outside of the basic plane, and everything in named fields.
///
/// Terms are numbered by hashing; an occurrence is a term number above the position, and counting brings it into order.
struct TermOccurrences {
  /// A term of either kind.
  enum Term: Comparable {
    /// A character key with the field's number above.
    case characters(UInt64)
    /// The field's number, high byte first, then the word.
    case word([UInt8])

    /// Characters come before words, each kind in the order of its keys.
    static func < (one: Self, other: Self) -> Bool {
      switch (one, other) {
      case (.characters(let one), .characters(let other)): one < other
      case (.word(let one), .word(let other)): one.lexicographicallyPrecedes(other)
      case (.characters, .word): true
      case (.word, .characters): false
      }
    }
  }

  private var characters = CharacterTermTable()
  private var words = WordTermTable()
  private var counts: [UInt32] = []  // by term number
  private var occurrences: [UInt64] = []
  private var documentEnds: [Int] = []

  /// Bytes in memory when the occurrences are written.
  var peakByteCount: Int {
    occurrences.capacity * 16 + characters.keys.count * 40 + words.byteCount + counts.count * 12 + documentEnds.count
      * 8
  }

  /// Takes an occurrence of characters in.
  mutating func append(characters key: UInt64, field: UInt16, position: UInt32) {
    let next = UInt32(truncatingIfNeeded: counts.count)
    append(term: characters.id(for: FieldedKey.key(field: field, characters: key), next: next), position)
  }

  /// Takes an occurrence of a word in, and returns the word's number.
  mutating func append(word: ArraySlice<UInt8>, field: UInt16, position: UInt32) -> UInt32 {
    let term = words.id(field: field, word: word, next: UInt32(truncatingIfNeeded: counts.count))
    append(term: term, position)
    return term
  }

  /// Takes in another occurrence of a word whose number is known.
  mutating func append(again term: UInt32, position: UInt32) { append(term: term, position) }

  private mutating func append(term id: UInt32, _ position: UInt32) {
    if id == counts.count { counts.append(1) } else { counts[Int(id)] += 1 }
    occurrences.append(UInt64(id) << 32 | UInt64(position))
  }

  /// Ends the current document.
  mutating func finishDocument() { documentEnds.append(occurrences.count) }

  /// The terms and their numbers, characters before words, each kind in the order of its keys with the fields renumbered.
  private func terms(fields: [UInt16]) -> [(term: Term, number: UInt32)] {
    let characterTerms = zip(characters.keys, characters.ids).map { key, id in
      let field = fields[Int(FieldedKey.field(of: key))]
      return (key: FieldedKey.key(field: field, characters: FieldedKey.characters(of: key)), id: id)
    }.sorted { $0.key < $1.key }
    let wordTerms = words.entries.map { entry in
      let stored = words.word(entry)
      let field = UInt16(stored[stored.startIndex]) << 8 | UInt16(stored[stored.startIndex + 1])
      return (word: FieldedKey.word(field: fields[Int(field)], bytes: stored.dropFirst(2)), id: entry.id)
    }.sorted { $0.word.lexicographicallyPrecedes($1.word) }
    return characterTerms.map { (.characters($0.key), $0.id) } + wordTerms.map { (.word($0.word), $0.id) }
  }

  /// The terms in that order with all their occurrences, each document, counted from `firstDocument`, above position.
  func lists(
    fields: [UInt16], firstDocument: Int
  ) -> [(term: Term, occurrences: ArraySlice<UInt64>)] {
    let (places, starts) = sorted(firstDocument: firstDocument)
    return terms(fields: fields).map { ($0.term, places[starts[Int($0.number)]..<starts[Int($0.number) + 1]]) }
  }

  /// All occurrences, each document above position, in the order of the terms' numbers, and where each number's begin.
  private func sorted(firstDocument: Int) -> (places: [UInt64], starts: [Int]) {
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + Int(count)) }
    var next = starts
    var places = [UInt64](repeating: 0, count: occurrences.count)
    var document = 0  // counted from `firstDocument`
    for (index, occurrence) in occurrences.enumerated() {
      while documentEnds[document] <= index { document += 1 }
      let term = Int(occurrence >> 32)
      places[next[term]] = UInt64(firstDocument + document) << 32 | (occurrence & 0xFFFF_FFFF)
      next[term] += 1
    }
    return (places, starts)
  }
}
