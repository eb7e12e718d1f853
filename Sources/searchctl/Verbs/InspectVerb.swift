import InvertedIndex
import SearchAPI
import SearchService

/// `inspect`: a look into an index, or at what text is for it.
struct InspectVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let word = arguments.operands[0]
    guard let subject = InspectSubject(rawValue: word) else {
      let known = InspectSubject.allCases.map(\.rawValue)
      throw UsageError("inspect cannot look at '\(word)'\(Suggestion.ending(for: word, among: known))")
    }
    if arguments.has(.explain), subject != .query { throw UsageError("--explain goes with 'inspect query'") }
    for option in [OptionSpec.synonyms, .noSynonyms] where arguments.has(option) && subject != .query {
      throw UsageError("--\(option.name) goes with 'inspect query'")
    }
    switch subject {
    case .tokens: return try showTokens(of: try text(of: subject))
    case .document: return try showDocument(try text(of: subject))
    case .index: return try showIndex()
    case .segment: return try showSegments()
    case .term: return try showTerm(try text(of: subject))
    case .query: return try showQuery(try text(of: subject))
    }
  }

  /// The words behind the subject as one text.
  ///
  /// - Throws: ``UsageError`` when there are none.
  private func text(of subject: InspectSubject) throws(UsageError) -> String {
    let words = arguments.operands.dropFirst()
    guard !words.isEmpty else { throw UsageError("usage: searchctl inspect \(subject.synopsis)") }
    return words.joined(separator: " ")
  }

  private func showTokens(of text: String) throws -> ExitStatus {
    try show(InspectTokens.rows(of: text), as: InspectTokens.table)
  }

  private func showDocument(_ key: String) throws -> ExitStatus {
    let index = ServedIndex(try openSnapshot())
    guard let document = try index.snapshot.document(key: key) else { return try sayMissing(key) }
    return try show(SearchService.documentAnswer(document, in: index), as: { try DocumentText.text(document, $0) })
  }

  private func showIndex() throws -> ExitStatus {
    guard arguments.operands.count == 1 else { throw UsageError("'\(arguments.operands[1])' is one word too many") }
    let snapshot = try openSnapshot()
    let figures = IndexFigures(snapshot.statistics, unreadable: try UnreadableRecords.all(in: snapshot))
    return try show(figures, as: InspectText.text)
  }

  private func showSegments() throws -> ExitStatus {
    let wanted = arguments.operands.dropFirst()
    let segments = try IndexInspector(try openSnapshot()).segments().map { SegmentFigures($0) }
    let chosen = wanted.isEmpty ? segments : segments.filter { wanted.contains($0.id) }
    guard wanted.isEmpty || !chosen.isEmpty else {
      try console.say("searchctl: no segment '\(wanted.joined(separator: " "))'; there are: \(Self.list(segments))")
      return .negative
    }
    return try show(chosen, as: { $0.map(InspectText.text).joined(separator: "\n\n") })
  }

  private func showTerm(_ text: String) throws -> ExitStatus {
    let report = try IndexInspector(try openSnapshot()).term(text, limit: arguments.integer(.limit) ?? 10)
    guard let report else {
      try console.say("searchctl: the text folds to nothing")
      return .negative
    }
    _ = try show(TermFigures(report), as: InspectText.text)
    return report.documentFrequency == 0 ? .negative : .fine
  }

  private func showQuery(_ text: String) throws -> ExitStatus {
    let snapshot = try openSnapshot()
    let key = arguments.text(.explain)
    if let key, try snapshot.document(key: key) == nil { return try sayMissing(key) }
    var parameters = SearchParameters(query: text)
    parameters.ranking = try arguments.ranking()
    let synonyms = try arguments.synonyms()
    parameters.synonyms = synonyms.areWanted
    let report = try IndexInspector(snapshot).query(
      SearchRequest(parameters, in: ServedIndex(snapshot, synonyms: synonyms.table)), explaining: key)
    return try show(QueryFigures(report), as: InspectText.text)
  }

  private func openSnapshot() throws -> Snapshot {
    try Snapshot.open(directory: try arguments.required(.index))
  }

  private func sayMissing(_ key: String) throws -> ExitStatus {
    try console.say("searchctl: no document has the id '\(TerminalText.safe(key.unicodeScalars))'")
    return .negative
  }

  /// Prints a value, as JSON if that was asked for.
  private func show<Value: Encodable>(_ value: Value, as text: (Value) throws -> String) throws -> ExitStatus {
    if arguments.has(.json) {
      try console.print(json: value)
    } else {
      try console.print(try text(value))
    }
    return .fine
  }

  private static func list(_ segments: [SegmentFigures]) -> String {
    segments.isEmpty ? "none" : segments.map(\.id).joined(separator: ", ")
  }
}
