import CJKTokenizer

/// Finds, for a token, the patterns that may begin with it.
struct PatternOpenings {
  private var byBigram: [UInt64: [Int]] = [:]
  private var byCharacter: [UInt64: [Int]] = [:]
  private var byWord: [[UInt8]: [Int]] = [:]
  // A bit for each key, by its hash: nearly every token is turned away by it.
  private var bigramBits: UInt64 = 0
  private var characterBits: UInt64 = 0

  /// The openings of some patterns, which are then known by their places in the list.
  init(_ patterns: [Pattern]) {
    for (index, pattern) in patterns.enumerated() {
      switch pattern.elements[0].kind {
      case .bigram(let key):
        byBigram[key, default: []].append(index)
        bigramBits |= Self.bit(key)
      case .character(let scalar):
        byCharacter[UInt64(scalar), default: []].append(index)
        characterBits |= Self.bit(UInt64(scalar))
      case .word(let bytes): byWord[bytes, default: []].append(index)
      }
    }
  }

  /// The patterns whose first element the token is.
  func patterns(beginningWith token: Token, in buffer: TokenBuffer) -> [Int] {
    if token.kind == .word { return byWord.isEmpty ? [] : byWord[Array(buffer.wordBytes(of: token))] ?? [] }
    let mayBegin = bigramBits & Self.bit(token.key) | characterBits & Self.bit(token.key >> 21) != 0
    guard mayBegin, token.kind.isOfRun else { return [] }
    let bigrams = byBigram[token.key] ?? []
    return byCharacter.isEmpty ? bigrams : bigrams + (byCharacter[token.key >> 21] ?? [])
  }

  @inline(__always)
  private static func bit(_ key: UInt64) -> UInt64 { 1 << ((key &* 0x9E37_79B9_7F4A_7C15) >> 58) }
}
