/// Documents that are parts of one text, as the articles of a law are, by what their titles have in common.
struct TitleFamilies {
  private var names: [[UInt8]] = []
  private var highest: [Int] = []  // by family, the highest of its members' numbers
  private var isStatute: [Bool] = []  // by family, by its name
  private static let statutes: [[UInt8]] = ["法", "法典"].map { Array($0.utf8) }
  private static let measures: [UInt8] = Array("办法".utf8)
  private static let article = packed("第")
  private static let unit = packed("条")
  private static let numerals = "一二三四五六七八九十百千零〇".unicodeScalars.map(packed)

  /// The family of a title that ends in an article's number, 第一百二十条 or 第120条; nil for other titles.
  ///
  /// - Complexity: O(*f*) for *f* families.
  mutating func family(ofTitle title: [UInt8]) -> Int? {
    guard let count = Self.nameCount(of: title) else { return nil }
    let name = title[..<count]
    let number = Self.number(of: title[(count + 3)..<(title.count - 3)])
    // Neighbours are of one family more often than not.
    if let place = names.lastIndex(where: { $0.count == count && $0[...] == name }) {
      highest[place] = max(highest[place], number)
      return place
    }
    names.append(Array(name))
    highest.append(number)
    isStatute.append(!name.hasSuffix(Self.measures) && Self.statutes.contains { name.hasSuffix($0) })
    return names.count - 1
  }

  /// Sets what each candidate's score is once its family has lifted it: multiplied by 1 + gain × x ÷ (x + half) once with the
  /// sum of the family's scores in shares of the best one, and once with the highest number of its members; and by what a
  /// statute, which is named 法 or 法典 and not 办法, has before regulations and rules.
  ///
  /// - Parameters:
  ///   - rest: further members, and the share that each has.
  ///   - competing: gain and half of the sum.
  ///   - length: gain and half of the number, which tells how long a law is.
  ///   - statute: what a statute's score is multiplied by.
  func lift(
    _ candidates: inout [Candidate], rest: [(family: Int?, share: Double)], competing: (gain: Double, half: Double),
    length: (gain: Double, half: Double), statute: Double
  ) {
    guard let best = candidates.lazy.map(\.entry.score).max(), best > 0 else { return }
    var sums = [Double](repeating: 0, count: names.count)
    for (family, share) in rest { if let family { sums[family] += share } }
    for candidate in candidates { if let family = candidate.family { sums[family] += candidate.entry.score / best } }
    for (index, candidate) in candidates.enumerated() {
      let sum = candidate.family.map { sums[$0] } ?? candidate.entry.score / best
      let number = candidate.family.map { Double(highest[$0]) } ?? 0
      candidates[index].lifted =
        candidate.entry.score * (1 + competing.gain * sum / (sum + competing.half))
        * (1 + length.gain * number / (number + length.half))
        * (candidate.family.map { isStatute[$0] } ?? false ? statute : 1)
    }
  }

  /// The number that an article's digits or numerals are, 9,999 for a larger one; 0 for what is no number.
  private static func number(of bytes: ArraySlice<UInt8>) -> Int {
    let numeral = ChineseNumeral.value(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    // More than four digits are too many, however many they are.
    return min(numeral ?? Int(String(decoding: bytes.prefix(5), as: UTF8.self)) ?? 0, 9999)
  }

  /// How many bytes of a title stand in front of the article's number.
  private static func nameCount(of title: [UInt8]) -> Int? {
    guard last(of: title, before: title.count) == unit else { return nil }
    var place = title.count - 3
    while place > 0 {
      if (0x30...0x39).contains(title[place - 1]) {
        place -= 1
      } else if let character = last(of: title, before: place), numerals.contains(character) {
        place -= 3
      } else {
        break
      }
    }
    guard place > 3, last(of: title, before: place) == article else { return nil }
    return place - 3
  }

  /// The three bytes before a place as a number; nil where there are fewer.
  private static func last(of title: [UInt8], before place: Int) -> UInt32? {
    guard place >= 3 else { return nil }
    return UInt32(title[place - 3]) << 16 | UInt32(title[place - 2]) << 8 | UInt32(title[place - 1])
  }

  /// The three bytes of a character.
  private static func packed(_ character: Unicode.Scalar) -> UInt32 {
    UTF8.encode(character).map { $0.reduce(0) { $0 << 8 | UInt32($1) } } ?? 0
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ bytes: [UInt8]) -> Bool { suffix(bytes.count).elementsEqual(bytes) }
}
