import InvertedIndex

/// What is shown of a law: the beginning of an article.
enum ArticlePassage {
  private static let longest = 120

  /// A paragraph's beginning, the article's name highlighted; white space is left out beside what is no letter or digit.
  static func snippet(of paragraph: Substring, nameLength: Int) -> Snippet {
    var scalars = String.UnicodeScalarView()
    var count = 0
    var highlighted = 0
    var space = false
    for (place, scalar) in paragraph.unicodeScalars.enumerated() {
      if scalar.properties.isWhitespace {
        space = true
        continue
      }
      guard count < longest else {
        scalars.append("…")
        break
      }
      if space, scalar.isASCII, let last = scalars.last, last.isASCII {
        scalars.append(" ")
        count += 1
      }
      space = false
      scalars.append(scalar)
      count += 1
      if place < nameLength { highlighted = count }
    }
    return Snippet(text: String(scalars), highlights: [0..<highlighted])
  }
}
