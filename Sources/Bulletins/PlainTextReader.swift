/// Reads a `.txt` or `.md` file: the whole file is one document.
///
/// Both are read alike, because text extracted from a bulletin carries the same leftovers under either name. What goes and
/// what stays is said by ``MarkupStripper``. Malformed UTF-8 is mended and counted as a warning; a byte order mark goes.
public struct PlainTextReader {
  /// A title has at most this many Unicode scalars.
  public static let longestTitle = 200

  /// The file's path, normalised; the document's key.
  public let path: String

  /// Creates a reader of the file at `path`, which is only named, never opened.
  public init(path: String) {
    self.path = DocumentPath.normalized(path)
  }

  /// The document that `bytes`, the whole file, hold.
  ///
  /// Its title is the first heading that has words, or else the first line that has; its lines run from 1 to the file's last,
  /// where a line feed at the very end begins no new line.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public func read(_ bytes: Span<UInt8>) -> SourceDocument {
    let content = bytes.extracting(UTF8Repair.startOfText(in: bytes)..<bytes.count)
    if (try? UTF8Span(validating: content)) != nil {
      return document(stripped: MarkupStripper(stripping: content), warnings: [])
    }
    let (repaired, replacements) = UTF8Repair.text(of: content)
    let stripper = MarkupStripper(stripping: Array(repaired.utf8).span)
    return document(stripped: stripper, warnings: [.malformedText(replacements: replacements)])
  }

  private func document(stripped: MarkupStripper, warnings: [ReadWarning]) -> SourceDocument {
    let output = stripped.output
    let title = (stripped.firstHeading ?? stripped.firstLine).map { range in
      Self.title(from: UTF8Repair.text(of: output.span.extracting(range)).text)
    }
    return SourceDocument(
      key: path, title: title ?? "", text: UTF8Repair.text(of: output.span).text, path: path, startLine: 1,
      endLine: max(1, stripped.lineCount), tabsSeparateCells: true, warnings: warnings)
  }

  /// `line` with each run of white space made one space, or one tab where it has a tab, none at the ends, and cut to
  /// ``longestTitle`` scalars.
  static func title(from line: String) -> String {
    var title = String.UnicodeScalarView()
    var count = 0
    var space: Unicode.Scalar?
    for scalar in line.unicodeScalars {
      if scalar.properties.isWhitespace {
        space = scalar == "\t" || space == "\t" ? "\t" : " "
        continue
      }
      let separator = count > 0 ? space : nil
      guard count + (separator == nil ? 1 : 2) <= longestTitle else { break }
      if let separator { title.append(separator) }
      title.append(scalar)
      count += separator == nil ? 1 : 2
      space = nil
    }
    return String(title)
  }
}
