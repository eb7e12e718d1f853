import CJKTokenizer

/// Characters that say how words belong together and next to nothing of what a text is about.
enum FunctionCharacters {
  private static let han = Set(
    """
    的了在是和与及对于为等由其而之以或者也将把被从到就都要会能可并且但若则所使个这那有无不没什么怎样如何吗呢吧啊呀哪谁几多少我你\
    他她它们应当请
    """.unicodeScalars.map(\.value))

  /// What a bigram with one of them weighs.
  private static let halfWeight = 0.5

  /// Whether a character is one of them: hiragana are, which join words in Japanese.
  static func contains(_ scalar: UInt32) -> Bool { (0x3041...0x309F).contains(scalar) || han.contains(scalar) }

  /// Those of them that are never a part of a longer word.
  private static let particles = Set("的了是和与及或吗呢吧啊".unicodeScalars.map(\.value))

  /// Whether a character is one of them that is never a part of a longer word.
  static func isParticle(_ scalar: UInt64) -> Bool {
    let scalar = UInt32(truncatingIfNeeded: scalar)
    return (0x3041...0x309F).contains(scalar) || particles.contains(scalar)
  }

  /// What a bigram weighs, by its ``CharacterKey`` raw value: nothing where both characters are function characters.
  static func weight(ofBigram key: UInt64) -> Double {
    let count = [key >> 21, key & 0x1F_FFFF].count { contains(UInt32(truncatingIfNeeded: $0)) }
    return count == 0 ? 1 : count == 1 ? halfWeight : 0
  }

  /// What a pattern weighs that is no bigram: nothing where it is one function character, more where it has letters or
  /// digits, which stand for a whole word.
  static func weight(of pattern: Pattern) -> Double {
    let kinds = pattern.phrases.lazy.flatMap(\.elements).map(\.kind)
    if kinds.contains(where: { if case .word = $0 { true } else { false } }) { return wordWeight }
    guard pattern.elements.count == 1, case .character(let scalar) = pattern.elements[0].kind else { return 1 }
    return contains(scalar) ? 0 : 1
  }

  private static let wordWeight = 2.0
}
