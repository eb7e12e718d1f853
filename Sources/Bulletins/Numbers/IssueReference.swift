/// An issue of a bulletin as people name it: `2021年第2期`, `二〇二一年第二期`, `云泽县人民政府公报2021年2期`, `总第12期`.
public struct IssueReference: Hashable, Sendable, CustomStringConvertible {
  /// The bulletin's name, or a part of it; empty where none is given.
  public private(set) var name = ""
  /// The year.
  public private(set) var year: Int?
  /// The issue within the year.
  public private(set) var number: Int?
  /// Which part of it, where it has several: 下.
  public private(set) var part: String?
  /// The issue counted from the bulletin's first on (总第12期).
  public private(set) var serial: Int?

  /// The issue that a query names and nothing else, or nil.
  ///
  ///     IssueReference(query: "二〇二一年 第二期")  // year 2021, number 2
  ///     IssueReference(query: "第2期")              // nil: of which year?
  ///
  /// - Complexity: O(*n*) in the length of `query`.
  public init?(query: String) {
    guard query.utf8.count <= 200 else { return nil }
    var reader = Reader(query)
    guard let issue = reader.issue(),
      issue.serial != nil || (issue.number != nil && (issue.year != nil || issue.isNamed))
    else { return nil }
    guard issue.name.isEmpty || issue.isNamed, !reader.hasNumberedPaper || issue.isNamed else { return nil }
    self = issue
  }

  private init() {}

  /// Whether an issue, as the field `issue` of its documents names it, is meant.
  ///
  ///     IssueReference(query: "2021年2期")?.means("云泽县人民政府公报2021年第2期")  // true
  public func means(_ issue: String) -> Bool {
    var reader = Reader(issue)
    guard let other = reader.issue(), name.isEmpty || other.name.utf8.count >= name.utf8.count else { return false }
    return (year == nil || year == other.year) && (number == nil || number == other.number)
      && (part == nil || part == other.part) && (serial == nil || serial == other.serial)
      && (name.isEmpty || other.name.hasSuffix(name) || other.name.hasPrefix(name))
  }

  /// The usual form: 云泽县人民政府公报2021年第2期（下）.
  public var description: String {
    name + (year.map { "\($0)年" } ?? "") + (number.map { "第\($0)期" } ?? "") + (part.map { "（\($0)）" } ?? "")
      + (serial.map { "总第\($0)期" } ?? "")
  }

  private var isNamed: Bool { name.hasSuffix("公报") || name.hasSuffix("政报") }

  /// Reads an issue from its beginning to its end.
  private struct Reader {
    private let units: [UInt16]
    private var index = 0
    /// Whether its number is that of a paper (第2号), which issues may have too.
    private(set) var hasNumberedPaper = false

    init(_ text: String) { units = SqueezedText(text).units }

    mutating func issue() -> IssueReference? {
      var issue = IssueReference()
      issue.name = takeName()
      if let year = PrintedDate.year(in: units, at: index) {
        issue.year = year
        index += 4
        guard take("年") else { return nil }
        if issue.name.isEmpty { issue.name = takeName() }
      }
      while index < units.count {
        let isBracketed = take("(")
        if take("总") {
          guard take("第"), let serial = takeNumber(), take("期") else { return nil }
          issue.serial = serial
        } else if isBracketed {
          let end = units[index...].firstIndex { $0 == ")" } ?? units.count
          issue.part = String(decoding: units[index..<end], as: UTF16.self)
          index = end
        } else {
          _ = take("第")
          guard issue.number == nil, let number = takeNumber() else { return nil }
          issue.number = number
          if !take("期") {
            guard take("号") else { return nil }
            hasNumberedPaper = true
          }
        }
        if isBracketed, !take(")") { return nil }
      }
      return issue
    }

    private mutating func takeName() -> String {
      let start = index
      while index < units.count, units[index] != "第", units[index] != "总" || !isOrdinal(at: index + 1),
        !units[index].isDigit,
        PrintedDate.year(in: units, at: index) == nil
      {
        index += 1
      }
      return String(decoding: units[start..<index].filter { $0 != "《" && $0 != "》" }, as: UTF16.self)
    }

    private func isOrdinal(at index: Int) -> Bool { index < units.count && units[index] == "第" }

    private mutating func takeNumber() -> Int? {
      guard let number = Numeral.value(in: units, at: index, before: units.count) else { return nil }
      index = number.end
      return number.value
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      guard index < units.count, units[index] == scalar else { return false }
      index += 1
      return true
    }
  }
}
