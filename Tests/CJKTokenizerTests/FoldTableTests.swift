import Foundation
import Testing

@testable import CJKTokenizer

/// The generated tables against the standard library and Foundation.
@Suite struct FoldTableTests {
  private static let table = FoldTable.shared

  /// All scalars that were assigned when the tables were made.
  private static let assigned = (0...0x10FFFF).compactMap { Unicode.Scalar($0 as UInt32) }.filter(isAssigned)

  private static func isAssigned(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age else { return false }
    return age.major < 15 || (age.major == 15 && age.minor == 0)
  }

  @Test func `folds are compatibility forms wherever no other step interferes`() {
    var compared = 0
    for scalar in Self.assigned where !scalar.properties.isDefaultIgnorableCodePoint {
      let normal = String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars.map(\.value)
      guard normal.allSatisfy({ Self.table.fold($0) == [$0] }) else { continue }
      compared += 1
      #expect(Self.table.fold(scalar.value) == normal, "U+\(String(scalar.value, radix: 16))")
    }
    #expect(compared > 100_000)
  }

  @Test func `default-ignorable code points vanish`() {
    for scalar in Self.assigned where scalar.properties.isDefaultIgnorableCodePoint {
      #expect(Self.table.fold(scalar.value).isEmpty, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `folding twice is folding once`() {
    for scalar in Self.assigned {
      let once = Self.table.fold(scalar.value)
      #expect(once.flatMap(Self.table.fold) == once, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `cased letters fold to what their upper and lower forms fold to`() {
    for scalar in Self.assigned {
      let properties = scalar.properties
      guard properties.isCased, properties.uppercaseMapping.unicodeScalars.count == 1,
        properties.lowercaseMapping.unicodeScalars.count == 1, scalar.value != 0x131,
        let upper = properties.uppercaseMapping.unicodeScalars.first,
        let lower = properties.lowercaseMapping.unicodeScalars.first, Self.isAssigned(upper), Self.isAssigned(lower)
      else { continue }
      #expect(Self.table.fold(scalar.value) == Self.table.fold(upper.value), "U+\(String(scalar.value, radix: 16))")
      #expect(Self.table.fold(scalar.value) == Self.table.fold(lower.value), "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `classes agree with the general categories`() {
    for scalar in Self.assigned where Self.table.fold(scalar.value) == [scalar.value] {
      let name = "U+\(String(scalar.value, radix: 16))"
      let kind = Self.table.scalarClass(scalar.value)
      let isIdeographic = scalar.properties.isIdeographic
      switch scalar.properties.generalCategory {
      case .decimalNumber: #expect(kind == .digit, "\(name)")
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
        #expect(kind == .letter || kind == .run || kind == .hangul, "\(name) is \(kind)")
        if isIdeographic, scalar.value < 0x17000 { #expect(kind == .run, "\(name) is \(kind)") }
      case .nonspacingMark, .spacingMark, .enclosingMark:
        #expect(kind == .mark || kind == .run || kind == .hangul, "\(name) is \(kind)")
      case .privateUse, .unassigned, .control, .format, .surrogate:
        #expect(kind == .gap || kind == .whiteSpace, "\(name) is \(kind)")
      case .openPunctuation, .closePunctuation, .dashPunctuation, .initialPunctuation, .finalPunctuation:
        #expect(kind == .gap || kind == .run, "\(name) is \(kind)")
      default: break
      }
      if scalar.properties.isWhitespace { #expect(kind == .whiteSpace, "\(name) is \(kind)") }
    }
  }

  @Test func `Hangul composes and decomposes like Foundation`() {
    for value in UInt32(0xAC00)...0xD7A3 {
      guard let syllable = Unicode.Scalar(value) else { continue }
      let jamo = String(syllable).decomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
      #expect(Hangul.decomposition(value) == jamo)
      #expect(ClusterFolder.fold(jamo, with: Self.table) == [value])
    }
  }

  @Test(arguments: 0..<4)
  func `marks are ordered and composed like Foundation`(group: UInt64) {
    var generator = SeededGenerator(seed: group)
    let marks: [UInt32] = [0x301, 0x300, 0x323, 0x327, 0x302, 0x308, 0x304, 0x328, 0x31B, 0x338, 0x3099]
    let bases: [UInt32] = [0x61, 0x65, 0x6F, 0x75, 0x1EC, 0xEA, 0x3B1, 0x438, 0x304B, 0x30AB, 0x915, 0x627, 0x3D]
    for _ in 0..<1500 {
      let base = bases[Int.random(in: 0..<bases.count, using: &generator)]
      let cluster =
        [base]
        + (0..<Int.random(in: 1...4, using: &generator)).map { _ in marks.randomElement(using: &generator) ?? 0x301 }
      let mapped = cluster.flatMap(Self.table.fold).compactMap(Unicode.Scalar.init)
      let expected = String(String.UnicodeScalarView(mapped)).precomposedStringWithCanonicalMapping
      #expect(
        ClusterFolder.fold(cluster, with: Self.table) == expected.unicodeScalars.map(\.value).flatMap(Self.table.fold),
        "\(cluster.map { String($0, radix: 16) })")
    }
  }
}
