/// Whole numbers in Chinese numerals: 二十五, 一百零五, 二〇二一.
public enum ChineseNumeral {
  private static let digits: [Unicode.Scalar] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
  private static let units: [(scalar: Unicode.Scalar, value: Int)] = [("千", 1000), ("百", 100), ("十", 10)]

  /// Whether a number may have the character in it.
  static func isNumeral(_ scalar: Unicode.Scalar) -> Bool { digit(scalar) != nil || unit(scalar) != nil }

  /// A digit, of which nought has three forms.
  static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "零", "〇", "○": 0
    case "一": 1
    case "二": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "七": 7
    case "八": 8
    case "九": 9
    default: nil
    }
  }

  private static func unit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "十": 10
    case "百": 100
    case "千": 1000
    case "廿": 20
    case "卅": 30
    default: nil
    }
  }

  /// The number that characters are, 1 to 9,999; nil for what nobody writes, such as 十二十 or 二百三.
  ///
  ///     value("廿五")    // 25
  ///     value("一〇五")  // 105
  static func value(_ scalars: some Collection<Unicode.Scalar>) -> Int? {
    guard !scalars.isEmpty, scalars.count <= 9 else { return nil }
    let digits = scalars.compactMap(digit)
    if digits.count == scalars.count {
      if digits.count == 1 { return digits[0] > 0 ? digits[0] : nil }
      // One digit after the other is a number where it could not be two.
      return digits[0] > 0 && digits.count <= 4 && (digits.contains(0) || digits.count == 4)
        ? digits.reduce(0) { $0 * 10 + $1 } : nil
    }
    var total = 0
    var digit: Int?
    for scalar in scalars {
      if let found = Self.digit(scalar) {
        digit = found
      } else if let unit = unit(scalar) {
        total += unit == 20 || unit == 30 ? unit : (digit ?? 1) * unit
        digit = nil
      } else {
        return nil
      }
    }
    total += digit ?? 0
    guard (1...9999).contains(total) else { return nil }
    let canonical = scalars.map { Self.digit($0) == 0 ? "零" : $0 }
    return forms(of: total).contains { $0.elementsEqual(canonical) } ? total : nil
  }

  /// A number as it is usually written: 二十五; one with a nought, which may be either of two characters, twice.
  public static func spellings(_ value: Int) -> [String] {
    let usual = forms(of: value)[0]
    guard usual.contains("零") else { return [text(usual)] }
    return [text(usual), text(usual.map { $0 == "零" ? "〇" : $0 })]
  }

  /// A year, digit by digit, with each sign for nothing: 二〇二一, 二零二一, 二○二一.
  static func years(_ value: Int) -> [String] {
    let plain = String(value).utf8.map { digits[Int($0 - UInt8(ascii: "0"))] }
    guard plain.contains("〇") else { return [text(plain)] }
    return ["〇", "零", "○"].map { zero in text(plain.map { $0 == "〇" ? zero : $0 }) }
  }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// The ways to write a number with units, the usual one first; every nought is 零.
  private static func forms(of value: Int) -> [[Unicode.Scalar]] {
    var form: [Unicode.Scalar] = []
    var rest = value
    for (scalar, unit) in units {
      if rest >= unit {
        form += [digits[rest / unit], scalar]
        rest %= unit
      } else if !form.isEmpty, rest > 0, form.last != "零" {
        form.append("零")
      }
    }
    if rest > 0 { form.append(digits[rest]) }
    switch value {
    case 10..<20: return [Array(form.dropFirst()), form]
    case 20..<30: return [form, ["廿"] + form.dropFirst(2)]
    case 30..<40: return [form, ["卅"] + form.dropFirst(2)]
    default:
      // Behind a hundred, ten may stand without its one.
      guard value % 100 / 10 == 1, let ten = form.lastIndex(of: "十"), ten > 0, form[ten - 1] == "一" else {
        return [form]
      }
      return [form, Array(form[..<(ten - 1)] + form[ten...])]
    }
  }
}
