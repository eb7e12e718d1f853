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
  private var counts: TermCounts
  private var characterCounts: TermCounts
  private var titleCounts: [Double]  // by term, then by character
  private var isRead = false  // whether characters were counted
  private var buffer: TokenBuffer
  private var cache = TextBlockCache()
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
  private static let titleShare = 0.5
  private static let latePassageLoss = 0.06
  private static let missingLoss = 0.4
  private static let competing = (gain: 0.4, half: 4.0)
  private static let lawLength = (gain: 0.2, half: 200.0)
  private static let statute = 1.1

  /// A scorer for a query whose patterns weigh as given; nil for one of fewer than two parts of text.
  ///
  /// - Parameter characterFrequencies: in how many documents each character of the query stands.
  init?(_ plan: QueryPlan, weights: [Double], characterFrequencies: [UInt32: Int], formula: BM25) {
    guard plan.text.terms.count > 1 else { return nil }
    self.formula = formula
    characterFormula = formula.withLengthNormalisation(Self.characterLengthNormalisation)
    var characterWeights: [UInt32: Double] = [:]
    for (scalar, frequency) in characterFrequencies where frequency > 0 && !FunctionCharacters.contains(scalar) {
      let factor = plan.text.characters[scalar] ?? 0
      characterWeights[scalar] = factor * formula.idf(documentFrequency: frequency)
    }
    query = CandidateTerms(plan, weights: weights, characterWeights: characterWeights)
    buffer = TokenBuffer(keepsRuns: query.phrases.isEmpty)
    counts = TermCounts(termCount: query.terms.count)
    characterCounts = TermCounts(termCount: query.characterWeights.count)
    titleCounts = [Double](repeating: 0, count: query.terms.count + query.characterWeights.count)
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
    var (candidates, families) = try candidates(entries, in: segments)
    let least = Self.leastShare * candidates[0].lifted
    let count = candidates.partitionPoint { $0.lifted >= least }
    let rest = candidates[count...].map { (family: $0.family, share: $0.entry.score / best) }
    let left = candidates[count...].map(\.entry).sorted { $0.precedes($1) }
    candidates.removeLast(left.count)
    candidates.sort { ($0.entry.segment, $0.entry.document) < ($1.entry.segment, $1.entry.document) }
    for index in candidates.indices {
      let parts = try parts(of: candidates[index], in: segments[candidates[index].entry.segment])
      candidates[index].parts = parts
      candidates[index].entry.score = Self.score(parts)
    }
    families.lift(&candidates, rest: rest, competing: Self.competing, length: Self.lawLength, statute: Self.statute)
    candidates.sort { $0.precedes($1) }
    rescored = candidates
    entries.replaceSubrange(..<(candidates.count + left.count), with: candidates.map(\.liftedEntry) + left)
    guard count < entries.count, let worst = candidates.last?.lifted, entries[count].score > worst else { return 1 }
    let scale = worst / entries[count].score
    for index in count..<entries.count { entries[index].score *= scale }
    return scale
  }

  /// The entries that compete, those first that are good by their first scores and families.
  private func candidates(
    _ entries: [TopHits.Entry], in segments: [SegmentReader]
  ) throws(IndexError) -> ([Candidate], TitleFamilies) {
    var families = TitleFamilies()
    var candidates: [Candidate] = []
    candidates.reserveCapacity(Self.candidateCount)
    for entry in entries.prefix(Self.candidateCount) {
      let (title, text, tabsSeparateCells) = try segments[entry.segment].documents.titleAndText(of: entry.document)
      candidates.append(
        Candidate(
          entry: entry, title: title, text: text, tabsSeparateCells: tabsSeparateCells,
          family: families.family(ofTitle: title)))
    }
    families.lift(&candidates, rest: [], competing: Self.competing, length: Self.lawLength, statute: Self.statute)
    candidates.sort { $0.precedes($1) }
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
      cache = TextBlockCache()
      walks = []
    }
    counts.removeAll()
    characterCounts.removeAll()
    for slot in titleCounts.indices { titleCounts[slot] = 0 }
    let document = candidate.entry.document
    isRead = candidate.text.count <= Self.longestTextRead
    if isRead {
      let bytes = try segment.documents.blocks.read(candidate.text, using: cache)
      let textStart = DocumentStreams.tokenizeBody(
        title: candidate.title.span, text: bytes.span, tabsSeparateCells: candidate.tabsSeparateCells, into: &buffer)
      countTokens(textStart: textStart)
    } else {
      try countPlaces(in: document, segment)
    }
    return combined(first: candidate.entry.score, length: segment.documents.lengths[document])
  }

  /// Counts what the buffer's tokens are.
  private mutating func countTokens(textStart: UInt32) {
    var counts = TermCounts(termCount: 0)
    var characterCounts = TermCounts(termCount: 0)
    swap(&counts, &self.counts)
    swap(&characterCounts, &self.characterCounts)
    let termCount = query.terms.count
    query.forEach(in: buffer) { slot, position in
      counts.add(slot, at: position)
      if position < textStart { titleCounts[slot] += Self.titleShare }
    } character: { slot, position in
      characterCounts.add(slot, at: position)
      if position < textStart { titleCounts[termCount + slot] += Self.titleShare }
    }
    for (slot, spelling) in query.phrases {
      for start in PatternScan(buffer, knowsGaps: !spelling.gaps.isEmpty).starts(of: spelling) {
        counts.add(slot, at: start)
        if start < textStart { titleCounts[slot] += Self.titleShare }
      }
    }
    swap(&counts, &self.counts)
    swap(&characterCounts, &self.characterCounts)
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
      for start in try walks[slot]?.starts() ?? [] {
        counts.add(slot, at: start)
        if start < textStart { titleCounts[slot] += Self.titleShare }
      }
    }
  }

  private func combined(first: Double, length: UInt32) -> CandidateParts {
    let frequencies = counts.totals()
    var covered = 0.0
    var heaviestMissing = 0.0
    for (slot, term) in query.terms.enumerated() {
      if frequencies[slot] > 0 {
        covered += term.weight
      } else if term.isTyped {
        heaviestMissing = max(heaviestMissing, term.weight)
      }
    }
    let typed = query.typedWeight
    let passage = bestPassage(of: Self.passageStretches.long, length: length, withTitle: true)
    let short = bestPassage(of: Self.passageStretches.short, length: length, withTitle: false)
    let place = Double(short?.start ?? 0)
    let norm = characterFormula.norm(length: length)
    let characters = characterScore(characterCounts.totals(), frequencies, titleShare: 0, norm: norm)
    return CandidateParts(
      first: first, characters: characters,
      coverage: typed > 0 ? min(1, covered / typed) : 1, passage: passage?.score ?? first + characters,
      shortPassage: short?.score ?? first + characters,
      focus: (1 - Self.latePassageLoss * place / (place + 1))
        * (typed > 0 ? 1 - Self.missingLoss * heaviestMissing / typed : 1),
      missingWords: query.missingWords(frequencies))
  }

  /// The best passage's score, and the stretch that it begins with; nil where the document is no longer than one.
  private func bestPassage(
    of width: Int, length: UInt32, withTitle: Bool
  ) -> (score: Double, start: Int)? {
    let passageLength = UInt32(width) * TermCounts.stretchWidth
    if length <= passageLength { return nil }
    let norm = formula.norm(length: passageLength)
    let characterNorm = characterFormula.norm(length: passageLength)
    var frequencies = [Double](repeating: 0, count: query.terms.count)
    var characterFrequencies = [Double](repeating: 0, count: query.characterWeights.count)
    var best = (score: 0.0, start: 0)
    let stretchCount = max(counts.stretchCount, characterCounts.stretchCount)
    for end in 0..<stretchCount {
      counts.add(stretch: end, to: &frequencies, sign: 1)
      characterCounts.add(stretch: end, to: &characterFrequencies, sign: 1)
      let start = end + 1 - width
      if start > 0 {
        counts.add(stretch: start - 1, to: &frequencies, sign: -1)
        characterCounts.add(stretch: start - 1, to: &characterFrequencies, sign: -1)
      }
      guard start >= 0 || end == stretchCount - 1 else { continue }
      let titleShare = withTitle && start > 0 ? 1.0 : 0
      var score = 0.0
      for slot in query.terms.indices {
        let frequency = frequencies[slot] + titleShare * titleCounts[slot]
        if frequency > 0 { score += query.terms[slot].weight * (frequency / (frequency + norm)) }
      }
      if score == 0 { continue }
      score += characterScore(characterFrequencies, frequencies, titleShare: titleShare, norm: characterNorm)
      if score > best.score { best = (score, max(0, start)) }
    }
    return best
  }

  /// The characters' part of a score.
  private func characterScore(
    _ counted: [Double], _ termFrequencies: [Double], titleShare: Double, norm: Double
  ) -> Double {
    let weights = query.characterWeights
    var score = 0.0
    if isRead {
      for slot in weights.indices {
        let frequency = counted[slot] + titleShare * titleCounts[query.terms.count + slot]
        if frequency > 0 { score += weights[slot] * (frequency / (frequency + norm)) }
      }
      return score
    }
    var frequencies = counted
    for (slot, term) in query.terms.enumerated() where termFrequencies[slot] > 0 {
      for character in term.characters { frequencies[character] = max(frequencies[character], termFrequencies[slot]) }
    }
    for slot in weights.indices where frequencies[slot] > 0 {
      score += weights[slot] * (frequencies[slot] / (frequencies[slot] + norm))
    }
    return score
  }
}
