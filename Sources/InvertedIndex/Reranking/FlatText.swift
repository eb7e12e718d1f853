import CJKTokenizer

/// The characters of a text by their positions: all that a second look needs of most texts, in two bytes for each position.
struct FlatText {
  /// The character that begins the bigram at each position, or stands there alone; 0 where none does.
  private(set) var characters: [UInt16] = []
  /// The position at which the text begins; its title stands before.
  private(set) var textStart: UInt32 = 0
  /// Texts of more positions are not flattened.
  static let longestCount = 1 << 13

  /// Becomes the text of a buffer, and says whether it could: where characters at neighbouring positions are no bigram, and
  /// for characters beyond 16 bits, it cannot.
  mutating func become(_ buffer: borrowing TokenBuffer, textStart: UInt32) -> Bool {
    self.textStart = textStart
    characters.removeAll(keepingCapacity: true)
    let count = Int(buffer.positionCount)
    guard count <= Self.longestCount else { return false }
    characters.append(contentsOf: repeatElement(0, count: count + 1))
    var bigramCount = 0
    for token in buffer.tokens where token.kind.isOfRun {
      guard put(token.key >> 21, at: Int(token.position)) else { return false }
      bigramCount += token.kind == .bigram ? 1 : 0
    }
    for run in buffer.runs {
      let start = Int(run.position)
      guard start + run.count < characters.count else { return false }
      let isFree = unsafe characters.withUnsafeMutableBufferPointer { characters in
        // SAFETY: the run's places were just checked; those in the buffer are checked there.
        var taken: UInt16 = 0
        for index in 0..<run.count {
          taken |= unsafe characters[start + index]
          unsafe characters[start + index] = buffer.characters[run.characters.lowerBound + index]
        }
        return taken == 0
      }
      guard isFree else { return false }
      bigramCount += run.count
    }
    // What follows a bigram's first character must be its second one, and must be none elsewhere.
    for token in buffer.tokens where token.kind == .bigram {
      guard UInt64(characters[Int(token.position) + 1]) == token.key & 0x1F_FFFF else { return false }
    }
    for run in buffer.runs {
      guard characters[Int(run.position) + run.count] == buffer.characters[run.characters.upperBound - 1] else {
        return false
      }
    }
    characters.removeLast()
    var neighbourCount = 0
    for place in 1..<max(count, 1) where characters[place - 1] != 0 && characters[place] != 0 { neighbourCount += 1 }
    return neighbourCount == bigramCount
  }

  @inline(__always)
  private mutating func put(_ character: UInt64, at position: Int) -> Bool {
    guard character <= 0xFFFF, position + 1 < characters.count, characters[position] == 0 else { return false }
    characters[position] = UInt16(truncatingIfNeeded: character)
    return true
  }

  /// Becomes a text that was kept.
  mutating func become(_ characters: ArraySlice<UInt16>, textStart: UInt32) {
    self.characters.removeAll(keepingCapacity: true)
    self.characters.append(contentsOf: characters)
    self.textStart = textStart
  }
}
