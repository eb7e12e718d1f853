/// A document as a reader found it in a file: what it says, and where.
public struct SourceDocument: Sendable, Equatable {
  /// What the user calls the document: the file's path, or the `id` of a JSON object.
  public var key: String
  /// The title, in one line; empty when there is none.
  public var title: String
  /// The text to be searched and shown; its lines are the source's lines, unless ``lineMap`` says otherwise.
  public var text: String
  /// The other facts about the document, in the order in which the source names them.
  public var fields: [SourceField]
  /// The path of the file it came from, as normalised by ``DocumentPath/normalized(_:)``.
  public var path: String
  /// The document's first line in that file, counted from 1.
  public var startLine: Int
  /// The document's last line in that file, inclusive; never less than ``startLine``.
  public var endLine: Int
  /// Whether a tab in ``text`` is the border between two cells of a table.
  public var tabsSeparateCells: Bool
  /// What was mended while reading.
  public var warnings: [ReadWarning]
  /// Where the lines of ``text`` stand in the source, for a source whose lines mean nothing; see ``located()``.
  var lineMap: LineMap?

  /// Creates a document.
  public init(
    key: String, title: String = "", text: String, fields: [SourceField] = [], path: String, startLine: Int,
    endLine: Int, tabsSeparateCells: Bool = false, warnings: [ReadWarning] = []
  ) {
    self.key = key
    self.title = title
    self.text = text
    self.fields = fields
    self.path = path
    self.startLine = startLine
    self.endLine = endLine
    self.tabsSeparateCells = tabsSeparateCells
    self.warnings = warnings
  }
}

/// A named fact about a document.
public struct SourceField: Sendable, Equatable {
  /// The field's name, as the source spells it.
  public var name: String
  /// The field's value.
  public var value: FieldValue

  /// Creates a field.
  public init(name: String, value: FieldValue) {
    self.name = name
    self.value = value
  }
}

/// What a field may hold: a scalar, or a list of scalars.
public enum FieldValue: Sendable, Equatable {
  /// Text.
  case string(String)
  /// A number that is written without fraction and exponent, and that 64 bits can hold.
  case integer(Int64)
  /// Any other number.
  case number(Double)
  /// true or false.
  case boolean(Bool)
  /// Nothing.
  case null
  /// Several scalars.
  case list([FieldValue])
}

/// Something a reader mended; the document is good for use.
public enum ReadWarning: Sendable, Equatable, CustomStringConvertible {
  /// Bytes that are no UTF-8 (or halves of surrogate pairs in JSON) became U+FFFD, this many times.
  case malformedText(replacements: Int)
  /// The file was in another encoding than UTF-8; what that does not allow became U+FFFD, this many times.
  case converted(from: TextEncoding, replacements: Int)
  /// What the program that read the file had to say.
  case program(name: String, message: String)
  /// Something in a bulletin that does not fit together, with its line.
  case bulletin(BulletinWarning)

  /// What was mended, in a few words.
  public var description: String {
    switch self {
    case .malformedText(let replacements):
      "malformed UTF-8, \(replacements) \(replacements == 1 ? "place" : "places") replaced by U+FFFD"
    case .converted(let encoding, let replacements):
      "converted from \(encoding.name) to UTF-8"
        + (replacements == 0 ? "" : ", \(replacements) \(replacements == 1 ? "place" : "places") replaced by U+FFFD")
    case .program(let name, let message): "\(name): \(message)"
    case .bulletin(let warning): warning.description
    }
  }

  /// The line of the source, counted from 1; nil where the document as a whole is meant.
  public var line: Int? {
    if case .bulletin(let warning) = self { warning.line } else { nil }
  }
}
