import CJKTokenizer

/// Here is a document's text and a query's patterns; give me the passages worth showing.
struct SnippetBuilder {
  private let patterns: [Pattern]
  private let weights: [Double]
  private var buffer = TokenBuffer()
  /// How many passages a hit shows at the most.
  static let largestCount = 3
  /// How many bytes of text a passage has at the most, about 110 Han characters.
  private static let passageByteCount = 330

  /// A builder for patterns that weigh as given; those that only search a title or a field mark nothing.
  init(patterns: [Pattern], weights: [Double]) {
    let marked = zip(patterns, weights).filter { $0.0.scope == .body || $0.0.scope == .text }
    self.patterns = marked.map(\.0)
    self.weights = marked.map(\.1)
  }

  /// A place that a pattern matched, in bytes of the text.
  private struct Mark {
    let start: Int
    let end: Int
    let pattern: Int
  }

  /// The best passages of a text, in the order of their worth; its beginning when nothing matches.
  mutating func snippets(of text: Span<UInt8>, tabsSeparateCells: Bool) -> [Snippet] {
    buffer.removeAll()
    Tokenizer(tabRule: tabsSeparateCells ? .cellBorder : .whiteSpace).tokenize(text, into: &buffer)
    let marks = findMarks()
    let passages = bestPassages(marks, textByteCount: text.count)
    return passages.compactMap { passage in
      let range = Self.onScalarBounds(passage, text)
      let inside = marks.filter { $0.start >= range.lowerBound && $0.end <= range.upperBound }
      let snippet = SnippetText.make(
        text, range: range, marks: inside.map { $0.start..<$0.end }, tabIsGap: tabsSeparateCells)
      return snippet.text.isEmpty ? nil : snippet
    }
  }

  // MARK: places

  private func findMarks() -> [Mark] {
    let scan = PatternScan(buffer)
    var marks: [Mark] = []
    var byKey: [UInt64: [Int]] = [:]
    var byCharacter: [UInt64: [Int]] = [:]
    var byWord: [[UInt8]: [Int]] = [:]
    for (index, pattern) in patterns.enumerated() {
      switch pattern.elements[0].kind {
      case .bigram(let key): byKey[key, default: []].append(index)
      case .character(let scalar): byCharacter[UInt64(scalar), default: []].append(index)
      case .word(let bytes): byWord[bytes, default: []].append(index)
      }
    }
    for (place, token) in buffer.tokens.enumerated() {
      var starting: [Int] = []
      if token.kind == .word {
        if !byWord.isEmpty { starting = byWord[Array(buffer.wordBytes(of: token))] ?? [] }
      } else if token.kind.isOfRun {
        if token.kind == .bigram, !byKey.isEmpty, let found = byKey[token.key] { starting = found }
        if !byCharacter.isEmpty, let found = byCharacter[token.key >> 21] { starting += found }
      }
      for index in starting {
        guard let end = scan.end(of: patterns[index], at: place) else { continue }
        marks.append(Mark(start: Int(token.start), end: end, pattern: index))
      }
    }
    return marks
  }

  // MARK: passages

  /// Up to three passages that do not overlap, chosen by the weight of the different patterns they show.
  private func bestPassages(_ marks: [Mark], textByteCount: Int) -> [Range<Int>] {
    guard !marks.isEmpty else { return [0..<min(textByteCount, Self.passageByteCount)] }
    var chosen: [Range<Int>] = []
    var shown = [Bool](repeating: false, count: patterns.count)
    while chosen.count < Self.largestCount, let best = bestWindow(marks, avoiding: chosen, shown: shown) {
      let span = marks[best.lowerBound].start..<best.map({ marks[$0].end }).reduce(0, max)
      let spare = max(0, Self.passageByteCount - span.count)
      var start = max(0, span.lowerBound - spare / 2)
      var end = min(textByteCount, max(span.upperBound, start + Self.passageByteCount))
      for other in chosen {  // no text is shown twice
        if other.upperBound <= span.lowerBound { start = max(start, other.upperBound) }
        if other.lowerBound >= span.upperBound { end = min(end, other.lowerBound) }
      }
      chosen.append(start..<end)
      for index in best { shown[marks[index].pattern] = true }
    }
    return chosen
  }

  /// The neighbouring marks that fit in a passage and weigh most; what is shown already weighs a tenth.
  private func bestWindow(_ marks: [Mark], avoiding chosen: [Range<Int>], shown: [Bool]) -> Range<Int>? {
    var best: Range<Int>?
    var bestWorth = 0.0
    var counts = [Int](repeating: 0, count: patterns.count)
    var worth = 0.0
    var end = 0
    func weight(_ pattern: Int) -> Double { max(weights[pattern], 1e-6) * (shown[pattern] ? 0.1 : 1) }
    for start in marks.indices {
      if end < start { end = start }
      while end < marks.count, end == start || marks[end].end - marks[start].start <= Self.passageByteCount {
        let pattern = marks[end].pattern
        counts[pattern] += 1
        worth += weight(pattern) * (counts[pattern] == 1 ? 1 : 0.02)
        end += 1
      }
      let span = marks[start].start..<marks[start..<end].map(\.end).reduce(0, max)
      if worth > bestWorth, !chosen.contains(where: { $0.overlaps(span) }) { (best, bestWorth) = (start..<end, worth) }
      let pattern = marks[start].pattern
      worth -= weight(pattern) * (counts[pattern] == 1 ? 1 : 0.02)
      counts[pattern] -= 1
    }
    return best
  }

  private static func onScalarBounds(_ range: Range<Int>, _ text: Span<UInt8>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start > 0, start < text.count, text[start] & 0xC0 == 0x80 { start -= 1 }
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return start..<end
  }
}
