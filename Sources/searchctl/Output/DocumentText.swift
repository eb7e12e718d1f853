import InvertedIndex
import SearchAPI

/// A whole document as a person reads it.
enum DocumentText {
  /// Id, title, source and fields, a line each; then what it cites and what cites it; then an empty line and the text.
  static func text(_ document: Document, _ answer: DocumentAnswer) throws -> String {
    var rows = [("id", answer.id), ("title", answer.title)]
    if let source = answer.source {
      rows.append(("source", "\(source.path):\(source.startLine)-\(source.endLine)"))
    }
    let status = DocumentStatus.text(of: answer.fields)
    for field in answer.fields {
      if status != nil, DocumentStatus.fieldNames.contains(field.name) { continue }
      if document.isIssue, field.name == Document.matterField { continue }
      rows.append((field.name, String(decoding: try AnswerCoding.encode(field.value), as: UTF8.self)))
    }
    let head = rows.map { name, value in
      TerminalText.safe("\(name): \(value)".unicodeScalars.map { $0 == "\n" ? " " : $0 })
    }
    let lines = document.shownText.split(separator: "\n", omittingEmptySubsequences: false)
    let parts = head + (status.map { [$0] } ?? []) + citationLines(answer) + [""]
    return (parts + lines.map { TerminalText.safe($0.unicodeScalars) }).joined(separator: "\n")
  }

  /// What the document cites, then what cites it, a line each: relation, name, ids.
  private static func citationLines(_ answer: DocumentAnswer) -> [String] {
    let cites = (answer.cites ?? []).map { citation in
      let ids = citation.documents.map(\.id).joined(separator: ", ")
      return [citation.relation, citation.name, citation.isUnresolved ? "not in the index" : ids]
    }
    let citedBy = (answer.citedBy ?? []).map { citing in
      let title = citing.document.title
      let name = citing.document.number ?? (title.isEmpty ? "" : "《\(title)》")
      return [citing.relation, name, citing.document.id]
    }
    return section("cites", cites) + section("cited by", citedBy)
  }

  private static func section(_ heading: String, _ rows: [[String]]) -> [String] {
    if rows.isEmpty { return [] }
    let table = TextTable.aligned(rows.map { $0.map(TerminalText.oneLine) }, leftCount: 3)
    return ["\(heading):"] + table.split(separator: "\n").map { "  " + $0 }
  }
}
