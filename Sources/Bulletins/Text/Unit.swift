/// Comparing units of UTF-16 with characters in the code, as in `unit == "号"` and `case "号":`.
extension UInt16 {
  @inline(__always)
  static func == (unit: UInt16, scalar: Unicode.Scalar) -> Bool { UInt32(unit) == scalar.value }

  @inline(__always)
  static func != (unit: UInt16, scalar: Unicode.Scalar) -> Bool { UInt32(unit) != scalar.value }

  @inline(__always)
  static func ~= (scalar: Unicode.Scalar, unit: UInt16) -> Bool { UInt32(unit) == scalar.value }

  /// Whether the unit is an ASCII digit; digits of full width were folded before.
  var isDigit: Bool { 0x30 <= self && self <= 0x39 }

  /// Whether the unit is an ASCII letter or digit.
  var isWordCharacter: Bool { isDigit || (0x61...0x7A).contains(self | 0x20) }

  /// Whether the unit is a character of the CJK Unified Ideographs block or its first extension, or 〇.
  var isHan: Bool { (0x4E00...0x9FFF).contains(self) || (0x3400...0x4DBF).contains(self) || self == 0x3007 }

  /// The digit that the unit is, in Arabic or Chinese numerals.
  var digit: Int? {
    if isDigit { return Int(self) - 0x30 }
    switch self {
    case "〇", "○", "零", "◯", "Ｏ": return 0
    case "一": return 1
    case "二": return 2
    case "三": return 3
    case "四": return 4
    case "五": return 5
    case "六": return 6
    case "七": return 7
    case "八": return 8
    case "九": return 9
    default: return nil
    }
  }
}

/// A set of characters, asked in constant time.
struct UnitSet: ExpressibleByStringLiteral, Sendable {
  private var bits = [UInt64](repeating: 0, count: 1024)

  init(stringLiteral characters: String) {
    for unit in characters.utf16 { bits[Int(unit >> 6)] |= 1 << UInt64(unit & 63) }
  }

  func contains(_ unit: UInt16) -> Bool { bits[Int(unit >> 6)] >> UInt64(unit & 63) & 1 != 0 }
}

/// A few words that are looked for together.
struct Phrases: ExpressibleByArrayLiteral, Sendable {
  /// The words' units, longest word first.
  let words: [[UInt16]]
  /// By the low six bits of the words' first units: most others are told from them by it.
  private var firsts: UInt64 = 0
  /// The same of their last units.
  private(set) var lasts: UInt64 = 0

  init(arrayLiteral words: String...) {
    self.init(words)
  }

  init(_ words: [String]) {
    self.words = words.map { Array($0.utf16) }.sorted { $0.count > $1.count }
    for word in self.words {
      firsts |= 1 << UInt64(word[0] & 63)
      lasts |= 1 << UInt64(word[word.count - 1] & 63)
    }
  }

  /// The words, longest first.
  var strings: [String] { words.map { String(decoding: $0, as: UTF16.self) } }

  /// The length of the longest word that `units` have at `index`, inside `range`.
  func length(in units: [UInt16], at index: Int, before end: Int) -> Int? {
    guard index < end, firsts >> UInt64(units[index] & 63) & 1 != 0 else { return nil }
    for word in words where index + word.count <= end && units[index] == word[0] {
      if word.indices.allSatisfy({ units[index + $0] == word[$0] }) { return word.count }
    }
    return nil
  }

  /// The length of the longest word that ends before `index` and does not begin before `start`.
  func length(in units: [UInt16], endingAt index: Int, from start: Int) -> Int? {
    place(in: units, endingAt: index, from: start).map { words[$0].count }
  }

  /// The place in ``words`` of the longest word that ends before `index` and does not begin before `start`.
  func place(in units: [UInt16], endingAt index: Int, from start: Int) -> Int? {
    guard index > start, lasts >> UInt64(units[index - 1] & 63) & 1 != 0 else { return nil }
    return words.firstIndex { word in
      index - word.count >= start && units[index - 1] == word[word.count - 1]
        && word.indices.allSatisfy { units[index - word.count + $0] == word[$0] }
    }
  }

  /// Where in `range` the first of the words begins.
  func firstIndex(in units: [UInt16], _ range: Range<Int>) -> Int? {
    range.first { length(in: units, at: $0, before: range.upperBound) != nil }
  }

  /// Where in `range` the last of the words ends.
  func lastEnd(in units: [UInt16], _ range: Range<Int>) -> Int? {
    for end in stride(from: range.upperBound, to: range.lowerBound, by: -1)
    where length(in: units, endingAt: end, from: range.lowerBound) != nil {
      return end
    }
    return nil
  }
}
