/// One occurrence of a term in a text.
///
/// Twenty-four bytes, so that a page of tokens stays in the cache: a word keeps its letters in the ``TokenBuffer`` it was
/// appended to, and ``TokenBuffer/wordBytes(of:)`` gives them back.
public struct Token: Equatable, Sendable {
  /// What a token stands for.
  public enum Kind: UInt8, Sendable {
    /// Two neighbouring characters of one run.
    case bigram
    /// The last character of a run of two or more, alone: it makes a single character a key range, and counts in neither
    /// frequency nor length.
    case runEnd
    /// The one character of a run that has no other.
    case single
    /// A word of letters, or of digits, with its combining marks.
    case word
    /// The end of a sentence; it stands at the position of the gap that its punctuation makes.
    case sentenceEnd
    /// The end of a paragraph; it stands at the gap before it, or, where there is none, at the character after it.
    case paragraphEnd
  }

  /// The characters of the term as a ``CharacterKey`` raw value; for a word, where its bytes lie in the buffer.
  public let key: UInt64
  /// Counted in characters, words and gaps of the folded text, from 0.
  public let position: UInt32
  /// The first byte of the text that the token came from.
  public let start: UInt32
  /// One past the last byte that the token came from.
  public let end: UInt32
  /// What the token stands for.
  public let kind: Kind

  @usableFromInline
  init(kind: Kind, key: UInt64, position: UInt32, start: UInt32, end: UInt32) {
    self.kind = kind
    self.key = key
    self.position = position
    self.start = start
    self.end = end
  }

  /// Whether the token counts in a document's length: bigrams, words and one-character runs do.
  @inlinable public var countsInLength: Bool { kind == .bigram || kind == .word || kind == .single }
}

/// A term of one or two characters as a number: two times 21 bits, the first character above the second.
///
/// The order of the numbers is the order of the characters, so all terms that begin with one character are the range
/// ``range(startingWith:)``. A run of one character has 0 in the second place; the last character of a longer run has
/// ``runEndMark`` there, so that plain BM25 can count the one and not the other.
///
///     CharacterKey(first: "尾", second: "矿").rawValue  // 0x5C3E << 21 | 0x77FF
public struct CharacterKey: Hashable, Comparable, Sendable {
  /// How many bits of the raw value are in use.
  public static let bitCount = 42
  /// What stands in the place of a second character behind the last one of a run; no Unicode scalar reaches it.
  public static let runEndMark: UInt64 = 0x1F_FFFF
  /// The number that stands for a sentence's end; no Unicode scalar reaches it.
  public static let sentenceEnd = CharacterKey(rawValue: 0x1FFFFE << 21)
  /// The number that stands for a paragraph's end.
  public static let paragraphEnd = CharacterKey(rawValue: 0x1FFFFF << 21)

  /// First character × 2²¹ + second character.
  public let rawValue: UInt64

  /// A key read from an index.
  @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The key of a bigram, or of one character alone.
  @inlinable public init(first: Unicode.Scalar, second: Unicode.Scalar?) {
    rawValue = UInt64(first.value) << 21 | UInt64(second?.value ?? 0)
  }

  /// The first character; nil for the reserved terms.
  public var first: Unicode.Scalar? { Unicode.Scalar(UInt32(truncatingIfNeeded: rawValue >> 21)) }

  /// The second character; nil when the term has one character.
  public var second: Unicode.Scalar? {
    let value = UInt32(truncatingIfNeeded: rawValue & 0x1F_FFFF)
    return value == 0 ? nil : Unicode.Scalar(value)
  }

  /// All keys of terms that begin with `first`, one and two characters long.
  @inlinable public static func range(startingWith first: Unicode.Scalar) -> ClosedRange<UInt64> {
    let low = UInt64(first.value) << 21
    return low...(low | 0x1F_FFFF)
  }

  /// By the first character's number, then by the second's.
  @inlinable public static func < (left: CharacterKey, right: CharacterKey) -> Bool { left.rawValue < right.rawValue }
}

extension CharacterKey: CustomStringConvertible {
  /// The term as a person reads it.
  public var description: String {
    switch self {
    case .sentenceEnd: return "⟨sentence end⟩"
    case .paragraphEnd: return "⟨paragraph end⟩"
    default:
      var text = ""
      if let first { text.unicodeScalars.append(first) }
      if let second { text.unicodeScalars.append(second) }
      return text
    }
  }
}
