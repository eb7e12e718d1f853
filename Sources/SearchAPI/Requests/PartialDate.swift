/// A year, a month or a day in digits: `2021`, `2021-04`, `2021-04-28`.
struct PartialDate {
  private let text: String

  /// Reads a date; nil when it is written otherwise, or when the calendar has none such.
  init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), zip(parts, [4, 2, 2]).allSatisfy({ $0.count == $1 }),
      parts.allSatisfy({ $0.allSatisfy(\.isDigitByte) })
    else { return nil }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
    if numbers.count > 1, !(1...12).contains(numbers[1]) { return nil }
    if numbers.count > 2, !(1...Self.days(of: numbers[1], in: numbers[0])).contains(numbers[2]) { return nil }
    self.text = text
  }

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
