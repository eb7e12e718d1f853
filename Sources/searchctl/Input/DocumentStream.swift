import Bulletins
import SystemIO

/// Streams the documents of files, one after the other, never more than one file of text or one line in memory.
enum DocumentStream {
  private static let formFeed: UInt8 = 0x0C

  /// Hands each document of `file` to `body`, with the bytes of the file read so far.
  ///
  /// JSON objects get the facts that their text tells, unless they are to be taken as they are (`isPlain`).
  ///
  /// - Throws: ``UnreadableFile`` for a file without text, before anything was handed out; ``ReadError`` for a line that is no
  ///   document, ``SystemError``, and what `body` throws.
  static func read(_ file: SourceFile, isPlain: Bool, _ body: (SourceDocument, UInt64) throws -> Void) throws {
    guard file.format != .jsonLines else { return try readLines(of: file, isPlain: isPlain, body) }
    var source = try document(of: file)
    if !source.hasWords {
      throw SourceText.unreadable(file, file.format == .pdf ? "no text in it: scanned pages, perhaps" : "no text in it")
    }
    // What the records share is said once.
    let records = BulletinSplitter.split(source).records(of: source)
    source.text = ""
    for record in records { try body(record.located(), file.byteCount) }
  }

  /// The whole file as one document.
  private static func document(of file: SourceFile) throws -> SourceDocument {
    var document: SourceDocument
    let bytes: [UInt8]
    let warnings: [ReadWarning]
    switch file.format {
    case .plainText, .jsonLines:
      (bytes, warnings) = try SourceText.utf8(try SourceText.bytes(of: file), of: file)
      document = plainText(bytes, of: file)
    case .html:
      let raw = try SourceText.bytes(of: file)
      let declared = HTMLReader.declaredEncoding(in: raw)
      (bytes, warnings) = try SourceText.utf8(raw, of: file, declared: declared)
      document = HTMLReader(path: file.path).read(bytes)
    case .wordDocument:
      (bytes, warnings) = try TextProgram.wordText.text(of: file)
      document = WordReader(path: file.path).read(bytes)
    case .pdf:
      (bytes, warnings) = try TextProgram.pdfText.text(of: file)
      let pages = bytes.last == formFeed ? Array(bytes.dropLast()) : bytes  // no line follows the last page's end
      document = plainText(pages, of: file)
    }
    document.warnings = warnings + document.warnings
    return document
  }

  private static func plainText(_ bytes: [UInt8], of file: SourceFile) -> SourceDocument {
    PlainTextReader(path: file.path).read(bytes.span)
  }

  private static func readLines(
    of file: SourceFile, isPlain: Bool, _ body: (SourceDocument, UInt64) throws -> Void
  ) throws {
    let lines: LineReader
    do throws(SystemError) {
      lines = try LineReader(opening: file.openPath)
    } catch {
      throw SourceText.unreadable(file, error)
    }
    var reader = JSONLinesReader(path: file.path, readsFacts: !isPlain)
    // SAFETY: the span is used only while `next` lends the line's bytes.
    while unsafe try lines.next({ line in
      let span = unsafe Span<UInt8>(_unsafeBytes: line)
      if let document = try reader.read(span, number: lines.lineNumber) { try body(document, lines.bytesRead) }
    }) {}
  }
}
