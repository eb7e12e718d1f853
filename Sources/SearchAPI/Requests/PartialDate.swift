/// A year, a month or a day: `2021`, `2021-04`, `2021.4.28`, `2021年4月`, `二〇二一年四月二十八日`, `21年4月`.
struct PartialDate {
  /// As ISO 8601 has it.
  private let text: String

  /// Reads a date, in digits of any width or in Chinese numerals; nil when it is none, or when the calendar has none such.
  init?(_ text: String) {
    var reader = DateReader(text)
    guard let parts = reader.parts() else { return nil }
    if parts.count > 1, !(1...12).contains(parts[1]) { return nil }
    if parts.count > 2, !(1...Self.days(of: parts[1], in: parts[0])).contains(parts[2]) { return nil }
    let padded = { (number: Int, width: Int) in
      String(repeating: "0", count: max(0, width - String(number).utf8.count)) + String(number)
    }
    self.text = zip(parts, [4, 2, 2]).map(padded).joined(separator: "-")
  }

  /// The four digits of a date that is a year; nil for a month or a day.
  var year: String? { text.utf8.count == 4 ? text : nil }

  /// The first of its days, in the form of a day.
  var firstDay: String { text + "-01-01".dropFirst(text.utf8.count - 4) }

  /// The last of its days, in the form of a day; every month has 31 days here, which changes no order.
  var lastDay: String { text + "-12-31".dropFirst(text.utf8.count - 4) }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Reads the parts of a date, however it is spelled.
private struct DateReader {
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) {
    scalars = text.unicodeScalars.compactMap { scalar in
      if scalar == " " || scalar == "\u{3000}" { return nil }
      return (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
    }
  }

  /// Year, month and day, as many as there are; nil for anything else.
  mutating func parts() -> [Int]? {
    let digits = scalars.prefix { Self.digit($0) != nil }.compactMap(Self.digit)
    let year = digits.reduce(0) { $0 * 10 + $1 }
    index = digits.count
    let mark = take(["年", "-", ".", "/"])
    guard digits.count == 4 || (digits.count == 2 && mark == "年") else { return nil }
    var parts = [digits.count == 4 ? year : 2000 + year]
    if mark == nil || (mark == "年" && index == scalars.count) { return index == scalars.count ? parts : nil }
    guard let month = number() else { return nil }
    parts.append(month)
    if mark == "年", take(["月"]) == nil { return nil }
    if index == scalars.count { return parts }
    if mark != "年", take([mark ?? "-"]) == nil { return nil }
    guard let day = number() else { return nil }
    parts.append(day)
    if mark == "年", take(["日", "号"]) == nil { return nil }
    return index == scalars.count ? parts : nil
  }

  private mutating func take(_ marks: [Unicode.Scalar]) -> Unicode.Scalar? {
    guard index < scalars.count, marks.contains(scalars[index]) else { return nil }
    index += 1
    return scalars[index - 1]
  }

  /// A number below a hundred: two Arabic digits at the most, or Chinese numerals such as 二十八.
  private mutating func number() -> Int? {
    let start = index
    var value = 0
    while index < scalars.count, index - start < 3 {
      let scalar = scalars[index]
      if let digit = Self.digit(scalar) {
        // Behind a ten stands one digit; Arabic digits stand one behind the other.
        guard scalar.isASCII || value % 10 == 0 else { return nil }
        value = scalar.isASCII ? value * 10 + digit : value + digit
      } else if scalar == "十", value < 10 {
        value = max(value, 1) * 10
      } else if scalar == "廿", index == start {
        value = 20
      } else {
        break
      }
      index += 1
    }
    return index > start && value < 100 ? value : nil
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    if ("0"..."9").contains(scalar) { return Int(scalar.value - 0x30) }
    if scalar == "零" || scalar == "○" { return 0 }
    return "〇一二三四五六七八九".unicodeScalars.enumerated().first { $0.element == scalar }?.offset
  }
}
