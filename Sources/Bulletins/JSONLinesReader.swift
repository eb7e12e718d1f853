/// Reads JSON lines: one object a line, each a document.
///
///     var reader = JSONLinesReader(path: "laws.jsonl")
///     try reader.read(line, number: 17)  // {"id": 5, "title": "…", "text": "…", "year": 2021}
///
/// `id` is a string or an integer and becomes the key; `text` is a string, `title` a string or absent. All other names are
/// fields, kept in their order. Text is taken as it is: no marks are removed. What title and text say of the document is added
/// as fields by ``FactsReader``, if that is wanted.
public struct JSONLinesReader {
  /// Names that the answers of a search use themselves, so that no field may have them.
  public static let reservedNames: Set<String> = [
    "score", "snippets", "source", "missing", "explain", "cites", "cited_by",
  ]

  /// The file's path, normalised.
  public let path: String
  private var scanner = JSONScanner()
  private var facts: FactsReader?

  /// Creates a reader of the file at `path`, which is only named, never opened.
  public init(path: String, readsFacts: Bool = false) {
    self.path = DocumentPath.normalized(path)
    facts = readsFacts ? FactsReader() : nil
  }

  /// The document on one line of the file, or nil if the line is blank.
  ///
  /// Lines may be read in any order; a byte order mark is passed over at the start of the first. The line end may be missing
  /// or present.
  ///
  /// - Parameter number: the line's number, counted from 1.
  /// - Throws: ``ReadError`` with the path and the line, if it is no JSON object or lacks what a document needs.
  /// - Complexity: O(*n*) in the line's bytes.
  public mutating func read(_ line: Span<UInt8>, number: Int) throws(ReadError) -> SourceDocument? {
    scanner.start(at: number == 1 ? UTF8Repair.startOfText(in: line) : 0)
    scanner.skipWhiteSpace(line)
    if scanner.peek(line) == nil { return nil }
    do throws(ReadError.Reason) {
      let object = try ObjectParts(scanning: line, with: &scanner)
      guard let key = object.id else { throw .missing("id") }
      guard let text = object.text else { throw .missing("text") }
      var document = SourceDocument(
        key: key, title: object.title ?? "", text: text, fields: object.fields, path: path, startLine: number,
        endLine: number,
        warnings: scanner.replacements == 0 ? [] : [.malformedText(replacements: scanner.replacements)])
      facts?.addFacts(to: &document)
      return document
    } catch {
      throw ReadError(path: path, line: number, reason: error)
    }
  }
}

/// What one object says, before it is known to be complete.
private struct ObjectParts {
  var id: String?
  var title: String?
  var text: String?
  var fields: [SourceField] = []
  private var names = DistinctNames()

  init(scanning line: Span<UInt8>, with scanner: inout JSONScanner) throws(ReadError.Reason) {
    guard scanner.skip(UInt8(ascii: "{"), line) else { throw .notAnObject }
    scanner.skipWhiteSpace(line)
    if !scanner.skip(UInt8(ascii: "}"), line) {
      repeat {
        scanner.skipWhiteSpace(line)
        try readMember(line, with: &scanner)
        scanner.skipWhiteSpace(line)
      } while scanner.skip(UInt8(ascii: ","), line)
      guard scanner.skip(UInt8(ascii: "}"), line) else { throw scanner.expected("',' or '}'") }
    }
    scanner.skipWhiteSpace(line)
    if scanner.peek(line) != nil { throw scanner.expected("the end of the line") }
  }

  private mutating func readMember(_ line: Span<UInt8>, with scanner: inout JSONScanner) throws(ReadError.Reason) {
    let name = try scanner.string(line)
    scanner.skipWhiteSpace(line)
    guard scanner.skip(UInt8(ascii: ":"), line) else { throw scanner.expected("':'") }
    scanner.skipWhiteSpace(line)
    guard names.insert(name) else { throw .repeated(name) }
    switch name {
    case "id": id = try readID(line, with: &scanner)
    case "text": text = try readText(named: name, "a string", line, with: &scanner)
    case "title" where scanner.peek(line) == UInt8(ascii: "n"): _ = try scanner.value(of: name, line)  // null: left out
    case "title": title = try readText(named: name, "a string, or be left out", line, with: &scanner)
    case _ where JSONLinesReader.reservedNames.contains(name): throw .reserved(name)
    default: fields.append(SourceField(name: name, value: try scanner.value(of: name, line)))
    }
  }

  private func readID(_ line: Span<UInt8>, with scanner: inout JSONScanner) throws(ReadError.Reason) -> String {
    let expected = "a string or an integer"
    if let first = scanner.peek(line), Byte.isDigit(first) || first == UInt8(ascii: "-") {
      guard let digits = try scanner.integerDigits(line) else { throw .wrongType(name: "id", expected: expected) }
      return digits
    }
    let id = try readText(named: "id", expected, line, with: &scanner)
    if id.isEmpty { throw .emptyID }
    return id
  }

  private func readText(named name: String, _ expected: String, _ line: Span<UInt8>, with scanner: inout JSONScanner)
    throws(ReadError.Reason) -> String
  {
    guard scanner.peek(line) == UInt8(ascii: "\"") else { throw .wrongType(name: name, expected: expected) }
    return try scanner.string(line)
  }
}
