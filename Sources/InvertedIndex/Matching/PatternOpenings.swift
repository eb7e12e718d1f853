import CJKTokenizer

/// Finds, for a token, the patterns that may begin with it.
struct PatternOpenings {
  private var byBigram: [UInt64: [Int]] = [:]
  private var byCharacter: [UInt64: [Int]] = [:]
  private var byWord: [[UInt8]: [Int]] = [:]

  /// The openings of some patterns, which are then known by their places in the list.
  init(_ patterns: [Pattern]) {
    for (index, pattern) in patterns.enumerated() {
      switch pattern.elements[0].kind {
      case .bigram(let key): byBigram[key, default: []].append(index)
      case .character(let scalar): byCharacter[UInt64(scalar), default: []].append(index)
      case .word(let bytes): byWord[bytes, default: []].append(index)
      }
    }
  }

  /// The patterns whose first element the token is.
  func patterns(beginningWith token: Token, in buffer: TokenBuffer) -> [Int] {
    if token.kind == .word { return byWord.isEmpty ? [] : byWord[Array(buffer.wordBytes(of: token))] ?? [] }
    guard token.kind.isOfRun else { return [] }
    let bigrams = byBigram[token.key] ?? []
    return byCharacter.isEmpty ? bigrams : bigrams + (byCharacter[token.key >> 21] ?? [])
  }
}
