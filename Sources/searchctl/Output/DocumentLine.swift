import Bulletins
import InvertedIndex
import SearchAPI
import SearchService

/// A document without its text, as `documents --json` prints it: id, title, source, and the fields flat beside them.
struct DocumentLine: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  /// A number that the document cites, and to what end.
  private struct Cited: Encodable {
    let number: String
    let relation: String
  }

  let document: Document

  /// The numbers in the fields that are named after relations; titles in 《》 stay there only.
  private var citations: [Cited] {
    Citation.Relation.allCases.flatMap { relation in
      guard case .list(let names)? = document.fields.first(where: { $0.name == relation.rawValue })?.value else {
        return [Cited]()
      }
      return names.compactMap { name in
        guard case .string(let number) = name, !number.hasPrefix("《") else { return nil }
        return Cited(number: number, relation: relation.rawValue)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for field in document.shownFields where !DocumentAnswer.reservedKeys.contains(field.name) {
      try container.encode(JSONValue(field.value), forKey: Key(field.name))
    }
    if let issuers = document.fields.first(where: { $0.name == "issuer" }), case .list(let names) = issuers.value {
      let texts = names.compactMap { if case .string(let name) = $0 { name } else { nil } }
      try container.encode(texts.joined(separator: " "), forKey: Key("issuer"))
    }
    let citations = self.citations
    if !citations.isEmpty { try container.encode(citations, forKey: Key("citations")) }
    try container.encode(document.key, forKey: Key("id"))
    try container.encode(document.title, forKey: Key("title"))
    try container.encodeIfPresent(document.source.map { SourceAnswer($0) }, forKey: Key("source"))
  }
}
