@testable import InvertedIndex

/// What a query was understood as, in one line.
enum QueryText {
  static let fieldNames: Set<String> = ["year", "issuer", "文号"]

  /// `"…"` a phrase, bare text in ‹…›, `-` before what is excluded, `&` and `|` for AND and OR, groups in (…).
  static func describe(_ syntax: QuerySyntax) -> String { describe(syntax.groups) }

  private static func describe(_ groups: [[QuerySyntax.Sequence]]) -> String {
    groups.map { group in
      group.map { sequence in
        (sequence.required.map(describe) + sequence.ranked.map(describe) + sequence.excluded.map { "-" + describe($0) })
          .joined(separator: " ")
      }.joined(separator: " & ")
    }.joined(separator: " | ")
  }

  private static func describe(_ operand: QuerySyntax.Operand) -> String {
    switch operand {
    case .text(let text): "‹\(text)›"
    case .phrase(let text, let scope): prefix(scope) + "\"\(text)\""
    case .beginning(let text, let scope): prefix(scope) + "\"\(text)\"*"
    case .near(let members, let distances):
      zip(members.dropFirst(), distances).reduce(describe(members[0])) { "\($0) ~\($1.1) \(describe($1.0))" }
    case .together(let members, let unit): "\(unit.rawValue)(\(members.map(describe).joined(separator: " ")))"
    case .group(let groups): "(\(describe(groups)))"
    }
  }

  private static func prefix(_ scope: StreamScope) -> String {
    switch scope {
    case .body: ""
    case .title: "title:"
    case .text: "text:"
    case .field(let name): "\(name):"
    }
  }

  /// Everything that is kept of what was typed.
  static func texts(_ groups: [[QuerySyntax.Sequence]]) -> [String] {
    groups.joined().flatMap { $0.required + $0.ranked + $0.excluded }.flatMap(texts)
  }

  private static func texts(_ operand: QuerySyntax.Operand) -> [String] {
    switch operand {
    case .text(let text), .phrase(let text, _), .beginning(let text, _): [text]
    case .near(let members, _), .together(let members, _): members.flatMap(texts)
    case .group(let groups): texts(groups)
    }
  }
}
