/// Reads the facts of documents that are never split, such as the objects of JSON lines: number, issuer, date, type, and
/// what they cite.
///
/// Whole texts are only looked through for the few characters that every reference and every signature has; the rules that
/// split bulletins then read the sentences and lines around these. What is not certain is left out. A reader keeps its
/// buffers, and what it knows of the last title, from one document to the next.
public struct FactsReader: Sendable {
  private var marks = TextMarks()
  private var excerpt = Excerpt()
  private var title = TitleFacts("")

  /// Creates a reader.
  public init() {}

  /// Adds to `document` the fields that it does not have: `number`, `issuer`, `date`, `year`, `type`, and for each
  /// ``Citation/Relation`` one of its name.
  ///
  /// A number is the document's own only if it begins within the first 500 characters. A date is that of the signature, or
  /// the last at which a law was adopted or changed.
  ///
  /// - Complexity: O(*n* + *m*) in the length of the text and *m* references in it.
  public mutating func addFacts(to document: inout SourceDocument) {
    let found = facts(of: document).fields
    if found.isEmpty { return }
    let given = document.fields
    for field in found where !given.contains(where: { $0.name == field.name }) { document.fields.append(field) }
  }

  /// The facts of `document`, what it says itself about number and date taken as right.
  mutating func facts(of document: SourceDocument) -> BulletinDocument {
    if title.title != document.title { title = TitleFacts(document.title) }
    let utf8 = document.text.utf8
    let text = utf8.span
    marks.find(in: text)
    let givenNumber = document.fields.first { $0.name == "number" }
    let givenDate = document.fields.first { $0.name == "date" }
    let head = givenNumber == nil && mayHaveNumber(text) ? HeadReader(of: text, title: title.title) : nil
    let number = givenNumber.map { $0.text.flatMap { DocumentNumber($0) } } ?? head?.number
    var issuers = title.issuers.isEmpty ? head?.issuers ?? [] : title.issuers
    var date = givenDate.flatMap { $0.text.flatMap { CalendarDate(printed: $0) } }
    if givenDate == nil {
      let reader = SignatureReader(
        issuers: issuers.map { SqueezedText($0).units }, isOrder: title.isOrder || number?.code.hasSuffix("令") == true)
      if let signature = reader.signature(in: text, datedLineEnds: marks.datedLineEnds) {
        date = signature.date
        if issuers.isEmpty { issuers = signature.issuers }
      } else {
        date = AdoptionDate.date(in: text)
      }
    }
    return BulletinDocument(
      title: title.title, number: number, issuers: issuers, date: date, addressee: nil, types: title.types,
      lines: document.startLine...max(document.startLine, document.endLine), attachments: [], missingAttachments: [],
      citations: citations(in: text, own: number, line: document.startLine))
  }

  /// Whether one of the marks of a number stands in the title or near the beginning.
  private func mayHaveNumber(_ text: Span<UInt8>) -> Bool {
    title.hasNumberMark
      || (marks.references.first { !Excerpt.isTitle(at: $0, in: text) } ?? .max) < HeadReader.farthestNumber * 4
  }

  /// What the text cites, in its order.
  private mutating func citations(in text: Span<UInt8>, own: DocumentNumber?, line: Int) -> [Citation] {
    guard !marks.references.isEmpty || title.hasReference else { return [] }
    excerpt.collect(
      from: text, marks: marks.references, preamble: marks.references.isEmpty ? 0 : OpeningLines.preambleEnd(of: text),
      keepsAll: title.repealsOthers, behind: title.line)
    let issue = IssueText(SqueezedText(utf8: excerpt.bytes.isEmpty ? Array(title.line.utf8) : excerpt.bytes))
    guard let first = issue.lines.first else { return [] }
    let hasTitle = !title.line.isEmpty
    let bodyLine = hasTitle ? 1 : 0
    let preambleStart = issue.lines.count > bodyLine ? issue.lines[bodyLine].range.lowerBound : issue.units.count
    let preambleEnd = max(
      issue.lines.first { $0.bytes.lowerBound >= excerpt.preambleEnd }?.range.lowerBound ?? issue.units.count,
      excerpt.beginsText && issue.lines.count > bodyLine && !issue.isArticle(bodyLine) ? preambleStart + 1 : 0)
    let finder = CitationFinder(
      issue: issue, body: bodyLine..<max(bodyLine, issue.lines.count), own: own,
      title: hasTitle ? first.range : 0..<0,
      preambles: preambleStart < preambleEnd ? [preambleStart..<preambleEnd] : [], lineOffset: 0)
    return Self.withoutRepetitions(finder.citations()).map { citation in
      var citation = citation
      citation.line = line
      return citation
    }
  }

  /// The citations without mentions of what is also cited to another end: where a law rests on another one in its first
  /// article, it speaks of it in many.
  static func withoutRepetitions(_ citations: [Citation]) -> [Citation] {
    var related = DistinctNames()
    for citation in citations where citation.relation != .mentions {
      if let name = citation.name { _ = related.insert(name) }
    }
    if related.isEmpty { return citations }
    return citations.filter { $0.relation != .mentions || !related.contains($0.name ?? "") }
  }
}

/// What a title says, kept for the next document that has the same: articles of a law follow each other.
private struct TitleFacts: Sendable {
  let title: String
  /// The title if it has characters, in one line.
  let line: String
  let types: [DocumentType]
  let issuers: [String]
  let isOrder: Bool
  /// Whether the document ends others.
  let repealsOthers: Bool
  let hasReference: Bool
  let hasNumberMark: Bool

  init(_ title: String) {
    self.title = title
    let text = SqueezedText(title)
    let range = text.units.indices
    line = text.printed(range)
    types = DocumentType.types(inTitle: text.units)
    let named = TitleParts.endOfIssuers(in: text.units, range) != nil || types.first.map(Self.issued.contains) ?? false
    issuers = named ? TitleParts.issuers(in: text, range).map { text.printed($0) } : []
    isOrder = types.first == .order
    repealsOthers = Subjects.repealsOthers(text.units, title: range)
    var marks = TextMarks()
    let utf8 = title.utf8
    marks.find(in: utf8.span)
    hasReference = !marks.references.isEmpty
    hasNumberMark = text.units.contains { $0 == "号" || $0 == "號" || $0 == "〔" || $0 == "[" }
  }

  /// Papers whose titles begin with their issuer though they have no 关于.
  private static let issued: Set<DocumentType> = [.order, .announcement, .publicNotice, .decision]
}

extension SourceField {
  /// The value if it is text.
  fileprivate var text: String? {
    if case .string(let text) = value { text } else { nil }
  }
}

extension CalendarDate {
  /// The day that `text` as a whole is.
  fileprivate init?(printed text: String) {
    let units = SqueezedText(text).units
    guard let date = PrintedDate(in: units, at: 0, before: units.count), date.end == units.count, let day = date.date
    else { return nil }
    self = day
  }
}
