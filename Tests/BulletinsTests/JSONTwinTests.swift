import Foundation
import Testing

@testable import Bulletins

/// The scanner beside Foundation's decoder.
@Suite("JSON lines beside JSONDecoder")
struct JSONTwinTests {
  /// An object as Foundation reads it.
  private struct Twin: Decodable {
    let id: String
    let text: String
    let title: String?
    let fields: [String: FieldValue]

    private struct Name: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      func value(_ name: String) throws -> FieldValue? {
        try container.contains(Name(stringValue: name))
          ? container.decode(FieldValue.self, forKey: Name(stringValue: name)) : nil
      }
      switch try value("id") {
      case .string(let text): id = text
      case .integer(let number): id = String(number)
      default: throw ReadError.Reason.missing("id")
      }
      guard case .string(let text) = try value("text") else { throw ReadError.Reason.missing("text") }
      self.text = text
      switch try value("title") {
      case .string(let text): title = text
      case nil: title = nil
      default: throw ReadError.Reason.missing("title")
      }
      var fields: [String: FieldValue] = [:]
      for name in container.allKeys where !["id", "text", "title"].contains(name.stringValue) {
        fields[name.stringValue] = try container.decode(FieldValue.self, forKey: name)
      }
      self.fields = fields
    }
  }

  @Test("both read the same from a thousand objects, whole and damaged", arguments: 0..<1000)
  func sameAnswers(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var bytes = Array(Self.object(using: &random).utf8)
    if seed % 2 == 1 {
      bytes[Int.random(in: bytes.indices, using: &random)] =
        Array("{}[],:\"\\x01-.eE tnu".utf8).randomElement(using: &random) ?? 0
    }
    var reader = JSONLinesReader(path: "a.jsonl")
    let ours = try? reader.read(bytes.span, number: 2)
    let twin = try? JSONDecoder().decode(Twin.self, from: Data(bytes))
    let line = String(decoding: bytes, as: UTF8.self)
    guard let ours else {
      // Foundation takes the last of two equal names, one of two escapes it cannot pair, and an empty id.
      #expect(twin == nil || Self.isStricter(bytes), "seed \(seed): \(line)")
      return
    }
    guard let twin else {
      #expect(!ours.warnings.isEmpty || ours.key.count > 18, "seed \(seed): \(line)")
      return
    }
    #expect(ours.key == twin.id, "seed \(seed): \(line)")
    #expect(ours.text == twin.text, "seed \(seed): \(line)")
    #expect(ours.title == twin.title ?? "", "seed \(seed): \(line)")
    #expect(
      Dictionary(uniqueKeysWithValues: ours.fields.map { ($0.name, Self.canonical($0.value)) })
        == twin.fields.mapValues(Self.canonical),
      "seed \(seed): \(line)")
  }

  /// What our reader refuses on purpose.
  private static func isStricter(_ bytes: [UInt8]) -> Bool {
    var reader = JSONLinesReader(path: "a.jsonl")
    do {
      _ = try reader.read(bytes.span, number: 2)
      return false
    } catch {
      switch error.reason {
      case .repeated, .reserved, .nested, .emptyID: return true
      // `"id": 1.0` is an integer for Foundation.
      case .wrongType(let name, _): return name == "id"
      default: return false
      }
    }
  }

  /// Foundation gives `1.0` and `1e2` as integers when asked for integers first.
  private static func canonical(_ value: FieldValue) -> FieldValue {
    switch value {
    case .number(let number): Int64(exactly: number).map { .integer($0) } ?? value
    case .list(let items): .list(items.map(canonical))
    default: value
    }
  }

  private static func object(using random: inout SeededRandom) -> String {
    var members = [
      "\"id\": \(Bool.random(using: &random) ? "\(Int.random(in: -9...99999, using: &random))" : string(using: &random))"
    ]
    members.append("\"text\":\(string(using: &random))")
    if Bool.random(using: &random) { members.append("\"title\" :\(string(using: &random))") }
    for index in 0..<Int.random(in: 0...4, using: &random) {
      members.append("\"f\(index)\": \(value(using: &random))")
    }
    return "{" + members.shuffled(using: &random).joined(separator: Bool.random(using: &random) ? "," : " , ") + "}"
  }

  private static func value(using random: inout SeededRandom) -> String {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: "true"
    case 1: "null"
    case 2: "[\((0..<3).map { _ in string(using: &random) }.joined(separator: ", "))]"
    case 3: "[]"
    case 4: "\(Int.random(in: -1000...1000, using: &random)).25e\(Int.random(in: -20...20, using: &random))"
    case 5: "\(Int64.random(in: .min ... .max, using: &random))"
    default: string(using: &random)
    }
  }

  private static func string(using random: inout SeededRandom) -> String {
    let pieces = [
      "尾矿库", "a", " ", #"\n"#, #"\u5c3e"#, #"\ud842\udfb7"#, "𠮷", #"\""#, #"\\"#, #"\/"#, #"\u0001"#, "é",
      "0123456789abcdef", "é",
    ]
    return "\""
      + (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      + "\""
  }
}

extension FieldValue: Decodable {
  /// Reads whichever comes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .boolean(flag)
    } else if let number = try? container.decode(Int64.self) {
      self = .integer(number)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else {
      self = .list(try container.decode([FieldValue].self))
    }
  }
}
