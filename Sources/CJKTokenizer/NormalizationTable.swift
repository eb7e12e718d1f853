/// What canonical composition needs: read once, at the first character that comes with a mark.
final class NormalizationTable: Sendable {
  /// The one table of the process.
  static let shared = NormalizationTable()

  private let decompositions: [UInt32: [UInt32]]
  private let combiningClasses: [UInt32: UInt8]
  private let compositions: [UInt64: UInt32]

  private init() {
    var mappings: [UInt32: [UInt32]] = [:]
    TableReader.forEachEntry(FoldTables.decompositions) { entry in
      for key in entry.keys {
        mappings[key] = entry.values.count == 1 ? [entry.values[0] + key - entry.keys.lowerBound] : entry.values
      }
    }
    var classes: [UInt32: UInt8] = [:]
    TableReader.forEachEntry(FoldTables.combiningClasses) { entry in
      for scalar in entry.keys { classes[scalar] = UInt8(truncatingIfNeeded: entry.values[0]) }
    }
    decompositions = mappings
    combiningClasses = classes
    compositions = TableReader.pairs(FoldTables.compositions)
  }

  /// The canonical decomposition of the scalar's compatibility case folding, algorithmic Hangul included.
  func decomposition(_ scalar: UInt32) -> [UInt32] {
    decompositions[scalar] ?? Hangul.decomposition(scalar) ?? [scalar]
  }

  /// The canonical combining class.
  func combiningClass(_ scalar: UInt32) -> UInt8 { combiningClasses[scalar] ?? 0 }

  /// The primary composite of two scalars.
  func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    Hangul.composition(first, second) ?? compositions[UInt64(first) << 32 | UInt64(second)]
  }
}

/// Hangul syllables by arithmetic (Unicode 15, 3.12).
enum Hangul {
  private static let syllables: UInt32 = 0xAC00
  private static let leads: UInt32 = 0x1100
  private static let vowels: UInt32 = 0x1161
  private static let tails: UInt32 = 0x11A7

  /// The jamo of a syllable; nil for any other scalar.
  static func decomposition(_ scalar: UInt32) -> [UInt32]? {
    guard scalar >= syllables && scalar < syllables + 11172 else { return nil }
    let index = scalar - syllables
    let tail = index % 28
    let pair = [leads + index / 588, vowels + index % 588 / 28]
    return tail == 0 ? pair : pair + [tails + tail]
  }

  /// The syllable of lead and vowel, or of an open syllable and a tail.
  static func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= leads && first < leads + 19 && second >= vowels && second < vowels + 21 {
      return syllables + (first - leads) * 588 + (second - vowels) * 28
    }
    let isOpenSyllable = first >= syllables && first < syllables + 11172 && (first - syllables) % 28 == 0
    return isOpenSyllable && second > tails && second < tails + 28 ? first + second - tails : nil
  }
}
