/// "Did you mean": the known word nearest to one that is not known.
enum Suggestion {
  /// The nearest of `known` to `word`, or nil if none is near: a third of its letters may differ, at least one.
  static func nearest(to word: String, among known: [String]) -> String? {
    let distances = known.map { (word: $0, distance: distance(word, $0)) }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, best.word.count / 3) ? best.word : nil
  }

  /// How many letters must be put in, left out, changed or exchanged with their neighbour to make one word the other
  /// (Damerau–Levenshtein distance, each letter moved at most once).
  ///
  /// - Complexity: O(*m* · *n*) for words of *m* and *n* letters.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var rows = [Array(0...right.count)]
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }

  /// The end of an error's sentence: `; did you mean 'search'?`, or nothing.
  static func ending(for word: String, among known: [String], quotedBy prefix: String = "") -> String {
    nearest(to: word, among: known).map { "; did you mean '\(prefix)\($0)'?" } ?? ""
  }
}
