import SearchAPI

/// What `inspect` found, as a person reads it.
enum InspectText {
  /// An index: its figures, then its bytes by section.
  static func text(_ figures: IndexFigures) -> String {
    let rows = [
      ["generation", String(figures.generation)], ["documents", String(figures.documents)],
      ["other records", String(figures.records)], ["deleted documents", String(figures.deletedDocuments)],
      ["segments", String(figures.segments)],
      ["total length", String(figures.totalLength)], ["format version", String(figures.formatVersion)],
      ["analysis version", String(figures.analysisVersion)],
    ]
    let fields = figures.fields.isEmpty ? "none" : figures.fields.map(safe).joined(separator: ", ")
    return unreadable(figures) + TextTable.aligned(rows) + "\n\nfields: \(fields)\n\n"
      + sections(figures.sections, total: figures.bytes)
  }

  /// `412 documents, 3 files unreadable:`, and a line for each; nothing when all could be read.
  private static func unreadable(_ figures: IndexFigures) -> String {
    let files = figures.unreadableFiles
    guard !files.isEmpty else { return "" }
    let documents = Figures.count(figures.documents, "document")
    let lines = files.map { "  \(safe($0.path)): \(safe($0.reason))" }
    return (["\(documents), \(Figures.count(files.count, "file")) unreadable:"] + lines).joined(separator: "\n")
      + "\n\n"
  }

  /// A segment: its figures, then its bytes by section.
  static func text(_ figures: SegmentFigures) -> String {
    let rows = [
      ["segment", figures.id], ["documents", String(figures.documents)],
      ["deleted documents", String(figures.deletedDocuments)], ["terms of characters", String(figures.characterTerms)],
      ["words", String(figures.words)],
    ]
    return TextTable.aligned(rows) + "\n\n" + sections(figures.sections, total: figures.bytes)
  }

  private static func sections(_ sections: [SectionFigures], total: UInt64) -> String {
    let rows = sections.map { section in
      let share = total == 0 ? 0 : 100 * Double(section.bytes) / Double(total)
      return [section.section, String(section.bytes), Figures.fixed(share, 1) + " %"]
    }
    return TextTable.aligned([["section", "bytes", "share"]] + rows + [["all files", String(total), ""]])
  }

  /// A term: its figures, then the documents shown.
  static func text(_ figures: TermFigures) -> String {
    let head = "\(safe(figures.term)): \(Figures.count(figures.df, "document")), "
    let lines = figures.postings.map { posting in
      let positions = posting.positions.map(String.init).joined(separator: " ")
      return "  \(safe(posting.id))  tf \(posting.tf)  at \(positions)"
    }
    let rest = figures.df - figures.postings.count
    let more = rest > 0 && !lines.isEmpty ? ["  … and \(rest) more"] : []
    let hosts = figures.hosts.map { [self.hosts($0)] } ?? []
    return ([head + Figures.count(figures.occurrences, "occurrence")] + hosts + lines + more).joined(separator: "\n")
  }

  /// A query: its plan, its patterns, and the score of the document explained.
  static func text(_ figures: QueryFigures) -> String {
    let isExplained = figures.id != nil
    var rows = [
      ["", "pattern", "df", "documents", "occurrences", "idf", "factor"] + (isExplained ? ["tf", "score"] : [])
    ]
    for (index, pattern) in figures.patterns.enumerated() {
      let explanation = [pattern.tf.map(String.init) ?? "", pattern.score.map { Figures.fixed($0, 4) } ?? ""]
      rows.append(
        [
          String(index + 1), safe(pattern.pattern), String(pattern.df), String(pattern.documents),
          String(pattern.occurrences), Figures.fixed(pattern.idf, 4), Figures.fixed(pattern.factor, 2),
        ] + (isExplained ? explanation : []))
    }
    var lines = ["plan: \(figures.plan)", "", TextTable.aligned(rows, leftCount: 2), "", formula(figures)]
    if let id = figures.id { lines.append(score(of: id, figures)) }
    if let second = figures.second { lines += secondScore(second) }
    if let parts = figures.parts, let count = figures.haveAll {
      let letGo = (figures.letGo ?? []).map { ($0.part, $0.documents) }
      lines.append(PartsText.line(parts: parts, count: count, letGo: letGo))
    }
    lines += figures.hosts.map(hosts)
    lines += figures.notes.map { "note: \(safe($0))" }
    return lines.joined(separator: "\n")
  }

  /// `民政: 50,152 of 51,837 occurrences stand inside 人民政府 and are not counted`.
  private static func hosts(_ hosts: HostedTermAnswer) -> String {
    "\(safe(hosts.term)): \(hosts.notCounted) of \(hosts.occurrences) occurrences stand inside "
      + hosts.inside.map(safe).joined(separator: ", ") + " and are not counted"
  }

  private static func formula(_ figures: QueryFigures) -> String {
    "first = Σ idf · factor · tf ÷ (tf + norm), norm = k1 · (1 − b + b · length ÷ average), "
      + "k1 \(figures.k1), b \(figures.b), average \(Figures.fixed(figures.averageLength, 1)), "
      + Figures.count(figures.documents, "document")
  }

  private static func score(of id: String, _ figures: QueryFigures) -> String {
    let result =
      figures.score.map { "first \(Figures.fixed(figures.first ?? 0, 4)), score \(Figures.fixed($0, 4))" }
      ?? "not a hit"
    return "\(safe(id)): length \(figures.length ?? 0), norm \(Figures.fixed(figures.norm ?? 0, 4)), \(result)"
  }

  private static func secondScore(_ second: QueryFigures.SecondScore) -> [String] {
    let values = [
      ("characters", second.characters), ("coverage", second.coverage), ("passage", second.passage),
      ("short passage", second.shortPassage), ("focus", second.focus), ("family", second.family),
    ].map { "\($0.0) \(Figures.fixed($0.1, 4))" }
    return [
      "score = ((first + characters) · √coverage + 0.7 · passage + 0.3 · short passage) · focus · family",
      values.joined(separator: ", "),
    ]
  }

  private static func safe(_ text: String) -> String { TerminalText.safe(text.unicodeScalars) }
}
