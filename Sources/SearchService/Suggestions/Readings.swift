/// How Han characters are read in Mandarin: syllables without tones, ü as v, several for a character where it has them.
///
///     Readings.shared.syllables(of: 0x884C)      // heng, hang, xing (行)
///     Readings.shared.homophones(of: 0x66B4)     // 报, 爆, 抱, … (暴)
struct Readings: Sendable {
  /// The table, read when it is first asked for.
  static let shared = Readings()

  /// All syllables, sorted; a syllable is known by its place.
  let names: [[UInt8]]
  private let characters: [[UInt16]]
  private var places: [UInt32]  // by character: where its syllables begin in `flat`
  private var flat: [UInt16] = []
  private var letters: [UInt32]  // by character: a bit for the first letter of each reading

  private static let characterRange = 0x3400...0x9FFF

  private init() {
    var bySyllable: [[UInt8]: [UInt16]] = [:]
    for entry in ReadingTables.syllables.description.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
      let name = Array(entry.prefix { $0 < 0x80 })
      bySyllable[name, default: []] += String(decoding: entry.dropFirst(name.count), as: UTF8.self).utf16
    }
    names = bySyllable.keys.sorted { $0.lexicographicallyPrecedes($1) }
    characters = names.map { bySyllable[$0] ?? [] }
    var readings = [[UInt16]](repeating: [], count: Self.characterRange.count)
    letters = [UInt32](repeating: 0, count: Self.characterRange.count)
    for (syllable, name) in names.enumerated() {
      for character in characters[syllable] {
        guard let place = Self.place(of: character) else { continue }
        readings[place].append(UInt16(syllable))
        letters[place] |= 1 << UInt32(name[0] &- UInt8(ascii: "a"))
      }
    }
    places = [0]
    for each in readings {
      flat += each
      places.append(UInt32(flat.count))
    }
  }

  /// Whether a character is of the blocks that the table speaks of.
  static func isHan(_ character: UInt16) -> Bool { characterRange.contains(Int(character)) }

  private static func place(of character: UInt16) -> Int? {
    characterRange.contains(Int(character)) ? Int(character) - characterRange.lowerBound : nil
  }

  /// The syllables of a character, by their places; none for a character that the table does not have.
  func syllables(of character: UInt16) -> ArraySlice<UInt16> {
    guard let place = Self.place(of: character) else { return [] }
    return flat[Int(places[place])..<Int(places[place + 1])]
  }

  /// The characters that are read as a syllable.
  func characters(of syllable: Int) -> [UInt16] { characters[syllable] }

  /// The letters that readings of a character begin with, a bit for each from a to z.
  func firstLetters(of character: UInt16) -> UInt32 { Self.place(of: character).map { letters[$0] } ?? 0 }

  /// Whether a reading of a character begins with a letter from a to z.
  func mayBegin(_ character: UInt16, with letter: UInt8) -> Bool {
    firstLetters(of: character) >> UInt32(letter &- UInt8(ascii: "a")) & 1 == 1
  }

  /// The other characters that are read as one may be read.
  func homophones(of character: UInt16) -> Set<UInt16> {
    var found: Set<UInt16> = []
    for syllable in syllables(of: character) { found.formUnion(characters[Int(syllable)]) }
    found.remove(character)
    return found
  }

  /// The syllables that some letters begin with, by their places.
  func syllables(beginning letters: ArraySlice<UInt8>) -> [Int] {
    (1...6).compactMap { count in
      letters.count < count ? nil : place(of: Array(letters.prefix(count)))
    }
  }

  /// The syllables that begin with some letters.
  func syllables(startingWith letters: ArraySlice<UInt8>) -> [Int] {
    names.indices.filter { names[$0].starts(with: letters) }
  }

  private func place(of name: [UInt8]) -> Int? {
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if names[middle].lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
    }
    return low < names.count && names[low] == name ? low : nil
  }
}
