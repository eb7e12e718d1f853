import CJKTokenizer

/// Scores the best documents of a query once more, by what their texts say.
///
///     score = ((first + characters) × coverage^½ + 0.7 × best passage + 0.3 × best short passage) × focus
///
/// `first` is the sum of the patterns' parts, `characters` the same sum over the text's single characters, `coverage` the share
/// of the typed patterns' weights whose patterns the document has. A passage has 160 positions, a short one 64, and its score
/// is the sum over patterns and characters that it has, taken as a document of its own; what the title has counts half in
/// every passage, but in no short one. Characters reach what bigrams miss where words are put together otherwise; passages find
/// what stands together in long texts.
///
/// `focus` is (1 − 0.06 × k ÷ (k + 1)) × (1 − 0.4 × m): the best short passage begins k stretches of 32 positions after the
/// document, as what a text is about comes early, and m is the share of the typed patterns' weights that the heaviest missing
/// one has.
///
/// Articles of one law that compete together lift each other: the score is multiplied by 1 + 0.4 × g ÷ (g + 4), where g is the
/// sum of the family's scores in shares of the best one; a document without a family is its own. Statutes rule what most people
/// ask about, and come before regulations and rules, long ones before short ones: an article's score is multiplied by 1.1 where
/// its law is named 法 or 法典, and by 1 + 0.2 × n ÷ (n + 200), where n is the highest number among the family's articles that
/// compete.
///
/// A long text is not read: positions tell its bigrams and words, and a character is taken to stand there as often as the most
/// frequent one of the query's bigrams that have it.
struct CandidateScorer {
  private let query: CandidateTerms
  private let formula: BM25
  private let characterFormula: BM25
  private var counts: TermCounts  // by term, then by character
  private var isRead = false  // whether characters were counted
  private let long: PassageKind
  private let short: PassageKind
  private var sums: [UInt32]  // of a passage, by column
  private var characterSums: [UInt32]
  private var buffer: TokenBuffer
  private var cache: TextBlockCache?
  private let texts: FlatTextCache?  // where the query can do with them
  private var text = FlatText()
  private var segment: SegmentReader?
  private var walks: [TermCursors?] = []  // by term, of the segment
  /// The documents that ``reorder(_:in:)`` looked at again, best first.
  private(set) var rescored: [Candidate] = []

  /// How many documents compete at the most.
  static let candidateCount = 100
  /// Of these, the ones whose first score is a smaller share of the best one's are not looked at again.
  private static let leastShare = 0.5

  private static let characterLengthNormalisation = 1.0
  private static let longestTextRead = 8192
  private static let passageShares = (long: 0.7, short: 0.3)
  private static let passageStretches = (long: 5, short: 2)
  private static let latePassageLoss = 0.06
  private static let missingLoss = 0.4
  private static let competing = (gain: 0.4, half: 4.0)
  private static let lawLength = (gain: 0.2, half: 200.0)
  private static let statute = 1.1

  /// A scorer for a query whose patterns weigh as given; nil for one of fewer than two parts of text.
  ///
  /// - Parameter characterFrequencies: in how many documents each character of the query stands.
  /// - Parameter texts: those that were looked at before.
  init?(
    _ plan: QueryPlan, weights: [Double], characterFrequencies: [UInt32: Int], formula: BM25, texts: FlatTextCache
  ) {
    guard plan.text.terms.count > 1 else { return nil }
    self.formula = formula
    characterFormula = formula.withLengthNormalisation(Self.characterLengthNormalisation)
    var characterWeights: [UInt32: Double] = [:]
    for (scalar, frequency) in characterFrequencies where frequency > 0 && !FunctionCharacters.contains(scalar) {
      let factor = plan.text.characters[scalar] ?? 0
      characterWeights[scalar] = factor * formula.idf(documentFrequency: frequency)
    }
    query = CandidateTerms(plan, weights: weights, characterWeights: characterWeights)
    self.texts = query.canCountFlatTexts ? texts : nil
    buffer = TokenBuffer(keepsRuns: query.phrases.isEmpty)
    counts = TermCounts(columnCount: query.columnCount)
    sums = [UInt32](repeating: 0, count: query.columnCount)
    characterSums = [UInt32](repeating: 0, count: query.characterWeights.count)
    long = PassageKind(
      stretches: Self.passageStretches.long, titleHalves: 1, formula: formula, characterFormula: characterFormula)
    short = PassageKind(
      stretches: Self.passageStretches.short, titleHalves: 0, formula: formula, characterFormula: characterFormula)
  }

  /// Puts the best of some entries, which are sorted, into the order of their new scores; those left behind have scores of the
  /// first kind, each multiplied by a number that makes it no larger than the others.
  ///
  /// - Parameter segments: those of the entries' snapshot.
  /// - Returns: that number.
  mutating func reorder(
    _ entries: inout [TopHits.Entry], in segments: [SegmentReader]
  ) throws(IndexError) -> Double {
    guard let best = entries.first?.score, best > 0 else { return 1 }
    let (all, families) = try candidates(entries, in: segments)
    let least = Self.leastShare * (all.lazy.map(\.lifted).max() ?? 0)
    var candidates = all.filter { $0.lifted >= least }
    candidates.sort { ($0.entry.segment, $0.entry.document) < ($1.entry.segment, $1.entry.document) }
    let others = all.filter { $0.lifted < least }.sorted { $0.precedes($1) }
    let left = others.map(\.entry).sorted { $0.precedes($1) }
    for index in candidates.indices {
      let parts = try parts(of: candidates[index], in: segments[candidates[index].entry.segment])
      candidates[index].parts = parts
      candidates[index].entry.score = Self.score(parts)
    }
    families.lift(
      &candidates, rest: others.map { (family: $0.family, share: $0.entry.score / best) }, competing: Self.competing,
      length: Self.lawLength, statute: Self.statute)
    let lifted = candidates.enumerated().map { (entry: $1.liftedEntry, place: $0) }
    let order = lifted.sorted { $0.entry.precedes($1.entry) }
    rescored = order.map { candidates[$0.place] }
    let count = order.count
    entries.replaceSubrange(..<all.count, with: order.map(\.entry) + left)
    guard count < entries.count, let worst = order.last?.entry.score, entries[count].score > worst else { return 1 }
    let scale = worst / entries[count].score
    for index in count..<entries.count { entries[index].score *= scale }
    return scale
  }

  /// The entries that compete, in their order, with the scores to which their families lift the first ones.
  private func candidates(
    _ entries: [TopHits.Entry], in segments: [SegmentReader]
  ) throws(IndexError) -> ([Candidate], TitleFamilies) {
    let entries = entries.prefix(Self.candidateCount)
    // Neighbours are read, and their families found, together.
    let order = entries.indices.sorted {
      (entries[$0].segment, entries[$0].document) < (entries[$1].segment, entries[$1].document)
    }
    var families = TitleFamilies()
    var found = [Candidate?](repeating: nil, count: entries.count)
    var start = 0
    while start < order.count {
      let segment = entries[order[start]].segment
      let end = order.partitionPoint(from: start) { entries[$0].segment == segment }
      var next = start
      let documents = order[start..<end].map { entries[$0].document }
      try segments[segment].documents.forEachTitle(of: documents) { title, text, tabsSeparateCells in
        found[order[next]] = Candidate(
          entry: entries[order[next]], title: title, text: text, tabsSeparateCells: tabsSeparateCells,
          family: families.family(ofTitle: title))
        next += 1
      }
      start = end
    }
    var candidates = found.compactMap(\.self)
    families.lift(&candidates, rest: [], competing: Self.competing, length: Self.lawLength, statute: Self.statute)
    return (candidates, families)
  }

  /// The score that is made of some parts, but for what the family adds.
  private static func score(_ parts: CandidateParts) -> Double {
    ((parts.first + parts.characters) * parts.coverage.squareRoot() + passageShares.long * parts.passage
      + passageShares.short * parts.shortPassage) * parts.focus
  }

  /// What the score of a document is made of.
  ///
  /// - Precondition: a segment's documents come in rising order, and no other segment's between them.
  private mutating func parts(
    of candidate: Candidate, in segment: SegmentReader
  ) throws(IndexError) -> CandidateParts {
    if segment !== self.segment {
      self.segment = segment
      cache = nil
      walks = []
    }
    counts.removeAll()
    let document = candidate.entry.document
    isRead = candidate.text.count <= Self.longestTextRead
    if isRead {
      try countText(of: candidate, segment)
    } else {
      try countPlaces(in: document, segment)
    }
    return combined(first: candidate.entry.score, length: segment.documents.lengths[document])
  }

  /// Counts what stands in the document's title and text.
  private mutating func countText(of candidate: Candidate, _ segment: SegmentReader) throws(IndexError) {
    let entry = candidate.entry
    if let texts, texts.copy(entry.document, inSegment: entry.segment, into: &text) {
      query.count(text, into: &counts)
      return
    }
    let cache = self.cache ?? TextBlockCache()
    self.cache = cache
    let bytes = try segment.documents.blocks.read(candidate.text, using: cache)
    let textStart = DocumentStreams.tokenizeBody(
      title: candidate.title.span, text: bytes.span, tabsSeparateCells: candidate.tabsSeparateCells, into: &buffer)
    if let texts, text.become(buffer, textStart: textStart) {
      texts.keep(text, of: entry.document, inSegment: entry.segment)
      query.count(text, into: &counts)
      return
    }
    query.count(buffer, textStart: textStart, into: &counts)
    for (slot, spelling) in query.phrases {
      for start in PatternScan(buffer, knowsGaps: !spelling.gaps.isEmpty).starts(of: spelling) {
        counts.add(slot, at: start, isInTitle: start < textStart)
      }
    }
  }

  /// Counts where the query's terms stand by their positions.
  private mutating func countPlaces(in document: UInt32, _ segment: SegmentReader) throws(IndexError) {
    if walks.isEmpty {
      let matcher = PhraseMatcher(segment, field: FieldedKey.bodyField)
      for term in query.terms {
        walks.append(term.pattern.isFoundByTerms ? try matcher.cursors(of: term.pattern) : nil)
      }
    }
    let textStart = try segment.documents.textStart(of: document)
    for slot in query.terms.indices where try walks[slot]?.seek(to: document) == document {
      for start in try walks[slot]?.starts() ?? [] { counts.add(slot, at: start, isInTitle: start < textStart) }
    }
  }

  private mutating func combined(first: Double, length: UInt32) -> CandidateParts {
    let (counts, weights) = (counts, query.termWeights)
    var covered = 0.0
    var heaviestMissing = 0.0
    for slot in weights.indices {
      if counts.total(of: slot) > 0 {
        covered += weights[slot]
      } else if query.terms[slot].isTyped {
        heaviestMissing = max(heaviestMissing, weights[slot])
      }
    }
    let typed = query.typedWeight
    let norm = characterFormula.norm(length: length)
    var characters = 0.0
    if !isRead { unsafe counts.withTotals { totals, _ in unsafe takeCharacters(from: totals) } }
    for slot in query.characterWeights.indices {
      let frequency = Double(isRead ? counts.total(of: weights.count + slot) : characterSums[slot])
      if frequency > 0 { characters += query.characterWeights[slot] * (frequency / (frequency + norm)) }
    }
    let passage = length > long.length ? bestPassage(long) : nil
    let shortPassage = length > short.length ? bestPassage(short) : nil
    let place = Double(shortPassage?.start ?? 0)
    return CandidateParts(
      first: first, characters: characters,
      coverage: typed > 0 ? min(1, covered / typed) : 1, passage: passage?.score ?? first + characters,
      shortPassage: shortPassage?.score ?? first + characters,
      focus: (1 - Self.latePassageLoss * place / (place + 1))
        * (typed > 0 ? 1 - Self.missingLoss * heaviestMissing / typed : 1),
      missingWords: query.missingWords(counts))
  }

  /// How long passages of a kind are, and what frequencies bring there.
  private struct PassageKind {
    let stretches: Int
    let length: UInt32
    let titleHalves: UInt32  // how much of a frequency in the title a passage behind it has
    let terms: Saturation
    let characters: Saturation

    init(stretches: Int, titleHalves: UInt32, formula: BM25, characterFormula: BM25) {
      self.stretches = stretches
      self.titleHalves = titleHalves
      length = UInt32(stretches) * TermCounts.stretchWidth
      terms = Saturation(norm: formula.norm(length: length))
      characters = Saturation(norm: characterFormula.norm(length: length))
    }
  }

  /// The best passage's score, and the stretch that it begins with; passages that have no term of the query do not count.
  private mutating func bestPassage(_ kind: PassageKind) -> (score: Double, start: Int) {
    let counts = self.counts
    var sums: [UInt32] = []
    swap(&sums, &self.sums)
    var best = (score: 0.0, start: 0)
    unsafe counts.withTotals { _, titles in
      unsafe counts.forEachPassage(of: kind.stretches, sums: &sums) { sums, first in
        let titleHalves = first > 0 ? kind.titleHalves : 0
        let score = unsafe kind.terms.score(query.termWeights, sums, titles: titles, titleHalves: titleHalves)
        if score == 0 { return }
        let characters = unsafe characterScore(sums, titles, titleHalves, kind.characters)
        if score + characters > best.score { best = (score + characters, max(0, first)) }
      }
    }
    swap(&sums, &self.sums)
    return best
  }

  /// The characters' part of a passage's score.
  private mutating func characterScore(
    _ sums: UnsafeBufferPointer<UInt32>, _ titles: UnsafeBufferPointer<UInt32>, _ titleHalves: UInt32,
    _ saturation: Saturation
  ) -> Double {
    let weights = query.characterWeights
    if isRead {
      let start = query.termWeights.count
      return unsafe saturation.score(
        weights, UnsafeBufferPointer(rebasing: sums[start...]), titles: UnsafeBufferPointer(rebasing: titles[start...]),
        titleHalves: titleHalves)
    }
    unsafe takeCharacters(from: sums)
    return unsafe characterSums.withUnsafeBufferPointer {
      unsafe saturation.score(weights, $0, titles: $0, titleHalves: 0)
    }
  }

  /// Sets how often each character is taken to stand where the terms stand so often.
  private mutating func takeCharacters(from frequencies: UnsafeBufferPointer<UInt32>) {
    for slot in characterSums.indices { characterSums[slot] = 0 }
    for (slot, character) in query.charactersOfTerms {
      characterSums[character] = unsafe max(characterSums[character], frequencies[slot])
    }
  }
}
