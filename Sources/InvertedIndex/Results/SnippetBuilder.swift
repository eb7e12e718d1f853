import CJKTokenizer

/// Here is a document and a query's patterns; give me the passages worth showing.
///
/// Where patterns stand is known from their positions; only the passages themselves are tokenized again. Patterns with lone
/// characters or punctuation are looked for in the text, from its beginning until some are found. In a text with tables a
/// passage in a row is shown as the row.
struct SnippetBuilder {
  private let patterns: [Pattern]
  private let weights: [Double]
  private let openings: PatternOpenings
  private let haveGaps: Bool
  private var buffer = TokenBuffer()
  private var rowSnippets: RowSnippets
  private var cache = TextBlockCache()
  private var cachedSegment: SegmentReader?  // whose blocks the cache has, and whose postings the walks go through
  private var walks: [Walk]  // by pattern, and a last one through the ends of paragraphs
  /// How many passages a hit shows at the most.
  static let largestCount = 3
  /// How many positions a passage takes, unless one match is longer.
  private static let passageWidth: UInt32 = 110
  /// A text of at most so many bytes is walked over as a whole.
  private static let shortByteCount = 6144
  /// How many matches of one pattern are enough to choose passages from.
  private static let enoughMarks = 200

  /// A pattern's documents in a segment, as far as they were asked for.
  private struct Walk {
    var isBegun = false
    var cursors: TermCursors?  // nil where the pattern is nowhere
  }

  /// A builder for patterns that weigh as given; those that only search a title or a field mark nothing, and of a group each
  /// phrase is marked.
  init(patterns: [Pattern], weights: [Double]) {
    var marked: [(pattern: Pattern, weight: Double)] = []
    for (pattern, weight) in zip(patterns, weights) {
      for phrase in pattern.phrases where phrase.scope == .body || phrase.scope == .text {
        if pattern.group == nil || !marked.contains(where: { $0.pattern == phrase }) { marked.append((phrase, weight)) }
      }
    }
    self.patterns = marked.map(\.pattern)
    self.weights = marked.map(\.weight)
    openings = PatternOpenings(self.patterns)
    rowSnippets = RowSnippets(patterns: self.patterns, weights: self.weights, openings)
    walks = Array(repeating: Walk(), count: self.patterns.count + 1)
    haveGaps = self.patterns.contains { !$0.gaps.isEmpty }
  }

  /// A place that a pattern matched, in positions.
  private struct Mark {
    let start: UInt32
    let end: UInt32
    let pattern: Int
  }

  /// The best passages of a document's text, in the order of their worth; its beginning when nothing matches there.
  ///
  /// - Precondition: a segment's documents come in rising order, and no other segment's between them.
  mutating func snippets(
    of document: UInt32, in segment: SegmentReader, text: StoredText
  ) throws(IndexError) -> [Snippet] {
    if segment !== cachedSegment {
      cache = TextBlockCache()
      walks = Array(repeating: Walk(), count: patterns.count + 1)
      cachedSegment = segment
    }
    var marks: [Mark] = []
    var whole: [UInt8]?  // a text whose tokens are all in the buffer
    if text.range.count <= Self.shortByteCount {
      let bytes = try text.tokenize(around: text.textStart..<UInt32.max, into: &buffer, using: cache)
      marks = marksInBuffer()
      // From a place on there may be fewer tokens, and what is shown would end elsewhere.
      if text.places.places.isEmpty { whole = bytes }
    } else {
      for (index, pattern) in patterns.enumerated() {
        let starts =
          pattern.isFoundByTerms
          ? try starts(of: pattern, walk: index, in: document, segment) : try scan(text, for: pattern)[...]
        let width = pattern.width
        let first = starts.firstIndex { $0 >= text.textStart } ?? starts.endIndex
        for start in starts[first...].prefix(Self.enoughMarks) {
          marks.append(Mark(start: start, end: start + width, pattern: index))
        }
      }
      if patterns.count > 1 { marks.sort { ($0.start, $0.end) < ($1.start, $1.end) } }
    }
    let paragraphs = text.tabsSeparateCells ? try paragraphs(of: marks, in: document, segment, text) : []
    // In the order of the text, so that its blocks are decoded once; then in that of their worth.
    let passages = passages(marks, paragraphs, textStart: text.textStart)
    var snippets: [[Snippet]] = passages.map { _ in [] }
    var shownRows: Set<Int> = []
    for index in passages.indices.sorted(by: { passages[$0].lowerBound < passages[$1].lowerBound }) {
      let piece: [UInt8]
      var pieceStart = 0
      if let whole {
        piece = whole
      } else {
        piece = try text.tokenize(passage: passages[index], into: &buffer, using: cache)
        pieceStart = text.places.last(before: passages[index].lowerBound, textStart: text.textStart).offset
      }
      let (range, found) = shown(passages[index], piece, text)
      var rows: [Snippet]?
      if text.tabsSeparateCells, !found.isEmpty {
        let passage = RowSnippets.Passage(piece: piece, start: pieceStart, shown: range, marks: found)
        rows = try rowSnippets.snippets(of: passage, in: text, using: cache, shownRows: &shownRows)
      }
      snippets[index] =
        rows
        ?? [SnippetText.make(piece, range: range, marks: found.map(\.bytes), tabIsGap: text.tabsSeparateCells)]
    }
    return Array(snippets.joined().filter { !$0.text.isEmpty }.prefix(Self.largestCount))
  }

  /// For each mark the number of its paragraph, when there are several patterns, and so a choice between rows.
  private mutating func paragraphs(
    of marks: [Mark], in document: UInt32, _ segment: SegmentReader, _ text: StoredText
  ) throws(IndexError) -> [Int] {
    guard let first = marks.first, marks.contains(where: { $0.pattern != first.pattern }) else { return [] }
    let ends: [UInt32]
    if text.range.count <= Self.shortByteCount {
      ends = buffer.tokens.filter { $0.kind == .paragraphEnd }.map(\.position)
    } else {
      ends = Array(try starts(of: .paragraphEnd, walk: patterns.count, in: document, segment))
    }
    var paragraph = 0
    return marks.map { mark in
      while paragraph < ends.count, ends[paragraph] <= mark.start { paragraph += 1 }
      return paragraph
    }
  }

  /// The places of a pattern that is found by its terms.
  private mutating func starts(
    of pattern: Pattern, walk: Int, in document: UInt32, _ segment: SegmentReader
  ) throws(IndexError) -> ArraySlice<UInt32> {
    if !walks[walk].isBegun {
      let matcher = PhraseMatcher(segment, field: FieldedKey.bodyField)
      walks[walk] = Walk(isBegun: true, cursors: try matcher.cursors(of: pattern))
    }
    guard try walks[walk].cursors?.seek(to: document) == document else { return [] }
    return try walks[walk].cursors?.starts() ?? []
  }

  /// All places in a short text: one walk over its tokens costs less than a cursor for each term.
  private func marksInBuffer() -> [Mark] {
    let scan = PatternScan(buffer, knowsGaps: haveGaps)
    var marks: [Mark] = []
    for (place, token) in buffer.tokens.enumerated() where openings.mayBegin(with: token) {
      for index in openings.patterns(beginningWith: token, in: buffer) {
        guard scan.end(of: patterns[index], at: place) != nil else { continue }
        marks.append(Mark(start: token.position, end: token.position + patterns[index].width, pattern: index))
      }
    }
    return marks
  }

  /// The first places of a pattern, found in the text piece by piece.
  private mutating func scan(_ text: StoredText, for pattern: Pattern) throws(IndexError) -> [UInt32] {
    var starts: [UInt32] = []
    var position = text.textStart
    while true {
      // A piece reaches into the next one, so that nothing is missed where they meet.
      let next = text.places.first(after: position)?.position
      _ = try text.tokenize(around: position..<(next ?? position) + pattern.width, into: &buffer, using: cache)
      for start in PatternScan(buffer, knowsGaps: !pattern.gaps.isEmpty).starts(of: pattern)
      where starts.last.map({ $0 < start }) ?? true {
        starts.append(start)
      }
      guard let next, starts.count < Self.largestCount else { return starts }
      position = next
    }
  }

  // MARK: passages

  /// Up to three passages that do not overlap, chosen by the weight of the different patterns they show.
  private func passages(_ marks: [Mark], _ paragraphs: [Int], textStart: UInt32) -> [Range<UInt32>] {
    guard !marks.isEmpty else { return [textStart..<textStart + Self.passageWidth] }
    var chosen: [Range<UInt32>] = []
    var shown = [Bool](repeating: false, count: patterns.count)
    while chosen.count < Self.largestCount, var best = bestWindow(marks, avoiding: chosen, shown: shown) {
      // One paragraph, or row, that has it all says more than two that have a part each.
      if !paragraphs.isEmpty, Set(paragraphs[best]).count > 1,
        let inner = bestWindow(marks, within: paragraphs, avoiding: chosen, shown: shown),
        distinctWorth(marks[inner], shown) >= distinctWorth(marks[best], shown)
      {
        best = inner
      }
      let span = Self.span(marks[best])
      let spare = Self.passageWidth - min(Self.passageWidth, UInt32(span.count))
      var start = max(textStart, span.lowerBound - min(span.lowerBound, spare / 2))
      var end = max(span.upperBound, start + Self.passageWidth)
      for other in chosen {  // no text is shown twice
        if other.upperBound <= span.lowerBound { start = max(start, other.upperBound) }
        if other.lowerBound >= span.upperBound { end = min(end, other.lowerBound) }
      }
      chosen.append(start..<end)
      for index in best { shown[marks[index].pattern] = true }
    }
    return chosen
  }

  private static func span(_ marks: ArraySlice<Mark>) -> Range<UInt32> {
    let start = marks.first?.start ?? 0
    return start..<marks.reduce(start) { max($0, $1.end) }
  }

  /// What the different patterns of some marks weigh together.
  private func distinctWorth(_ marks: ArraySlice<Mark>, _ shown: [Bool]) -> Double {
    Set(marks.map(\.pattern)).sorted().reduce(0) { $0 + max(weights[$1], 1e-6) * (shown[$1] ? 0.1 : 1) }
  }

  /// The neighbouring marks that fit in a passage, or in one paragraph where `paragraphs` tells that of each, and weigh most;
  /// what is shown already weighs a tenth.
  private func bestWindow(
    _ marks: [Mark], within paragraphs: [Int] = [], avoiding chosen: [Range<UInt32>], shown: [Bool]
  ) -> Range<Int>? {
    var best: Range<Int>?
    var bestWorth = 0.0
    // What a pattern's first place in a window adds, and what each further one does.
    let firstWorths = weights.indices.map { max(weights[$0], 1e-6) * (shown[$0] ? 0.1 : 1) }
    let furtherWorths = firstWorths.map { $0 * 0.02 }
    var counts = [Int](repeating: 0, count: patterns.count)
    var worth = 0.0
    var end = 0
    for start in marks.indices {
      if end < start { end = start }
      while end < marks.count, end == start || marks[end].end - marks[start].start <= Self.passageWidth,
        paragraphs.isEmpty || paragraphs[end] == paragraphs[start]
      {
        let pattern = marks[end].pattern
        worth += counts[pattern] == 0 ? firstWorths[pattern] : furtherWorths[pattern]
        counts[pattern] += 1
        end += 1
      }
      if worth > bestWorth {
        let span = Self.span(marks[start..<end])
        if !chosen.contains(where: { $0.overlaps(span) }) { (best, bestWorth) = (start..<end, worth) }
      }
      let pattern = marks[start].pattern
      counts[pattern] -= 1
      worth -= counts[pattern] == 0 ? firstWorths[pattern] : furtherWorths[pattern]
    }
    return best
  }

  // MARK: text

  /// The bytes of a passage, with all that the patterns match in it; the buffer has the tokens of `piece`, a part of the text.
  private func shown(
    _ passage: Range<UInt32>, _ piece: [UInt8], _ text: StoredText
  ) -> (range: Range<Int>, marks: [RowSnippets.Mark]) {
    let tokens = buffer.tokens
    var first = tokens.partitionPoint { $0.position < passage.lowerBound }
    while first < tokens.count, !tokens[first].kind.isOfRun, tokens[first].kind != .word { first += 1 }
    let last = tokens.partitionPoint(from: first) { $0.position < passage.upperBound }
    var start = passage.lowerBound <= text.textStart ? 0 : Int(first < tokens.count ? tokens[first].start : 0)
    let scan = PatternScan(buffer, knowsGaps: haveGaps)
    let shownEnd = max(start, scan.endOfFirstCharacters(at: first..<last))
    let end = last == tokens.count ? piece.count : shownEnd
    start = min(start, end)
    var marks: [RowSnippets.Mark] = []
    for place in first..<last where openings.mayBegin(with: tokens[place]) {
      for index in openings.patterns(beginningWith: tokens[place], in: buffer) {
        guard let matchEnd = scan.end(of: patterns[index], at: place), matchEnd <= end else { continue }
        marks.append(RowSnippets.Mark(bytes: Int(tokens[place].start)..<matchEnd, pattern: index))
      }
    }
    return (start..<end, marks)
  }
}
