extension Bulletin {
  /// The documents to be indexed of `source`, from which this was split, each with its facts as fields.
  ///
  /// A file that is one document keeps its key; of several documents the *n*-th has `#n` behind it. What belongs to no
  /// document follows as one record, `#0`, with the field `kind` and the value `issue`. It has neither title nor text, lest
  /// contents be found before the documents that they list; what it says is in the field `matter`, a piece for each place.
  ///
  /// The fields: `number`, `issuer`, `date`, `year`, `type`, `addressee`, `attachments`, `issue`, and for each
  /// ``Citation/Relation`` one of its name, with the cited numbers, or titles in 《》 where no number is given.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public func records(of source: SourceDocument) -> [SourceDocument] {
    let text = LinesOfText(source)
    let isWhole = documents.count == 1 && issueLines.isEmpty
    var records = documents.enumerated().map { index, document in
      var record = source
      record.key = isWhole ? source.key : "\(source.key)#\(index + 1)"
      record.title = document.title
      record.text = isWhole ? source.text : text.text(document.lines)
      record.fields = source.fields + document.fields + issueFields
      record.startLine = document.lines.lowerBound
      record.endLine = document.lines.upperBound
      record.warnings = index == 0 ? source.warnings : []
      return record
    }
    let matter = issueLines.map(text.text).filter { piece in piece.utf8.contains { $0 > Byte.space } }
    if !matter.isEmpty {
      var record = source
      record.key = "\(source.key)#0"
      record.title = ""
      record.text = ""
      record.fields =
        source.fields + [SourceField(name: "kind", value: .string("issue"))] + issueFields
        + [SourceField(name: "matter", value: .list(matter.map { .string($0) }))]
      record.warnings = documents.isEmpty ? source.warnings : []
      records.append(record)
    }
    if !records.isEmpty { records[0].warnings += warnings.map { .bulletin($0) } }
    return records
  }

  private var issueFields: [SourceField] {
    guard let issue else { return [] }
    let year = issue.year.map { "\($0)年" } ?? ""
    return [SourceField(name: "issue", value: .string(issue.name + year + (issue.number ?? "")))]
  }
}

extension SourceDocument {
  /// Whether this is no document, but what an issue says besides its documents.
  public var isIssue: Bool {
    title.isEmpty && text.isEmpty && fields.contains(SourceField(name: "kind", value: .string("issue")))
  }
}

extension BulletinDocument {
  /// What is known of the document beside title, text and place, as fields; none for what is not known.
  public var fields: [SourceField] {
    var fields: [SourceField] = []
    func add(_ name: String, _ value: String?) {
      if let value { fields.append(SourceField(name: name, value: .string(value))) }
    }
    func add(_ name: String, all values: [String]) {
      if !values.isEmpty { fields.append(SourceField(name: name, value: .list(values.map { .string($0) }))) }
    }
    add("number", number?.description)
    if issuers.count > 1 { add("issuer", all: issuers) } else { add("issuer", issuers.first) }
    add("date", date?.description)
    if let year { fields.append(SourceField(name: "year", value: .integer(Int64(year)))) }
    add("type", all: types.map(\.rawValue))
    add("addressee", addressee)
    add("attachments", all: attachments.map(\.title))
    for relation in Citation.Relation.allCases {
      var seen = DistinctNames()
      var cited: [String] = []
      for citation in citations where citation.relation == relation {
        if let name = citation.name, seen.insert(name) { cited.append(name) }
      }
      add(relation.rawValue, all: cited)
    }
    return fields
  }
}

extension Citation {
  /// What the cited document is called: its number, or its title in 《》.
  public var name: String? { number?.description ?? title.map { "《" + $0 + "》" } }
}

/// A document's text by the lines of its source.
private struct LinesOfText {
  private let utf8: [UInt8]
  /// Where each line begins, and the end of the text.
  private var starts: [Int] = [0]
  private let firstLine: Int

  init(_ source: SourceDocument) {
    utf8 = Array(source.text.utf8)
    firstLine = source.startLine
    for index in utf8.indices where utf8[index] == Byte.lineFeed { starts.append(index + 1) }
    if starts.last != utf8.count { starts.append(utf8.count) }
  }

  /// The text from the first to the last of `lines`.
  func text(_ lines: ClosedRange<Int>) -> String {
    let bytes = starts[index(lines.lowerBound)]..<starts[index(lines.upperBound + 1)]
    return UTF8Repair.text(of: utf8.span.extracting(bytes)).text
  }

  private func index(_ line: Int) -> Int { min(max(0, line - firstLine), starts.count - 1) }
}
