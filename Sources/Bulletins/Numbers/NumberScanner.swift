/// Finds the numbers of documents in a squeezed text.
struct NumberScanner {
  private let text: SqueezedText
  private let units: [UInt16]
  /// Whether forms are taken that only the whole of a typed text can be trusted with.
  private let isLenient: Bool

  init(_ text: SqueezedText, isLenient: Bool = false) {
    self.text = text
    units = text.units
    self.isLenient = isLenient
  }

  /// All numbers in `range`, from left to right; none overlap.
  ///
  /// - Complexity: O(*n*) in the length of the range: behind and before a bracket only a few characters are looked at.
  func mentions(in range: Range<Int>? = nil) -> [NumberMention] {
    let range = range ?? units.indices
    var mentions: [NumberMention] = []
    var floor = range.lowerBound
    var index = range.lowerBound
    while index < range.upperBound {
      if Self.marks.contains(units[index]), let mention = mention(at: index, from: floor, before: range.upperBound) {
        mentions.append(mention)
        floor = mention.range.upperBound
        index = floor
      } else {
        index += 1
      }
    }
    return mentions
  }

  /// The number that the whole text is; a pair of brackets around it, and 第 before the serial, may stand there too.
  func wholeNumber() -> NumberMention? {
    var (start, end) = (0, units.count)
    guard end <= 60 else { return nil }
    if end > 2, Self.openers.contains(units[0]), Self.closers.contains(units[end - 1]) {
      start += 1
      end -= 1
    }
    let found = mentions(in: start..<end)
    guard found.count == 1, found[0].range == start..<end else { return nil }
    return found[0]
  }

  // MARK: One number

  /// The number whose year or whose 令 begins at `index`.
  private func mention(at index: Int, from floor: Int, before end: Int) -> NumberMention? {
    let unit = units[index]
    if Self.openers.contains(unit) {
      return bracketed(at: index, from: floor, before: end)
    }
    if unit.isDigit || unit == "二" || unit == "一" {
      guard index > floor, units[index - 1].isHan else { return nil }
      return unbracketed(at: index, from: floor, before: end)
    }
    if unit == "令" || unit == "告" {
      return order(at: index, from: floor, before: end)
    }
    return nil
  }

  /// `〔2021〕19号`, whatever the brackets; one of them may be missing when 号 is there.
  private func bracketed(at index: Int, from floor: Int, before end: Int) -> NumberMention? {
    guard let (year, yearEnd) = year(at: index + 1, before: end) else { return nil }
    var next = skip("年", at: yearEnd, before: end)
    let isClosed = next < end && Self.closers.contains(units[next])
    if isClosed { next += 1 }
    next = skip("第", at: skip(" ", at: next, before: end), before: end)
    guard let serial = serial(at: next, before: end) else { return nil }
    let isSquare = units[index] == "〔" || units[index] == "["
    guard serial.isMarked || isClosed && (isSquare || isLenient || isCodeEnd(before: index, from: floor)) else {
      return nil
    }
    return mention(code: floor..<index, year, serial)
  }

  /// `2021年19号`, `2021-19号` and `2021〕19号`.
  private func unbracketed(at index: Int, from floor: Int, before end: Int) -> NumberMention? {
    guard let (year, yearEnd) = year(at: index, before: end), yearEnd < end else { return nil }
    guard isLenient || isCodeEnd(before: index, from: floor) else { return nil }
    var next = yearEnd
    if Self.closers.contains(units[next]) || Self.dashes.contains(units[next]) || units[next] == "年" {
      next += 1
    } else if !(isLenient && (units[next] == "第" || units[next] == " ")) {
      return nil
    }
    guard let serial = serial(at: skip("第", at: skip(" ", at: next, before: end), before: end), before: end),
      serial.isMarked || isLenient
    else { return nil }
    return mention(code: floor..<index, year, serial)
  }

  /// `国务院令第591号`, `国务院令（第591号）`, `国务院第591号令` and `农业农村部公告2021年第5号`.
  private func order(at index: Int, from floor: Int, before end: Int) -> NumberMention? {
    if units[index] == "令", index > floor, units[index - 1] == "号" || units[index - 1] == "號" {
      return invertedOrder(at: index, from: floor)
    }
    let nameStart = units[index] == "令" ? index : index - 1
    guard nameStart > floor, Self.organEnds.contains(units[nameStart - 1]) else { return nil }
    guard units[index] == "令" || units[nameStart] == "公" || units[nameStart] == "通" else { return nil }
    var next = index + 1
    var isOpen = false
    if next < end, Self.openers.contains(units[next]) {
      isOpen = true
      next += 1
    }
    var yearValue: Int?
    if let (year, yearEnd) = year(at: next, before: end), yearEnd < end {
      guard units[yearEnd] == "年" || Self.closers.contains(units[yearEnd]) else { return nil }
      yearValue = year
      next = yearEnd + 1
    }
    guard next < end, units[next] == "第" || yearValue != nil || isLenient else { return nil }
    guard var serial = serial(at: skip("第", at: next, before: end), before: end), serial.isMarked else { return nil }
    if isOpen, serial.end < end, Self.closers.contains(units[serial.end]) { serial.end += 1 }
    return mention(code: floor..<index + 1, yearValue, serial)
  }

  private func invertedOrder(at index: Int, from floor: Int) -> NumberMention? {
    var start = index - 1
    while start > floor, index - start < 10, units[start - 1].isHan || units[start - 1].isDigit, units[start] != "第" {
      start -= 1
    }
    guard start > floor, units[start] == "第", Self.organEnds.contains(units[start - 1]),
      let serial = Numeral.value(in: units, at: start + 1, before: index), serial.end == index - 1,
      let codeStart = CodeWalk.start(of: text, before: start, from: floor)
    else { return nil }
    let code = Self.code(Array(units[codeStart..<start]) + [units[index]])
    return NumberMention(
      number: DocumentNumber(code: code, year: nil, serial: serial.value), range: codeStart..<index + 1)
  }

  private func mention(code range: Range<Int>, _ year: Int?, _ serial: Serial) -> NumberMention? {
    guard let start = CodeWalk.start(of: text, before: range.upperBound, from: range.lowerBound) else { return nil }
    let letters = units[start..<range.upperBound].filter { $0 != " " }
    // 某某部公报 2022年第8号 is an issue of a bulletin.
    guard letters.count >= 2, Self.periodicals.length(in: letters, endingAt: letters.count, from: 0) == nil else {
      return nil
    }
    return NumberMention(
      number: DocumentNumber(code: Self.code(letters), year: year, serial: serial.value),
      range: start..<serial.end)
  }

  // MARK: Parts

  private struct Serial {
    var value: Int
    var end: Int
    /// Whether 号 follows.
    var isMarked: Bool
  }

  /// The serial at `index`, its digits perhaps broken by spaces.
  private func serial(at index: Int, before end: Int) -> Serial? {
    guard index < end, var (value, next) = Numeral.value(in: units, at: index, before: min(end, index + 6)) else {
      return nil
    }
    while next + 1 < end, units[next] == " ", units[next + 1].isDigit, value < 1000 {
      guard let more = Numeral.value(in: units, at: next + 1, before: min(end, next + 5)), more.end < end,
        units[more.end] == "号" || units[more.end] == " "
      else { break }
      value = (next + 1..<more.end).reduce(value) { sum, _ in sum * 10 } + more.value
      next = more.end
    }
    guard value > 0 else { return nil }
    let isMarked = next < end && (units[next] == "号" || units[next] == "號")
    if !isMarked, next < end, units[next].isWordCharacter { return nil }
    return Serial(value: value, end: isMarked ? next + 1 : next, isMarked: isMarked)
  }

  /// The year at `index`; in it O stands for 0, and l and I for 1, as scans have it; a space may cut it.
  private func year(at index: Int, before end: Int) -> (Int, Int)? {
    var value = 0
    var count = 0
    var next = index
    while next < end, count < 4 {
      let unit = units[next]
      if unit == " ", count > 0 {
        next += 1
        continue
      }
      switch unit {
      case "O", "o": value = value * 10
      case "l", "I": value = value * 10 + 1
      default:
        guard let digit = unit.digit else { return nil }
        value = value * 10 + digit
      }
      count += 1
      next += 1
    }
    return count == 4 && (1900..<2200).contains(value) ? (value, next) : nil
  }

  private func skip(_ scalar: Unicode.Scalar, at index: Int, before end: Int) -> Int {
    index < end && units[index] == scalar ? index + 1 : index
  }

  /// Whether a code ends as those do that people type without brackets.
  static func endsCode(_ code: String) -> Bool { code.utf16.last.map { codeEnds.contains($0) } ?? false }

  private func isCodeEnd(before index: Int, from floor: Int) -> Bool {
    index > floor && Self.codeEnds.contains(units[index - 1])
  }

  /// The code that `letters` are, in simplified form and without the country's name.
  private static func code(_ letters: [UInt16]) -> String {
    let length = country.length(in: letters, at: 0, before: letters.count) ?? 0
    return String(decoding: letters.dropFirst(letters.count > length + 2 ? length : 0).map(simplified), as: UTF16.self)
  }

  private static func simplified(_ letter: UInt16) -> UInt16 {
    switch letter {
    case "辦": 0x529E  // 办
    case "發": 0x53D1  // 发
    case "電": 0x7535  // 电
    case "廳": 0x5385  // 厅
    case "國": 0x56FD  // 国
    case "縣": 0x53BF  // 县
    default: letter
    }
  }

  /// What ``mention(at:from:before:)`` asks for first: ``openers``, 令 and 告, and what years begin with.
  private static let marks: UnitSet = "〔[(【《〈<{﹝〖「⟨令告0123456789二一"
  static let openers: UnitSet = "〔[(【《〈<{﹝〖「⟨"
  static let closers: UnitSet = "〕])】》〉>}﹞〗」⟩"
  private static let dashes: UnitSet = "-—–―－‐‑~/"
  /// How codes of numbers end that people type without brackets.
  private static let codeEnds: UnitSet = "发函字电办令规审批任告通呈报议纪督"
  private static let country: Phrases = ["中华人民共和国"]
  private static let periodicals: Phrases = ["公报", "政报", "日报"]
  /// How the names of offices end that issue orders and numbered notices.
  private static let organEnds: UnitSet = "府部席院局会署厅室委行办"
}
