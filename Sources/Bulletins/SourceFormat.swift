/// How a file is read, told by the end of its name.
public enum SourceFormat: Sendable, Equatable, CaseIterable {
  /// `.txt` and `.md`: the whole file is one document, read by ``PlainTextReader``.
  case plainText
  /// `.jsonl`: each line is a document, read by ``JSONLinesReader``.
  case jsonLines

  /// The ends of names that this format goes by, without the dot.
  public var fileExtensions: [String] {
    switch self {
    case .plainText: ["txt", "md"]
    case .jsonLines: ["jsonl"]
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
