/// A file without text for the index: why it has none.
public struct UnreadableFile: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's path, normalised.
  public let path: String
  /// Why, in a few words.
  public let reason: String

  /// Creates the report.
  public init(path: String, reason: String) {
    self.path = DocumentPath.normalized(path)
    self.reason = reason
  }

  /// One line: path and reason.
  public var description: String { "\(path): \(reason)" }

  /// The record that an index keeps of the file, so that it is known what was not searched.
  ///
  /// Its key is the path. It has neither title nor text, so that only a query by field finds it: `kind` is `unreadable`,
  /// `reason` says why.
  public var record: SourceDocument {
    SourceDocument(
      key: path, text: "",
      fields: [
        SourceField(name: "kind", value: .string("unreadable")), SourceField(name: "reason", value: .string(reason)),
      ], path: path, startLine: 1, endLine: 1)
  }
}

extension SourceDocument {
  /// Whether this is no document, but the record of a file that could not be read.
  public var isUnreadable: Bool {
    title.isEmpty && text.isEmpty && fields.contains(SourceField(name: "kind", value: .string("unreadable")))
      && fields.contains { $0.name == "reason" }
  }

  /// Whether the text has a character that is neither white space nor U+FFFD.
  public var hasWords: Bool {
    text.unicodeScalars.contains { !$0.properties.isWhitespace && $0 != "\u{FFFD}" && $0 != "\u{FEFF}" && $0 != "\0" }
  }
}
