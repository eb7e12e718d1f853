import Bulletins
import InvertedIndex

/// Finds the documents that are articles of a law, and the laws that have them in their texts.
struct ArticleFinder {
  /// A document, and what it shows of the articles.
  struct Found {
    let key: String
    /// Its passages, where it is a law.
    var passages: [Snippet]
    fileprivate var rank: Rank
  }

  /// What comes first: the article asked for first, then articles before laws, then the newest.
  fileprivate struct Rank {
    let agreement: LawName.Agreement
    let place: Int
    /// 0 for an article, 1 for one with a caption, 2 for a law.
    let kind: Int
    let date: String

    func isBefore(_ other: Rank) -> Bool {
      if (place, kind) != (other.place, other.kind) { return (place, kind) < (other.place, other.kind) }
      return date > other.date
    }
  }

  /// What was found.
  struct Findings {
    /// The documents in the order in which they should be shown, none twice; only those whose law's name agrees best.
    var documents: [Found] = []
    /// Articles whose titles only have what was asked for in them: 第十七条之一 of that law, 第十七条 of one whose name ends alike.
    var namesakes: [String] = []
  }

  /// The law's names, as it was typed first.
  let names: [LawName]
  /// By article, the spellings of its number that some document has.
  let spellings: [[String]]
  private let reference: ArticleReference
  private let index: ServedIndex

  /// So many documents with the words of a law's name and an article's number are looked at, and so many texts read.
  private static let mostCandidates = 1000
  private static let mostTexts = 64

  init(_ reference: ArticleReference, in index: ServedIndex) throws {
    self.reference = reference
    self.index = index
    names = LawName.names(reference.law) { index.synonyms.others(of: $0) }
    spellings = try reference.articles.map { article in
      try ArticleWords.spellings(of: article).filter { spelling in
        try Searcher(index.snapshot).search(SearchRequest(query: "\"\(spelling)\"", limit: 0)).total > 0
      }
    }
  }

  /// The articles; names that the law is also known by are tried where no title is the one that was typed.
  func findings() throws -> Findings {
    var findings = Findings()
    for (number, name) in names.enumerated() {
      if number > 0, findings.documents.contains(where: { $0.rank.agreement < .ending }) { break }
      for (place, article) in reference.articles.enumerated() { try add(article, name, place, to: &findings) }
    }
    let best = findings.documents.map(\.rank.agreement).min()
    findings.documents = findings.documents.filter { $0.rank.agreement == best }.enumerated().sorted { one, other in
      if one.element.rank.isBefore(other.element.rank) { return true }
      return !other.element.rank.isBefore(one.element.rank) && one.offset < other.offset
    }.map(\.element)
    return findings
  }

  /// Whether a title is the law's, or that of an article of it.
  func knowsLaw() throws -> Bool {
    try names.contains { name in
      let request = SearchRequest(query: name.titleQuery, limit: Self.mostTexts, snippets: false)
      return try Searcher(index.snapshot).search(request).hits.contains { hit in
        name.agreement(with: ArticleReference(title: hit.title)?.law ?? hit.title) != nil
      }
    }
  }

  /// Adds the documents of one article, under one of the law's names.
  private func add(
    _ article: ArticleReference.Article, _ name: LawName, _ place: Int, to findings: inout Findings
  ) throws {
    let numbers = spellings[place].map { "\"\($0)\"" }.joined(separator: " OR ")
    if numbers.isEmpty { return }
    let request = SearchRequest(
      query: name.titleQuery + " AND (\(numbers))", limit: Self.mostCandidates, snippets: false)
    var textCount = 0
    for hit in try Searcher(index.snapshot).search(request).hits {
      let titled = ArticleReference(title: hit.title)
      guard let agreement = name.agreement(with: titled?.law ?? hit.title) else {
        if titled?.law.hasSuffix(name.text) ?? false { findings.namesakes.append(hit.key) }
        continue
      }
      var date = Self.date(of: hit)
      if let titled {
        if titled.articles.contains(article) {
          let rank = Rank(agreement: agreement, place: place, kind: titled.hasCaption ? 1 : 0, date: date ?? "")
          Self.add(Found(key: hit.key, passages: [], rank: rank), to: &findings.documents)
        } else if titled.articles.contains(where: { $0.number == article.number }) {
          findings.namesakes.append(hit.key)
        }
      } else if textCount < Self.mostTexts {
        textCount += 1
        guard let text = try index.snapshot.document(key: hit.key)?.text, let paragraph = article.paragraph(in: text)
        else { continue }
        date = date ?? LawText.latestDate(in: text)
        let rank = Rank(agreement: agreement, place: place, kind: 2, date: date ?? "")
        let passage = ArticlePassage.snippet(of: paragraph.text, nameLength: paragraph.nameLength)
        Self.add(Found(key: hit.key, passages: [passage], rank: rank), to: &findings.documents)
      }
    }
  }

  private static func add(_ next: Found, to documents: inout [Found]) {
    guard let known = documents.firstIndex(where: { $0.key == next.key }) else { return documents.append(next) }
    documents[known].passages += next.passages.filter { !documents[known].passages.contains($0) }
  }

  private static func date(of hit: Hit) -> String? {
    guard case .string(let date)? = hit.fields.first(where: { $0.name == ValueNames.date })?.value else { return nil }
    return date
  }
}
