/// What the dictionary knows of a term.
struct TermEntry: Equatable, Sendable {
  /// How many documents hold the term, deleted ones included.
  var documentFrequency: UInt32 = 0
  /// How often it occurs in them.
  var occurrences: UInt64 = 0
  /// Its list in the postings section.
  var postings: Range<Int> = 0..<0
  /// Its list in the positions section.
  var positions: Range<Int> = 0..<0
}

/// How a term of one or two characters is kept: the field's number above the 42 bits of its characters.
enum FieldedKey {
  /// The field of title and text, which a search without a field's name looks in.
  static let bodyField: UInt16 = 0

  /// The key of `characters` in a field.
  static func key(field: UInt16, characters: UInt64) -> UInt64 { UInt64(field) << 42 | characters }

  /// The field of a key.
  static func field(of key: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: key >> 42) }

  /// The characters of a key.
  static func characters(of key: UInt64) -> UInt64 { key & (1 << 42 - 1) }

  /// A word's key: the field's number, high byte first, then the word's bytes.
  static func word(field: UInt16, bytes: some Sequence<UInt8>) -> [UInt8] {
    [UInt8(field >> 8), UInt8(truncatingIfNeeded: field)] + bytes
  }
}

/// How many terms a block of the dictionary holds; the last one of a section may hold fewer.
let dictionaryBlockCount = 32
