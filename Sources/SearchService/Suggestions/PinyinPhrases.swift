import InvertedIndex

/// What pinyin may mean: phrases of the names of documents, then of their texts.
struct PinyinPhrases {
  private let snapshot: Snapshot
  private let names: [Catalogue.Match]

  private static let limit = 8
  /// How many names of each kind and fit should be given.
  static let namesRead = 64
  private static let segmentationLimit = 3
  private static let longestPhrase = 10

  /// - Parameter names: those in which the pinyin was read.
  init(_ names: [Catalogue.Match], in snapshot: Snapshot) { (self.names, self.snapshot) = (names, snapshot) }

  /// The phrases, the likeliest first; each stands in some document.
  func phrases(for pinyin: Pinyin) throws -> [String] {
    let named = Self.phrases(in: names)
    let whole = named.filter { $0.fit == .syllables }.map(\.text)
    let others = named.filter { $0.fit != .syllables }.map(\.text)
    // Whole syllables say more than first letters, wherever they are read.
    var found = whole
    for text in try spelled(pinyin) + others where !found.contains(text) { found.append(text) }
    return Array(found.prefix(Self.limit))
  }

  /// What was read in names: the surest first, then those of most documents.
  static func phrases(in matches: [Catalogue.Match]) -> [(text: String, fit: Pinyin.Fit)] {
    var counts: [[UInt16]: (fit: Pinyin.Fit, count: Int)] = [:]
    for match in matches where match.characters.count > 1 {
      let known = counts[match.characters] ?? (match.fit, 0)
      counts[match.characters] = (min(known.fit, match.fit), known.count + match.count)
    }
    let order = counts.sorted { one, other in
      if one.value.fit != other.value.fit { return one.value.fit < other.value.fit }
      if one.value.count != other.value.count { return one.value.count > other.value.count }
      return one.key.lexicographicallyPrecedes(other.key)
    }
    return order.prefix(limit).map { (String(decoding: $0.key, as: UTF16.self), $0.value.fit) }
  }

  /// What whole syllables may spell in texts, by how many documents have it.
  private func spelled(_ pinyin: Pinyin) throws -> [String] {
    var found: [(text: String, count: Int)] = []
    for syllables in pinyin.segmentations(limit: Self.segmentationLimit)
    where (2...Self.longestPhrase).contains(syllables.count) {
      let places = syllables.map { syllable in
        CharacterLattice.Place(typed: nil, others: Set(Readings.shared.characters(of: syllable)))
      }
      let lattice = CharacterLattice(places, mostChanges: 0, in: snapshot)
      for path in try lattice.paths(limit: Self.limit) {
        guard let count = try PhraseProbe(path.text, in: snapshot)?.count.value, count > 0 else { continue }
        found.append((path.text, count))
      }
    }
    return found.sorted { ($1.count, $0.text) < ($0.count, $1.text) }.map(\.text)
  }
}
