import CJKTokenizer

/// The streams of positions that a document's texts are indexed as.
///
/// Title and text share one stream, the title in front; each field of a name has one. Between two texts of a stream at least
/// two positions stay unused: no phrase runs across, since a gap that a query asks for takes one position.
enum DocumentStreams {
  private static let unusedPositions: UInt32 = 2

  /// Replaces the contents of `buffer` by the tokens of title and text, and returns the position where the text begins.
  static func tokenizeBody(
    title: Span<UInt8>, text: Span<UInt8>, tabsSeparateCells: Bool, into buffer: inout TokenBuffer
  ) -> UInt32 {
    let tokenizer = Tokenizer(tabRule: tabsSeparateCells ? .cellBorder : .whiteSpace)
    buffer.removeAll()
    if !title.isEmpty {
      tokenizer.tokenize(title, into: &buffer)
      buffer.skipPositions(unusedPositions)
    }
    let textStart = buffer.positionCount
    tokenizer.tokenize(text, into: &buffer)
    return textStart
  }

  /// The same for a title that is a string.
  static func tokenizeBody(
    title: String, text: Span<UInt8>, tabsSeparateCells: Bool, into buffer: inout TokenBuffer
  ) -> UInt32 {
    var title = title
    title.makeContiguousUTF8()
    return tokenizeBody(
      title: title.utf8Span.span, text: text, tabsSeparateCells: tabsSeparateCells, into: &buffer)
  }

  /// Replaces the contents of `buffer` by the tokens of a field's values.
  static func tokenize(_ value: FieldValue, into buffer: inout TokenBuffer) {
    tokenize(value.searchableTexts, into: &buffer)
  }

  /// The same for values whose texts are known.
  static func tokenize(_ texts: [String], into buffer: inout TokenBuffer) {
    buffer.removeAll()
    for text in texts {
      Tokenizer().tokenize(text, into: &buffer)
      buffer.skipPositions(unusedPositions)
    }
  }

  /// Where the values of a field begin, rising.
  static func starts(of value: FieldValue) -> [UInt32] {
    var buffer = TokenBuffer()
    return value.searchableTexts.map { text in
      let start = buffer.positionCount
      Tokenizer().tokenize(text, into: &buffer)
      buffer.skipPositions(unusedPositions)
      return start
    }
  }
}

extension Tokenizer {
  /// Appends the tokens of a string (see ``tokenize(_:into:)``).
  func tokenize(_ text: String, into buffer: inout TokenBuffer) {
    var text = text
    text.makeContiguousUTF8()
    tokenize(text.utf8Span.span, into: &buffer)
  }
}
