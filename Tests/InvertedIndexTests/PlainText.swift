/// A text as a plain scan sees it: folded characters, words and gaps, one after the other.
///
/// Written from the analysis rules for the few characters that these tests use, by looking at one scalar after the other.
struct PlainText: Hashable {
  enum Unit: Hashable {
    /// A character of a run; `joins` when it belongs to the run of the one before.
    case character(Character, joins: Bool)
    case word(String)
    case gap
  }

  private enum Kind { case han, hangul, letter, digit, space, gap }

  private(set) var units: [Unit] = []

  /// What the tests' characters fold to, where that is another.
  private static let folds: [Character: Character] = [
    "應": "应", "預": "预", "Ａ": "a", "A": "a", "B": "b", "１": "1", "２": "2", "ｶ": "カ", "⽔": "水",
  ]

  private static func kind(_ character: Character) -> Kind {
    switch character {
    case "甲", "乙", "丙", "应", "预", "水", "年", "の", "カ", "ー", "一", "第", "条": .han
    case "한", "글", "어": .hangul
    case "a", "b", "c": .letter
    case "0", "1", "2": .digit
    case " ", "\n", "\u{3000}", "\r\n": .space
    default: .gap
    }
  }

  init(_ text: String) {
    var before = Kind.gap  // the kind of the last character that is not nothing
    var spaced = false  // whether white space has stood since then
    for character in text {
      let folded = Self.folds[character] ?? character
      let kind = Self.kind(folded)
      switch kind {
      case .space:
        spaced = true
        continue
      case .gap:
        if units.last != .gap { units.append(.gap) }
      case .han: units.append(.character(folded, joins: before == .han))
      case .hangul: units.append(.character(folded, joins: before == .hangul && !spaced))
      case .letter, .digit:
        if before == kind, !spaced, case .word(let word)? = units.last {
          units[units.count - 1] = .word(word + String(folded))
        } else {
          units.append(.word(String(folded)))
        }
      }
      before = kind
      spaced = false
    }
  }

  private init(units: ArraySlice<Unit>) {
    self.units = Array(units)
    if case .character(let character, _)? = units.first { self.units[0] = .character(character, joins: false) }
  }

  /// The text as a phrase to look for: without gaps at its ends; nil when nothing is left.
  var phrase: PlainText? {
    guard let first = units.firstIndex(where: { $0 != .gap }), let last = units.lastIndex(where: { $0 != .gap }) else {
      return nil
    }
    return PlainText(units: units[first...last])
  }

  /// The terms that the text is ranked by: bigrams, words, and characters that stand alone.
  var terms: [PlainText] {
    units.indices.compactMap { index in
      let next: Unit? = index + 1 < units.count ? units[index + 1] : nil
      switch units[index] {
      case .gap: return nil
      case .word: return PlainText(units: units[index...index])
      case .character(_, let joins):
        if case .character(_, joins: true)? = next { return PlainText(units: units[index...index + 1]) }
        return joins ? nil : PlainText(units: units[index...index])
      }
    }
  }

  /// Whether this is one character.
  var isCharacter: Bool { if units.count == 1, case .character = units[units.startIndex] { true } else { false } }

  /// How often a character is a run of its own.
  func countOfRuns(of character: PlainText) -> Int { terms.count { $0 == character } }

  /// Where the phrase stands in the text.
  func starts(of phrase: PlainText) -> [Int] {
    units.indices.filter { start in
      guard start + phrase.units.count <= units.count else { return false }
      return zip(units[start...], phrase.units).allSatisfy { stands, wanted in
        if case .character(let character, joins: false) = wanted, case .character(let other, _) = stands {
          return character == other
        }
        return stands == wanted
      }
    }
  }

  /// How often the phrase stands in the text.
  func count(of phrase: PlainText) -> Int { starts(of: phrase).count }
}
