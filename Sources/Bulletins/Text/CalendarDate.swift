/// A day of the calendar.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The year, 1900 to 2199.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, counted from 1.
  public let day: Int

  /// The day, or nil if the calendar has none such.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900..<2200).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(of: month, in: year) else {
      return nil
    }
    (self.year, self.month, self.day) = (year, month, day)
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// As ISO 8601 has it: `2021-04-28`.
  public var description: String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// Whether `left` is the earlier day.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// A date as it is printed, which may be a day that no calendar has.
struct PrintedDate {
  /// The day, or nil if the calendar has none such (2021年13月40日).
  let date: CalendarDate?
  /// Where it ends.
  private(set) var end: Int

  /// The date that begins at `start`, in Arabic or Chinese numerals (2021年4月28日) or with dashes.
  ///
  /// Spaces between its digits are passed over.
  init?(in units: [UInt16], at start: Int, before limit: Int) {
    guard start + 6 <= limit, units[start].digit != nil else { return nil }
    let window = units[start..<min(limit, start + Self.longest)]
    if window.contains(where: { $0 == " " }) {
      let places = window.indices.filter { units[$0] != " " }
      guard let date = PrintedDate(compact: places.map { units[$0] }) else { return nil }
      self.date = date.date
      end = date.end < places.count ? places[date.end] : places[places.count - 1] + 1
      // A space behind the date is no part of it.
      if end > start, units[end - 1] == " " { end -= 1 }
    } else {
      guard let date = PrintedDate(compact: Array(window)) else { return nil }
      self.date = date.date
      end = start + date.end
    }
  }

  /// A date has at most so many characters, spaces included.
  private static let longest = 30

  /// The date that `units`, without spaces, begin with.
  private init?(compact units: [UInt16]) {
    let limit = units.count
    guard limit >= 6, let year = Self.year(in: units, at: 0) else { return nil }
    var index = 4
    let isDashed = units[index] == "-" || units[index] == "."
    guard units[index] == "年" || isDashed else { return nil }
    index += 1
    guard let month = Numeral.value(in: units, at: index, before: min(limit, index + 3)) else { return nil }
    index = month.end
    guard index < limit, units[index] == (isDashed ? units[4] : Self.month) else { return nil }
    index += 1
    guard let day = Numeral.value(in: units, at: index, before: min(limit, index + 4)) else { return nil }
    index = day.end
    if !isDashed {
      guard index < limit, units[index] == "日" || units[index] == "曰" else { return nil }
      index += 1
    }
    date = CalendarDate(year: year, month: month.value, day: day.value)
    end = index
  }

  private static let month = UInt16(0x6708)

  /// The year in the four digits at `start`, which are of one kind.
  static func year(in units: [UInt16], at start: Int) -> Int? {
    guard start + 4 <= units.count else { return nil }
    var year = 0
    for unit in units[start..<start + 4] {
      guard let digit = unit.digit else { return nil }
      year = year * 10 + digit
    }
    return (1900..<2200).contains(year) ? year : nil
  }
}

/// Whole numbers as bulletins print them.
enum Numeral {
  /// The number that begins at `start`: Arabic digits, or Chinese numerals below 10,000.
  static func value(in units: [UInt16], at start: Int, before limit: Int) -> (value: Int, end: Int)? {
    var index = start
    var value = 0
    while index < limit, units[index].isDigit, index - start < 6 {
      value = value * 10 + Int(units[index] - 0x30)
      index += 1
    }
    return index > start ? (value, index) : chineseValue(in: units, at: start, before: limit)
  }

  private static func chineseValue(in units: [UInt16], at start: Int, before limit: Int) -> (value: Int, end: Int)? {
    var index = start
    var total = 0
    var digits: Int?
    var isPositional = true
    while index < limit, index - start < 8 {
      if let digit = units[index].digit, !units[index].isDigit {
        digits = isPositional ? (digits ?? 0) * 10 + digit : digit
      } else if let unit = place(units[index]) {
        total += (digits ?? 1) * unit
        digits = nil
        isPositional = false
      } else {
        break
      }
      index += 1
    }
    return index > start ? (total + (digits ?? 0), index) : nil
  }

  private static func place(_ unit: UInt16) -> Int? {
    switch unit {
    case "十": 10
    case "百": 100
    case "千": 1000
    default: nil
    }
  }
}
