internal import CJKTokenizer

/// Articles of a law as people name them: `《民事诉讼法》第九十七条`, `民诉法97条第二款`, `刑法第十七条之一、第十八条`.
public struct ArticleReference: Equatable, Sendable, CustomStringConvertible {
  /// An article by its number.
  public struct Article: Hashable, Sendable, CustomStringConvertible {
    /// Its number, at least 1.
    public let number: Int
    /// Which one it is of those that were put in behind that number (第十七条之一); nil for the article itself.
    public let insertion: Int?

    /// An article.
    public init(number: Int, insertion: Int? = nil) {
      self.number = number
      self.insertion = insertion
    }

    /// 第97条, 第17条之1.
    public var description: String { "第\(number)条" + (insertion.map { "之\($0)" } ?? "") }
  }

  /// The law's name as it was typed, without white space and in one width.
  public let law: String
  /// The articles, in the order in which they are named, each once.
  public let articles: [Article]
  /// Whether words follow that are no part of the name: 民法典第五百条【缔约过失责任】.
  public let hasCaption: Bool

  private static let longestName = 100
  private static let joints = Set("、,和与及至到—".utf16)

  /// The articles that a query names and nothing else, or nil; paragraphs and items of theirs (第二款第（三）项) may follow.
  ///
  ///     ArticleReference(query: "刑法 第17条之一")   // article 17, insertion 1
  ///     ArticleReference(query: "第九十七条")        // nil: of which law?
  ///     ArticleReference(query: "刑法第十七条 未成年") // nil
  ///
  /// What is in quotation marks is none: it is looked for as it stands.
  ///
  /// - Complexity: O(*n*²) in the length of `query`, which is cut short.
  public init?(query: String) {
    guard query.utf8.count <= 600 else { return nil }
    self.init(Self.units(of: query), mayHaveCaption: false)
  }

  /// The articles that a title names at its end, or before a caption in brackets.
  public init?(title: String) { self.init(Self.units(of: title), mayHaveCaption: true) }

  private init?(_ units: [UInt16], mayHaveCaption: Bool) {
    let mark: Set<UInt16> = [0x22, 0x2A, 0x2D, 0x3A, 0x7E]  // quotation marks and operators are of no name
    for start in units.indices.dropFirst(2).prefix(Self.longestName) {
      guard !mark.contains(units[start - 1]) else { return nil }
      var reader = ArticleReader(units, at: start)
      guard reader.mayBegin, let articles = reader.articles() else { continue }
      let hasCaption = !reader.isAtEnd && !reader.takeTail()
      guard !hasCaption || mayHaveCaption && reader.isAtCaption else { continue }
      let name = units[..<(units[start - 1] == "的" ? start - 1 : start)]
      // What is behind an article that could not be read is no name.
      guard name.last.map({ !Self.joints.contains($0) }) ?? false, name.contains(where: { $0.isHan }),
        !mark.contains(units[0])
      else { return nil }
      (law, self.articles, self.hasCaption) = (String(decoding: name, as: UTF16.self), articles, hasCaption)
      return
    }
    return nil
  }

  /// 民事诉讼法第97条、第98条.
  public var description: String { law + articles.map(\.description).joined(separator: "、") }

  private static func units(of text: String) -> [UInt16] {
    SqueezedText(text).units.map { Ideograph.folded($0) }
  }
}
