/// Documents that are parts of one text, as the articles of a law are, by what their titles have in common.
struct TitleFamilies {
  private var names: [[UInt8]] = []
  private static let article: [UInt8] = Array("第".utf8)
  private static let unit: [UInt8] = Array("条".utf8)
  private static let numerals: [[UInt8]] = "一二三四五六七八九十百千零〇".unicodeScalars.map { Array(String($0).utf8) }

  /// The family of a title that ends in an article's number, 第一百二十条 or 第120条; nil for other titles.
  ///
  /// - Complexity: O(*f*) for *f* families.
  mutating func family(ofTitle title: [UInt8]) -> Int? {
    guard let count = Self.nameCount(of: title) else { return nil }
    let name = title[..<count]
    // Neighbours are of one family more often than not.
    if let place = names.lastIndex(where: { $0.elementsEqual(name) }) { return place }
    names.append(Array(name))
    return names.count - 1
  }

  /// Sets what each candidate's score is once its family has lifted it: multiplied by 1 + gain × g ÷ (g + half), where g is the
  /// sum of the family's scores in shares of the best one.
  ///
  /// - Parameter rest: further members, and the share that each has.
  func lift(
    _ candidates: inout [Candidate], rest: [(family: Int?, share: Double)], _ lift: (gain: Double, half: Double)
  ) {
    guard let best = candidates.lazy.map(\.entry.score).max(), best > 0 else { return }
    var sums = [Double](repeating: 0, count: names.count)
    for (family, share) in rest { if let family { sums[family] += share } }
    for candidate in candidates { if let family = candidate.family { sums[family] += candidate.entry.score / best } }
    for (index, candidate) in candidates.enumerated() {
      let sum = candidate.family.map { sums[$0] } ?? candidate.entry.score / best
      candidates[index].lifted = candidate.entry.score * (1 + lift.gain * sum / (sum + lift.half))
    }
  }

  /// How many bytes of a title stand in front of the article's number.
  private static func nameCount(of title: [UInt8]) -> Int? {
    var place = title.count
    guard place > unit.count, title[(place - unit.count)...].elementsEqual(unit) else { return nil }
    place -= unit.count
    while place > 0 {
      if (0x30...0x39).contains(title[place - 1]) {
        place -= 1
      } else if place >= 3, numerals.contains(where: { title[(place - 3)..<place].elementsEqual($0) }) {
        place -= 3
      } else {
        break
      }
    }
    guard place > article.count, title[(place - article.count)..<place].elementsEqual(article) else { return nil }
    return place - article.count
  }
}
