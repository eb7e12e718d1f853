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
    let scalars = text.unicodeScalars
    var start: String.Index?  // of the word
    for index in scalars.indices {
      if Self.isWhiteSpace(scalars[index]) {
        if let start { texts.append(String(scalars[start..<index])) }
        start = nil
      } else if start == nil {
        starts.append(text.utf8.distance(from: text.startIndex, to: index))
        start = index
      }
    }
    if let start { texts.append(start == text.startIndex ? text : String(scalars[start...])) }
  }

  private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value <= 0x3000 && scalar.properties.isWhitespace  // no white space lies behind the ideographic one
  }

  /// The number of the word that has a byte of the text.
  func word(at byte: Int) -> Int { max(0, starts.partitionPoint { $0 <= byte } - 1) }

  /// What a bigram weighs by how it is typed.
  func weight(of token: Token) -> Double {
    texts.count < 2 || word(at: Int(token.start)) == word(at: Int(token.end) - 1) ? 1 : Self.brokenWeight
  }
}
