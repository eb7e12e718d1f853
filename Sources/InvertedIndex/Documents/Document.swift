/// A value of a document's field.
public enum FieldValue: Equatable, Sendable {
  /// Text.
  case string(String)
  /// A whole number.
  case integer(Int64)
  /// Any other number; finite.
  case number(Double)
  /// True or false.
  case boolean(Bool)
  /// Known to be nothing.
  case null
  /// Several values, none of them a list.
  case list([FieldValue])
}

extension FieldValue: Codable {
  /// Reads a JSON value: null, a Boolean, a number, a string, or an array of those.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else {
      self = .list(try container.decode([FieldValue].self))
    }
  }

  /// Writes the JSON value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .null: try container.encodeNil()
    case .list(let values): try container.encode(values)
    }
  }
}

extension FieldValue {
  /// Whether the value is one that a record can hold: lists do not nest, and numbers are finite.
  func canBeStored(inList: Bool) -> Bool {
    switch self {
    case .number(let value): value.isFinite
    case .list(let values): !inList && values.allSatisfy { $0.canBeStored(inList: true) }
    default: true
    }
  }

  /// The texts that a search by the field's name looks in: strings, and numbers as they are written.
  var searchableTexts: [String] {
    switch self {
    case .string(let value): [value]
    case .integer(let value): [String(value)]
    case .number(let value): [String(value)]
    case .boolean(let value): [String(value)]
    case .null: []
    case .list(let values): values.flatMap(\.searchableTexts)
    }
  }

  /// How many bytes ``searchableTexts`` have.
  var searchableByteCount: Int {
    switch self {
    case .string(let value): value.utf8.count
    case .list(let values): values.reduce(0) { $0 + $1.searchableByteCount }
    default: searchableTexts.reduce(0) { $0 + $1.utf8.count }
    }
  }
}

/// A named value that belongs to a document.
public struct Field: Equatable, Sendable {
  /// The name, as the document's source spells it.
  public var name: String
  /// The value.
  public var value: FieldValue

  /// A field.
  public init(name: String, value: FieldValue) {
    self.name = name
    self.value = value
  }
}

/// Where a document came from: lines are 1-based, and both belong to it.
public struct SourceLocation: Equatable, Sendable {
  /// The file's path as the user typed it, normalised.
  public var path: String
  /// The first line.
  public var startLine: Int
  /// The last line.
  public var endLine: Int

  /// A place in a file.
  public init(path: String, startLine: Int, endLine: Int) {
    self.path = path
    self.startLine = startLine
    self.endLine = endLine
  }
}

extension Document {
  /// The path of its file as a value of the field ``ValueTerm/pathField``; nil where the document has such a field itself.
  var valuePath: String? {
    guard let source, !fields.contains(where: { $0.name == ValueTerm.pathField }) else { return nil }
    return source.path
  }

  /// The longest key, in bytes.
  static let longestKey = 4096
  /// The longest title, text or field, in bytes: positions are numbers of 32 bits, and a character takes at most 4 of them.
  static let longestText = 1 << 30

  /// Why an index cannot keep the document; nil when it can.
  var reasonForRefusal: String? {
    if key.isEmpty || key.utf8.count > Self.longestKey { return "a key has 1 to 4,096 bytes" }
    if title.utf8.count > Self.longestText || text.utf8.count > Self.longestText - title.utf8.count {
      return "its title and text have more than 1 GiB; divide it"
    }
    if let source, source.startLine < 0 || source.endLine < source.startLine {
      return "its lines end before they begin"
    }
    if fields.isEmpty { return nil }
    if hasTwoFieldsOfOneName { return "it has two fields of one name" }
    for field in fields {
      if !field.value.canBeStored(inList: false) {
        return "the field '\(field.name)' has a list in a list, or a number that is not finite"
      }
      if field.value.searchableByteCount > Self.longestText {
        return "the field '\(field.name)' has more than 1 GiB; divide it"
      }
    }
    return nil
  }

  /// Names are one where their bytes are.
  private var hasTwoFieldsOfOneName: Bool {
    guard fields.count <= 16 else { return Set(fields.map { Array($0.name.utf8) }).count < fields.count }
    for (index, field) in fields.enumerated() {
      let name = field.name.utf8
      for other in fields[..<index] where other.name.utf8.count == name.count && other.name.utf8.elementsEqual(name) {
        return true
      }
    }
    return false
  }
}

/// What is indexed, stored and found.
public struct Document: Equatable, Sendable {
  /// The user's name for the document; no two documents of an index share one.
  public var key: String
  /// Searched together with the text, but no phrase runs from one into the other.
  public var title: String
  /// The text, valid UTF-8.
  public var text: String
  /// Kept as given; searched only by name.
  public var fields: [Field]
  /// The file and the lines; nil for a document that came from elsewhere.
  public var source: SourceLocation?
  /// Whether a tab in title and text is the border of two table cells: a gap, which no phrase crosses.
  public var tabsSeparateCells: Bool

  /// A document.
  public init(
    key: String, title: String = "", text: String, fields: [Field] = [], source: SourceLocation? = nil,
    tabsSeparateCells: Bool = false
  ) {
    self.key = key
    self.title = title
    self.text = text
    self.fields = fields
    self.source = source
    self.tabsSeparateCells = tabsSeparateCells
  }
}
