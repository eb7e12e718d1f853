/// Reads `word/document.xml` of a `.docx` file (ECMA-376, WordprocessingML): a line for each paragraph, and for each row of a
/// table, with tabs between its cells.
///
/// Deleted text, field codes and the second form of drawings are left out; numbers that Word only shows, as in numbered lists,
/// are not in the file's text. Lines are counted in the text, since the file has none.
public struct WordReader {
  /// The file's path, normalised; the document's key.
  public let path: String

  /// Creates a reader of the file at `path`, which is only named, never opened.
  public init(path: String) {
    self.path = DocumentPath.normalized(path)
  }

  /// The document that `xml` holds; its title is its first line.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public func read(_ xml: [UInt8]) -> SourceDocument {
    var body = WordBody(xml)
    body.readAll()
    let (text, replacements) = UTF8Repair.text(of: body.lines.output.span)
    let firstLine = text.prefix { $0 != "\n" }
    return SourceDocument(
      key: path, title: PlainTextReader.title(from: String(firstLine)), text: text, path: path, startLine: 1,
      endLine: max(1, body.lines.map.lines.count), tabsSeparateCells: true,
      warnings: replacements == 0 ? [] : [.malformedText(replacements: replacements)])
  }
}

/// One walk over a document's body.
private struct WordBody {
  private(set) var lines = MarkupLines()
  private var scanner: MarkupScanner
  private var isText = false

  init(_ xml: [UInt8]) { scanner = MarkupScanner(xml) }

  mutating func readAll() {
    while let piece = scanner.next() {
      switch piece {
      case .text(let range): if isText { append(range) }
      case .start(let name, let isEmptyElement): start(name, isEmptyElement: isEmptyElement)
      case .end(let name): end(name)
      case .other: break
      }
    }
    lines.endTable()
  }

  private mutating func start(_ name: String, isEmptyElement: Bool) {
    switch name {
    case "w:t", "m:t": isText = !isEmptyElement
    case "w:tab": lines.appendTab()
    case "w:br", "w:cr": lines.endLine()
    case "w:nobreakhyphen": lines.append([UInt8(ascii: "-")], sourceLine: 1)
    case "w:tbl": lines.beginTable()
    case "w:tr": lines.beginRow()
    case "w:tc": if !isEmptyElement { lines.beginCell() }
    case "w:gridspan": if let columns = scanner.number(of: "w:val") { lines.widenCell(to: columns) }
    case "mc:fallback" where !isEmptyElement: _ = scanner.skipElement(name, isRaw: false)
    case "w:tabs" where !isEmptyElement: _ = scanner.skipElement(name, isRaw: false)
    default: break
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "w:t", "m:t": isText = false
    case "w:p": lines.endLine()
    case "w:tc": lines.endCell()
    case "w:tr": lines.endRow()
    case "w:tbl": lines.endTable()
    default: break
    }
  }

  private mutating func append(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = scanner.bytes[index]
      if Byte.isHTMLSpace(byte) {
        lines.appendSpace()
        index += 1
      } else if byte == UInt8(ascii: "&"),
        let (scalar, end) = CharacterReference.scalar(in: scanner.bytes, at: index, upTo: range.upperBound)
      {
        lines.append(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter, sourceLine: 1)
        index = end
      } else {
        lines.append(CollectionOfOne(byte), sourceLine: 1)
        index += 1
      }
    }
  }
}
