import Bulletins
import InvertedIndex

/// A law's name as it was typed: which titles mean that law, and how well they agree.
struct LawName {
  /// How well a title agrees with a name; the better ones are less.
  enum Agreement: Int, Comparable {
    /// It is the name, 中华人民共和国 left out or not.
    case same
    /// It is the name of a paper, whoever issued it, or of the one that such a paper issues.
    case subject
    /// It is, without what stands in brackets behind it: （试行）, （2018年修正）.
    case withoutRemark
    /// It ends with it: 信访条例 of 某省信访条例.
    case ending

    static func < (one: Agreement, other: Agreement) -> Bool { one.rawValue < other.rawValue }
  }

  /// The name without the country's and without 《》 around all of it.
  let text: String
  /// What a title must have in it to agree, as phrases; empty where the name says too little.
  let phrases: [String]
  private let full: String
  private let subject: String

  private static let country = "中华人民共和国"
  private static let shortestEnding = 4
  private static let shortestPhrase = 2

  init(_ typed: String) {
    text = Self.bare(typed)
    full = Self.withoutCountry(ReferenceName.withIssuer(ofTitle: typed))
    subject = Self.withoutCountry(ReferenceName.ofTitle(typed))
    phrases = Self.phrases(of: typed)
  }

  /// A name, and others that the same law is known by: 民诉法 is 民事诉讼法, 民法典解释 is 关于适用民法典的解释.
  static func names(_ typed: String, _ others: (String) -> [String]) -> [LawName] {
    let bare = Self.bare(typed)
    var names = [typed] + others(bare)
    for ending in ["司法解释", "解释"] where bare.hasSuffix(ending) && bare.count > ending.count + 1 {
      let law = String(bare.dropLast(ending.count))
      if !law.hasSuffix("的") { names += ([law] + others(law)).map { "关于适用\($0)的解释" } }
      break
    }
    return names.map { LawName($0) }.filter { !$0.phrases.isEmpty }
  }

  /// What finds the documents whose titles have these phrases.
  var titleQuery: String { phrases.map { "title:\"\($0)\"" }.joined(separator: " AND ") }

  /// How well a title agrees; nil when it is another law's.
  func agreement(with title: String) -> Agreement? {
    if Self.withoutCountry(ReferenceName.withIssuer(ofTitle: title)) == full { return .same }
    let names = ReferenceName.names(ofTitle: title).map { Self.withoutCountry($0) }
    if names.contains(subject) { return .subject }
    let bare = Self.withoutRemark(title)
    if bare != title, Self.withoutCountry(ReferenceName.ofTitle(bare)) == subject { return .withoutRemark }
    guard subject.count >= Self.shortestEnding, names.contains(where: { $0.hasSuffix(subject) }) else { return nil }
    return .ending
  }

  private static func withoutCountry(_ name: String) -> String { name.replacing(country, with: "") }

  private static func withoutRemark(_ title: String) -> String {
    guard let last = title.last, last == "）" || last == ")",
      let open = title.lastIndex(where: { $0 == "（" || $0 == "(" })
    else { return title }
    return String(title[..<open])
  }

  private static func bare(_ typed: String) -> String {
    var name = typed[...]
    if name.hasPrefix("《"), name.hasSuffix("》"),
      name.dropFirst().firstIndex(of: "》") == name.index(before: name.endIndex)
    {
      name = name.dropFirst().dropLast()
    }
    if name.hasPrefix(country), name.count > country.count + 1 { name = name.dropFirst(country.count) }
    return String(name)
  }

  /// What every spelling of a title has: the pieces between punctuation and words that some leave out.
  private static func phrases(of name: String) -> [String] {
    var spaced = name
    for word in [country, "关于", "适用", "的"] { spaced = spaced.replacing(word, with: " ") }
    let pieces = spaced.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
    var phrases: [String] = []
    for piece in pieces where piece.count >= shortestPhrase && !phrases.contains(String(piece)) {
      phrases.append(String(piece))
    }
    return phrases
  }
}
