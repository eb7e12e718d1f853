import InvertedIndex

/// Characters that may stand at each place of a phrase; gives the phrases that the index has most likely.
///
/// A phrase can only be in the index if each of its bigrams is: so the ways through the places are followed from left to
/// right by the bigrams of the dictionary, the likeliest some dozen of them at a time.
struct CharacterLattice {
  /// What may stand at a place: what was typed, if anything, and what may have been meant.
  struct Place {
    let typed: UInt16?
    let others: Set<UInt16>

    func allows(_ character: UInt16) -> Bool { character == typed || others.contains(character) }
    var all: [UInt16] { (typed.map { [$0] } ?? []) + others.sorted() }
  }

  /// A way through the places.
  struct Path {
    var characters: [UInt16]
    /// How many of them were not typed.
    var changes: Int
    /// The sum of the logarithms of its bigrams' document frequencies.
    var weight: Double

    var text: String { String(decoding: characters, as: UTF16.self) }
  }

  private let snapshot: Snapshot
  private let places: [Place]
  private let mostChanges: Int
  private let fewest: Int
  private static let beamWidth = 32
  /// So many characters are looked up one by one; of more, all bigrams of the one before are gone through.
  private static let fewOthers = 64

  /// - Parameter fewest: how many documents a phrase must be in to be of use, and so each of its bigrams.
  init(_ places: [Place], mostChanges: Int, fewest: Int = 1, in snapshot: Snapshot) {
    (self.places, self.mostChanges, self.fewest, self.snapshot) = (places, mostChanges, max(1, fewest), snapshot)
  }

  /// The likeliest ways: with fewer changes first, then by weight.
  func paths(limit: Int) throws(IndexError) -> [Path] {
    guard let first = places.first else { return [] }
    var beam = first.all.map { character in
      Path(characters: [character], changes: character == first.typed ? 0 : 1, weight: 0)
    }
    if first.typed == nil { for index in beam.indices { beam[index].changes = 0 } }
    for place in places.dropFirst() {
      var next: [Path] = []
      var following: [UInt16: [Snapshot.Bigram]] = [:]  // by the last character of a way
      for path in beam { try extend(path, by: place, &following, into: &next) }
      // Ways with fewer changes would crowd out the others, of which one is the right one.
      var kept: [Path] = []
      for changes in 0...mostChanges {
        kept += next.filter { $0.changes == changes }.sorted(by: Self.isBetter).prefix(Self.beamWidth)
      }
      beam = kept
    }
    return Array(beam.sorted(by: Self.isBetter).prefix(limit))
  }

  private static func isBetter(_ one: Path, _ other: Path) -> Bool {
    if one.changes != other.changes { return one.changes < other.changes }
    if one.weight != other.weight { return one.weight > other.weight }
    return one.characters.lexicographicallyPrecedes(other.characters)
  }

  private func extend(
    _ path: Path, by place: Place, _ following: inout [UInt16: [Snapshot.Bigram]], into next: inout [Path]
  ) throws(IndexError) {
    func append(_ character: UInt16, _ count: Int) {
      let changes = path.changes + (place.typed == nil || character == place.typed ? 0 : 1)
      guard count >= fewest, changes <= mostChanges else { return }
      next.append(
        Path(
          characters: path.characters + [character], changes: changes,
          weight: path.weight + Self.logarithm(count)))
    }
    guard let last = path.characters.last.flatMap({ Unicode.Scalar($0) }) else { return }
    if place.others.isEmpty || (path.changes == mostChanges && place.typed != nil) {
      guard let typed = place.typed, let scalar = Unicode.Scalar(typed) else { return }
      append(typed, try snapshot.documentFrequency(of: last, scalar))
      return
    }
    if place.others.count < Self.fewOthers {
      for character in place.all {
        guard let scalar = Unicode.Scalar(character) else { continue }
        append(character, try snapshot.documentFrequency(of: last, scalar))
      }
      return
    }
    let key = path.characters[path.characters.count - 1]
    if following[key] == nil {
      following[key] = try snapshot.bigrams(beginningWith: last).filter { bigram in
        UInt16(exactly: bigram.second.value).map { place.allows($0) } ?? false
      }
    }
    for bigram in following[key] ?? [] { append(UInt16(truncatingIfNeeded: bigram.second.value), bigram.count) }
  }

  /// About the binary logarithm: the place of the highest bit, and the bits behind it as a fraction.
  private static func logarithm(_ count: Int) -> Double {
    Double(Double(count).exponent) + Double(count).significand - 1
  }
}
