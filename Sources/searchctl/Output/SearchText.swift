import SearchAPI

/// An answer of `/search` as a person reads it.
enum SearchText {
  /// The hits, numbered on from the offset, then facets, then one line with the hits' number and the time, one with
  /// synonyms, then notes.
  static func text(_ answer: SearchAnswer, offset: Int, isTerminal: Bool) -> String {
    var lines: [String] = []
    for (index, hit) in answer.hits.enumerated() {
      lines += hitLines(hit, number: offset + index + 1, isTerminal: isTerminal) + [""]
    }
    for facet in answer.facets ?? [] { lines += facetLines(facet) + [""] }
    lines.append(summary(of: answer, offset: offset))
    if let parts = partsLine(answer) { lines.append(TerminalText.dimmed(parts, isTerminal: isTerminal)) }
    if let synonyms = answer.synonyms {
      let words = synonyms.map { "\($0.typed): \($0.also.joined(separator: ", "))" }.joined(separator: "; ")
      lines.append(TerminalText.dimmed("also looked for, " + TerminalText.oneLine(words), isTerminal: isTerminal))
    }
    lines += (answer.didYouMean ?? []).map(correctionLine)
    lines += (answer.notes ?? []).map { "note: " + TerminalText.safe($0.unicodeScalars) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func hitLines(_ hit: HitAnswer, number: Int, isTerminal: Bool) -> [String] {
    let indent = String(repeating: " ", count: 3)
    let title = TerminalText.highlighted(hit.title.isEmpty ? hit.id : hit.title, [], isTerminal: false)
    let heading = "\(number). " + TerminalText.emphasized(title, isTerminal: isTerminal)
    let score = hit.score.map { "score \(Figures.fixed($0, 3))" }
    let status = DocumentStatus.text(of: hit.fields)
    let details = [place(of: hit), score, status].compactMap(\.self).joined(separator: "  ")
    let snippets = (hit.snippets ?? []).map { snippet in
      let highlights = snippet.highlights.compactMap { pair in
        pair.count == 2 && pair[0] <= pair[1] ? pair[0]..<pair[1] : nil
      }
      return indent + TerminalText.highlighted(snippet.text, highlights, isTerminal: isTerminal)
    }
    return [heading, indent + TerminalText.dimmed(details, isTerminal: isTerminal)] + snippets
  }

  /// The id, and where the document stands unless the id says that already.
  private static func place(of hit: HitAnswer) -> String {
    guard let source = hit.source else { return hit.id }
    let lines = source.startLine == source.endLine ? "\(source.startLine)" : "\(source.startLine)-\(source.endLine)"
    let place = "\(source.path):\(lines)"
    return hit.id == source.path ? place : "\(hit.id)  \(place)"
  }

  /// The field's name, and under it a line for each value with its count.
  private static func facetLines(_ facet: FacetAnswer) -> [String] {
    let name = TerminalText.oneLine(facet.field)
    if facet.values.isEmpty, facet.more == 0 { return ["\(name): no values"] }
    let table = TextTable.aligned(facet.values.map { [TerminalText.oneLine($0.value), String($0.count)] })
    let more = facet.more == 0 ? [] : ["… and \(facet.more) more"]
    return ["\(name):"] + (table.split(separator: "\n").map(String.init) + more).map { "  " + $0 }
  }

  /// Another query, what is other in it, and how many documents it finds.
  private static func correctionLine(_ correction: CorrectionAnswer) -> String {
    let (query, reason) = (TerminalText.oneLine(correction.query), TerminalText.oneLine(correction.reason))
    let total = Figures.count(correction.total.value, "document")
    return correction.applied == true
      ? "searched for \(query) (\(reason))" : "did you mean \(query) (\(reason)), \(total)?"
  }

  /// `12 documents have all of 低保, 申请`, or what must be let go; nil for a query of one part.
  private static func partsLine(_ answer: SearchAnswer) -> String? {
    guard let parts = answer.parts, let count = answer.haveAll else { return nil }
    return PartsText.line(parts: parts, count: count, letGo: (answer.letGo ?? []).map { ($0.part, $0.documents) })
  }

  private static func summary(of answer: SearchAnswer, offset: Int) -> String {
    let time = "\(Figures.fixed(answer.tookMilliseconds, 3)) ms"
    if answer.total.value == 0 { return "nothing found (\(time))" }
    let total = (answer.total.exact ? "" : "at least ") + Figures.count(answer.total.value, "hit")
    let shown =
      answer.hits.isEmpty || answer.hits.count == answer.total.value
      ? "" : ", \(offset + 1) to \(offset + answer.hits.count) shown"
    return "\(total)\(shown) (\(time))"
  }
}
