/// What a query has to be ranked by: its text's parts, and what each of them weighs beside the others.
///
/// What depends on how frequent terms are in the index is left to ``factors(documentFrequencies:documentCount:)``.
struct RankedText: Sendable {
  /// A bigram, a word or a phrase of the text.
  struct Term: Sendable {
    /// Its place among the query's patterns.
    let pattern: Int
    /// What it weighs, by its characters alone.
    let weight: Double
    /// Where in the text it stands; nil for what is no bigram.
    let position: UInt32?
    /// Which of the words between white space it is of.
    let word: Int
    /// Its bytes in the text.
    let bytes: Range<Int>
  }

  /// Words that are looked for beside a word of the text.
  struct Expansion: Sendable {
    /// What was typed, and what is looked for.
    let use: SynonymTable.Use
    /// The patterns of what was typed.
    let typed: [Int]
    /// The patterns of the others, what each weighs by its characters alone, and which of the others it is of.
    let others: [(pattern: Int, weight: Double, word: Int)]
  }

  /// The parts, in the order of the text.
  var terms: [Term] = []
  /// What is looked for beside them.
  var expansions: [Expansion] = []
  /// What stands between white space, in the order of the text.
  var words: [String] = []
  /// The texts, of which a query with parentheses or operators has several.
  var texts: [String] = []
  /// The text's characters, and how much it asks for each.
  var characters: [UInt32: Double] = [:]

  /// The patterns of words of at most four characters, in the order of the text, each once.
  ///
  /// In longer ones hardly anybody asks for a bigram by itself.
  var patternsOfShortWords: [Int] {
    var patterns: [Int] = []
    for term in terms where words[term.word].count <= 4 && !patterns.contains(term.pattern) {
      patterns.append(term.pattern)
    }
    return patterns
  }

  /// The synonyms that are looked for, each once.
  var synonyms: [SynonymTable.Use] {
    var uses: [SynonymTable.Use] = []
    for expansion in expansions where !uses.contains(expansion.use) { uses.append(expansion.use) }
    return uses
  }

  /// A bigram whose neighbours are both so many times as frequent stands across the border of two words.
  static let straddlingRatio = 2
  /// What such a bigram weighs.
  private static let straddlingWeight = 0.7
  /// What a synonym's bigrams weigh.
  private static let synonymWeight = 0.4
  /// The bigrams of one synonym weigh together at most so much of what the typed word does: five of them, as 最低生活保障 has, would
  /// else outweigh the one of 低保.
  private static let synonymShare = 0.8
  /// In so many documents a word that is typed is the index's own: its synonyms weigh half by then.
  private static let familiarShare = 0.02
  private static let familiarCount = 5.0

  /// By pattern, how often the text asks for it, each occurrence by its weight.
  ///
  /// - Parameter idf: what each occurrence weighs besides, by the pattern's document frequency.
  func factors(documentFrequencies: [Int], documentCount: Int, idf: (Int) -> Double) -> [Double] {
    var factors = [Double](repeating: 0, count: documentFrequencies.count)
    for (index, term) in terms.enumerated() {
      factors[term.pattern] += straddles(index, documentFrequencies) ? term.weight * Self.straddlingWeight : term.weight
    }
    let typed = factors
    for expansion in expansions {
      let frequency = Double(expansion.typed.map { documentFrequencies[$0] }.min() ?? 0)
      let familiarity = frequency / (Self.familiarShare * Double(documentCount) + Self.familiarCount)
      let weight = Self.synonymWeight / (1 + familiarity * familiarity)
      let own = expansion.typed.reduce(0) { $0 + typed[$1] * idf(documentFrequencies[$1]) }
      var sums = [Double](repeating: 0, count: expansion.use.others.count)
      for other in expansion.others where typed[other.pattern] == 0 {
        sums[other.word] += weight * other.weight * idf(documentFrequencies[other.pattern])
      }
      for other in expansion.others where typed[other.pattern] == 0 {
        let share = own > 0 ? min(1, Self.synonymShare * own / sums[other.word]) : 1
        factors[other.pattern] = max(factors[other.pattern], weight * other.weight * share)
      }
    }
    return factors
  }

  /// Whether a part is a bigram across the border of two words, 位解 in 单位解除.
  func straddles(_ index: Int, _ documentFrequencies: [Int]) -> Bool {
    guard index > 0, index + 1 < terms.count, let position = terms[index].position,
      let before = terms[index - 1].position, let after = terms[index + 1].position,
      before + 1 == position, position + 1 == after
    else { return false }
    let own = documentFrequencies[terms[index].pattern] * Self.straddlingRatio
    return documentFrequencies[terms[index - 1].pattern] > own && documentFrequencies[terms[index + 1].pattern] > own
  }
}
