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

    /// The key of a pattern that is one bigram, and does not count inside of hosts.
    var hostedBigram: UInt64? { pattern.elements.count == 1 ? pattern.hostedBigram : nil }

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
  /// What each pattern's saturation is multiplied by.
  let termWeights: [Double]
  /// What each character's saturation is multiplied by.
  let characterWeights: [Double]
  /// Which characters each term consists of.
  let charactersOfTerms: [(slot: Int, character: Int)]
  /// The sum of the weights of what was typed.
  let typedWeight: Double
  /// The patterns that are no bigrams.
  let phrases: [(slot: Int, spelling: Pattern)]
  private let slotsOfWords: [[Int]]  // the typed terms of each word between white space; empty for a query of one word
  private let slotOfBigram: TermSlots
  private let hosted: [(key: UInt64, slot: Int, hosts: [Pattern.Host])]
  private let slotOfOpening: TermSlots
  private let openings: [Opening]
  private let mayOpen: [UInt64]  // a bit for each 16 bits: whether an opening has them as its lowest

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
    termWeights = terms.map(\.weight)
    charactersOfTerms = terms.enumerated().flatMap { slot, term in term.characters.map { (slot, $0) } }
    slotsOfWords = Self.slots(of: plan.text, terms, plan.patterns)
    typedWeight = terms.reduce(0) { $0 + ($1.isTyped ? $1.weight : 0) }
    phrases = terms.enumerated().flatMap { slot, term in
      term.bigram == nil ? term.spellings.map { (slot, $0) } : []
    }
    let bigrams = terms.enumerated().map { $1.bigram ?? UInt64.max - 1 - UInt64($0) }
    slotOfBigram = TermSlots(bigrams)
    hosted = terms.enumerated().compactMap { slot, term in
      term.hostedBigram.map { (key: $0, slot: slot, hosts: term.pattern.hosts) }
    }
    var found: [UInt64: Opening] = [:]
    for (index, character) in characters.enumerated() { found[UInt64(character)] = Opening(character: Int32(index)) }
    for term in terms {
      if let key = term.bigram ?? term.hostedBigram { found[key >> 21, default: Opening()].beginsBigram = true }
    }
    let keys = found.keys.sorted()
    slotOfOpening = TermSlots(keys)
    openings = keys.map { found[$0] ?? Opening() }
    var bits = [UInt64](repeating: 0, count: 1 << 10)
    for key in keys { bits[Int(key & 0xFFFF) >> 6] |= 1 << (key & 63) }
    mayOpen = bits
  }

  /// Whether a ``FlatText`` says all that the query asks for: it has bigrams alone.
  var canCountFlatTexts: Bool { terms.allSatisfy { ($0.bigram ?? $0.hostedBigram ?? 0) & 0x1F_FFFF != 0 } }

  /// How many columns ``TermCounts`` of the query have.
  var columnCount: Int { terms.count + characterWeights.count }

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

  /// The query's words of whose terms a document has none.
  func missingWords(_ counts: TermCounts) -> [Int] {
    slotsOfWords.indices.filter { word in
      !slotsOfWords[word].isEmpty && slotsOfWords[word].allSatisfy { counts.total(of: $0) == 0 }
    }
  }

  /// Counts what the tokens and runs of a buffer are, but for ``phrases``.
  ///
  /// - Parameter textStart: the position before which the title stands.
  func count(_ buffer: borrowing TokenBuffer, textStart: UInt32, into counts: inout TermCounts) {
    for token in buffer.tokens where token.kind.isOfRun && mayOpen(token.key >> 21) {
      count(token.key >> 21, token.key, at: token.position, textStart, into: &counts)
    }
    guard !buffer.runs.isEmpty else { return }
    unsafe buffer.characters.withUnsafeBufferPointer { characters in
      for run in buffer.runs { unsafe count(run, of: characters, textStart, into: &counts) }
    }
  }

  /// Counts what a flat text has, for a query that ``canCountFlatTexts``.
  func count(_ text: FlatText, into counts: inout TermCounts) {
    unsafe text.characters.withUnsafeBufferPointer { characters in
      unsafe forEachOpening(in: 0..<characters.count, of: characters) { place in
        // SAFETY: the place is below the count.
        let first = unsafe UInt64(characters[place])
        let second = unsafe place + 1 < characters.count ? UInt64(characters[place + 1]) : 0
        let bigram = second == 0 ? 0 : first << 21 | second  // 0 is the key of none
        count(first, bigram, at: UInt32(truncatingIfNeeded: place), text.textStart, into: &counts)
        for term in hosted where term.key == bigram {
          let before = unsafe place > 0 ? UInt32(characters[place - 1]) : 0
          let after = unsafe place + 2 < characters.count ? UInt32(characters[place + 2]) : 0
          if term.hosts.contains(where: { $0.before == before && ($0.after ?? after) == after }) { continue }
          counts.add(term.slot, at: UInt32(truncatingIfNeeded: place), isInTitle: place < Int(text.textStart))
        }
      }
    }
  }

  /// Counts a run's bigrams and their first characters.
  @inline(__always)
  private func count(
    _ run: BigramRun, of characters: UnsafeBufferPointer<UInt16>, _ textStart: UInt32, into counts: inout TermCounts
  ) {
    let (start, end) = (run.characters.lowerBound, run.characters.upperBound - 1)
    precondition(end < characters.count, "characters of the buffer")
    unsafe forEachOpening(in: start..<end, of: characters) { place in
      // SAFETY: the place is below the run's end, which was checked.
      let first = unsafe UInt64(characters[place])
      let position = run.position + UInt32(truncatingIfNeeded: place - start)
      unsafe count(first, first << 21 | UInt64(characters[place + 1]), at: position, textStart, into: &counts)
    }
  }

  /// Calls `body` with the places of characters that may begin what is counted.
  @inline(__always)
  private func forEachOpening(
    in places: Range<Int>, of characters: UnsafeBufferPointer<UInt16>, _ body: (Int) -> Void
  ) {
    let step = 128
    precondition(places.lowerBound >= 0 && places.upperBound <= characters.count, "places of the characters")
    unsafe mayOpen.withUnsafeBufferPointer { bits in
      unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: step) { found in
        var start = places.lowerBound
        while start < places.upperBound {
          // Which ones are the query's is not to be foreseen: their places are noted without a branch.
          // SAFETY: places were checked, and at most `step` are noted; there is a word of bits for each 64 of 65,536 numbers.
          let count = min(step, places.upperBound - start)
          var foundCount = 0
          for place in 0..<count {
            let character = unsafe Int(characters[start &+ place])
            unsafe found[foundCount] = UInt8(truncatingIfNeeded: place)
            unsafe foundCount &+= Int(truncatingIfNeeded: bits[character &>> 6] &>> UInt64(character & 63) & 1)
          }
          for index in 0..<foundCount { unsafe body(start &+ Int(found[index])) }
          start += count
        }
      }
    }
  }

  /// Counts a bigram and the character that begins it.
  @inline(__always)
  private func count(
    _ first: UInt64, _ bigram: UInt64, at position: UInt32, _ textStart: UInt32, into counts: inout TermCounts
  ) {
    guard let place = slotOfOpening.slot(of: first) else { return }
    let opening = openings[place]
    let isInTitle = position < textStart
    if opening.character >= 0 {
      counts.add(terms.count + Int(opening.character), at: position, isInTitle: isInTitle)
    }
    if opening.beginsBigram, let slot = slotOfBigram.slot(of: bigram) {
      counts.add(slot, at: position, isInTitle: isInTitle)
    }
  }

  /// Whether a character may begin what is counted.
  @inline(__always)
  private func mayOpen(_ character: UInt64) -> Bool {
    mayOpen[Int(truncatingIfNeeded: character & 0xFFFF) >> 6] >> (character & 63) & 1 == 1
  }
}
