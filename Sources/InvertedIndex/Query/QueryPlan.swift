import CJKTokenizer

/// A query ready to be matched: its different patterns, how often each is asked for, and how they are joined.
struct QueryPlan: Sendable {
  /// The patterns, each once, in the order of the query.
  private(set) var patterns: [Pattern] = []
  /// How often the query asks for each pattern, exclusions left out: its part of a score counts so many times.
  private(set) var multiplicities: [Int] = []
  /// The filters that the query has in it, each once.
  private(set) var filters: [DocumentFilter] = []
  /// Which documents are asked for; nil when the query folds to nothing.
  private(set) var root: MatchNode?
  private let clauses: FieldClauses?
  private let body: StreamScope
  private let joinsWords: Bool

  /// The plan of a query.
  ///
  /// - Parameter joinsWords: whether letters, digits and lone characters that touch are one phrase (`PM2.5`, `2024年`), as
  ///   a person means them; plain BM25 takes each for itself.
  /// - Parameter clauses: what `name:text` means where it is no phrase in a field.
  /// - Parameter body: where text without a field's name is looked for.
  init(
    _ syntax: QuerySyntax, joinsWords: Bool, clauses: FieldClauses? = nil, body: StreamScope = .body
  ) {
    self.clauses = clauses
    self.body = body
    self.joinsWords = joinsWords
    var buffer = TokenBuffer(minimumCapacity: 16)
    root = node(of: syntax.groups, repetitions: 1, &buffer)
  }

  /// The plan that asks for all that a filter lets through.
  static func all(of filter: DocumentFilter) -> QueryPlan {
    var plan = QueryPlan(QuerySyntax(), joinsWords: true)
    plan.filters = [filter]
    plan.root = .filter(0)
    return plan
  }

  /// What groups ask for that are joined by `OR`; what is excluded counts as no repetition of its patterns.
  private mutating func node(
    of groups: [[QuerySyntax.Sequence]], repetitions: Int, _ buffer: inout TokenBuffer
  ) -> MatchNode? {
    var nodes: [MatchNode] = []
    for group in groups {
      if let node = node(of: group, repetitions: repetitions, &buffer) { nodes.append(node) }
    }
    return Self.any(nodes)
  }

  private mutating func node(
    of group: [QuerySyntax.Sequence], repetitions: Int, _ buffer: inout TokenBuffer
  ) -> MatchNode? {
    var required: [MatchNode] = []
    var boosts: [MatchNode] = []
    var excluded: [MatchNode] = []
    // What folds to nothing appends nothing: punctuation asks for no document and forbids none.
    for sequence in group {
      var phrases: [MatchNode] = []
      append(sequence.required, to: &phrases, repetitions: repetitions, &buffer)
      required += phrases
      // Filters say nothing of the text: beside them it is asked for.
      if phrases.allSatisfy(\.isMadeOfFilters) {
        append(sequence.ranked, to: &required, repetitions: repetitions, &buffer)
      } else {
        append(sequence.ranked, to: &boosts, repetitions: repetitions, &buffer)
      }
      append(sequence.excluded, to: &excluded, repetitions: 0, &buffer)
    }
    guard var node = Self.all(required) else { return nil }
    if let boost = Self.any(boosts) { node = .boosted(node, by: boost) }
    if let exclusion = Self.any(excluded) { node = .without(node, exclusion) }
    return node
  }

  /// Appends what operands ask for.
  private mutating func append(
    _ operands: [QuerySyntax.Operand], to nodes: inout [MatchNode], repetitions: Int, _ buffer: inout TokenBuffer
  ) {
    for operand in operands {
      switch operand {
      case .phrase(let text, .field(let name)) where clauses?.meaning(name, text) != nil:
        if let filter = clauses?.meaning(name, text) { nodes.append(.filter(add(filter))) }
      case .text(let text):
        buffer.removeAll()
        Tokenizer().tokenize(text, into: &buffer)
        var alternatives: [MatchNode] = []
        for pattern in patterns(of: text, buffer) {
          alternatives.append(.pattern(add(pattern, repetitions: repetitions)))
        }
        if let node = Self.any(alternatives) { nodes.append(node) }
      case .group(let groups):
        if let node = node(of: groups, repetitions: repetitions, &buffer) { nodes.append(node) }
      case .phrase, .beginning, .near, .together:
        for pattern in phrases(of: operand, &buffer) {
          nodes.append(.pattern(add(pattern, repetitions: repetitions)))
        }
      }
    }
  }

  /// The patterns, all of which an operand asks for; none where it folds to nothing.
  private func phrases(of operand: QuerySyntax.Operand, _ buffer: inout TokenBuffer) -> [Pattern] {
    switch operand {
    case .text(let text): return phrases(of: .phrase(text, body), &buffer)
    case .phrase(let text, let scope):
      buffer.removeAll()
      Tokenizer().tokenize(text, into: &buffer)
      let pattern = Pattern.phrase(of: buffer.tokens[...], in: buffer, scope: scope == .body ? body : scope)
      return pattern.map { [$0] } ?? []
    case .beginning(let text, let scope):
      return Pattern.beginning(text, scope: scope == .body ? body : scope).map { [$0] } ?? []
    case .near(let members, let distances):
      let members = self.members(members, &buffer)
      // What folds to nothing is near nothing: the chain goes on behind it.
      var patterns: [Pattern] = []
      var chain: [Pattern] = []
      var chainDistances: [UInt32] = []
      for (index, member) in members.enumerated() {
        if let member {
          if !chain.isEmpty { chainDistances.append(UInt32(distances[index - 1])) }
          chain.append(member)
        }
        guard member == nil || index == members.count - 1 else { continue }
        if chain.count > 1 {
          patterns.append(Pattern(PhraseGroup(bond: .near(chainDistances), members: chain)))
        } else {
          patterns += chain
        }
        (chain, chainDistances) = ([], [])
      }
      return patterns
    case .together(let members, let unit):
      var different: [Pattern] = []
      for case let member? in self.members(members, &buffer) where !different.contains(member) {
        different.append(member)
      }
      if different.isEmpty { return [] }
      return [Pattern(PhraseGroup(bond: .within(unit), members: different))]
    case .group: return []
    }
  }

  /// The phrases that are looked for together, nil for one that folds to nothing: all in the first scope that one names.
  private func members(_ operands: [QuerySyntax.Operand], _ buffer: inout TokenBuffer) -> [Pattern?] {
    let scope = operands.lazy.compactMap(\.namedScope).first ?? body
    return operands.map { operand in
      phrases(of: operand, &buffer).first.map {
        Pattern(elements: $0.elements, gaps: $0.gaps, scope: scope, group: nil)
      }
    }
  }

  private mutating func add(_ pattern: Pattern, repetitions: Int) -> Int {
    if let index = patterns.firstIndex(of: pattern) {
      multiplicities[index] += repetitions
      return index
    }
    patterns.append(pattern)
    multiplicities.append(repetitions)
    return patterns.count - 1
  }

  private mutating func add(_ filter: DocumentFilter) -> Int {
    if let index = filters.firstIndex(of: filter) { return index }
    filters.append(filter)
    return filters.count - 1
  }

  private static func all(_ nodes: [MatchNode]) -> MatchNode? {
    let unique = different(nodes)
    return unique.count > 1 ? .all(unique) : unique.first
  }

  private static func any(_ nodes: [MatchNode]) -> MatchNode? {
    let unique = different(nodes)
    return unique.count > 1 ? .any(unique) : unique.first
  }

  /// Each node once: what the query repeats is in the multiplicities.
  private static func different(_ nodes: [MatchNode]) -> [MatchNode] {
    if nodes.count < 2 { return nodes }
    return nodes.enumerated().filter { index, node in !nodes[..<index].contains(node) }.map(\.element)
  }

  /// The patterns of a text that is ranked, whose tokens are in `buffer`: bigrams and words.
  private func patterns(of text: String, _ buffer: TokenBuffer) -> [Pattern] {
    let scope = body
    let tokens = buffer.tokens.filter(\.kind.takesPosition)
    let bytes = joinsWords ? Array(text.utf8) : []
    var numbers = SpelledNumbers(joinsWords ? text : "", scope: scope, dateField: clauses?.dateField)
    var patterns: [Pattern] = []
    patterns.reserveCapacity(tokens.count)
    var start = 0
    while start < tokens.count {
      var end = start + 1
      if joinsWords, tokens[start].kind != .bigram {
        while end < tokens.count, Self.touches(tokens[end - 1], tokens[end], bytes) { end += 1 }
      }
      if let known = numbers.patterns(of: tokens[start..<end]) {
        patterns += known
      } else if !joinsWords, tokens.count > 1, tokens[start].kind == .single {
        // Plain BM25 knows a lone character as a run of its own; only a query that is nothing else asks for every place.
        let element = Pattern.Element(offset: 0, kind: .bigram(tokens[start].key))
        patterns.append(Pattern(elements: [element], gaps: [], scope: scope))
      } else if let pattern = Pattern.phrase(of: tokens[start..<end], in: buffer, scope: scope) {
        patterns.append(pattern)
      }
      start = end
    }
    return joinsWords ? patterns + Self.quotations(in: text, scope) : patterns
  }

  /// What a sentence has in “…”: a phrase that adds weight where it stands, and is required nowhere.
  private static func quotations(in text: String, _ scope: StreamScope) -> [Pattern] {
    var patterns: [Pattern] = []
    var rest = text.unicodeScalars[...]
    while let open = rest.firstIndex(of: "“"), let close = rest[open...].firstIndex(of: "”") {
      let content = String(rest[rest.index(after: open)..<close])
      if let pattern = Pattern.phrase(content, scope: scope), pattern.elements.count > 1 { patterns.append(pattern) }
      rest = rest[rest.index(after: close)...]
    }
    return patterns
  }

  /// Whether two tokens are typed as one: words and lone characters without white space between them, or two words with a
  /// gap between, such as the full stop of `2.5`.
  private static func touches(_ first: Token, _ second: Token, _ text: [UInt8]) -> Bool {
    guard second.kind != .bigram else { return false }
    let distance = second.position - first.position
    guard distance == 1 || (distance == 2 && first.kind == .word && second.kind == .word) else { return false }
    guard first.end <= second.start else { return true }  // two tokens of one character, as of ㎡
    let between = String(decoding: text[Int(first.end)..<Int(second.start)], as: UTF8.self)
    return !between.unicodeScalars.contains { $0.properties.isWhitespace }
  }
}

extension QuerySyntax.Operand {
  /// The scope that a phrase names; nil where it names none.
  fileprivate var namedScope: StreamScope? {
    switch self {
    case .phrase(_, let scope), .beginning(_, let scope): scope == .body ? nil : scope
    default: nil
    }
  }
}
