import Testing

@testable import Bulletins

@Suite("Malformed text in strings of JSON")
struct MalformedStringTests {
  /// Pieces as they are written, and the bytes they mean.
  private static let pieces: [(written: [UInt8], meant: [UInt8])] =
    ["尾矿库", "安全生产，监督管理。", "a", "é", "𠮷", "0123456789abcdef"].map { (Array($0.utf8), Array($0.utf8)) } + [
      (Array(#"\n"#.utf8), [0x0A]), (Array(#"\""#.utf8), [0x22]), (Array(#"\u5c3e"#.utf8), Array("尾".utf8)),
      (Array(#"\ud842\udfb7"#.utf8), Array("𠮷".utf8)),
    ]
  private static let malformed: [[UInt8]] = [
    [0x80], [0xBF, 0xBF], [0xC0, 0x80], [0xE4], [0xE4, 0xB8], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F],
    [0xF4, 0x90, 0x80, 0x80], [0xFF],
  ]

  @Test("it becomes what the standard library makes of the string without its escapes", arguments: 0..<400)
  func mended(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var written = Array(#"{"id": 1, "text": ""#.utf8)
    var meant: [UInt8] = []
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      if seed % 4 != 0, Int.random(in: 0..<4, using: &random) == 0,
        let bytes = Self.malformed.randomElement(using: &random)
      {
        written += bytes
        meant += bytes
      } else if let piece = Self.pieces.randomElement(using: &random) {
        written += piece.written
        meant += piece.meant
      }
    }
    written += Array(#"", "note": "库"}"#.utf8)
    var reader = JSONLinesReader(path: "a.jsonl")
    let document = try #require(try reader.read(written.span, number: 2))
    let text = String(decoding: meant, as: UTF8.self)
    let replacements = text.unicodeScalars.count { $0 == "\u{FFFD}" }
    #expect(document.text == text, "seed \(seed)")
    #expect(
      document.warnings == (replacements == 0 ? [] : [.malformedText(replacements: replacements)]), "seed \(seed)")
    #expect(document.fields == [SourceField(name: "note", value: .string("库"))], "seed \(seed)")
  }
}
