import Bulletins
import InvertedIndex

/// The phrases by which texts cite articles of a law, and speak of them, as parts of a query.
struct ArticleWords {
  /// The articles in every spelling of their numbers.
  let articles: [String]
  /// What finds the documents that cite them by the law's name.
  let citing: String
  /// What finds those in which an article stands near the law's name: 《民事诉讼法》第九十六条、第九十七条.
  let speaking: String

  /// Each of the two is at most so long, in characters: so many of its alternatives as fit, the likeliest first.
  private static let longest = 460
  /// An article that is not the first of several stands so far from the law's name at the most.
  private static let farthest = 12

  /// - Parameter spellings: those of the articles' numbers that some document has.
  init(_ spellings: [String], as names: [LawName]) {
    articles = spellings
    var citing: [String] = []
    var speaking: [String] = []
    // Names are taken as phrases, in which a quotation mark would end them.
    for name in names where !name.text.contains("\"") {
      let own = Self.ownNames.first { name.text.hasSuffix($0) }.map { "本" + $0 }
      let title = name.titleQuery
      for article in articles {
        citing += ["\"\(name.text)》\(article)\"", "\"\(name.text)\(article)\""]
        if let own { citing.append("(\(title) AND \"\(own)\(article)\")") }
        speaking.append("\"\(name.text)\" ~\(Self.farthest) \"\(article)\"")
      }
    }
    (self.citing, self.speaking) = (Self.joined(citing), Self.joined(speaking))
  }

  /// An article as it is written: 第九十七条, 第97条; 第一百〇五条 beside 第一百零五条.
  static func spellings(of article: ArticleReference.Article) -> [String] {
    let chinese = ChineseNumeral.spellings(article.number).map { "第\($0)条" }
    guard let insertion = article.insertion else { return chinese + ["第\(article.number)条"] }
    return chinese.map { $0 + "之" + (ChineseNumeral.spellings(insertion).first ?? "") }
      + ["第\(article.number)条之\(insertion)"]
  }

  private static func joined(_ alternatives: [String]) -> String {
    var text = ""
    for alternative in alternatives {
      let separator = text.isEmpty ? "" : " OR "
      guard text.isEmpty || text.unicodeScalars.count + alternative.unicodeScalars.count + 4 <= longest else {
        continue
      }
      text += separator + alternative
    }
    return text
  }

  /// What a text calls itself: 本法, 本条例.
  private static let ownNames = ["法", "条例", "规定", "办法", "解释", "规则", "细则", "规程", "决定", "章程"]
}
