import CJKTokenizer

/// Finds, for a token, the patterns that may begin with it.
struct PatternOpenings {
  private var byBigram: [UInt64: [Int]] = [:]
  private var byCharacter: [UInt64: [Int]] = [:]
  private var byWord: [[UInt8]: [Int]] = [:]
  private var beginnings: [(bytes: [UInt8], pattern: Int)] = []
  // A bit for each key, by its hash: nearly every token is turned away by it.
  private var bits = [UInt64](repeating: 0, count: 1 << (10 - 6))
  private var haveBigrams = false
  private var haveCharacters = false

  /// The openings of some patterns, which are then known by their places in the list.
  init(_ patterns: [Pattern]) {
    for (index, pattern) in patterns.enumerated() {
      switch pattern.elements[0].kind {
      case .bigram(let key):
        byBigram[key, default: []].append(index)
        mark(key)
        haveBigrams = true
      case .character(let scalar):
        byCharacter[UInt64(scalar), default: []].append(index)
        mark(UInt64(scalar))
        haveCharacters = true
      case .word(let bytes): byWord[bytes, default: []].append(index)
      case .beginning(let bytes): beginnings.append((bytes, index))
      }
    }
  }

  /// The patterns whose first element the token is.
  func patterns(beginningWith token: Token, in buffer: TokenBuffer) -> [Int] {
    if token.kind == .word {
      guard !byWord.isEmpty || !beginnings.isEmpty else { return [] }
      let word = Array(buffer.wordBytes(of: token))
      let whole = byWord[word] ?? []
      return beginnings.isEmpty ? whole : whole + beginnings.filter { word.starts(with: $0.bytes) }.map(\.pattern)
    }
    guard mayBegin(with: token) else { return [] }
    let bigrams = byBigram[token.key] ?? []
    return byCharacter.isEmpty ? bigrams : bigrams + (byCharacter[token.key >> 21] ?? [])
  }

  /// Whether a pattern may begin with the token; where it says no, none does.
  @inline(__always)
  func mayBegin(with token: Token) -> Bool {
    if token.kind == .word { return !byWord.isEmpty || !beginnings.isEmpty }
    let mayBegin = haveBigrams && isMarked(token.key) || haveCharacters && isMarked(token.key >> 21)
    return mayBegin && token.kind.isOfRun
  }

  private mutating func mark(_ key: UInt64) { bits[Self.hash(key) >> 6] |= 1 << UInt64(Self.hash(key) & 63) }

  @inline(__always)
  private func isMarked(_ key: UInt64) -> Bool { bits[Self.hash(key) >> 6] >> UInt64(Self.hash(key) & 63) & 1 != 0 }

  /// Ten bits.
  @inline(__always)
  private static func hash(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 54) }
}
