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

  let document: Document

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for field in document.fields where !DocumentAnswer.reservedKeys.contains(field.name) {
      try container.encode(JSONValue(field.value), forKey: Key(field.name))
    }
    try container.encode(document.key, forKey: Key("id"))
    try container.encode(document.title, forKey: Key("title"))
    try container.encodeIfPresent(document.source.map { SourceAnswer($0) }, forKey: Key("source"))
  }
}
