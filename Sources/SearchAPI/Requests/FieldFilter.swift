/// `filter=NAME:VALUE`: only documents that have this in their field are hits.
///
///     try FieldFilter("year:2019..2021").condition  // .range(lower: "2019", upper: "2021")
///     try FieldFilter("date:2021-04").condition     // .range(lower: "2021-04-01", upper: "2021-04-31")
///     try FieldFilter("date:2021年4月").condition   // the same
///     try FieldFilter("type:通知").condition        // .value("通知")
public struct FieldFilter: Hashable, Sendable {
  /// What a value of the field has to be.
  public enum Condition: Hashable, Sendable {
    /// This value.
    case value(String)
    /// A value between these, both included, in the order of their bytes; nil is an open side, and one side has a bound.
    case range(lower: String?, upper: String?)
  }

  /// The longest value, in Unicode scalars.
  public static let maximumValueLength = 1000

  private static let rangeMark = ".."

  /// The field's name.
  public let field: String
  /// What is asked for, as it was given.
  public let value: String
  /// What ``value`` means for this field: the fields `date` and `year` take ranges.
  ///
  /// The bounds of `date` are days (`2021-04-01`), of `year` four digits. A date alone is the range of its days, a year alone
  /// is a value.
  public let condition: Condition

  /// A filter of the field by this name.
  ///
  /// - Throws: `invalid_parameter` for a name that is empty or has a colon, for a value that is empty or too long, and for
  ///   a `date` or `year` that is none.
  public init(field: String, value: String) throws(ProblemDocument) {
    guard !field.isEmpty, !field.utf8.contains(UInt8(ascii: ":")), !value.isEmpty else {
      throw ProblemDocument(.invalidParameter, "filter is NAME:VALUE, not '\(field):\(value)'.")
    }
    let length = value.unicodeScalars.count
    guard length <= Self.maximumValueLength else {
      throw ProblemDocument(
        .invalidParameter,
        "filter has a value of \(length) characters for \(field); \(Self.maximumValueLength) are the most.")
    }
    self.field = field
    self.value = value
    condition = try Self.condition(field, value)
  }

  /// Reads `NAME:VALUE`; the name ends at the first colon.
  ///
  /// - Throws: `invalid_parameter`.
  public init(_ text: String) throws(ProblemDocument) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      throw ProblemDocument(.invalidParameter, "filter is NAME:VALUE, not '\(text)'.")
    }
    try self.init(field: String(text[..<colon]), value: String(text[text.utf8.index(after: colon)...]))
  }

  /// The filter as a request has it, before it is encoded.
  public var text: String { "\(field):\(value)" }

  private static func condition(_ field: String, _ value: String) throws(ProblemDocument) -> Condition {
    switch field {
    case "date":
      let expected = "date:A or date:A..B, where A and B are YYYY, YYYY-MM or YYYY-MM-DD"
      let ends = try ends(of: value, expected: expected) { PartialDate($0) }
      return try range(ends.lower?.firstDay, ends.upper?.lastDay, of: value)
    case "year":
      let ends = try ends(of: value, expected: "year:A or year:A..B, where A and B are YYYY") { PartialDate($0)?.year }
      if let year = PartialDate(value)?.year { return .value(year) }
      return try range(ends.lower, ends.upper, of: value)
    default: return .value(value)
    }
  }

  /// The two sides of a range, which are the same for what is no range.
  private static func ends<End>(
    of value: String, expected: String, _ read: (String) -> End?
  ) throws(ProblemDocument) -> (lower: End?, upper: End?) {
    let sides = value.split(separator: rangeMark, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let ends = sides.map { $0.isEmpty ? nil : read($0) }
    let isRead = zip(sides, ends).allSatisfy { $0.isEmpty || $1 != nil }
    guard isRead, ends.contains(where: { $0 != nil }) else {
      throw ProblemDocument(.invalidParameter, "filter is \(expected) and one may be left out, not '\(value)'.")
    }
    return (ends[0], ends[ends.count - 1])
  }

  private static func range(
    _ lower: String?, _ upper: String?, of value: String
  ) throws(ProblemDocument) -> Condition {
    if let lower, let upper, upper < lower {
      throw ProblemDocument(.invalidParameter, "filter has a range that ends before it begins, '\(value)'.")
    }
    return .range(lower: lower, upper: upper)
  }
}
