import InvertedIndex
import SearchAPI
import SearchService

/// A whole document as a person reads it.
enum DocumentText {
  /// Id, title, source and fields, a line each; then an empty line and the text.
  static func text(_ document: Document) throws -> String {
    var rows = [("id", document.key), ("title", document.title)]
    if let source = document.source {
      rows.append(("source", "\(source.path):\(source.startLine)-\(source.endLine)"))
    }
    for field in document.shownFields {
      rows.append((field.name, String(decoding: try AnswerCoding.encode(JSONValue(field.value)), as: UTF8.self)))
    }
    let head = rows.map { name, value in
      TerminalText.safe("\(name): \(value)".unicodeScalars.map { $0 == "\n" ? " " : $0 })
    }
    let lines = document.shownText.split(separator: "\n", omittingEmptySubsequences: false)
    return (head + [""] + lines.map { TerminalText.safe($0.unicodeScalars) }).joined(separator: "\n")
  }
}
