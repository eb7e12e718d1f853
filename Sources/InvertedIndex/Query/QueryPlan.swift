import CJKTokenizer

/// A query ready to be matched: its different patterns, how often each is asked for, and how they are joined.
struct QueryPlan: Sendable {
  /// The patterns, each once, in the order of the query.
  private(set) var patterns: [Pattern] = []
  /// How often the query asks for each pattern by itself, exclusions left out, and what ranked text asks for too.
  private(set) var multiplicities: [Int] = []
  /// What the query has to be ranked by.
  private(set) var text = RankedText()
  /// The filters that the query has in it, each once.
  private(set) var filters: [DocumentFilter] = []
  /// Which documents are asked for; nil when the query folds to nothing.
  private(set) var root: MatchNode?
  private let clauses: FieldClauses?
  private let body: StreamScope
  private let isPlain: Bool
  private let synonyms: SynonymTable?
  private let hosts: HostTable
  private var typedBefore: [UInt64: Set<UInt32>] = [:]  // by bigrams that have hosts

  /// The plan of a query.
  ///
  /// - Parameter isPlain: whether every bigram and word of a text counts, each for itself and all alike, as plain BM25 has it.
  ///   Otherwise letters, digits and lone characters that touch are one phrase (`PM2.5`, `2024年`), as a person means them,
  ///   and ``text`` says what each part of a text weighs.
  /// - Parameter synonyms: words that are looked for beside those that are typed.
  /// - Parameter hosts: phrases inside of which bigrams of text do not count.
  /// - Parameter clauses: what `name:text` means where it is no phrase in a field.
  /// - Parameter body: where text without a field's name is looked for.
  init(
    _ syntax: QuerySyntax, isPlain: Bool, clauses: FieldClauses? = nil, body: StreamScope = .body,
    synonyms: SynonymTable? = nil, hosts: HostTable = HostTable.none
  ) {
    self.hosts = hosts
    self.clauses = clauses
    self.body = body
    self.isPlain = isPlain
    self.synonyms = synonyms
    var buffer = TokenBuffer(minimumCapacity: 16)
    root = node(of: syntax.groups, repetitions: 1, &buffer)
  }

  /// The plan that asks for all that a filter lets through.
  static func all(of filter: DocumentFilter) -> QueryPlan {
    var plan = QueryPlan(QuerySyntax(), isPlain: true)
    plan.filters = [filter]
    plan.root = .filter(0)
    return plan
  }

  /// Leaves the hosts to bigrams that `find` proves to have some, and the others as they are; returns what it found, by
  /// pattern.
  ///
  /// A bigram is taken as it is, too, where it is typed as the end of a host: the one in 邮政法 asks for 政法 wherever it stands.
  mutating func takeHosts(
    find: (UInt64) throws(IndexError) -> FreeOccurrences?
  ) throws(IndexError) -> [Int: FreeOccurrences] {
    var found: [Int: FreeOccurrences] = [:]
    guard patterns.contains(where: { !$0.hosts.isEmpty }) else { return found }
    for index in patterns.indices {
      guard let key = patterns[index].hostedBigram else { continue }
      found[index] = try find(key)
      if let hosts = found[index]?.pattern.hosts,
        hosts.contains(where: { $0.after == nil && typedBefore[key, default: []].contains($0.before) })
      {
        found[index] = nil
      }
      patterns[index] = found[index]?.pattern ?? patterns[index].withoutHosts
    }
    return found
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
        let found = isPlain ? add(plain: text, buffer, repetitions) : add(ranked: text, buffer, repetitions)
        if let node = Self.any(found.map { .pattern($0) }) { nodes.append(node) }
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

  /// Adds the bigrams and words of a text, whose tokens are in `buffer`, each for itself.
  private mutating func add(plain text: String, _ buffer: TokenBuffer, _ repetitions: Int) -> [Int] {
    let tokens = buffer.tokens.filter(\.kind.takesPosition)
    return tokens.indices.compactMap { index in
      if tokens.count > 1, tokens[index].kind == .single {
        // Plain BM25 knows a lone character as a run of its own; only a query that is nothing else asks for every place.
        let element = Pattern.Element(offset: 0, kind: .bigram(tokens[index].key))
        return add(Pattern(elements: [element], gaps: [], scope: body), repetitions: repetitions)
      }
      return Pattern.phrase(of: tokens[index...index], in: buffer, scope: body).map {
        add($0, repetitions: repetitions)
      }
    }
  }

  /// Adds what a text, whose tokens are in `buffer`, is ranked by.
  private mutating func add(ranked text: String, _ buffer: TokenBuffer, _ repetitions: Int) -> [Int] {
    let characters = FoldedCharacters(buffer)
    let frameMarks = QuestionFrames.marks(in: characters)
    // What is excluded is excluded wherever it stands, as a phrase is.
    let words = QueryWords(text)
    var parts = patterns(of: text, words, buffer, hosts: repetitions > 0 ? hosts : HostTable.none)
    if repetitions == 0 { return parts.map { add($0.pattern, repetitions: 0) } }
    if frameMarks.contains(true) {
      let framed = Set(zip(characters.positions, frameMarks).lazy.filter { $1 }.map { $0.0 })
      for index in parts.indices {
        guard let position = parts[index].bigramPosition else { continue }
        let count = (framed.contains(position) ? 1 : 0) + (framed.contains(position + 1) ? 1 : 0)
        parts[index].weight *= 1 - (1 - QuestionFrames.weight) * Double(count) / 2
      }
    }
    // What has function characters alone says nothing, unless it is all that was typed.
    if parts.contains(where: { $0.weight > 0 }) {
      parts.removeAll { $0.weight == 0 }
    } else {
      for index in parts.indices { parts[index].weight = 1 }
    }
    var found: [Int] = []
    for part in parts {
      let index = add(part.pattern, repetitions: 0)
      self.text.terms.append(
        RankedText.Term(
          pattern: index, weight: part.weight, position: part.bigramPosition,
          word: self.text.words.count + words.word(at: part.bytes.lowerBound), bytes: part.bytes))
      found.append(index)
    }
    self.text.words += words.texts
    self.text.texts.append(text)
    // Numerals meet in other spellings, which have other characters.
    for (character, isOfFrame) in zip(characters.characters, frameMarks)
    where character != FoldedCharacters.gap && !Self.numerals.contains(character) {
      self.text.characters[character, default: 0] += isOfFrame ? QuestionFrames.weight : 1
    }
    return found + addSynonyms(of: characters, typed: parts, found)
  }

  private static let numerals = Set("一二三四五六七八九十百千万亿零〇两".unicodeScalars.map(\.value))

  /// Adds the synonyms of a text's words, of which `typed` are the parts and `indices` their patterns.
  private mutating func addSynonyms(of text: FoldedCharacters, typed: [Part], _ indices: [Int]) -> [Int] {
    var found: [Int] = []
    for (use, positions) in synonyms?.uses(in: text) ?? [] {
      let own = zip(typed, indices).filter { part, _ in
        part.bigramPosition.map { positions.contains($0) && positions.contains($0 + 1) } ?? false
      }
      var others: [(pattern: Int, weight: Double, word: Int)] = []
      for (word, other) in use.others.enumerated() {
        var buffer = TokenBuffer(minimumCapacity: 16)
        Tokenizer().tokenize(other, into: &buffer)
        for part in patterns(of: other, QueryWords(other), buffer, hosts: hosts) where part.weight > 0 {
          others.append((add(part.pattern, repetitions: 0), part.weight, word))
        }
      }
      found += others.map(\.pattern)
      self.text.expansions.append(RankedText.Expansion(use: use, typed: own.map(\.1), others: others))
    }
    return found
  }

  /// A part of a text that is ranked.
  private struct Part {
    let pattern: Pattern
    var weight = 1.0
    var bigramPosition: UInt32?
    let bytes: Range<Int>  // of the text
  }

  /// The patterns of a text that is ranked, whose tokens are in `buffer`: bigrams and words.
  private mutating func patterns(
    of text: String, _ words: QueryWords, _ buffer: TokenBuffer, hosts: HostTable
  ) -> [Part] {
    let tokens = buffer.tokens.filter(\.kind.takesPosition)
    let utf8 = Array(text.utf8)
    var numbers = SpelledNumbers(text, scope: body, dateField: clauses?.dateField)
    var parts: [Part] = []
    parts.reserveCapacity(tokens.count)
    var start = 0
    while start < tokens.count {
      var end = start + 1
      if tokens[start].kind != .bigram {
        while end < tokens.count, Self.touches(tokens[end - 1], tokens[end], utf8) { end += 1 }
      }
      let bytes = Int(tokens[start].start)..<Int(tokens[end - 1].end)
      if let known = numbers.patterns(of: tokens[start..<end]) {
        parts += known.map { Part(pattern: $0, weight: FunctionCharacters.weight(of: $0), bytes: bytes) }
      } else if let pattern = Pattern.phrase(of: tokens[start..<end], in: buffer, scope: body) {
        let token = tokens[start]
        if token.kind == .bigram {
          let flanks = body == .body ? hosts.flanks(of: token.key) : []
          let isFree = !flanks.isEmpty && !tokens.isPartOfHost(at: start, flanks)
          if isFree, let before = tokens.flanks(at: start).before { typedBefore[token.key, default: []].insert(before) }
          parts.append(
            Part(
              pattern: isFree ? Pattern(bigram: token.key, suspected: flanks) : pattern,
              weight: words.weight(of: token) * FunctionCharacters.weight(ofBigram: token.key),
              bigramPosition: token.position, bytes: bytes))
        } else {
          parts.append(Part(pattern: pattern, weight: FunctionCharacters.weight(of: pattern), bytes: bytes))
        }
      }
      start = end
    }
    return parts + Self.quotations(in: text, body).map { Part(pattern: $0, bytes: 0..<0) }
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
