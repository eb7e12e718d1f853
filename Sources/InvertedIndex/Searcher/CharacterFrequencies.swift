import Synchronization

/// In how many documents each character stands, as far as anybody has asked; any number of threads may ask at once.
///
/// SAFETY: `counts` has room for `count` numbers, which are set before anybody sees the table and live as long as it does;
/// an index is compared with `count` first.
@safe final class CharacterFrequencies: Sendable {
  // One more than the frequency; 0 where it is not known.
  private nonisolated(unsafe) let counts: UnsafeMutablePointer<Atomic<UInt32>>
  private static let count = 1 << 16  // the characters beyond are rare

  init() {
    unsafe counts = .allocate(capacity: Self.count)
    for index in 0..<Self.count { unsafe (counts + index).initialize(to: Atomic(0)) }
  }

  deinit {
    unsafe counts.deinitialize(count: Self.count)
    unsafe counts.deallocate()
  }

  /// The frequency of a character, which `find` finds when nobody has asked yet.
  func frequency(of scalar: UInt32, find: () throws(IndexError) -> Int) throws(IndexError) -> Int {
    guard Int(scalar) < Self.count else { return try find() }
    let known = unsafe counts[Int(scalar)].load(ordering: .relaxed)
    if known > 0 { return Int(known) - 1 }
    let found = try find()
    unsafe counts[Int(scalar)].store(UInt32(clamping: found + 1), ordering: .relaxed)
    return found
  }
}

extension Snapshot {
  /// How many documents hold a character.
  ///
  /// - Complexity: O(*n*) in the postings of the terms that begin with it, once for each character.
  func documentFrequency(ofCharacter scalar: UInt32) throws(IndexError) -> Int {
    try characterFrequencies.frequency(of: scalar) { () throws(IndexError) in
      let pattern = Pattern(elements: [Pattern.Element(offset: 0, kind: .character(scalar))], gaps: [], scope: .body)
      var filter = KeepsNone()
      var sum = 0
      for segment in segments {
        sum += try PatternMatcher(segment).matches(of: pattern, keeping: &filter).matches.documentFrequency ?? 0
      }
      return sum
    }
  }
}
