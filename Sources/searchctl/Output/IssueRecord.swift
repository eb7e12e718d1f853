import InvertedIndex

extension Document {
  /// The field that holds an issue's own text.
  static let matterField = "matter"

  /// Whether this is no document, but what an issue says besides its documents: its cover and contents.
  var isIssue: Bool {
    title.isEmpty && text.isEmpty && fields.contains(Field(name: "kind", value: .string("issue")))
  }

  /// What the issue is called, for an issue with a name.
  var issueName: String? {
    guard isIssue, case .string(let name)? = fields.first(where: { $0.name == "issue" })?.value else { return nil }
    return name
  }

  /// The text of a document; of an issue, its pieces with an empty line between them.
  var shownText: String {
    guard isIssue, case .list(let pieces)? = fields.first(where: { $0.name == Self.matterField })?.value else {
      return text
    }
    return pieces.compactMap { if case .string(let piece) = $0 { piece } else { nil } }.joined(separator: "\n")
  }

  /// The fields that are shown beside the text.
  var shownFields: [Field] { isIssue ? fields.filter { $0.name != Self.matterField } : fields }
}
