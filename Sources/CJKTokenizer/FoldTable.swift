/// The fold rule and the classes of scalars, unpacked once from the generated tables.
///
/// `fold` answers for the common case, a scalar alone; ``ClusterFolder`` handles a base character with its marks.
final class FoldTable: Sendable {
  /// What a folded scalar is for the tokenizer.
  enum Class: UInt8 {
    case gap, whiteSpace, run, hangul, letter, digit, mark, sentenceEnd
  }

  /// What the tokenizer does with a scalar that no mark follows.
  enum Step: UInt8 {
    case gap, closingBracket, sentenceEnd, whiteSpace, lineEnd, run, hangul, letter, digit
    /// It has to be looked at: it vanishes, is a mark or a tab, or folds to several scalars or into another plane.
    case other
  }

  /// The one table of the process, made at first use in about a millisecond.
  static let shared = FoldTable()

  /// For a scalar of the basic plane: what it folds to when that is one scalar of the basic plane, or 0.
  let basicFolds: [UInt16]
  /// For a scalar of the basic plane: its ``Class`` as a folded scalar.
  let basicClasses: [UInt8]
  /// For a scalar of the basic plane: what it folds to when that is one ideograph of the basic plane, or 0.
  ///
  /// No mark composes with an ideograph, so that one look decides.
  let basicIdeographs: [UInt16]
  /// For a scalar of the basic plane: its ``Step``.
  let basicSteps: [UInt8]
  /// For a scalar of the basic plane: whether it may belong to the character before it.
  let basicExtends: [Bool]

  private let folds: [UInt32: [UInt32]]
  private let astralIgnorables: [ClosedRange<UInt32>]
  private let astralClasses: [(range: ClosedRange<UInt32>, value: Class)]
  private let compatibilityDigits: [ClosedRange<UInt32>]

  private init() {
    var classes = [UInt8](repeating: Class.gap.rawValue, count: 0x10000)
    var astral: [(range: ClosedRange<UInt32>, value: Class)] = []
    TableReader.forEachEntry(FoldTables.classes) { entry in
      let value = Self.scalarClass(of: entry.letter)
      if entry.keys.lowerBound > 0xFFFF {
        astral.append((entry.keys, value))
      } else {
        for scalar in entry.keys { classes[Int(scalar)] = value.rawValue }
      }
    }
    var extends = classes.map { $0 == Class.mark.rawValue }
    for jamo in 0x1160...0x11FF { extends[jamo] = true }

    var single = (0..<0x10000).map { UInt16($0) }
    var several: [UInt32: [UInt32]] = [:]
    var ignorables: [ClosedRange<UInt32>] = []
    TableReader.forEachEntry(FoldTables.folds) { entry in
      if entry.values.isEmpty && entry.keys.lowerBound > 0xFFFF {
        ignorables.append(entry.keys)
        return
      }
      for key in entry.keys {
        let first = entry.values.first.map { $0 + key - entry.keys.lowerBound }
        if key <= 0xFFFF { extends[Int(key)] = first.map { $0 <= 0xFFFF && extends[Int($0)] } ?? true }
        if let first, key <= 0xFFFF, first <= 0xFFFF, entry.values.count == 1 {
          single[Int(key)] = UInt16(first)
        } else {
          if key <= 0xFFFF { single[Int(key)] = 0 }
          several[key] = entry.values.count == 1 ? [first ?? 0] : entry.values
        }
      }
    }
    basicFolds = single
    basicIdeographs = single.map { $0 >= 0x3400 && classes[Int($0)] == Class.run.rawValue ? $0 : 0 }
    basicClasses = classes
    basicSteps = single.indices.map { Self.step(of: UInt32($0), fold: UInt32(single[$0]), classes).rawValue }
    basicExtends = extends
    folds = several
    astralIgnorables = ignorables
    astralClasses = astral.sorted { $0.range.lowerBound < $1.range.lowerBound }
    compatibilityDigits = TableReader.ranges(FoldTables.compatibilityDigits)
  }

  private static func scalarClass(of letter: UInt8) -> Class {
    switch letter {
    case UInt8(ascii: "W"): .whiteSpace
    case UInt8(ascii: "H"): .run
    case UInt8(ascii: "K"): .hangul
    case UInt8(ascii: "L"): .letter
    case UInt8(ascii: "D"): .digit
    case UInt8(ascii: "M"): .mark
    case UInt8(ascii: "S"): .sentenceEnd
    default: .gap
    }
  }

  private static func step(of scalar: UInt32, fold: UInt32, _ classes: [UInt8]) -> Step {
    if UnicodeLineEnd.contains(scalar) { return .lineEnd }
    guard fold != 0, scalar != 0x09 else { return .other }
    switch Class(rawValue: classes[Int(fold)]) {
    case .gap: return BlockStart.closesBracket(fold) ? .closingBracket : .gap
    case .sentenceEnd: return .sentenceEnd
    case .whiteSpace: return .whiteSpace
    case .run: return .run
    case .hangul: return .hangul
    case .letter: return .letter
    case .digit: return scalar < 0x80 ? .digit : .other  // other digits may be words of their own
    case .mark, nil: return .other
    }
  }

  /// The class of a folded scalar.
  func scalarClass(_ scalar: UInt32) -> Class {
    if scalar <= 0xFFFF { return Class(rawValue: basicClasses[Int(scalar)]) ?? .gap }
    let index = astralClasses.partitionPoint { $0.range.upperBound < scalar }
    guard index < astralClasses.count, astralClasses[index].range.contains(scalar) else { return .gap }
    return astralClasses[index].value
  }

  /// Whether a scalar may belong to the character before it: a mark, a conjoining vowel or final, or one that vanishes.
  func extends(_ scalar: UInt32) -> Bool {
    if scalar <= 0xFFFF { return basicExtends[Int(scalar)] }
    return fold(scalar).first.map { scalarClass($0) == .mark } ?? true
  }

  /// What a scalar that stands alone folds to; nothing for one that vanishes.
  func fold(_ scalar: UInt32) -> [UInt32] {
    if scalar <= 0xFFFF && basicFolds[Int(scalar)] != 0 { return [UInt32(basicFolds[Int(scalar)])] }
    if let value = folds[scalar] { return value }
    return astralIgnorables.contains { $0.contains(scalar) } ? [] : [scalar]
  }

  /// The first of what a scalar folds to; nil for one that vanishes.
  func firstFold(_ scalar: UInt32) -> UInt32? {
    if scalar <= 0xFFFF && basicFolds[Int(scalar)] != 0 { return UInt32(basicFolds[Int(scalar)]) }
    return fold(scalar).first
  }

  /// Whether the scalar is a digit in a compatibility form (² ① ㎡), whose digits are a word of their own.
  func isCompatibilityDigit(_ scalar: UInt32) -> Bool {
    let index = compatibilityDigits.partitionPoint { $0.upperBound < scalar }
    return index < compatibilityDigits.count && compatibilityDigits[index].contains(scalar)
  }
}

extension Array {
  /// The first index whose element does not precede, in an array where all that precede come first; O(log *n*).
  func partitionPoint(where precedes: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if precedes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
