import Foundation
import InvertedIndex

/// The indexes that FORMAT.md takes its examples from, and a wider one that only a reader is held against, built by the
/// engine in a folder that goes with this object.
final class FormatExamples {
  /// The documents of the small one, in order; "b" is removed by the second commit.
  static let small = [
    Document(key: "a", title: "尾矿库", text: "尾矿库应急预案。"),
    Document(key: "b", text: "C25"),
    Document(
      key: "c", text: "尾矿。",
      fields: [Field(name: "年", value: .integer(2021)), Field(name: "no", value: .null)],
      source: SourceLocation(path: "c.md", startLine: 1, endLine: 3), tabsSeparateCells: true),
  ]

  /// The documents of the long one: 130 with 水, of which document 6 has it twice and document 130 three times; document 0
  /// has a text that is long enough for a place.
  static let long = (0...130).map { number in
    switch number {
    case 0:
      let values: [FieldValue] = [.boolean(false), .boolean(true), .integer(-1), .number(0.5), .string("火")]
      let text = String(repeating: "火", count: 600) + "，火"
      return Document(key: "0", text: text, fields: [Field(name: "x", value: .list(values))])
    case 6: return Document(key: "6", text: "水，水")
    case 130: return Document(key: "130", text: "水，水，水")
    default: return Document(key: String(number), text: "水")
    }
  }

  /// The document of the one that has hosts.
  static let hosts = [Document(key: "h", text: String(repeating: "人民政府，行政法规，", count: 8) + "民政。")]

  /// The documents of the wide one, which has several blocks of terms, fields, and two segments, the second from 400 on.
  static let wide = (0..<450).map { number in
    let characters = (0..<number % 7).map { Character(Unicode.Scalar(UInt16(0x4E00 + (number * $0) % 97)) ?? "一") }
    return Document(
      key: "key \(number)", title: "第\(number)条", text: "w\(number % 50) \(String(characters))。尾矿库 \(number)",
      fields: number % 3 == 0 ? [Field(name: "f\(number % 5)", value: .string("预案 \(number % 40)"))] : [])
  }

  /// All documents of each example, deleted ones included.
  static let documents = ["small": small, "long": long, "hosts": hosts, "wide": wide]

  private let path: String

  /// Builds the examples of these names.
  init(_ names: String...) throws {
    path = FileManager.default.temporaryDirectory.path + "/zilin-format-\(UUID().uuidString.prefix(8))"
    for name in names { try build(name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private func build(_ name: String) throws {
    let documents = Self.documents[name] ?? []
    try change(name, .rebuild) { try Self.add(documents.prefix(400), to: $0) }
    switch name {
    case "small":
      try change(name, .update) { _ = try $0.remove(key: "b") }
    case "wide":
      try change(name, .update) { writer in
        try Self.add(documents.dropFirst(400), to: writer)
        for number in stride(from: 0, to: 400, by: 9) { _ = try writer.remove(key: "key \(number)") }
      }
    default: break
    }
  }

  private func change(_ name: String, _ mode: IndexWriter.Mode, _ body: (IndexWriter) throws -> Void) throws {
    let writer = try IndexWriter(directory: folder(name), mode: mode)
    try body(writer)
    _ = try writer.commit()
  }

  private static func add(_ documents: some Sequence<Document>, to writer: IndexWriter) throws {
    for document in documents { try writer.add(document) }
  }

  /// The path of an example's folder.
  func folder(_ name: String) -> String { "\(path)/\(name)" }

  /// The names of an example's files, sorted.
  func fileNames(of name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder(name)).sorted()
  }

  /// The bytes of a file, named as in `small/commit`.
  func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(name)))) }
}
