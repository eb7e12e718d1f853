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
  private var scoredCount = 0  // additions to scores since the window began
  private var candidates: [UInt32] = []  // slots, rising, in the first places
  private var isCandidate: [UInt8] = []  // by slot, 1 for a candidate
  private var found: [UInt8] = []  // places of a run
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
    scoredCount = 0
  }

  /// Adds a pattern's part to the score of each of some documents of the window, before candidates are chosen.
  @inline(__always)
  mutating func add(
    _ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>, _ formula: BM25,
    weight: Double, lengths: DocumentLengths
  ) {
    let lower = self.lower
    guard let last = unsafe documents.last, last >= lower, Int(last &- lower) < width else { return }
    scoredCount &+= documents.count
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

  /// Notes that some documents of the window match, 128 at the most, and calls `body` with the places of those among them that
  /// are candidates whose scores exceed `enough`.
  @inline(__always)
  mutating func mark(
    _ documents: UnsafeBufferPointer<UInt32>, above enough: Double, _ body: (Int) throws(IndexError) -> Double
  ) throws(IndexError) {
    let lower = self.lower
    guard let last = unsafe documents.last, last >= lower, Int(last &- lower) < width else { return }
    precondition(documents.count <= found.count, "a block's documents at the most")
    // Which of them are candidates is not to be foreseen: their places are noted without a branch.
    var count = 0
    unsafe marks.withUnsafeMutableBytes { marks in
      unsafe isCandidate.withUnsafeBufferPointer { isCandidate in
        unsafe found.withUnsafeMutableBufferPointer { found in
          // SAFETY: documents rise from one at or after `lower`, and the last one lies in the window; places are below the
          // count, for which there is room.
          for place in 0..<documents.count {
            let slot = unsafe Int(documents[place] &- lower)
            unsafe marks[slot] = 1
            unsafe found[count] = UInt8(truncatingIfNeeded: place)
            unsafe count &+= Int(isCandidate[slot])
          }
        }
      }
    }
    for index in 0..<count {
      let place = Int(found[index])
      let slot = unsafe Int(documents[place] - lower)
      if scores[slot] > enough { scores[slot] += try body(place) }
    }
  }

  /// Whether to look for documents among the candidates costs less than to look for the candidates among the documents: for
  /// some rising documents of the window.
  func hasManyCandidates(for documents: UnsafeBufferPointer<UInt32>) -> Bool {
    guard let first = unsafe documents.first, let last = unsafe documents.last else { return false }
    // A search for a candidate takes as long as a look at some dozen documents.
    return candidateCount * Int(last - first + 1) * 16 > documents.count * width
  }

  /// Whether anything would follow from a pattern's standing in a document: it is not known to match, or it may still be
  /// among the best because its score exceeds `enough`.
  func mayGain(_ document: UInt32, above enough: Double) -> Bool {
    let slot = Int(document - lower)
    return marks[slot >> 3] & Self.mark(slot) == 0 || scores[slot] > max(enough, hasCandidates ? 0 : -1)
  }

  /// From now on only documents whose scores exceed `enough`, which is not negative, are scored.
  mutating func chooseCandidates(above enough: Double) {
    if candidates.isEmpty {
      candidates = [UInt32](repeating: 0, count: width)
      isCandidate = [UInt8](repeating: 0, count: width)
      found = [UInt8](repeating: 0, count: PostingsBlock.fullCount)
    }
    candidateCount = scoredCount > width / 8 ? chooseAmongAll(above: enough) : chooseAmongMarked(above: enough)
    let (candidates, count) = (candidates, candidateCount)
    unsafe isCandidate.withUnsafeMutableBufferPointer { isCandidate in
      // SAFETY: candidates are slots of the window.
      for index in 0..<count { unsafe isCandidate[Int(candidates[index])] = 1 }
    }
    hasCandidates = true
    next = 0
  }

  private mutating func chooseAmongMarked(above enough: Double) -> Int {
    var count = 0
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
    return count
  }

  /// The same where so many are marked that a look at each slot costs less.
  private mutating func chooseAmongAll(above enough: Double) -> Int {
    typealias Row = SIMD4<Double>
    var count = 0
    let least = Row(repeating: enough)
    unsafe scores.withUnsafeMutableBytes { scores in
      unsafe candidates.withUnsafeMutableBufferPointer { candidates in
        // SAFETY: a window's width is a multiple of four, and no more slots are written than were looked at.
        for row in stride(from: 0, to: scores.count, by: MemoryLayout<Row>.size) {
          let values = unsafe scores.loadUnaligned(fromByteOffset: row, as: Row.self)
          let chosen = unsafe unsafeBitCast(values .> least, to: SIMD4<UInt64>.self)
          unsafe scores.storeBytes(
            of: unsafeBitCast(unsafeBitCast(values, to: SIMD4<UInt64>.self) & chosen, to: Row.self), toByteOffset: row,
            as: Row.self)
          guard chosen[0] | chosen[1] | chosen[2] | chosen[3] != 0 else { continue }
          let slot = row / MemoryLayout<Double>.size
          for place in 0..<4 {
            unsafe candidates[count] = UInt32(truncatingIfNeeded: slot &+ place)
            count &+= Int(truncatingIfNeeded: chosen[place] & 1)
          }
        }
      }
    }
    return count
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
      takeCandidates(segmentIndex, into: &sink.hits)
      unsafe marks.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: 0) }
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

  /// Offers the candidates to `hits`, and forgets them.
  private mutating func takeCandidates(_ segmentIndex: Int, into hits: inout TopHits) {
    let (candidates, count, lower) = (candidates, candidateCount, lower)
    unsafe scores.withUnsafeMutableBufferPointer { scores in
      unsafe isCandidate.withUnsafeMutableBufferPointer { isCandidate in
        // SAFETY: candidates are slots of the window.
        for index in 0..<count {
          let slot = Int(candidates[index])
          unsafe hits.insert(segment: segmentIndex, document: lower &+ candidates[index], score: scores[slot])
          unsafe scores[slot] = 0
          unsafe isCandidate[slot] = 0
        }
      }
    }
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
        for slot in candidates[..<count] {
          isCandidate[Int(slot)] = 0
          guard marks[Int(slot) >> 3] & Self.mark(Int(slot)) != 0 else { continue }
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
