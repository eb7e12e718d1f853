import CJKTokenizer

/// A document's text in the segment's text blocks, and how to tokenize a part of it.
///
/// What it reads goes through a cache of the caller's, which must be of the same segment.
struct StoredText: Sendable {
  /// The segment's text.
  let blocks: TextBlocks
  /// The text's bytes in the segment's text.
  let range: Range<Int>
  /// The position at which the text begins.
  let textStart: UInt32
  /// Where tokenizing may begin.
  let places: TextPlaces
  /// Whether a tab is a gap.
  let tabsSeparateCells: Bool

  /// Replaces the contents of `buffer` by the tokens from the last place before `positions` on, at least to the first token
  /// behind them, and returns the bytes of the text that they came from; the tokens' own bytes count from the first of these.
  func tokenize(
    around positions: Range<UInt32>, into buffer: inout TokenBuffer, using cache: TextBlockCache
  ) throws(IndexError) -> [UInt8] {
    let first = places.last(before: positions.lowerBound, textStart: textStart)
    let end = max(first.offset, places.first(after: positions.upperBound)?.offset ?? range.count)
    // Four bytes for each position reach the last one nearly always, and far less than the next place then has to be read.
    let guess = first.offset + Int(positions.upperBound - first.position) * 4 + 64
    if guess < end {
      let bytes = try tokenize(first.offset..<guess, from: first.position, into: &buffer, cache)
      if let last = buffer.tokens.last, last.position > positions.upperBound { return bytes }
    }
    return try tokenize(first.offset..<end, from: first.position, into: &buffer, cache)
  }

  /// Replaces the contents of `buffer` by the tokens at `positions`, and perhaps some before them, at least to the first token
  /// behind them, and returns the bytes of the text that they came from; the tokens' own bytes count from the first of these.
  func tokenize(
    passage positions: Range<UInt32>, into buffer: inout TokenBuffer, using cache: TextBlockCache
  ) throws(IndexError) -> [UInt8] {
    let first = places.last(before: positions.lowerBound, textStart: textStart)
    let end = max(first.offset, places.first(after: positions.upperBound)?.offset ?? range.count)
    let near = places.last(before: positions.upperBound, textStart: textStart)
    let left = Int(positions.upperBound - near.position)
    let guess = near.offset + left * 3 + left / 4 + 96
    if guess < end {
      let bytes = try tokenize(
        first.offset..<guess, from: first.position, keptFrom: positions.lowerBound, into: &buffer, cache)
      if let last = buffer.tokens.last, last.position > positions.upperBound { return bytes }
    }
    return try tokenize(
      first.offset..<end, from: first.position, keptFrom: positions.lowerBound, into: &buffer, cache)
  }

  private func tokenize(
    _ part: Range<Int>, from position: UInt32, keptFrom kept: UInt32 = 0, into buffer: inout TokenBuffer,
    _ cache: TextBlockCache
  ) throws(IndexError) -> [UInt8] {
    let bytes = try read(part, using: cache)
    buffer.removeAll()
    buffer.skipPositions(position)
    buffer.passOverBigrams(before: kept)
    Tokenizer(tabRule: tabsSeparateCells ? .cellBorder : .whiteSpace).tokenize(bytes.span, into: &buffer)
    return bytes
  }

  /// Bytes of the text.
  func read(_ part: Range<Int>, using cache: TextBlockCache) throws(IndexError) -> [UInt8] {
    try blocks.read(range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound, using: cache)
  }
}
