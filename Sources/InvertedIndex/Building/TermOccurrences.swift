import CJKTokenizer

/// The occurrences of all other terms: words, characters outside of the basic plane, and everything in named fields.
///
/// Terms are numbered by hashing; an occurrence is a term number above the position, and counting brings it into order.
struct TermOccurrences {
  /// A term of either kind.
  enum Term {
    /// A character key with the field's number above.
    case characters(UInt64)
    /// The field's number, high byte first, then the word.
    case word([UInt8])
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

  /// Takes an occurrence of a word in.
  mutating func append(word: ArraySlice<UInt8>, field: UInt16, position: UInt32) {
    append(term: words.id(field: field, word: word, next: UInt32(truncatingIfNeeded: counts.count)), position)
  }

  private mutating func append(term id: UInt32, _ position: UInt32) {
    if id == counts.count { counts.append(1) } else { counts[Int(id)] += 1 }
    occurrences.append(UInt64(id) << 32 | UInt64(position))
  }

  /// Ends the current document.
  mutating func finishDocument() { documentEnds.append(occurrences.count) }

  /// The terms and their numbers, characters before words, each kind in the order of its keys with the fields renumbered.
  func terms(fields: [UInt16]) -> [(term: Term, number: UInt32)] {
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

  /// All occurrences, each document above position, in the order of the terms' numbers, and where each number's begin.
  func sorted() -> (places: [UInt64], starts: [Int]) {
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + Int(count)) }
    var next = starts
    var places = [UInt64](repeating: 0, count: occurrences.count)
    var document = 0
    for (index, occurrence) in occurrences.enumerated() {
      while documentEnds[document] <= index { document += 1 }
      let term = Int(occurrence >> 32)
      places[next[term]] = UInt64(document) << 32 | (occurrence & 0xFFFF_FFFF)
      next[term] += 1
    }
    return (places, starts)
  }
}
