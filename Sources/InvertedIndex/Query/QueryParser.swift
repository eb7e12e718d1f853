/// Understands a query: every text is one, whatever is typed.
///
///     尾矿库 应急              ranked by its bigrams and words
///     "应急预案" AND 尾矿      an exact phrase, and text
///     演练 -(森林 OR 消防)     without either
///     title:预案               in the title
///     安全 ~10 责任            near each other
struct QueryParser {
  private typealias Part = QueryLexer.Part

  private let characters: QueryCharacters
  private let parts: [QueryLexer.Part]
  private var complaints: [QueryLexer.Complaint]

  /// A parser for `query` in an index that has fields of these names.
  init(_ query: String, fieldNames: Set<String>) {
    var lexer = QueryLexer(query, fieldNames: fieldNames)
    (parts, complaints) = lexer.parts()
    characters = lexer.characters
  }

  /// What the query asks for.
  ///
  /// - Throws: ``QueryError/syntax(message:position:)`` when `isStrict` and an operator cannot be one.
  mutating func parse(isStrict: Bool) throws(QueryError) -> QuerySyntax {
    var syntax = QuerySyntax()
    syntax.groups = groups(of: parts, scope: .body, isExcluded: false)
    complaints.sort { $0.position < $1.position }
    if isStrict, let first = complaints.first { throw .syntax(message: first.message, position: first.position) }
    syntax.notes = complaints.map { "Read as text at character \($0.position + 1): \($0.message)." }
    return syntax
  }

  /// What the parts of the query, or of a group, ask for.
  ///
  /// - Parameter isExcluded: whether documents that meet it are taken away: what is ranked by elsewhere is a phrase there,
  ///   any of which is enough.
  private mutating func groups(
    of parts: [Part], scope: StreamScope, isExcluded: Bool
  ) -> [[QuerySyntax.Sequence]] {
    var parts = parts
    demoteOperators(in: &parts, scope)
    var groups: [[QuerySyntax.Sequence]] = []
    var group: [QuerySyntax.Sequence] = []
    var sequence = QuerySyntax.Sequence()
    var words: [QuerySyntax.Operand] = []
    var negatesNext = false
    var index = 0
    while index < parts.count {
      let part = parts[index]
      if case .keyword(let keyword) = part.kind {
        negatesNext = keyword == .not
        if keyword != .not { end(&sequence, &words, in: &group) }
        if keyword == .or {
          groups.append(group)
          group = []
        }
        index += 1
        continue
      }
      let isNegated = part.isNegated || negatesNext
      let (operand, next) = operand(of: parts, at: index, isExcluded: isNegated || isExcluded)
      switch operand {
      case _ where isNegated: sequence.excluded.append(operand.asPhrase)
      case .text where isExcluded: words.append(operand.asPhrase)
      case .text(let text):
        if case .text(let before)? = sequence.ranked.last {
          sequence.ranked[sequence.ranked.count - 1] = .text(before + part.space + text)
        } else {
          sequence.ranked.append(operand)
        }
      default: sequence.required.append(operand)
      }
      negatesNext = false
      index = next
    }
    end(&sequence, &words, in: &group)
    groups.append(group)
    return groups
  }

  /// Puts a sequence to its group, and begins the next one.
  private func end(
    _ sequence: inout QuerySyntax.Sequence, _ words: inout [QuerySyntax.Operand],
    in group: inout [QuerySyntax.Sequence]
  ) {
    if sequence.required.isEmpty, let first = words.first {
      let alternatives = words.map { [QuerySyntax.Sequence(required: [$0])] }
      sequence.required = [words.count > 1 ? .group(alternatives) : first]
    }
    group.append(sequence)
    sequence = QuerySyntax.Sequence()
    words = []
  }

  /// What a part asks for, with those that distances join to it, and the place behind them.
  private mutating func operand(
    of parts: [Part], at start: Int, isExcluded: Bool
  ) -> (operand: QuerySyntax.Operand, next: Int) {
    let first = operand(of: parts[start], isExcluded: isExcluded)
    var index = start + 1
    guard index + 1 < parts.count, parts[index].isDistance else { return (first, index) }
    var members = [first]
    var distances: [Int] = []
    while index + 1 < parts.count, case .distance(let distance) = parts[index].kind {
      members.append(operand(of: parts[index + 1], isExcluded: isExcluded))
      distances.append(distance)
      index += 2
    }
    return (.near(members.map(\.asPhrase), distances), index)
  }

  private mutating func operand(of part: Part, isExcluded: Bool) -> QuerySyntax.Operand {
    switch part.kind {
    case .text(let text): return .text(text)
    case .phrase(let text, let scope): return .phrase(text, scope)
    case .beginning(let text, let scope): return .beginning(text, scope)
    case .together(let members, let unit):
      return .together(members.map { operand(of: $0, isExcluded: isExcluded).asPhrase }, unit)
    case .group(let parts, let scope):
      let groups = groups(of: parts, scope: scope, isExcluded: isExcluded)
      // Parentheses around mere text are part of it, and change nothing.
      if !isExcluded, groups.count == 1, groups[0].count == 1, groups[0][0].isMereText { return .text(typed(part)) }
      return .group(groups)
    case .keyword, .distance: return .text(typed(part))
    }
  }

  // MARK: operators that cannot be ones

  /// Makes text of each operator that cannot be one, until all that are left can.
  private mutating func demoteOperators(in parts: inout [Part], _ scope: StreamScope) {
    while let index = parts.indices.first(where: { parts[$0].isDistance && !canBeOperator($0, in: parts) })
      ?? parts.indices.first(where: { !canBeOperator($0, in: parts) })
    {
      switch parts[index].kind {
      case .keyword:
        complain("'\(typed(parts[index]))' needs something on each side that it can join", at: parts[index])
      default: complain("a distance needs a word or a phrase on each side", at: parts[index])
      }
      parts[index].kind = scope == .body ? .text(typed(parts[index])) : .phrase(typed(parts[index]), scope)
    }
    // What only takes away has nothing to take it from.
    var start = 0
    for last in parts.indices where last + 1 == parts.count || parts[last + 1].kind == .keyword(.or) {
      let end = last + 1
      demoteNegations(start..<end, in: &parts, scope)
      start = end
    }
  }

  private func canBeOperator(_ index: Int, in parts: [Part]) -> Bool {
    let before = index > 0 ? parts[index - 1] : nil
    let after = index + 1 < parts.count ? parts[index + 1] : nil
    switch parts[index].kind {
    case .distance:
      guard let before, let after else { return false }
      return before.isPhraseOrText && after.isPhraseOrText && !after.isNegated
    case .keyword(.not): return after.map { $0.isOperand && !$0.isNegated } ?? false
    case .keyword:
      guard let before, let after, before.isOperand else { return false }
      return after.isOperand || after.kind == .keyword(.not)
    default: return true
    }
  }

  private mutating func demoteNegations(_ range: Range<Int>, in parts: inout [Part], _ scope: StreamScope) {
    var hasPositive = false
    for index in range where parts[index].isOperand {
      let before = index > 0 ? parts[index - 1].kind : nil
      if case .distance? = before { continue }  // counts with the one in front
      if !parts[index].isNegated && before != .keyword(.not) { hasPositive = true }
    }
    guard !hasPositive else { return }
    for index in range {
      if parts[index].kind == .keyword(.not) {
        complain("'NOT' has nothing that it could take from", at: parts[index])
        parts[index].kind = scope == .body ? .text(typed(parts[index])) : .phrase(typed(parts[index]), scope)
      }
      if parts[index].isNegated {
        complain("'-' has nothing that it could take from", at: parts[index])
        parts[index].isNegated = false
      }
    }
  }

  private func typed(_ part: Part) -> String { characters.text(part.source) }

  private mutating func complain(_ message: String, at part: Part) {
    complaints.append(QueryLexer.Complaint(message: message, position: part.position))
  }
}

extension QueryLexer.Part {
  /// Whether it asks for something.
  fileprivate var isOperand: Bool {
    switch kind {
    case .keyword, .distance: false
    default: true
    }
  }

  fileprivate var isDistance: Bool { if case .distance = kind { true } else { false } }

  /// Whether a distance may be between it and another.
  fileprivate var isPhraseOrText: Bool {
    switch kind {
    case .text, .phrase, .beginning: true
    default: false
    }
  }
}

extension QuerySyntax.Operand {
  /// The same, but that text is an exact phrase.
  fileprivate var asPhrase: QuerySyntax.Operand {
    if case .text(let text) = self { .phrase(text, .body) } else { self }
  }
}

extension QuerySyntax.Sequence {
  /// Whether it is text that is ranked by, or nothing.
  fileprivate var isMereText: Bool { required.isEmpty && excluded.isEmpty }
}
