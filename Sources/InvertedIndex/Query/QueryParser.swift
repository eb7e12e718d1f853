/// Understands a query: every text is one, whatever is typed.
///
///     尾矿库 应急              ranked by its bigrams and words
///     "应急预案" AND 尾矿      an exact phrase, and text
///     演练 -森林               without 森林
///     title:预案               in the title
struct QueryParser {
  private var parts: [QueryLexer.Part]
  private var complaints: [QueryLexer.Complaint]

  /// A parser for `query` in an index that has fields of these names.
  init(_ query: String, fieldNames: Set<String>) {
    var lexer = QueryLexer(query, fieldNames: fieldNames)
    (parts, complaints) = lexer.parts()
  }

  /// What the query asks for.
  ///
  /// - Throws: ``QueryError/syntax(message:position:)`` when `isStrict` and an operator cannot be one.
  mutating func parse(isStrict: Bool) throws(QueryError) -> QuerySyntax {
    demoteOperators()
    if isStrict, let first = complaints.min(by: { $0.position < $1.position }) {
      throw .syntax(message: first.message, position: first.position)
    }
    var syntax = QuerySyntax()
    if !complaints.isEmpty {
      syntax.notes = complaints.sorted { $0.position < $1.position }.map {
        "Read as text at character \($0.position + 1): \($0.message)."
      }
    }
    var group: [QuerySyntax.Sequence] = []
    var sequence = QuerySyntax.Sequence()
    var negatesNext = false
    for part in parts {
      switch part.kind {
      case .keyword("NOT"): negatesNext = true
      case .keyword(let keyword):
        group.append(sequence)
        sequence = QuerySyntax.Sequence()
        if keyword == "OR" {
          syntax.groups.append(group)
          group = []
        }
      case .text(let text):
        if part.isNegated || negatesNext {
          sequence.excluded.append(.phrase(text, .body))
        } else if case .text(let before)? = sequence.ranked.last {
          sequence.ranked[sequence.ranked.count - 1] = .text(before + part.space + text)
        } else {
          sequence.ranked.append(.text(text))
        }
        negatesNext = false
      case .phrase:
        guard case .phrase(let text, let scope) = part.kind else { continue }
        if part.isNegated || negatesNext {
          sequence.excluded.append(.phrase(text, scope))
        } else {
          sequence.required.append(.phrase(text, scope))
        }
        negatesNext = false
      }
    }
    group.append(sequence)
    syntax.groups.append(group)
    return syntax
  }

  /// Makes text of each operator that cannot be one, until all that are left can.
  private mutating func demoteOperators() {
    while let index = parts.indices.first(where: { !canBeOperator($0) }) {
      if case .keyword(let keyword) = parts[index].kind {
        complain("'\(keyword)' needs something on each side that it can join", at: index)
        parts[index].kind = .text(keyword)
      }
    }
    // A group that only takes away has nothing to take it from.
    var start = 0
    for last in parts.indices where last + 1 == parts.count || parts[last + 1].kind == .keyword("OR") {
      let end = last + 1
      demoteNegations(in: start..<end)
      start = end
    }
  }

  private func canBeOperator(_ index: Int) -> Bool {
    guard case .keyword(let keyword) = parts[index].kind else { return true }
    guard index + 1 < parts.count else { return false }
    if keyword == "NOT" { return isOperand(index + 1) && !parts[index + 1].isNegated }
    guard index > 0, isOperand(index - 1) else { return false }
    return isOperand(index + 1) || parts[index + 1].kind == .keyword("NOT")
  }

  private mutating func demoteNegations(in range: Range<Int>) {
    var hasPositive = false
    for index in range where isOperand(index) {
      let isExcluded = parts[index].isNegated || (index > 0 && parts[index - 1].kind == .keyword("NOT"))
      if !isExcluded { hasPositive = true }
    }
    guard !hasPositive else { return }
    for index in range {
      if parts[index].kind == .keyword("NOT") {
        complain("'NOT' has nothing that it could take from", at: index)
        parts[index].kind = .text("NOT")
      }
      if parts[index].isNegated {
        complain("'-' has nothing that it could take from", at: index)
        parts[index].isNegated = false
      }
    }
  }

  private func isOperand(_ index: Int) -> Bool { if case .keyword = parts[index].kind { false } else { true } }

  private mutating func complain(_ message: String, at index: Int) {
    complaints.append(QueryLexer.Complaint(message: message, position: parts[index].position))
  }
}
