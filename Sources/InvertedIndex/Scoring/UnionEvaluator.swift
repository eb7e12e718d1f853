/// Finds the best documents that match any of several patterns, and counts all of them.
///
/// The segment is walked in windows of neighbouring documents, whose scores and bits stay in the nearest cache. In a window
/// the patterns that can bring most are scored, as many as it takes until a document that only has the others cannot be
/// among the best (MaxScore: Turtle and Flood 1995; with a window's own bounds). The others only set bits, which the total
/// needs, and add to the scores of the few documents that may still compete.
struct UnionEvaluator {
  private let segment: SegmentReader
  private let formula: BM25
  private var members: [Member] = []
  private var terms: [PatternTerm] = []
  private var lists: [MatchList] = []
  private var verifier = PhraseVerifier()
  private var window: ScoreWindow

  /// A pattern.
  private struct Member {
    let weight: Double
    let source: Source
    /// At least what the pattern adds to a score in the window; 0 where it has no document there.
    var bound = 0.0
    /// Whether its documents that have nothing else cannot compete.
    var isMinor = false

    var isPhrase: Bool { if case .phrase = source { true } else { false } }
  }

  /// Where a pattern's documents come from.
  private enum Source {
    case term(Int)
    case phrase(Range<Int>)
    case list(Int)
  }

  /// An evaluator for some of a segment's matches, and the weight of each.
  init(_ segment: SegmentReader, formula: BM25, matches: [Matches], weights: [Double], patterns: [Int]) {
    self.segment = segment
    self.formula = formula
    window = ScoreWindow(width: segment.documentCount < 1 << 15 ? 1 << 10 : 1 << 12)
    for pattern in patterns {
      let source: Source
      switch matches[pattern] {
      case .list(let list):
        source = .list(lists.count)
        lists.append(list)
      case .terms(let found):
        let first = terms.count
        source = found.documentFrequency != nil ? .term(first) : .phrase(first..<first + found.terms.count)
        terms += found.terms
      }
      members.append(Member(weight: weights[pattern], source: source))
    }
    // Phrases last: what is known of a document by then may make it needless to look for the phrase.
    members = members.filter { !$0.isPhrase } + members.filter(\.isPhrase)
  }

  /// Offers all documents to `sink`, and returns how many there are.
  mutating func collect(segmentIndex: Int, into sink: inout MatchSink) throws(IndexError) -> Int {
    var handed: [PatternTerm] = []
    swap(&handed, &terms)
    var failure: IndexError?
    let total = unsafe handed.withUnsafeMutableBufferPointer { terms in
      do throws(IndexError) {
        var total = 0
        var lower = 0
        while lower < segment.documentCount {
          let range = UInt32(lower)..<UInt32(min(lower + window.width, segment.documentCount))
          window.begin(at: range.lowerBound)
          unsafe try walk(range, terms, threshold: sink.hits.threshold)
          total += window.take(segmentIndex, into: &sink)
          lower += window.width
        }
        return total
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return total
  }

  /// Sees all documents of a window.
  private mutating func walk(
    _ range: Range<UInt32>, _ terms: UnsafeMutableBufferPointer<PatternTerm>, threshold: Double
  ) throws(IndexError) {
    var pending = 0.0  // the sum of the bounds of what was not walked yet
    for index in members.indices {
      members[index].bound = unsafe try bound(of: members[index], terms, in: range)
      pending += members[index].bound
    }
    let minorSum = chooseMinor(threshold)
    for isMinor in [false, true] {
      if isMinor && minorSum > 0 { window.chooseCandidates(above: threshold - pending) }
      for index in members.indices where members[index].bound > 0 && members[index].isMinor == isMinor {
        unsafe try score(members[index], terms, in: range, enough: threshold - pending)
        pending -= members[index].bound
      }
    }
  }

  /// Makes the patterns minor, as many as possible, of whose documents none can compete that has no other pattern, and returns
  /// the sum of their bounds.
  private mutating func chooseMinor(_ threshold: Double) -> Double {
    var sum = 0.0
    for index in members.indices { members[index].isMinor = false }
    while true {
      var least: Int?
      for index in members.indices where members[index].bound > 0 && !members[index].isMinor {
        if case .list = members[index].source { continue }  // its scores are at hand
        if least.map({ members[index].bound < members[$0].bound }) ?? true { least = index }
      }
      guard let least, sum + members[least].bound <= threshold else { return sum }
      sum += members[least].bound
      members[least].isMinor = true
    }
  }

  /// At least what a pattern adds to a score in a window.
  private func bound(
    of member: Member, _ terms: UnsafeMutableBufferPointer<PatternTerm>, in range: Range<UInt32>
  ) throws(IndexError) -> Double {
    let formula = self.formula
    let place: Int
    switch member.source {
    case .list: return formula.bound(weight: member.weight)
    case .term(let term): place = term
    case .phrase(let range): place = range.lowerBound  // a phrase occurs no more often than its rarest term
    }
    let weight = member.weight
    let bound = unsafe try terms[place].cursor.maximum(in: range) { formula.bound(weight: weight, $0) }
    return bound ?? formula.bound(weight: weight)
  }

  /// Adds a pattern's part to the scores of its documents, but for those that cannot compete, and sets their bits.
  ///
  /// - Parameter enough: what a score must exceed, so that the patterns that are left can make it one of the best.
  private mutating func score(
    _ member: Member, _ terms: UnsafeMutableBufferPointer<PatternTerm>, in range: Range<UInt32>, enough: Double
  ) throws(IndexError) {
    let formula = self.formula
    let weight = member.weight
    let lengths = segment.documents.lengths
    let part = { (document: UInt32, frequency: UInt32) in
      formula.part(weight: weight, frequency: frequency, norm: formula.norm(length: lengths[document]))
    }
    switch member.source {
    case .list(let index):
      unsafe lists[index].forEachRun(in: range) { documents, frequencies in
        unsafe window.add(documents, frequencies, formula, weight: weight, lengths: lengths)
      }
    case .term(let place) where member.isMinor:
      // SAFETY: places are those of `terms`, which were handed over together.
      while let slots = unsafe try terms[place].cursor.nextSlots(in: range) {
        let documents = unsafe terms[place].cursor.documents(slots)
        if unsafe window.hasManyCandidates(for: documents) {
          unsafe try window.mark(documents, above: enough) { (index: Int) throws(IndexError) in
            let frequency = unsafe try terms[place].cursor.frequency(atSlot: slots.lowerBound + index)
            return unsafe part(documents[index], frequency)
          }
          continue
        }
        unsafe window.mark(documents)
        let last = unsafe terms[place].cursor.document(atSlot: slots.upperBound - 1)
        var slot = slots.lowerBound
        while let document = window.nextCandidate(upTo: last, above: enough) {
          guard unsafe terms[place].cursor.slot(of: document, from: &slot) else { continue }
          window.add(document, part(document, unsafe try terms[place].cursor.frequency(atSlot: slot)))
        }
      }
      window.rewind()
    case .term(let place):
      try unsafe terms[place].cursor.forEachRun(in: range) { documents, frequencies in
        unsafe window.add(documents, frequencies, formula, weight: weight, lengths: lengths)
      }
    case .phrase(let places):
      let own = unsafe UnsafeMutableBufferPointer(rebasing: terms[places])
      var document = unsafe try own.seekAll(to: range.lowerBound)
      while document < range.upperBound {
        if !segment.isDeleted(document), window.mayGain(document, above: enough) {
          let frequency = unsafe try verifier.count(own, in: 0..<own.count)
          if frequency > 0 { window.add(document, part(document, frequency)) }
        }
        document = unsafe try own.seekAll(to: document + 1)
      }
    }
  }
}
