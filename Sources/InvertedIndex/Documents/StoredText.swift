import CJKTokenizer

/// A document's text in the mapped file, and how to tokenize a part of it.
struct StoredText: Sendable {
  /// The text's bytes.
  let bytes: ByteSection
  /// The position at which the text begins.
  let textStart: UInt32
  /// Where tokenizing may begin.
  let places: TextPlaces
  /// Whether a tab is a gap.
  let tabsSeparateCells: Bool

  /// Replaces the contents of `buffer` by the tokens from the last place before `range` to the first one behind it; the
  /// tokens' bytes count from the offset that is returned.
  func tokenize(around range: Range<UInt32>, into buffer: inout TokenBuffer) -> Range<Int> {
    let first = places.last(before: range.lowerBound, textStart: textStart)
    let end = places.first(after: range.upperBound)?.offset ?? bytes.count
    buffer.removeAll()
    buffer.skipPositions(first.position)
    withSpan(first.offset..<max(end, first.offset)) { span in
      Tokenizer(tabRule: tabsSeparateCells ? .cellBorder : .whiteSpace).tokenize(span, into: &buffer)
    }
    return first.offset..<max(end, first.offset)
  }

  /// Calls `body` with a part of the text.
  func withSpan<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
    // SAFETY: `bytes` keeps its file mapped while the span is in use, and the subscript checks the range.
    let part = unsafe UnsafeRawBufferPointer(rebasing: bytes.bytes[range]).bindMemory(to: UInt8.self)
    return unsafe body(part.span)
  }
}
