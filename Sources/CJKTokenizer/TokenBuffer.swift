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
  /// Where bigrams stand that are not among the tokens; empty unless the buffer keeps runs.
  public internal(set) var runs: [BigramRun] = []
  /// The characters of ``runs``.
  public internal(set) var characters: [UInt16] = []
  /// Bigrams that begin before it need not be kept.
  var firstKept: UInt32 = 0
  /// Whether ideographs one behind the other are kept as characters, a tenth of the bytes that their bigrams take as tokens.
  let keepsRuns: Bool
  /// The folded letters of all words, one behind the other.
  @usableFromInline var wordStorage: [UInt8] = []

  /// An empty buffer; one that keeps runs is for those who take the bigrams of ``runs`` as well as ``tokens``.
  public init(keepsRuns: Bool = false) { self.keepsRuns = keepsRuns }

  /// An empty buffer with room for so many tokens.
  public init(minimumCapacity: Int) {
    keepsRuns = false
    tokens.reserveCapacity(minimumCapacity)
  }

  /// Forgets tokens and counts, and keeps the memory for the next text.
  public mutating func removeAll() {
    tokens.removeAll(keepingCapacity: true)
    wordStorage.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    characters.removeAll(keepingCapacity: true)
    positionCount = 0
    firstKept = 0
    length = 0
    malformedCount = 0
  }

  /// Lets bigrams of ideographs before a position be left out where that is faster, until ``removeAll()``.
  ///
  /// Positions, counts and all other tokens are as they would be.
  public mutating func passOverBigrams(before position: UInt32) { firstKept = position }

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

/// Bigrams of ideographs at positions one behind the other, each character from three bytes of the text.
///
/// The tokens before `tokenCount` and the runs before it come first, the other tokens behind it.
public struct BigramRun: Equatable, Sendable {
  /// The position of the first bigram.
  public let position: UInt32
  /// The first byte of the text that it came from.
  public let start: UInt32
  /// Its characters, one more than its bigrams, as indices of ``TokenBuffer/characters``.
  public internal(set) var characters: Range<Int>
  /// How many tokens stand before it.
  public let tokenCount: Int

  /// How many bigrams there are.
  @inlinable public var count: Int { characters.count - 1 }
}
