/// How a file is read, told by the end of its name.
public enum SourceFormat: Sendable, Equatable, CaseIterable {
  /// `.txt` and `.md`: read by ``PlainTextReader``.
  case plainText
  /// `.jsonl`: each line is a document, read by ``JSONLinesReader``.
  case jsonLines
  /// `.html` and `.htm`: read by ``HTMLReader``.
  case html
  /// `.docx`: a zip archive whose part `word/document.xml` is read by ``WordReader``.
  case wordDocument
  /// `.pdf`: the text that `pdftotext` makes of it is read by ``PlainTextReader``.
  case pdf

  /// The ends of names that this format goes by, without the dot.
  public var fileExtensions: [String] {
    switch self {
    case .plainText: ["txt", "md"]
    case .jsonLines: ["jsonl"]
    case .html: ["html", "htm"]
    case .wordDocument: ["docx"]
    case .pdf: ["pdf"]
    }
  }

  /// The format of the file at `path`, or nil if its name has no known end; `.TXT` is `.txt`.
  public init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    let fileExtension = name[name.index(after: dot)...].lowercased()
    guard let format = Self.allCases.first(where: { $0.fileExtensions.contains(fileExtension) }) else { return nil }
    self = format
  }
}
