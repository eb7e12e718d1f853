/// Neighbouring documents of a segment: a mark for each that matches, a sum for its score.
///
/// At first every document that is added is scored. After ``chooseCandidates(above:)`` only those are that may still be among
/// the best; of the others the marks are kept, which the total needs. A mark is a byte: unlike a bit it can be set without a
/// look at its neighbours, one of which was often set just before.
struct ScoreWindow {
  /// How many documents there are.
  let width: Int
  private var lower: UInt32 = 0
  private var marks: [UInt64]  // eight documents in a word, the first one lowest; 1 for one that matches
  private var scores: [Double]  // 0 for documents that are no candidates, once these are chosen
  private var candidates: [UInt32] = []  // slots, rising, in the first places
  private var candidateCount = 0
  private var hasCandidates = false
  private var next = 0  // the candidate that comes next

  /// A window of so many documents, a multiple of 256.
  init(width: Int) {
    self.width = width
    precondition(width % 256 == 0, "whole rows of marks")
    marks = [UInt64](repeating: 0, count: width / 8)
    scores = [Double](repeating: 0, count: width)
  }

  /// Begins at a document; the window is empty, as ``take(_:into:)`` left it.
  mutating func begin(at document: UInt32) {
    lower = document
    hasCandidates = false
  }

  /// Adds a pattern's part to the score of each of some documents of the window, before candidates are chosen.
  @inline(__always)
  mutating func add(
    _ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>, _ formula: BM25,
    weight: Double, lengths: DocumentLengths
  ) {
    let lower = self.lower
    guard let last = unsafe documents.last, last >= lower, Int(last &- lower) < width else { return }
    unsafe marks.withUnsafeMutableBytes { marks in
      unsafe scores.withUnsafeMutableBufferPointer { scores in
        // SAFETY: documents rise from one at or after `lower`, and the last one lies in the window.
        var place = 0
        while place &+ 2 <= documents.count {  // two quotients take as long as one
          let (first, second) = unsafe (documents[place], documents[place &+ 1])
          let parts = unsafe formula.parts(
            weight: weight, frequencies: SIMD2(Double(frequencies[place]), Double(frequencies[place &+ 1])),
            lengths: SIMD2(Double(lengths[first]), Double(lengths[second])))
          let (firstSlot, secondSlot) = (Int(first &- lower), Int(second &- lower))
          unsafe marks[firstSlot] = 1
          unsafe marks[secondSlot] = 1
          unsafe scores[firstSlot] += parts[0]
          unsafe scores[secondSlot] += parts[1]
          place &+= 2
        }
        if place < documents.count {
          let document = unsafe documents[place]
          let slot = Int(document &- lower)
          let norm = formula.norm(length: lengths[document])
          unsafe marks[slot] = 1
          unsafe scores[slot] += formula.part(weight: weight, frequency: frequencies[place], norm: norm)
        }
      }
    }
  }

  /// Adds a part to a document's score, unless it is no candidate.
  mutating func add(_ document: UInt32, _ part: Double) {
    let slot = Int(document - lower)
    marks[slot >> 3] |= Self.mark(slot)
    if !hasCandidates || scores[slot] > 0 { scores[slot] += part }
  }

  /// Notes that some documents of the window match.
  @inline(__always)
  mutating func mark(_ documents: UnsafeBufferPointer<UInt32>) {
    let lower = self.lower
    guard let last = unsafe documents.last, last >= lower, Int(last &- lower) < width else { return }
    unsafe marks.withUnsafeMutableBytes { marks in
      // SAFETY: documents rise from one at or after `lower`, and the last one lies in the window.
      for place in 0..<documents.count {
        unsafe marks[Int(documents[place] &- lower)] = 1
      }
    }
  }

  /// Whether anything would follow from a pattern's standing in a document: it is not known to match, or it may still be
  /// among the best because its score exceeds `enough`.
  func mayGain(_ document: UInt32, above enough: Double) -> Bool {
    let slot = Int(document - lower)
    return marks[slot >> 3] & Self.mark(slot) == 0 || scores[slot] > max(enough, hasCandidates ? 0 : -1)
  }

  /// From now on only documents whose scores exceed `enough`, which is not negative, are scored.
  mutating func chooseCandidates(above enough: Double) {
    var count = 0
    if candidates.count < width { candidates = [UInt32](repeating: 0, count: width) }
    for index in marks.indices where marks[index] != 0 {
      var rest = marks[index]
      while rest != 0 {
        let slot = index &* 8 &+ rest.trailingZeroBitCount &>> 3
        rest &= rest &- 1
        // No branch: which way it would go is not to be foreseen.
        let mayCompete = scores[slot] > enough
        candidates[count] = UInt32(truncatingIfNeeded: slot)
        scores[slot] = mayCompete ? scores[slot] : 0
        count &+= mayCompete ? 1 : 0
      }
    }
    candidateCount = count
    hasCandidates = true
    next = 0
  }

  /// The next candidate whose score exceeds `enough` and that is not behind `last`; nil when there is none.
  @inline(__always)
  mutating func nextCandidate(upTo last: UInt32, above enough: Double) -> UInt32? {
    while next < candidateCount, lower + candidates[next] <= last {
      let slot = candidates[next]
      next += 1
      if scores[Int(slot)] > enough { return lower + slot }
    }
    return nil
  }

  /// Goes back to the first candidate.
  mutating func rewind() { next = 0 }

  /// Offers what may be among the best to `sink`, returns how many documents match, and empties the window.
  mutating func take(_ segmentIndex: Int, into sink: inout MatchSink) -> Int {
    if sink.needsAll { note(in: &sink) }
    let total = countMarks()
    if hasCandidates {
      for slot in candidates[..<candidateCount] {
        sink.hits.insert(segment: segmentIndex, document: lower + slot, score: scores[Int(slot)])
        scores[Int(slot)] = 0
      }
      for index in marks.indices { marks[index] = 0 }
      return total
    }
    for index in marks.indices where marks[index] != 0 {
      var rest = marks[index]
      marks[index] = 0
      while rest != 0 {
        let slot = index &* 8 &+ rest.trailingZeroBitCount &>> 3
        rest &= rest &- 1
        sink.hits.insert(
          segment: segmentIndex, document: lower &+ UInt32(truncatingIfNeeded: slot), score: scores[slot])
        scores[slot] = 0
      }
    }
    return total
  }

  /// Takes back what may be no hit, and tells the sink of all that is left.
  private mutating func note(in sink: inout MatchSink) {
    let first = Int(lower) / 64
    if let allowed = sink.allowed {
      for index in marks.indices where marks[index] != 0 {
        let word = first + index / 8
        let bits = word < allowed.words.count ? allowed.words[word] >> UInt64(index % 8 * 8) & 0xFF : 0
        var dropped = marks[index] & ~Self.marks(bits)
        marks[index] &= Self.marks(bits)
        while dropped != 0 {
          scores[index &* 8 &+ dropped.trailingZeroBitCount &>> 3] = 0
          dropped &= dropped &- 1
        }
      }
      if hasCandidates {
        let count = candidateCount
        candidateCount = 0
        for slot in candidates[..<count] where marks[Int(slot) >> 3] & Self.mark(Int(slot)) != 0 {
          candidates[candidateCount] = slot
          candidateCount += 1
        }
      }
    }
    for index in stride(from: 0, to: marks.count, by: 8) {
      var bits: UInt64 = 0
      for place in 0..<8 { bits |= Self.bits(marks[index + place]) << UInt64(place * 8) }
      if bits != 0 { sink.note(bits, at: first + index / 8) }
    }
  }

  /// Eight marks from eight bits.
  private static func marks(_ bits: UInt64) -> UInt64 {
    let spread = bits &* 0x0101_0101_0101_0101 & 0x8040_2010_0804_0201
    return (spread &+ 0x7F7F_7F7F_7F7F_7F7F | spread) >> 7 & 0x0101_0101_0101_0101
  }

  /// Eight bits from eight marks.
  private static func bits(_ marks: UInt64) -> UInt64 { (marks &* 0x0102_0408_1020_4080) >> 56 }

  private static func mark(_ slot: Int) -> UInt64 {
    1 << UInt64((slot & 7) * 8)
  }

  private func countMarks() -> Int {
    var total = 0
    for row in stride(from: 0, to: marks.count, by: 32) {  // each byte of a sum is at most 32
      var sums: UInt64 = 0
      for index in row..<row + 32 { sums &+= marks[index] }
      // Pairs, then fours, then all: no sum of bytes is above 256.
      sums = sums & 0x00FF_00FF_00FF_00FF &+ sums &>> 8 & 0x00FF_00FF_00FF_00FF
      total &+= Int(truncatingIfNeeded: (sums &* 0x0001_0001_0001_0001) &>> 48)
    }
    return total
  }
}
