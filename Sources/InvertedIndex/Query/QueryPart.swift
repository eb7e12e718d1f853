/// A part of a query's text as a reader takes it: a word, cut off where white space, a function character, or how frequent its
/// neighbours are says that another begins.
struct QueryPart: Sendable {
  /// As it was typed.
  let text: String
  /// The places of the query's patterns that it is: one, or bigrams each of which overlaps the one before.
  let patterns: [Int]
  /// The phrase that they are.
  let phrase: Pattern
  /// What a document has as well that has the part: its synonyms.
  let others: [Pattern]
  /// What the phrase weighs: what the rarest of its bigrams does.
  let weight: Double
}

extension RankedText {
  /// A query of more parts is a sentence, which no document has whole.
  private static let mostParts = 8

  /// The parts of a query that is nothing but text, each once; none for one that has fewer than two, or too many.
  ///
  /// - Parameters:
  ///   - patterns: those of the query.
  ///   - weights: what each weighs.
  func parts(_ patterns: [Pattern], documentFrequencies: [Int], weights: [Double]) -> [QueryPart] {
    guard texts.count == 1, terms.count > 1 else { return [] }
    let bytes = Array(texts[0].utf8)
    var parts: [QueryPart] = []
    var start = 0
    while start < terms.count {
      var end = start
      while end < terms.count, isOfPart(end, patterns, documentFrequencies),
        end == start || (terms[end].position != nil && continues(end))
      {
        end += 1
      }
      if end > start {
        let part = part(terms[start..<end], bytes, patterns, weights)
        if !parts.contains(where: { $0.text == part.text }) { parts.append(part) }
        if parts.count > Self.mostParts { return [] }
      }
      start = max(end, start + 1)
    }
    return parts.count > 1 ? parts : []
  }

  /// Whether a term is (of) a word: it does not stand across the border of two, and has no function character, or one that is
  /// of a word here, as 请 in 申请: neither neighbour is in more than twice as many documents.
  private func isOfPart(_ index: Int, _ patterns: [Pattern], _ documentFrequencies: [Int]) -> Bool {
    let term = terms[index]
    if term.bytes.isEmpty || straddles(index, documentFrequencies) { return false }
    if term.weight >= 1 { return true }
    guard let position = term.position, case .bigram(let key)? = patterns[term.pattern].elements.first?.kind,
      term.weight == FunctionCharacters.weight(ofBigram: key), !FunctionCharacters.isParticle(key >> 21),
      !FunctionCharacters.isParticle(key & 0x1F_FFFF)
    else { return false }
    return [index - 1, index + 1].allSatisfy { other in
      guard terms.indices.contains(other), let place = terms[other].position else { return true }
      return max(place, position) - min(place, position) > 1
        || documentFrequencies[terms[other].pattern] <= Self.straddlingRatio * documentFrequencies[term.pattern]
    }
  }

  /// Whether a term is a bigram that overlaps the one before, in the same word.
  private func continues(_ index: Int) -> Bool {
    guard let before = terms[index - 1].position else { return false }
    return terms[index].position == before + 1 && terms[index].word == terms[index - 1].word
  }

  private func part(
    _ terms: ArraySlice<Term>, _ bytes: [UInt8], _ patterns: [Pattern], _ weights: [Double]
  ) -> QueryPart {
    let places = terms.map(\.pattern)
    let phrase =
      places.count == 1
      ? patterns[places[0]]
      : Pattern(
        elements: places.enumerated().map {
          Pattern.Element(offset: UInt32($0), kind: patterns[$1].elements[0].kind)
        }, gaps: [], scope: patterns[places[0]].scope)
    var others: [Pattern] = []
    for expansion in expansions where places.allSatisfy({ expansion.typed.contains($0) }) {
      others += expansion.use.others.compactMap { Pattern.phrase($0, scope: phrase.scope) }
    }
    let range = (terms.first?.bytes.lowerBound ?? 0)..<(terms.last?.bytes.upperBound ?? 0)
    return QueryPart(
      text: String(decoding: bytes[range], as: UTF8.self), patterns: places, phrase: phrase, others: others,
      weight: places.map { weights[$0] }.max() ?? 0)
  }
}
