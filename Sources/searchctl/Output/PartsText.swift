/// Which parts of a query documents have together, as a person reads it.
enum PartsText {
  /// `12 documents have all of 低保, 申请`, or `no document has all of 低保, 申请, 材料; without 材料: 12 documents`.
  static func line(parts: [String], count: Int, letGo: [(part: String, documents: Int)]) -> String {
    let names = list(parts)
    if count > 0 { return "\(Figures.count(count, "document")) \(count == 1 ? "has" : "have") all of \(names)" }
    let nothing = "no document has all of \(names)"
    guard let last = letGo.last, last.documents > 0 else { return nothing }
    return nothing + "; without \(list(letGo.map(\.part))): \(Figures.count(last.documents, "document"))"
  }

  private static func list(_ parts: [String]) -> String { parts.map(TerminalText.oneLine).joined(separator: ", ") }
}
