/// A piece of a hit's text, with what matched.
public struct SnippetAnswer: Codable, Equatable, Sendable {
  /// The piece.
  public var text: String
  /// What matched: half-open ranges of Unicode scalars of ``text``, as `[start, end]`.
  public var highlights: [[Int]]

  /// A piece with ranges of its Unicode scalars.
  public init(text: String, highlights: [Range<Int>]) {
    self.text = text
    self.highlights = highlights.map { [$0.lowerBound, $0.upperBound] }
  }
}
