/// Other spellings of the numbers in a text, where it is certain that they are numbers: 第25条 is 第二十五条, 二〇二一年 is 2021年.
///
/// A number is read between 第 and what is counted so (条, 章, 期 …), before 年, 月, 日, 元, 万 and 亿, behind 百分之, before %,
/// and in a date; 五台 and 一般 have none.
struct NumeralReadings {
  /// A part of a text that may be spelled otherwise.
  struct Reading: Equatable {
    /// Its bytes in the text.
    var range: Range<Int>
    /// How else it is written, the likeliest first.
    var alternatives: [String]
    /// Whether a numeral in front of a Chinese spelling would make it part of another number: 十日 of 二十日.
    var isOpenAtStart = false
    /// The same behind it: 百分之五 of 百分之五十.
    var isOpenAtEnd = false
    /// The day, or the month, that it is.
    var date: Date?
  }

  /// A month, or a day in it.
  struct Date: Equatable {
    let year: Int
    let month: Int
    let day: Int?
  }

  private struct Number {
    let value: Int
    let isChinese: Bool
    let end: Int
  }

  private var scalars: [Unicode.Scalar] = []
  private var starts: [Int] = []  // the first byte of each, and the end of the last

  /// The readings of a text, in its order; they do not overlap.
  static func readings(in text: String) -> [Reading] {
    let hasNumbers = text.unicodeScalars.contains { scalar in
      ("0"..."9").contains(scalar) || ("０"..."９").contains(scalar) || ChineseNumeral.isNumeral(scalar)
    }
    return hasNumbers ? NumeralReadings(text).readings() : []
  }

  private init(_ text: String) {
    var offset = 0
    for scalar in text.unicodeScalars {
      starts.append(offset)
      offset += scalar.utf8.count
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      scalars.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    starts.append(offset)
  }

  private func readings() -> [Reading] {
    var readings: [Reading] = []
    var index = 0
    while index < scalars.count {
      if let (reading, end) = reading(at: index) {
        readings.append(reading)
        index = end
      } else if let number = number(at: index) {
        index = number.end
      } else {
        index += 1
      }
    }
    return readings
  }

  private func reading(at start: Int) -> (Reading, end: Int)? {
    switch scalars[start] {
    case "第": ordinal(at: start)
    case "百": percentage(at: start)
    default: date(at: start) ?? quantity(at: start)
    }
  }

  // MARK: contexts

  /// 第25条.
  private func ordinal(at start: Int) -> (Reading, Int)? {
    guard let number = number(at: skipSpace(start + 1)), case let last = skipSpace(number.end), last < scalars.count,
      Self.counted.contains(scalars[last])
    else { return nil }
    let spellings = [String(number.value)] + ChineseNumeral.spellings(number.value)
    return reading(start, last + 1, spellings.map { "第\($0)\(scalars[last])" })
  }

  /// 百分之五, 百分之五点五; the Arabic form ends in a sign that is not looked for.
  private func percentage(at start: Int) -> (Reading, Int)? {
    guard scalars[start...].starts(with: ["百", "分", "之"]), let number = number(at: start + 3), number.value <= 100
    else {
      return nil
    }
    var end = number.end
    var text = String(number.value)
    if end < scalars.count, scalars[end] == "点" {
      let fraction = scalars[(end + 1)...].prefix { ChineseNumeral.digit($0) != nil }
      guard !fraction.isEmpty else { return nil }
      text += "." + fraction.map { String(ChineseNumeral.digit($0) ?? 0) }.joined()
      end += 1 + fraction.count
    }
    guard var found = reading(start, end, [text + "%"]) else { return nil }
    found.0.isOpenAtEnd = true
    return found
  }

  /// 2021年4月28日, 二〇二一年四月, 2021-04-28, 4月28日.
  private func date(at start: Int) -> (Reading, Int)? {
    guard let year = yearNumber(at: start) else { return dayOfMonth(at: start) }
    if year.end < scalars.count, ["-", ".", "/"].contains(scalars[year.end]) { return dashedDate(at: start, year) }
    let mark = skipSpace(year.end)
    guard mark < scalars.count, scalars[mark] == "年" else { return nil }
    var end = mark + 1
    var month: Int?
    var day: Int?
    if let found = part(at: end, before: ["月"], in: 1...12) {
      (month, end) = found
      if let found = part(at: end, before: ["日", "号"], in: 1...31) { (day, end) = found }
    }
    return reading(start, end, Self.spellings(year: year.value, month: month, day: day)) {
      $0.date = month.map { Date(year: year.value, month: $0, day: day) }
    }
  }

  private func dashedDate(at start: Int, _ year: Number) -> (Reading, Int)? {
    let mark = scalars[year.end]
    guard let month = number(at: year.end + 1), (1...12).contains(month.value), month.end < scalars.count,
      scalars[month.end] == mark, let day = number(at: month.end + 1), (1...31).contains(day.value),
      !month.isChinese, !day.isChinese
    else { return nil }
    return reading(start, day.end, Self.spellings(year: year.value, month: month.value, day: day.value)) {
      $0.date = Date(year: year.value, month: month.value, day: day.value)
    }
  }

  private func dayOfMonth(at start: Int) -> (Reading, Int)? {
    guard let (month, end) = part(at: start, before: ["月"], in: 1...12) else { return nil }
    let day = part(at: end, before: ["日", "号"], in: 1...31)
    return reading(start, day?.end ?? end, Self.spellings(year: nil, month: month, day: day?.value)) {
      $0.isOpenAtStart = true
    }
  }

  /// 30日, 五万元, 三个月, 5%.
  private func quantity(at start: Int) -> (Reading, Int)? {
    if start > 0, Self.vague.contains(scalars[start - 1]) || ChineseNumeral.isNumeral(scalars[start - 1]) { return nil }
    guard let number = number(at: start) else { return nil }
    let mark = skipSpace(number.end)
    guard mark < scalars.count else { return nil }
    if scalars[mark] == "%" || scalars[mark] == ".", !number.isChinese { return percent(at: start, number) }
    let isMonths = scalars[mark...].starts(with: ["个", "月"])
    guard isMonths || Self.measures.contains(scalars[mark]) else { return nil }
    let end = mark + (isMonths ? 2 : 1)
    // 一万五千 is one number, which is not read.
    if end < scalars.count, ["万", "亿"].contains(scalars[mark]), ChineseNumeral.isNumeral(scalars[end]) { return nil }
    let measure = isMonths ? "个月" : String(scalars[mark])
    let spellings = [String(number.value)] + ChineseNumeral.spellings(number.value)
    return reading(start, end, spellings.map { $0 + measure }) { $0.isOpenAtStart = true }
  }

  private func percent(at start: Int, _ number: Number) -> (Reading, Int)? {
    guard number.value <= 100 else { return nil }
    var end = number.end
    var fraction = ""
    if scalars[end] == "." {
      for scalar in scalars[(end + 1)...].prefix(while: { ("0"..."9").contains($0) }) {
        fraction += ChineseNumeral.years(Int(scalar.value - 0x30))[0]
      }
      end += 1 + fraction.unicodeScalars.count
      guard !fraction.isEmpty else { return nil }
    }
    end = skipSpace(end)
    guard end < scalars.count, scalars[end] == "%" else { return nil }
    let tail = fraction.isEmpty ? "" : "点" + fraction
    return reading(start, end + 1, ChineseNumeral.spellings(number.value).map { "百分之" + $0 + tail }) {
      $0.isOpenAtEnd = true
    }
  }

  // MARK: parts

  /// What is counted with 第.
  private static let counted: Set<Unicode.Scalar> = Set("条章节款项编期号目届次批卷册".unicodeScalars)
  private static let measures: Set<Unicode.Scalar> = Set("年日元万亿".unicodeScalars)
  /// What makes the number behind it a vague one, or part of a larger one.
  private static let vague: Set<Unicode.Scalar> = Set("数几第万亿点.．".unicodeScalars)

  private static func spellings(year: Int?, month: Int?, day: Int?) -> [String] {
    var arabic = ""
    var chinese = [""]
    if let year {
      arabic = "\(year)年"
      chinese = ChineseNumeral.years(year).map { $0 + "年" }
    }
    for case let (value?, mark) in [(month, "月"), (day, "日")] {
      arabic += "\(value)\(mark)"
      chinese = chinese.map { $0 + ChineseNumeral.spellings(value)[0] + mark }
    }
    return [arabic] + chinese
  }

  /// The reading of some characters, without the spelling that they have; nil when there is no other.
  private func reading(
    _ start: Int, _ end: Int, _ spellings: [String], _ change: (inout Reading) -> Void = { _ in }
  ) -> (Reading, Int)? {
    let typed = scalars[start..<end].filter { $0 != " " }
    let others = spellings.filter { !$0.unicodeScalars.elementsEqual(typed) }
    guard !others.isEmpty else { return nil }
    var reading = Reading(range: starts[start]..<starts[end], alternatives: others)
    change(&reading)
    return (reading, end)
  }

  /// A number in front of a mark: the month of 4月.
  private func part(
    at start: Int, before marks: Set<Unicode.Scalar>, in values: ClosedRange<Int>
  ) -> (value: Int, end: Int)? {
    guard let number = number(at: skipSpace(start)), values.contains(number.value),
      case let mark = skipSpace(number.end),
      mark < scalars.count, marks.contains(scalars[mark])
    else { return nil }
    return (number.value, mark + 1)
  }

  private func yearNumber(at start: Int) -> Number? {
    guard let number = number(at: start), number.end - start == 4, (1900..<2200).contains(number.value),
      !number.isChinese || scalars[start..<number.end].allSatisfy({ ChineseNumeral.digit($0) != nil })
    else { return nil }
    return number
  }

  /// The number that begins at `start`, where none goes on from before; Arabic ones may have a nought in front.
  private func number(at start: Int) -> Number? {
    guard start < scalars.count else { return nil }
    let isDigit = { (scalar: Unicode.Scalar) in ("0"..."9").contains(scalar) }
    if isDigit(scalars[start]) {
      if start > 0, isDigit(scalars[start - 1]) { return nil }
      let found = scalars[start...].prefix(while: isDigit)
      guard found.count <= 4 else { return nil }
      let value = found.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
      return value > 0 ? Number(value: value, isChinese: false, end: found.endIndex) : nil
    }
    guard ChineseNumeral.isNumeral(scalars[start]), start == 0 || !ChineseNumeral.isNumeral(scalars[start - 1]) else {
      return nil
    }
    let found = scalars[start...].prefix(while: ChineseNumeral.isNumeral)
    return ChineseNumeral.value(found).map { Number(value: $0, isChinese: true, end: found.endIndex) }
  }

  private func skipSpace(_ index: Int) -> Int {
    var index = index
    while index < scalars.count, scalars[index] == " " { index += 1 }
    return index
  }
}
