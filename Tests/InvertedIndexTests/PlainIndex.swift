import Foundation
import InvertedIndex

/// The documents in a list, searched by looking at all of them: what the engine must agree with.
struct PlainIndex {
  /// Where a phrase is looked for.
  enum Scope: Hashable { case body, title, text, field(String) }

  /// A phrase in its scope.
  struct Pattern: Hashable {
    let phrase: PlainText
    let scope: Scope
    /// Whether it counts only where it is a run of its own, as plain BM25 knows a lone character.
    var isRun = false
  }

  private struct Entry {
    let document: Document
    let title: PlainText
    let text: PlainText
    let fields: [String: [PlainText]]
  }

  private let entries: [Entry]
  private let averageLength: Double
  private let lengths: [Double]

  init(_ documents: [Document]) {
    entries = documents.map { document in
      var fields: [String: [PlainText]] = [:]
      for field in document.fields {
        fields[field.name, default: []] += Self.texts(field.value).map { PlainText($0) }
      }
      return Entry(
        document: document, title: PlainText(document.title), text: PlainText(document.text), fields: fields)
    }
    lengths = entries.map { Double($0.title.terms.count + $0.text.terms.count) }
    averageLength = documents.isEmpty ? 0 : lengths.reduce(0, +) / Double(documents.count)
  }

  private static func texts(_ value: FieldValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .integer(let number): [String(number)]
    case .number(let number): [String(number)]
    case .boolean(let flag): [String(flag)]
    case .null: []
    case .list(let values): values.flatMap(texts)
    }
  }

  /// How often a pattern stands in each document.
  func frequencies(of pattern: Pattern) -> [Int] {
    entries.map { entry in
      let texts: [PlainText] =
        switch pattern.scope {
        case .body: [entry.title, entry.text]
        case .title: [entry.title]
        case .text: [entry.text]
        case .field(let name): entry.fields[name] ?? []
        }
      return texts.reduce(0) { sum, text in
        sum + (pattern.isRun ? text.countOfRuns(of: pattern.phrase) : text.count(of: pattern.phrase))
      }
    }
  }

  /// The document frequency that a pattern is weighed by: for a phrase that of its rarest bigram or word in title and text, or
  /// in the field; its own where it is one term, or has nothing but lone characters.
  func documentFrequency(of pattern: Pattern) -> Int {
    let terms = pattern.phrase.terms
    let parts = terms.filter { !$0.isCharacter }
    guard terms.count > 1, !parts.isEmpty else { return frequencies(of: pattern).count { $0 > 0 } }
    let stream: Scope = if case .field = pattern.scope { pattern.scope } else { .body }
    return parts.map { part in frequencies(of: Pattern(phrase: part, scope: stream)).count { $0 > 0 } }.min() ?? 0
  }

  /// The keys of the documents that hold a phrase.
  func keys(holding phrase: String, scope: Scope = .body) -> [String] {
    guard let phrase = PlainText(phrase).phrase else { return [] }
    let frequencies = frequencies(of: Pattern(phrase: phrase, scope: scope))
    return zip(entries, frequencies).filter { $0.1 > 0 }.map(\.0.document.key)
  }

  /// The documents that a query asks for with their scores, in the order of the list.
  func answer(_ query: PlainQuery, k1: Double = 1.2, b: Double = 0.75) -> [(key: String, score: Double)] {
    var frequencies: [Pattern: [Int]] = [:]
    for pattern in query.allPatterns { frequencies[pattern] = self.frequencies(of: pattern) }
    let scored = query.scoredPatterns
    return entries.indices.compactMap { index in
      guard query.asksFor({ (frequencies[$0]?[index] ?? 0) > 0 }) else { return nil }
      let score = scored.reduce(0.0) { sum, item in
        let counts = frequencies[item.key] ?? []
        let having = Double(documentFrequency(of: item.key))
        let idf = log(1 + (Double(entries.count) - having + 0.5) / (having + 0.5))
        let tf = Double(counts[index])
        guard tf > 0 else { return sum }
        let norm = k1 * (1 - b + b * lengths[index] / averageLength)
        return sum + Double(item.value) * idf * tf / (tf + norm)
      }
      return (entries[index].document.key, score)
    }
  }
}
