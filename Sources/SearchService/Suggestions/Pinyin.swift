/// Pinyin as it is typed for Han: whole syllables, first letters, or both by turns.
///
///     yanhuabaozhu, yhbz, yhbaozhu, yanhuabaoz          烟花爆竹
struct Pinyin {
  /// How a name was found; the smaller the surer.
  enum Fit: Int, Comparable {
    /// Every syllable was typed whole, but for the end of the last one.
    case syllables
    /// Of every character only the first letter or two was typed.
    case initials
    /// Both.
    case mixed

    static func < (one: Fit, other: Fit) -> Bool { one.rawValue < other.rawValue }
  }

  /// The letters, a to z.
  let letters: [UInt8]
  private let readings = Readings.shared

  /// More letters are no name that anybody types; and ways to read them grow with their number.
  private static let longest = 60
  private static let mostSteps = 1000

  /// Pinyin of some letters; nil for none, and for more than anybody types.
  init?(_ letters: [UInt8]) {
    guard (1...Self.longest).contains(letters.count) else { return nil }
    self.letters = letters
  }

  /// Where the letters can be read in some characters from the first on: how many characters that takes, in the surest way.
  func match(_ characters: ArraySlice<UInt16>) -> (count: Int, fit: Fit)? {
    guard let first = characters.first, readings.mayBegin(first, with: letters[0]) else { return nil }
    var steps = Self.mostSteps
    return match(characters, from: 0, wholes: 0, parts: 0, &steps)
  }

  private func match(
    _ characters: ArraySlice<UInt16>, from index: Int, wholes: Int, parts: Int, _ steps: inout Int
  ) -> (count: Int, fit: Fit)? {
    if index == letters.count {
      return (wholes + parts, parts == 0 ? .syllables : wholes == 0 ? .initials : .mixed)
    }
    steps -= 1
    guard steps > 0, let character = characters.first, readings.mayBegin(character, with: letters[index]) else {
      return nil
    }
    let (rest, further) = (letters[index...], characters.dropFirst())
    var best: (count: Int, fit: Fit)?
    for syllable in readings.syllables(of: character) {
      let name = readings.names[Int(syllable)]
      guard name[0] == letters[index] else { continue }
      var ends: [(index: Int, isWhole: Bool)] = []
      if rest.starts(with: name) {
        ends.append((index + name.count, true))
      } else if wholes > 0, parts == 0 || rest.count > 1, name.starts(with: rest) {
        ends.append((letters.count, true))
      }
      if name.count > 1 { ends.append((index + 1, false)) }
      if name.count > 2, name[1] == UInt8(ascii: "h"), rest.starts(with: name.prefix(2)) {
        ends.append((index + 2, false))
      }
      for end in ends {
        let found = match(
          further, from: end.index, wholes: wholes + (end.isWhole ? 1 : 0), parts: parts + (end.isWhole ? 0 : 1), &steps
        )
        if let found, best.map({ found.fit < $0.fit }) ?? true { best = found }
      }
      if best?.fit == .syllables { break }
    }
    return best
  }

  /// The ways to read the letters as whole syllables, fewest first.
  ///
  ///     xian      xian; xi an
  func segmentations(limit: Int) -> [[Int]] {
    // Which places the end can be reached from; others are dead ends, of which there may be very many.
    var isOpen = [Bool](repeating: false, count: letters.count) + [true]
    for index in letters.indices.reversed() {
      isOpen[index] = readings.syllables(beginning: letters[index...]).contains {
        isOpen[index + readings.names[$0].count]
      }
    }
    var found: [[Int]] = []
    func extend(_ path: [Int], from index: Int) {
      guard found.count < Self.mostSegmentations, isOpen[index] else { return }
      if index == letters.count {
        found.append(path)
        return
      }
      // The longest first: it is what is meant more often than not.
      for syllable in readings.syllables(beginning: letters[index...]).reversed() {
        extend(path + [syllable], from: index + readings.names[syllable].count)
      }
    }
    extend([], from: 0)
    let order = found.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
    return order.prefix(limit).map(\.element)
  }

  private static let mostSegmentations = 64
}
