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

  /// Whether a person who types this number may mean `other`: it is the same, or its code lacks only the last letter, 发.
  ///
  ///     DocumentNumber("云政办2022-65号")  // may mean 云政办发〔2022〕65号, never 云政发〔2022〕65号
  public func mayMean(_ other: DocumentNumber) -> Bool {
    year == other.year && serial == other.serial && (code == other.code || code + "发" == other.code)
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
