import Bulletins
import SystemIO

/// Streams the documents of files, one after the other, never more than one file of text or one line in memory.
enum DocumentStream {
  /// Hands each document of `file` to `body`, with the bytes of the file read so far.
  ///
  /// JSON objects get the facts that their text tells, unless they are to be taken as they are (`isPlain`).
  ///
  /// - Throws: ``ReadError`` for a line that is no document, ``SystemError``, and what `body` throws.
  static func read(_ file: SourceFile, isPlain: Bool, _ body: (SourceDocument, UInt64) throws -> Void) throws {
    switch file.format {
    case .plainText:
      let input = try InputFile(opening: file.openPath)
      let bytes = try input.read(at: 0, count: Int(clamping: input.byteCount))
      let source = PlainTextReader(path: file.path).read(bytes.span)
      for record in BulletinSplitter.split(source).records(of: source) { try body(record, input.byteCount) }
    case .jsonLines:
      let lines = try LineReader(opening: file.openPath)
      var reader = JSONLinesReader(path: file.path, readsFacts: !isPlain)
      // SAFETY: the span is used only while `next` lends the line's bytes.
      while unsafe try lines.next({ line in
        let span = unsafe Span<UInt8>(_unsafeBytes: line)
        if let document = try reader.read(span, number: lines.lineNumber) { try body(document, lines.bytesRead) }
      }) {}
    }
  }
}
