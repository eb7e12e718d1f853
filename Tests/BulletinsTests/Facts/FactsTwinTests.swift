import Foundation
import Testing

@testable import Bulletins

/// Facts are read from a few sentences; read from the whole text they must be the same.
@Suite("Facts of a few places and of the whole text")
struct FactsTwinTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../corpus/bulletins").standardizedFileURL

  static func document(title: String, text: String) -> SourceDocument {
    SourceDocument(key: "1", title: title, text: text, path: "a.jsonl", startLine: 1, endLine: 1)
  }

  /// The relations with the names they hold, found in the whole text.
  static func whole(_ document: SourceDocument, own: DocumentNumber?) -> [SourceField] {
    let issue = IssueText(SqueezedText(document.title.isEmpty ? document.text : document.title + "\n" + document.text))
    guard let first = issue.lines.first else { return [] }
    let body = document.title.isEmpty ? 0 : 1
    let finder = CitationFinder(
      issue: issue, body: body..<max(body, issue.lines.count), own: own,
      title: document.title.isEmpty ? 0..<0 : first.range, plan: nil, planLine: nil, lineOffset: 1)
    return relations(FactsReader.withoutRepetitions(finder.citations()))
  }

  /// The fields of citations, their names sorted.
  static func relations(_ citations: [Citation]) -> [SourceField] {
    BulletinDocument(
      title: "", number: nil, issuers: [], date: nil, addressee: nil, types: [], lines: 1...1, attachments: [],
      missingAttachments: [], citations: citations
    ).fields
  }

  static func documents() throws -> [SourceDocument] {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return try files.sorted { $0.path < $1.path }.flatMap { file in
      let source = PlainTextReader(path: file.lastPathComponent).read(Array(try Data(contentsOf: file)).span)
      return BulletinSplitter.split(source).records(of: source).filter { !$0.text.isEmpty }
    }
  }

  @Test("the documents of the sample bulletins cite the same")
  func samples() throws {
    var reader = FactsReader()
    var count = 0
    for sample in try Self.documents() {
      let document = Self.document(title: sample.title, text: sample.text)
      let facts = reader.facts(of: document)
      #expect(
        Self.relations(facts.citations) == Self.whole(document, own: facts.number), "\(sample.key) \(sample.title)")
      count += facts.citations.count
    }
    #expect(count > 60)
  }

  @Test("mixtures of their lines, and of their sentences, cite the same", arguments: 0..<24 as Range<UInt64>)
  func mixtures(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let documents = try Self.documents()
    let sentences = documents.flatMap { document in
      let text = SqueezedText(document.text)
      return text.printed(text.units.indices).split(separator: "。").map { $0 + "。" }.filter(Self.isWhole)
    }
    let rich = sentences.filter { $0.contains("《") || $0.contains("〔") }
    var reader = FactsReader()
    for _ in 0..<12 {
      var text = ""
      for _ in 0..<Int.random(in: 1..<60, using: &random) {
        let sentence = sentences.randomElement(using: &random) ?? ""
        let other = rich.randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<8, using: &random) {
        case 0: text += sentence
        case 1: text += "\n第\(Int.random(in: 1..<30, using: &random))条 " + sentence
        case 2: text += "\n" + other
        case 3: text += other + "\n"
        case 4: text += "\n决定废止下列文件：\n1.《甲办法》（甲政发〔2011〕4号）；\n2.《乙办法》；\n（三）《丙办法》。\n"
        case 5: text += "\n编制依据。\n" + other
        default: text += sentence + "\n\n"
        }
      }
      let document = Self.document(title: documents.randomElement(using: &random)?.title ?? "", text: text)
      let facts = reader.facts(of: document)
      let read = Set(Self.names(Self.relations(facts.citations)))
      let wanted = Set(Self.names(Self.whole(document, own: facts.number)))
      #expect(read.symmetricDifference(wanted).isEmpty, "\(document.title)\n\(text)")
    }
  }

  /// Whether titles and brackets are closed in a sentence; what pages cut and columns mixed has no relation to be found.
  private static func isWhole(_ sentence: String) -> Bool {
    for (opener, closer) in [("《", "》"), ("（", "）"), ("〔", "〕"), ("(", ")")] {
      guard
        sentence.split(separator: opener, omittingEmptySubsequences: false).count
          == sentence.split(separator: closer, omittingEmptySubsequences: false).count
      else { return false }
    }
    return sentence.count < 400
  }

  /// Each name with its relation.
  private static func names(_ fields: [SourceField]) -> [String] {
    fields.flatMap { field -> [String] in
      guard case .list(let values) = field.value else { return [] }
      return values.compactMap { value in
        if case .string(let name) = value { "\(field.name) \(name)" } else { nil }
      }
    }
  }
}
