/// A query as a tree, how a person would type it, and what it means by the rules: not a parser, the other way round.
struct PlainQuery {
  enum Part {
    case text(String)
    case phrase(String, PlainIndex.Scope)
    case excluded(String, PlainIndex.Scope, word: Bool)
  }

  /// Parts between two `AND` or `OR`.
  typealias Sequence = [Part]

  /// Groups joined by `OR`; the sequences of a group by `AND`.
  var groups: [[Sequence]]

  /// The query as typed.
  var typed: String {
    groups.map { $0.map { $0.map(Self.typed).joined(separator: " ") }.joined(separator: " AND ") }
      .joined(separator: " OR ")
  }

  private static func typed(_ part: Part) -> String {
    switch part {
    case .text(let text): text
    case .phrase(let text, let scope): prefix(scope) + "\"\(text)\""
    case .excluded(let text, let scope, let word): (word ? "NOT " : "-") + prefix(scope) + "\"\(text)\""
    }
  }

  private static func prefix(_ scope: PlainIndex.Scope) -> String {
    switch scope {
    case .body: ""
    case .title: "title:"
    case .text: "text:"
    case .field(let name): name + ":"
    }
  }

  private static func pattern(_ text: String, _ scope: PlainIndex.Scope) -> PlainIndex.Pattern? {
    PlainText(text).phrase.map { PlainIndex.Pattern(phrase: $0, scope: scope) }
  }

  private static func phrases(_ sequence: Sequence) -> [PlainIndex.Pattern] {
    sequence.compactMap { if case .phrase(let text, let scope) = $0 { pattern(text, scope) } else { nil } }
  }

  private static func excluded(_ sequence: Sequence) -> [PlainIndex.Pattern] {
    sequence.compactMap { if case .excluded(let text, let scope, _) = $0 { pattern(text, scope) } else { nil } }
  }

  /// The terms of all text of a sequence, which is one text with a space between its parts.
  private static func ranked(_ sequence: Sequence) -> [PlainIndex.Pattern] {
    let texts = sequence.compactMap { if case .text(let text) = $0 { text } else { nil } }
    let terms = PlainText(texts.joined(separator: " ")).terms
    return terms.map { PlainIndex.Pattern(phrase: $0, scope: .body, isRun: terms.count > 1 && $0.isCharacter) }
  }

  private static func isEmpty(_ sequence: Sequence) -> Bool { phrases(sequence).isEmpty && ranked(sequence).isEmpty }

  var allPatterns: Set<PlainIndex.Pattern> {
    Set(groups.joined().flatMap { Self.phrases($0) + Self.ranked($0) + Self.excluded($0) })
  }

  /// The patterns that add to a score, and how often the query asks for each.
  var scoredPatterns: [PlainIndex.Pattern: Int] {
    var counts: [PlainIndex.Pattern: Int] = [:]
    for group in groups where !group.allSatisfy(Self.isEmpty) {
      for sequence in group {
        for pattern in Self.phrases(sequence) + Self.ranked(sequence) { counts[pattern, default: 0] += 1 }
      }
    }
    return counts
  }

  /// Whether a document is asked for that holds the patterns for which `holds` is true.
  func asksFor(_ holds: (PlainIndex.Pattern) -> Bool) -> Bool {
    groups.contains { group in
      let asking = group.filter { !Self.isEmpty($0) }
      guard !asking.isEmpty, !group.flatMap(Self.excluded).contains(where: holds) else { return false }
      return asking.allSatisfy { sequence in
        let phrases = Self.phrases(sequence)
        return phrases.isEmpty ? Self.ranked(sequence).contains(where: holds) : phrases.allSatisfy(holds)
      }
    }
  }
}
