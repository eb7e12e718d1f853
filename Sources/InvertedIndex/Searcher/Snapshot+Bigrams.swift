internal import CJKTokenizer

extension Snapshot {
  /// A bigram of titles and texts.
  public struct Bigram: Equatable, Sendable {
    /// Its second character.
    public var second: Unicode.Scalar
    /// Documents that hold it, deleted ones included.
    public var count: Int
  }

  /// The bigrams that begin with a character, by their second characters.
  ///
  /// - Complexity: O(*b*) in the bigrams that begin so, a few thousand at the most.
  public func bigrams(beginningWith first: Unicode.Scalar) throws(IndexError) -> [Bigram] {
    var found: [Bigram] = []
    let range = CharacterKey.range(startingWith: first)
    let low = FieldedKey.key(field: FieldedKey.bodyField, characters: range.lowerBound)
    let high = FieldedKey.key(field: FieldedKey.bodyField, characters: range.upperBound)
    for segment in segments {
      let before = found
      found.removeAll(keepingCapacity: true)
      var next = 0
      try segment.dictionary.forEachCharacters(in: low...high) { (raw, entry) throws(IndexError) in
        guard let second = CharacterKey(rawValue: FieldedKey.characters(of: raw)).second else { return true }
        while next < before.count, before[next].second < second {
          found.append(before[next])
          next += 1
        }
        var bigram = Bigram(second: second, count: Int(entry.documentFrequency))
        if next < before.count, before[next].second == second {
          bigram.count += before[next].count
          next += 1
        }
        found.append(bigram)
        return true
      }
      found += before[next...]
    }
    return found
  }

  /// How many documents, deleted ones included, hold a bigram in title or text.
  public func documentFrequency(of first: Unicode.Scalar, _ second: Unicode.Scalar) throws(IndexError) -> Int {
    let key = FieldedKey.key(
      field: FieldedKey.bodyField, characters: CharacterKey(first: first, second: second).rawValue)
    var sum = 0
    for segment in segments { sum += Int(try segment.dictionary.entry(characters: key)?.documentFrequency ?? 0) }
    return sum
  }
}
