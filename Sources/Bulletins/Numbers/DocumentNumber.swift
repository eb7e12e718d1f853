import CJKTokenizer

/// The number that an office gives a document (发文字号), in one form whatever way it was typed.
///
/// Two numbers are equal when code, year and serial are: 云政发〔2021〕19号 and 云政办发〔2021〕19号 are two documents.
///
///     DocumentNumber("云政办发[2021] 19号")?.description       // 云政办发〔2021〕19号
///     DocumentNumber("云政办２０２２—65号")?.description        // 云政办〔2022〕65号
///     DocumentNumber("国务院令第五百九十一号")?.description     // 国务院令第591号
public struct DocumentNumber: Hashable, Sendable, CustomStringConvertible {
  /// The letters that stand for the issuer and the kind of paper (云政办发), or an order's name (国务院令).
  public let code: String
  /// The year; nil where orders are numbered through.
  public let year: Int?
  /// The number itself.
  public let serial: Int

  /// Creates a number; `code` is taken as it is.
  public init(code: String, year: Int?, serial: Int) {
    self.code = code
    self.year = year
    self.serial = serial
  }

  /// The number that `text` is as a whole, or nil if it is something else.
  ///
  /// Any brackets, even one or none, full-width or Chinese digits, spaces, a missing 号, 2021年 and 2021-19 are understood.
  ///
  /// - Complexity: O(*n*) in the length of `text`.
  public init?(_ text: String) {
    let squeezed = SqueezedText(text)
    guard let mention = NumberScanner(squeezed, isLenient: true).wholeNumber() else { return nil }
    self = mention.number
  }

  /// The number that a query is as a whole, quotation marks around it left out; nil if it says anything else.
  ///
  /// Where neither brackets nor 号 show that a number is meant, its code must end as codes do: `云政办2022-65`.
  ///
  ///     DocumentNumber(query: "“云政辦發 2021 19”")?.description  // 云政办发〔2021〕19号
  ///     DocumentNumber(query: "根据云政办发〔2021〕19号")          // nil
  ///
  /// - Complexity: O(*n*) in the length of `query`.
  public init?(query: String) {
    guard query.utf8.count <= 400 else { return nil }
    let units = SqueezedText(query).units
    var range = units.indices
    while range.count > 2, Self.quotes.contains(units[range.lowerBound]),
      Self.quotes.contains(units[range.upperBound - 1])
    {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    guard let number = DocumentNumber(String(decoding: units[range], as: UTF16.self)) else { return nil }
    let isShown = units[range].contains { $0 == "号" || $0 == "號" || NumberScanner.openers.contains($0) }
    guard isShown || NumberScanner.endsCode(number.code) else { return nil }
    self = number
  }

  private static let quotes: UnitSet = "\"'“”‘’「」『』＂＇„‟"

  /// The numbers that a person may mean who types this one, the exact one first.
  ///
  /// A code that lacks its last letter is completed, and one in Traditional characters is also looked for in Simplified.
  ///
  ///     DocumentNumber(query: "云政办2022-65号")?.readings.map(\.description)
  ///     // 云政办〔2022〕65号, 云政办发〔2022〕65号, 云政办函〔2022〕65号, 云政办字〔2022〕65号
  public var readings: [DocumentNumber] {
    let simplified = String(decoding: code.utf16.map { Ideograph.folded($0) }, as: UTF16.self)
    var codes = [code]
    if simplified != code { codes.append(simplified) }
    if isUnfinished {
      for ending in Self.endings { codes.append(simplified + ending) }
    }
    return codes.map { DocumentNumber(code: $0, year: year, serial: serial) }
  }

  /// Letters that codes end in and that people leave out, the usual one first.
  private static let endings = ["发", "函", "字"]

  /// Whether the code ends in an office's letter instead of a kind of paper: 云政办.
  private var isUnfinished: Bool {
    guard year != nil, let last = code.unicodeScalars.last else { return false }
    return last == "办" || last == "政" || last == "府" || last == "委" || last == "局"
  }

  /// The numbers that `text` mentions, in their order, with their places in its UTF-8.
  ///
  /// A number may be cut by spaces, line ends and blank lines.
  ///
  /// - Complexity: O(*n* + *m* · *l*) in the length of `text`, *m* numbers and lines of *l* characters.
  public static func mentions(in text: String) -> [(number: DocumentNumber, utf8Range: Range<Int>)] {
    let squeezed = SqueezedText(text)
    return NumberScanner(squeezed).mentions().map { ($0.number, squeezed.byteRange(of: $0.range)) }
  }

  /// The usual form: 云政办发〔2021〕19号, 国务院令第591号, 农业农村部公告2021年第5号.
  public var description: String {
    guard let year else { return "\(code)第\(serial)号" }
    return Self.isOrderName(code) ? "\(code)\(year)年第\(serial)号" : "\(code)〔\(year)〕\(serial)号"
  }

  /// Whether a person who types this number may mean `other`: it is the same, or its code lacks only the last letter, such
  /// as 发.
  ///
  ///     DocumentNumber("云政办2022-65号")  // may mean 云政办发〔2022〕65号, never 云政发〔2022〕65号
  public func mayMean(_ other: DocumentNumber) -> Bool {
    readings.contains(other)
  }

  /// Whether `code` names orders or public notices in full, as 国务院令 does and 五令 does not.
  private static func isOrderName(_ code: String) -> Bool {
    guard code.hasSuffix("令") || code.hasSuffix("公告") || code.hasSuffix("通告") else { return false }
    return code.unicodeScalars.count >= 4
  }
}

/// A number in a text, and where.
struct NumberMention: Sendable {
  var number: DocumentNumber
  /// Its units, from the first letter of its code to 号 or the last digit.
  var range: Range<Int>
}
