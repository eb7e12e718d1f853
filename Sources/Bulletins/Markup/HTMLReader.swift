/// Reads a `.html` or `.htm` file: its text, paragraph by paragraph, without what belongs to the site and not to the page.
///
/// Scripts, styles, comments and form controls are left out, and so are navigation, headers, footers and sidebars outside of
/// `<article>` and `<main>`; if nothing remains, these stay. An element that is never closed is not left out. Paragraphs and
/// headings are lines, rows of tables are lines with tabs between the cells. Lines are those of the file.
public struct HTMLReader {
  /// The file's path, normalised; the document's key.
  public let path: String

  /// Creates a reader of the file at `path`, which is only named, never opened.
  public init(path: String) {
    self.path = DocumentPath.normalized(path)
  }

  /// The document that `bytes` hold.
  ///
  /// Its title is the first `<h1>` that has words, or else `<title>`, or else the first line.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public func read(_ bytes: [UInt8]) -> SourceDocument {
    let (text, replacements) = UTF8Repair.text(of: bytes.span.extracting(UTF8Repair.startOfText(in: bytes.span)...))
    let source = Array(text.utf8)
    var page = HTMLPage(source, leavesOutNavigation: true)
    if page.lines.output.isEmpty { page = HTMLPage(source, leavesOutNavigation: false) }
    var document = SourceDocument(
      key: path, text: UTF8Repair.text(of: page.lines.output.span).text, path: path, startLine: 1,
      endLine: max(1, page.lines.map.lines.count), tabsSeparateCells: true)
    let firstLine = document.text.prefix { $0 != "\n" }
    document.title = PlainTextReader.title(from: page.heading ?? page.title ?? String(firstLine))
    document.lineMap = page.lines.map
    if replacements > 0 { document.warnings = [.malformedText(replacements: replacements)] }
    return document
  }

  /// The encoding that the page declares in its first bytes, as far as they are ASCII; nil when it declares none that is read.
  public static func declaredEncoding(in bytes: [UInt8]) -> TextEncoding? {
    let head = String(decoding: bytes.prefix(4096).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
      .lowercased()
    var rest = head[...]
    while let found = rest.firstRange(of: "charset") {
      rest = rest[found.upperBound...]
      let value = rest.drop { $0 == " " }
      guard value.first == "=" else { continue }
      let label = value.dropFirst().drop { $0 == " " || $0 == "\"" || $0 == "'" }
        .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      return TextEncoding(label: String(label))
    }
    return nil
  }
}

/// One walk over a page.
private struct HTMLPage {
  private(set) var lines = MarkupLines()
  /// The text of the first `<h1>` with words, and of `<title>`.
  private(set) var heading: String?
  private(set) var title: String?
  private var scanner: MarkupScanner
  private let leavesOutNavigation: Bool
  private var sourceLine = 1
  private var counted = 0  // bytes whose line ends are counted
  private var mainDepth = 0  // of <article> and <main>
  private var headingStart: Int?
  private var isPreformatted = false

  init(_ bytes: [UInt8], leavesOutNavigation: Bool) {
    scanner = MarkupScanner(bytes)
    self.leavesOutNavigation = leavesOutNavigation
    while let piece = scanner.next() {
      switch piece {
      case .text(let range): append(range)
      case .start(let name, _): start(name)
      case .end(let name): end(name)
      case .other: break
      }
    }
    lines.endTable()
  }

  private mutating func start(_ name: String) {
    switch name {
    case "title":
      let start = scanner.offset
      guard scanner.skipElement(name, isRaw: true) else { return }
      if title == nil { title = text(of: start..<scanner.offset) }
    case "script", "style", "textarea", "iframe", "xmp", "noembed": _ = scanner.skipElement(name, isRaw: true)
    case "select", "button", "template", "noscript", "svg", "object", "audio", "video", "canvas", "datalist":
      _ = scanner.skipElement(name, isRaw: false)
    case "nav", "header", "footer", "aside", "menu", "dialog":
      lines.endLine()
      if leavesOutNavigation && mainDepth == 0 { _ = scanner.skipElement(name, isRaw: false) }
    case "h1":
      lines.endLine()
      if heading == nil { headingStart = lines.output.count }
    case "table": lines.beginTable()
    case "tr": lines.beginRow()
    case "article", "main":
      lines.endLine()
      mainDepth += 1
    case "pre":
      lines.endLine()
      isPreformatted = true
    case "td", "th":
      lines.beginCell(columns: scanner.number(of: "colspan") ?? 1, rows: scanner.number(of: "rowspan") ?? 1)
    case _ where Self.blocks.contains(name): lines.endLine()
    default: break
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "td", "th": lines.endCell()
    case "tr": lines.endRow()
    case "table": lines.endTable()
    case "article", "main":
      lines.endLine()
      mainDepth = max(0, mainDepth - 1)
    case "h1":
      lines.endLine()
      guard let start = headingStart, heading == nil else { return }
      headingStart = nil
      guard start < lines.output.count else { return }
      heading = UTF8Repair.text(of: lines.output.span.extracting(start..<lines.output.count)).text
    case "pre":
      lines.endLine()
      isPreformatted = false
    case _ where Self.blocks.contains(name): lines.endLine()
    default: break
    }
  }

  private static let blocks: Set<String> = [
    "address", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "h2", "h3", "h4", "h5", "h6", "head", "hgroup", "hr", "html", "legend", "li", "ol",
    "option", "p", "section", "summary", "tbody", "tfoot", "thead", "ul", "nav", "header", "footer", "aside", "menu",
    "dialog",
  ]

  /// Appends text: white space runs are one space, references are the characters they name.
  private mutating func append(_ range: Range<Int>) {
    countLines(upTo: range.lowerBound)
    let bytes = scanner.bytes
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if Byte.isHTMLSpace(byte) {
        let endsLine = byte == Byte.lineFeed || byte == Byte.carriageReturn
        if isPreformatted && endsLine { lines.endLine() } else { lines.appendSpace() }
        index += 1
        countLines(upTo: index)
      } else if byte == UInt8(ascii: "&"),
        let (scalar, end) = CharacterReference.scalar(in: bytes, at: index, upTo: range.upperBound)
      {
        lines.append(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter, sourceLine: sourceLine)
        index = end
      } else {
        let start = index
        index += 1
        while index < range.upperBound, bytes[index] != UInt8(ascii: "&"), !Byte.isHTMLSpace(bytes[index]) {
          index += 1
        }
        lines.append(bytes[start..<index], sourceLine: sourceLine)
      }
    }
  }

  /// Counts line ends before `end`; CR LF is one, as in ``MarkupStripper``.
  private mutating func countLines(upTo end: Int) {
    let bytes = scanner.bytes
    while counted < end {
      let isFirstOfPair =
        bytes[counted] == Byte.carriageReturn && counted + 1 < bytes.count && bytes[counted + 1] == Byte.lineFeed
      if Byte.endsLine(bytes[counted]) && !isFirstOfPair { sourceLine += 1 }
      counted += 1
    }
  }

  /// The text of a raw element, without its end tag; nil when it has no words.
  private func text(of range: Range<Int>) -> String? {
    var text = String.UnicodeScalarView()
    let bytes = scanner.bytes
    let end = bytes[range].lastIndex(of: UInt8(ascii: "<")) ?? range.upperBound
    var index = range.lowerBound
    while index < end {
      if bytes[index] == UInt8(ascii: "&"),
        let (scalar, next) = CharacterReference.scalar(in: bytes, at: index, upTo: end)
      {
        text.append(scalar)
        index = next
      } else {
        let start = index
        index += 1
        while index < end, bytes[index] != UInt8(ascii: "&") { index += 1 }
        text.append(contentsOf: UTF8Repair.text(of: bytes.span.extracting(start..<index)).text.unicodeScalars)
      }
    }
    return text.contains { !$0.properties.isWhitespace } ? String(text) : nil
  }
}
