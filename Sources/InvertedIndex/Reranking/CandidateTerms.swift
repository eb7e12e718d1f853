import CJKTokenizer

/// What of a query is counted in the texts of candidates: its patterns, and its single characters.
struct CandidateTerms: Sendable {
  /// A pattern of the query.
  struct Term: Sendable {
    /// The pattern.
    let pattern: Pattern
    /// What its saturation is multiplied by.
    let weight: Double
    /// Whether it was typed, and is no synonym's.
    let isTyped: Bool
    /// Which of the characters it consists of; for a bigram only.
    let characters: [Int]

    /// The key of a pattern that is one bigram, and counts wherever it stands.
    var bigram: UInt64? {
      guard pattern.elements.count == 1, pattern.hosts.isEmpty, case .bigram(let key) = pattern.elements[0].kind else {
        return nil
      }
      return key
    }

    /// The phrases any of which the pattern is; itself where it is no group.
    var spellings: [Pattern] {
      guard let group = pattern.group else { return [pattern] }
      if case .any = group.bond { return group.members.filter { $0.scope == .body } }
      return []
    }
  }

  /// What a character that begins a bigram, or counts itself, is.
  private struct Opening: Sendable {
    var character: Int32 = -1  // its place among the characters
    var beginsBigram = false
  }

  /// The patterns.
  let terms: [Term]
  /// What each character's saturation is multiplied by.
  let characterWeights: [Double]
  /// The sum of the weights of what was typed.
  let typedWeight: Double
  /// The patterns that are no bigrams.
  let phrases: [(slot: Int, spelling: Pattern)]
  private let slotsOfWords: [[Int]]  // the typed terms of each word between white space; empty for a query of one word
  private let slotOfBigram: TermSlots
  private let slotOfOpening: TermSlots
  private let openings: [Opening]

  /// The terms of a plan whose patterns weigh as given.
  ///
  /// - Parameter characterWeights: what each character of the query weighs.
  init(_ plan: QueryPlan, weights: [Double], characterWeights: [UInt32: Double]) {
    let characters = characterWeights.keys.sorted()
    self.characterWeights = characters.map { characterWeights[$0] ?? 0 }
    let places = TermSlots(characters.map(UInt64.init))
    let typed = Set(plan.text.terms.map(\.pattern))
    let others = Set(plan.text.expansions.flatMap { $0.others.map(\.pattern) })
    terms = plan.patterns.indices.compactMap { index in
      let pattern = plan.patterns[index]
      guard typed.contains(index) || others.contains(index), weights[index] > 0, pattern.scope == .body else {
        return nil
      }
      var found: [Int] = []
      if pattern.elements.count == 1, case .bigram(let key) = pattern.elements[0].kind {
        found = [key >> 21, key & 0x1F_FFFF].compactMap { places.slot(of: $0) }
      }
      return Term(pattern: pattern, weight: weights[index], isTyped: typed.contains(index), characters: found)
    }
    slotsOfWords = Self.slots(of: plan.text, terms, plan.patterns)
    typedWeight = terms.reduce(0) { $0 + ($1.isTyped ? $1.weight : 0) }
    phrases = terms.enumerated().flatMap { slot, term in
      term.bigram == nil ? term.spellings.map { (slot, $0) } : []
    }
    let bigrams = terms.enumerated().map { $1.bigram ?? UInt64.max - 1 - UInt64($0) }
    slotOfBigram = TermSlots(bigrams)
    var found: [UInt64: Opening] = [:]
    for (index, character) in characters.enumerated() { found[UInt64(character)] = Opening(character: Int32(index)) }
    for term in terms { if let key = term.bigram { found[key >> 21, default: Opening()].beginsBigram = true } }
    let keys = found.keys.sorted()
    slotOfOpening = TermSlots(keys)
    openings = keys.map { found[$0] ?? Opening() }
  }

  /// Which slots the terms of each word have, where there are several words.
  private static func slots(of text: RankedText, _ terms: [Term], _ patterns: [Pattern]) -> [[Int]] {
    guard text.words.count > 1 else { return [] }
    var slots = [[Int]](repeating: [], count: text.words.count)
    for term in text.terms where term.weight > 0 {
      guard let slot = terms.firstIndex(where: { $0.pattern == patterns[term.pattern] }) else { continue }
      slots[term.word].append(slot)
      // A synonym stands for its word.
      let others = text.expansions.filter { $0.typed.contains(term.pattern) }.flatMap { $0.others.map(\.pattern) }
      for other in others {
        if let slot = terms.firstIndex(where: { $0.pattern == patterns[other] }) { slots[term.word].append(slot) }
      }
    }
    return slots
  }

  /// The query's words of whose terms a document has none, by the terms' frequencies in it.
  func missingWords(_ frequencies: [Double]) -> [Int] {
    slotsOfWords.indices.filter { word in
      !slotsOfWords[word].isEmpty && slotsOfWords[word].allSatisfy { frequencies[$0] == 0 }
    }
  }

  /// Calls `body` with the slots of what the tokens and runs of a buffer are, and their positions.
  @inline(__always)
  func forEach(
    in buffer: borrowing TokenBuffer, term: (_ slot: Int, _ position: UInt32) -> Void,
    character: (_ slot: Int, _ position: UInt32) -> Void
  ) {
    for token in buffer.tokens where token.kind.isOfRun {
      guard let place = slotOfOpening.slot(of: token.key >> 21) else { continue }
      let opening = openings[place]
      if opening.character >= 0 { character(Int(opening.character), token.position) }
      if opening.beginsBigram, let slot = slotOfBigram.slot(of: token.key) { term(slot, token.position) }
    }
    for run in buffer.runs {
      var position = run.position
      for index in run.characters.lowerBound..<run.characters.upperBound - 1 {
        let first = UInt64(buffer.characters[index])
        if let place = slotOfOpening.slot(of: first) {
          let opening = openings[place]
          if opening.character >= 0 { character(Int(opening.character), position) }
          if opening.beginsBigram, let slot = slotOfBigram.slot(of: first << 21 | UInt64(buffer.characters[index + 1]))
          {
            term(slot, position)
          }
        }
        position += 1
      }
    }
  }
}
