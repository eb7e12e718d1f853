/// A term of a pattern, ready to be walked.
struct PatternTerm {
  /// Where it stands, counted from the pattern's first position.
  let offset: UInt32
  /// Its postings.
  var cursor: PostingsCursor
}

/// Says how often a phrase stands in a document that has all its terms: by their positions.
struct PhraseVerifier {
  private var starts: [UInt32] = []
  private var positions: [UInt32] = []

  /// How often the terms stand at their offsets from one place, in the document that their cursors are on; the rarest term
  /// should be first.
  ///
  /// - Precondition: `range` lies in `terms`, and is not empty.
  @inline(__always)
  mutating func count(
    _ terms: UnsafeMutableBufferPointer<PatternTerm>, in range: Range<Int>
  ) throws(IndexError) -> UInt32 {
    precondition(range.lowerBound >= 0 && range.upperBound <= terms.count && !range.isEmpty, "terms of the list")
    // SAFETY: the terms are there, as was just checked.
    if range.count == 1 { return unsafe try terms[range.lowerBound].cursor.frequency() }
    return UInt32(truncatingIfNeeded: unsafe try findStarts(terms, range))
  }

  /// The places themselves, for all of `terms`, rising.
  mutating func allStarts(
    _ terms: UnsafeMutableBufferPointer<PatternTerm>
  ) throws(IndexError) -> ArraySlice<UInt32> {
    precondition(!terms.isEmpty, "a pattern has a term")
    return starts[..<(unsafe try findStarts(terms, 0..<terms.count))]
  }

  /// Puts the places to the front of `starts`, and returns how many they are.
  private mutating func findStarts(
    _ terms: UnsafeMutableBufferPointer<PatternTerm>, _ range: Range<Int>
  ) throws(IndexError) -> Int {
    var count = unsafe try terms[range.lowerBound].cursor.readPositions(into: &starts)
    let offset = unsafe terms[range.lowerBound].offset
    if offset > 0 {
      var low = 0  // places too near to the beginning
      while low < count, starts[low] < offset { low += 1 }
      for index in low..<count { starts[index - low] = starts[index] - offset }
      count -= low
    }
    var index = range.lowerBound + 1
    while index < range.upperBound && count > 0 {
      let positionCount = unsafe try terms[index].cursor.readPositions(into: &positions)
      let distance = unsafe terms[index].offset
      count = PositionIntersection.keep(&starts, count, before: positions, positionCount, distance: distance)
      index += 1
    }
    return count
  }
}
