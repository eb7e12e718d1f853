import CJKTokenizer

/// What of a text stands between white space.
struct QueryWords {
  /// The words.
  private(set) var texts: [String] = []
  private var starts: [Int] = []  // the first byte of each

  /// What a bigram weighs that is typed with white space in it: it may be a padded name, and is more often the end of one word
  /// and the beginning of another.
  private static let brokenWeight = 0.0

  /// The words of a text.
  init(_ text: String) {
    var offset = 0
    var word = ""
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        end(&word)
      } else {
        if word.isEmpty { starts.append(offset) }
        word.unicodeScalars.append(scalar)
      }
      offset += scalar.utf8.count
    }
    end(&word)
  }

  private mutating func end(_ word: inout String) {
    if !word.isEmpty { texts.append(word) }
    word = ""
  }

  /// The number of the word that has a byte of the text.
  func word(at byte: Int) -> Int { max(0, starts.partitionPoint { $0 <= byte } - 1) }

  /// What a bigram weighs by how it is typed.
  func weight(of token: Token) -> Double {
    texts.count < 2 || word(at: Int(token.start)) == word(at: Int(token.end) - 1) ? 1 : Self.brokenWeight
  }
}
