import SearchAPI

/// The names of one kind, one behind the other, the one that is suggested first in front.
struct NameShelf: Sendable {
  /// A name.
  struct Name {
    let text: String
    /// How many documents have it.
    let count: Int
    /// The greater, the newer.
    let rank: Int
  }

  let kind: Suggestion.Kind
  /// How many documents have each name.
  private(set) var counts: [UInt32] = []
  /// The folded characters of all names.
  private(set) var characters: [UInt16] = []
  /// For each name a bit for each of its characters, by their hashes.
  private(set) var marks: [UInt64] = []
  /// For each name a bit for each letter that a reading begins with.
  private(set) var letters: [UInt32] = []
  /// For each name a bit for each syllable that a character may be read as, by their hashes.
  private(set) var syllables: [UInt64] = []
  private var starts: [Int] = [0]
  private var texts: [UInt8] = []
  private var textStarts: [Int] = [0]

  /// Names of many documents come first, then the new ones, then the short ones.
  init(_ kind: Suggestion.Kind, _ names: [Name]) {
    self.kind = kind
    let readings = Readings.shared
    let lengths = names.map(\.text.utf8.count)
    let order = names.indices.sorted { one, other in
      if names[one].count != names[other].count { return names[one].count > names[other].count }
      if names[one].rank != names[other].rank { return names[one].rank > names[other].rank }
      return (lengths[one], one) < (lengths[other], other)
    }
    for place in order {
      counts.append(UInt32(clamping: names[place].count))
      texts += names[place].text.utf8
      textStarts.append(texts.count)
      let units = FoldedCharacters.units(of: names[place].text)
      characters += units
      starts.append(characters.count)
      var (mark, letter, syllable): (UInt64, UInt32, UInt64) = (0, 0, 0)
      for unit in units {
        mark |= Self.mark(unit)
        letter |= readings.firstLetters(of: unit)
        for reading in readings.syllables(of: unit) { syllable |= Self.mark(reading) }
      }
      marks.append(mark)
      letters.append(letter)
      syllables.append(syllable)
    }
  }

  /// One bit of 64, by a hash.
  static func mark(_ value: UInt16) -> UInt64 { 1 << (UInt64(value) &* 0x9E37_79B9_7F4A_7C15 >> 58) }

  /// Where the characters of a name are.
  func range(of name: Int) -> Range<Int> { starts[name]..<starts[name + 1] }

  /// Whether some characters stand in a place, which leaves room for them.
  func holds(_ typed: [UInt16], at place: Int) -> Bool {
    var index = 0
    while index < typed.count, characters[place + index] == typed[index] { index += 1 }
    return index == typed.count
  }

  /// A name in which some characters were typed.
  func match(_ name: Int, _ characters: [UInt16], fit: Pinyin.Fit) -> Catalogue.Match {
    Catalogue.Match(
      text: String(decoding: texts[textStarts[name]..<textStarts[name + 1]], as: UTF8.self), kind: kind,
      count: Int(counts[name]), fit: fit, characters: characters)
  }
}
