/// Seeded random text of every kind that the analysis has a rule for.
struct RandomText {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Kinds of characters, each a list of ranges to choose from.
  private static let kinds: [[ClosedRange<UInt32>]] = [
    [0x4E00...0x4E40, 0x5E94...0x5E98, 0x9FA0...0x9FFF],  // Han
    [0x61C9...0x61CA, 0x8A17...0x8A18, 0x9451...0x9452, 0x5E7E...0x5E80, 0x3400...0x3410],  // Traditional, rare
    [0x2E80...0x2EF3, 0x2F00...0x2FD5, 0xF900...0xF920, 0xFA30...0xFA40],  // radicals, compatibility ideographs
    [0x3005...0x3007, 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC...0x30FE],  // kana
    [0xFF66...0xFF9F, 0x3099...0x309C, 0x304B...0x304F],  // half-width kana, voicing marks
    [0xAC00...0xAC30, 0xD780...0xD7A3],  // Hangul syllables
    [0x1100...0x1112, 0x1161...0x1175, 0x11A8...0x11C2, 0xFFA1...0xFFBE, 0xFFC2...0xFFC7, 0x3131...0x3163],  // jamo
    [0x41...0x5A, 0x61...0x7A],  // ASCII letters
    [0xC0...0x17F, 0x300...0x331, 0x338...0x338, 0x391...0x3C9, 0x430...0x44F],  // letters and marks
    [0x30...0x39],  // ASCII digits
    [0x660...0x669, 0xB2...0xB3, 0xB9...0xB9, 0x2080...0x2089, 0x2460...0x249B, 0xFF10...0xFF19],  // other digits
    [0x3200...0x33FF, 0xFB00...0xFB06, 0x2100...0x214F, 0xFF01...0xFF5E],  // compatibility forms
    [0x21...0x2F, 0x3A...0x40, 0x3001...0x3002, 0x3008...0x3011, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF61...0xFF65],
    [0x20...0x20, 0x09...0x0D, 0x85...0x85, 0xA0...0xA0, 0x2000...0x200A, 0x2028...0x2029, 0x3000...0x3000],
    [0x200B...0x200F, 0xAD...0xAD, 0xFE00...0xFE0F, 0x2060...0x2064, 0xFEFF...0xFEFF, 0xE0100...0xE0110],
    [0xE000...0xE010, 0xF8FF...0xF8FF, 0xF0000...0xF0003],  // private use
    [0x378...0x379, 0x2FE0...0x2FEF, 0x50000...0x50003, 0x10FFFE...0x10FFFF],  // unassigned
    [0x20000...0x20010, 0x2F800...0x2F810, 0x30000...0x30004],  // astral Han
    [0x1D400...0x1D410, 0x1D7CE...0x1D7FF, 0x1F600...0x1F605, 0x10400...0x10405, 0x1F100...0x1F10A],  // other astral
    [0x904...0x910, 0x93C...0x94D, 0x5D0...0x5D5, 0x5B0...0x5B5, 0xE01...0xE05, 0xE31...0xE34],  // other scripts
  ]

  /// Beginnings of paragraphs, and what looks like one.
  private static let starts = [
    "\n一、", "\n（一）", "\n第三条", "\n第25条", "\n1.2.3", "\n3.5", "\n1.", "\n12、", "\n# ", "\n①", "。\n", "）\n", "\n十二月",
  ]

  /// The seed's next number below `limit`.
  mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

  /// Up to `longest` characters of a few kinds.
  mutating func scalars(longest: Int = 40) -> [Unicode.Scalar] {
    let kinds = (0..<1 + number(below: 5)).map { _ in number(below: Self.kinds.count + 1) }
    var result: [Unicode.Scalar] = []
    for _ in 0..<number(below: longest + 1) {
      let kind = kinds[number(below: kinds.count)]
      if kind == Self.kinds.count {
        result += Array(Self.starts[number(below: Self.starts.count)].unicodeScalars)
        continue
      }
      let ranges = Self.kinds[kind]
      if let scalar = Unicode.Scalar(UInt32.random(in: ranges[number(below: ranges.count)], using: &generator)) {
        result.append(scalar)
      }
    }
    return result
  }

  /// A text of such characters.
  mutating func text(longest: Int = 40) -> String { String(String.UnicodeScalarView(scalars(longest: longest))) }

  /// The bytes of such a text, some of them overwritten, left out or put in.
  mutating func damagedBytes(longest: Int = 30) -> [UInt8] {
    var bytes = Array(text(longest: longest).utf8)
    for _ in 0..<1 + number(below: 4) where !bytes.isEmpty {
      let place = number(below: bytes.count)
      let byte = UInt8.random(in: 0...255, using: &generator)
      switch number(below: 3) {
      case 0: bytes[place] = byte
      case 1: bytes.remove(at: place)
      default: bytes.insert(byte | 0x80, at: place)
      }
    }
    return bytes
  }
}
