import Bulletins
import InvertedIndex
import SearchAPI

/// What a query means beyond words and phrases: `year:2020..2022`, `status:repealed`, `in:issues`.
struct QueryMeaning {
  /// The field that holds what an issue says besides its documents.
  static let issuesField = "matter"
  private static let issuesMark = "in:issues"

  /// The query without what was taken out of it.
  let text: String
  /// Whether it asks for what issues say besides their documents.
  let isForIssues: Bool

  /// Takes `in:issues` out of a query.
  init(_ query: String) {
    guard query.utf8.count >= Self.issuesMark.utf8.count, query.contains(Self.issuesMark) else {
      (text, isForIssues) = (query, false)
      return
    }
    let words = query.split(whereSeparator: \.isWhitespace)
    isForIssues = words.contains { $0 == Self.issuesMark }
    text = isForIssues ? words.filter { $0 != Self.issuesMark }.joined(separator: " ") : query
  }

  /// What `name:text` means in an index; other fields that the index has are looked in for a phrase.
  static func clauses(of index: ServedIndex) -> FieldClauses {
    FieldClauses(names: [ValueNames.path, ValueNames.article, DocumentStatus.field], dateField: ValueNames.date) {
      name, text in
      switch name {
      case ValueNames.date, "year", ValueNames.path, DocumentStatus.field:
        (try? FieldFilter(field: name, value: text)).flatMap { try? filter($0, in: index) }
      case ValueNames.number where DocumentNumber(query: text) != nil:
        (try? FieldFilter(field: name, value: text)).flatMap { try? filter($0, in: index) }
      case ValueNames.issue: IssueReference(query: text).flatMap { try? filter($0, in: index) }
      case ValueNames.article: ArticleReference(query: text).flatMap { try? filter($0, in: index) }
      default: nil
      }
    }
  }

  /// The documents of an issue; nil when the index has none such.
  private static func filter(_ issue: IssueReference, in index: ServedIndex) throws -> DocumentFilter? {
    try IssueSearch.documents(of: issue, in: index).map { .documents($0) }
  }

  /// The documents that are articles, or have them in their texts; nil when the index has none such.
  private static func filter(_ articles: ArticleReference, in index: ServedIndex) throws -> DocumentFilter? {
    try ArticleSearch.documents(of: articles, in: index).map { .documents($0) }
  }

  /// The engine's filter for one of the wire's.
  static func filter(_ filter: FieldFilter, in index: ServedIndex) throws -> DocumentFilter {
    switch filter.condition {
    case .range(let lower, let upper): return .range(field: filter.field, from: lower, through: upper)
    case .value(let value) where filter.field == DocumentStatus.field:
      let group = try index.references.statusGroups().first { $0.name == value }
      return .documents(try group?.documents ?? index.snapshot.selection(of: .nothing))
    case .value(let value) where filter.field == ValueNames.number:
      guard let number = DocumentNumber(query: value) else { return .values(field: filter.field, [value]) }
      return .documents(try index.references.documents(numbered: number.readings))
    case .value(let value) where filter.field == ValueNames.issue:
      // As a facet has it, or as people name it.
      let exact = DocumentFilter.values(field: filter.field, [value])
      guard try index.snapshot.selection(of: exact).count == 0, let issue = IssueReference(query: value) else {
        return exact
      }
      return try Self.filter(issue, in: index) ?? exact
    case .value(let value) where filter.field == ValueNames.path && value.hasSuffix("/"):
      return .prefix(field: filter.field, value)
    case .value(let value): return .values(field: filter.field, [value])
    }
  }
}

/// The names of fields that mean something here.
enum ValueNames {
  /// The path of the file that a document came from.
  static let path = "path"
  /// Its day.
  static let date = "date"
  /// The issue that it was printed in.
  static let issue = "issue"
  /// Its number.
  static let number = "number"
  /// What articles of laws are asked for by.
  static let article = "article"
}
