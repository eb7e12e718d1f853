/// Where a ``Tokenizer`` appends tokens, and what it counted on the way.
///
/// Reuse one buffer for many texts: ``removeAll()`` keeps the memory.
public struct TokenBuffer: Sendable {
  /// The tokens, their positions never decreasing.
  public internal(set) var tokens: [Token] = []
  /// How many positions the text took: one more than the largest position in use, gaps included.
  public internal(set) var positionCount: UInt32 = 0
  /// The text's length for ranking: bigrams, words and one-character runs.
  public internal(set) var length: UInt32 = 0
  /// How many malformed UTF-8 sequences were read as gaps.
  public internal(set) var malformedCount = 0
  /// The folded letters of all words, one behind the other.
  @usableFromInline var wordStorage: [UInt8] = []

  /// An empty buffer.
  public init() {}

  /// An empty buffer with room for so many tokens.
  public init(minimumCapacity: Int) { tokens.reserveCapacity(minimumCapacity) }

  /// Forgets tokens and counts, and keeps the memory for the next text.
  public mutating func removeAll() {
    tokens.removeAll(keepingCapacity: true)
    wordStorage.removeAll(keepingCapacity: true)
    positionCount = 0
    length = 0
    malformedCount = 0
  }

  /// Leaves positions unused, so that no phrase runs from what stands before into what is appended next.
  public mutating func skipPositions(_ count: UInt32) { positionCount += count }

  /// The folded UTF-8 of a word, at most ``Tokenizer/longestWord`` bytes.
  ///
  /// - Precondition: `token` is of kind `word` and was appended to this buffer.
  @inlinable public func wordBytes(of token: Token) -> ArraySlice<UInt8> {
    precondition(token.kind == .word, "only words have bytes")
    let offset = Int(token.key >> 16)
    return wordStorage[offset..<offset + Int(token.key & 0xFFFF)]
  }

  /// The term as a person reads it.
  public func term(of token: Token) -> String {
    token.kind == .word
      ? String(decoding: wordBytes(of: token), as: UTF8.self) : CharacterKey(rawValue: token.key).description
  }
}
