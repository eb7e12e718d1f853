import CJKTokenizer

/// The folded characters of a text, one behind the other, and the positions that they stand at.
struct FoldedCharacters {
  /// The characters; ``gap`` where nothing stands.
  private(set) var characters: [UInt32] = []
  /// The position of each; those of a word have its one.
  private(set) var positions: [UInt32] = []
  /// What stands for positions without a character.
  static let gap: UInt32 = 0

  /// The characters of a buffer's tokens.
  init(_ buffer: TokenBuffer) {
    var next: UInt32 = 0
    for token in buffer.tokens where token.kind.takesPosition || token.kind == .runEnd {
      if token.position > next { append(Self.gap, at: next) }
      if token.kind == .word {
        for scalar in String(decoding: buffer.wordBytes(of: token), as: UTF8.self).unicodeScalars {
          append(scalar.value, at: token.position)
        }
      } else {
        append(UInt32(truncatingIfNeeded: token.key >> 21), at: token.position)
      }
      next = token.position + 1
    }
  }

  private mutating func append(_ character: UInt32, at position: UInt32) {
    characters.append(character)
    positions.append(position)
  }

  /// Whether some characters stand at a place, and no part of a word does beside them.
  func has(_ wanted: ArraySlice<UInt32>, at place: Int) -> Bool {
    let end = place + wanted.count
    return end <= characters.count && characters[place..<end].elementsEqual(wanted)
      && (place == 0 || positions[place - 1] != positions[place])
      && (end == characters.count || positions[end] != positions[end - 1])
  }
}
