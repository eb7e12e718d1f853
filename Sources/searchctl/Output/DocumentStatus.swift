import SearchAPI

/// What became of a document that others end, by its fields `status` and `repealed_by`.
enum DocumentStatus {
  /// The names of the fields that ``text(of:)`` says.
  static let fieldNames: Set<String> = ["status", "repealed_by"]

  /// Both fields in few words, `status: repealed by 云政发〔2023〕4号`; nil when nothing ends the document.
  static func text(of fields: [AnswerField]) -> String? {
    guard let repealing = texts(of: "repealed_by", in: fields), !repealing.isEmpty else { return nil }
    let status = texts(of: "status", in: fields) ?? []
    return "status: \(status.first ?? "repealed") by \(repealing.joined(separator: ", "))"
  }

  /// The strings of a field, which has one or a list; nil when it has something else.
  private static func texts(of name: String, in fields: [AnswerField]) -> [String]? {
    switch fields.first(where: { $0.name == name })?.value {
    case .string(let text): return [TerminalText.oneLine(text)]
    case .list(let values):
      let texts = values.compactMap { if case .string(let text) = $0 { TerminalText.oneLine(text) } else { nil } }
      return texts.count == values.count ? texts : nil
    default: return nil
    }
  }
}
