import CJKTokenizer

/// Names by which documents are referred to, in forms that are equal where the same document is meant.
///
/// A title's name has no white space, brackets and quotation marks, no width and no Traditional characters, neither issuer nor
/// 关于 at its front, nor 中华人民共和国. It is a key to compare by, not to be shown.
///
///     ReferenceName.name(ofCitation: "《民法典》")                             // 民法典
///     ReferenceName.names(ofTitle: "甲县人民政府关于印发《甲县防火预案（试行）》的通知")
///     // 印发甲县防火预案试行的通知, 甲县防火预案试行
public enum ReferenceName {
  /// The name of the document with this number.
  public static func ofNumber(_ number: DocumentNumber) -> String { number.description }

  /// The name of the document with this title, whoever issued it.
  ///
  /// - Complexity: O(*n*) in the length of the title.
  public static func ofTitle(_ title: String) -> String {
    let units = units(of: title)
    return name(units, subject(of: units))
  }

  /// The name of a title with its issuer: two offices' papers on one subject have different ones.
  public static func withIssuer(ofTitle title: String) -> String {
    let units = units(of: title)
    return name(units, units.indices)
  }

  /// The names by which a document with this title is cited: its own, and that of the paper that it issues (印发).
  ///
  /// None is empty, and none comes twice.
  public static func names(ofTitle title: String) -> [String] {
    let units = units(of: title)
    let subject = subject(of: units)
    let own = name(units, subject)
    guard let plan = TitleParts.passedOn(in: units, subject),
      forwarding.firstIndex(in: units, subject.lowerBound..<plan.lowerBound) == nil
    else { return own.isEmpty ? [] : [own] }
    let inner = name(units, plan)
    return inner.isEmpty || inner == own ? [own] : [own, inner]
  }

  /// The name that a citation means, which is a number in any spelling, or a title with or without 《》.
  public static func name(ofCitation citation: String) -> String {
    if !citation.utf8.starts(with: "《".utf8), let number = DocumentNumber(citation) { return ofNumber(number) }
    return ofTitle(citation)
  }

  // MARK: Parts

  /// The title's characters, folded, without white space; 《》 around the whole and a number behind it are left out.
  private static func units(of title: String) -> [UInt16] {
    var units: [UInt16] = []
    units.reserveCapacity(title.utf8.count / 3 + 8)
    var hasNumber = false
    for unit in title.utf16 {
      switch unit {
      case 0...0x20, 0xA0, 0x2000...0x200F, 0x2028...0x202F, 0x2060, 0x3000, 0xFEFF: continue
      case 0x41...0x5A: units.append(unit + 0x20)
      case 0xFF01...0xFF5E:
        let narrow = unit - 0xFEE0
        units.append((0x41...0x5A).contains(narrow) ? narrow + 0x20 : narrow)
      default:
        if unit == "号" || unit == "號" { hasNumber = true }
        units.append(Ideograph.folded(unit))
      }
    }
    if hasNumber, let start = numberStart(in: units) { units.removeSubrange(start...) }
    if units.count > 2, units[0] == "《", units[units.count - 1] == "》",
      units.dropFirst().firstIndex(where: { $0 == "《" || $0 == "》" }).map({ units[$0] == "《" }) ?? false
        || units.dropFirst().firstIndex(where: { $0 == "》" }) == units.count - 1
    {
      units = TitleBlock.isBalanced(units[1..<units.count - 1]) ? Array(units[1..<units.count - 1]) : units
    }
    return units
  }

  /// Where a number in brackets begins that ends the title.
  private static func numberStart(in units: [UInt16]) -> Int? {
    guard units.count > 8, units[units.count - 1] == ")" else { return nil }
    var open = units.count - 1
    while open > 4, units[open] != "(" || units[open - 1].isHan && units[open + 1].isDigit { open -= 1 }
    guard open > 4, units[open] == "(" else { return nil }
    let inner = String(decoding: units[open + 1..<units.count - 1], as: UTF16.self)
    return DocumentNumber(inner) == nil ? nil : open
  }

  /// The title without its issuer, 关于 and the country's name.
  private static func subject(of units: [UInt16]) -> Range<Int> {
    var range = units.indices
    if let end = TitleParts.endOfIssuers(in: units, range), end < range.upperBound,
      end == 0 || Organ.isName(units, 0..<end) || isJoint(units[0..<end])
    {
      range = end..<range.upperBound
    }
    for words in [about, country] {
      if let length = words.length(in: units, at: range.lowerBound, before: range.upperBound), range.count > length + 1
      {
        range = range.lowerBound + length..<range.upperBound
      }
    }
    return range
  }

  /// Whether several offices' names, run together, may be the front of a title.
  private static func isJoint(_ head: ArraySlice<UInt16>) -> Bool {
    head.count <= 120 && head.allSatisfy { $0.isHan || $0 == "、" || $0 == "," }
      && Organ.isName(Array(head.suffix(min(head.count, 12))), 0..<min(head.count, 12))
  }

  private static func name(_ units: [UInt16], _ range: Range<Int>) -> String {
    var start = range.lowerBound
    if let length = country.length(in: units, at: start, before: range.upperBound), range.count > length + 1 {
      start += length
    }
    return String(decoding: units[start..<range.upperBound].filter { !marks.contains($0) }, as: UTF16.self)
  }

  private static let about: Phrases = ["关于"]
  private static let country: Phrases = ["中华人民共和国"]
  private static let forwarding: Phrases = ["转发", "批转"]
  private static let marks: UnitSet = "《》〈〉<>()[]【】〔〕“”‘’\"'「」『』〖〗#*"
}
