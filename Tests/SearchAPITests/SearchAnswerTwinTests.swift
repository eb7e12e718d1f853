import SearchAPI
import Testing

/// The fast writer of search answers against `JSONEncoder`, byte for byte.
struct SearchAnswerTwinTests {
  /// Numbers that come again for the same seed (SplitMix64).
  private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static let pieces = [
    "公报", "a", "/", "\\", "\"", "\n", "\t", "\r", "\u{8}", "\u{C}", "\u{0}", "\u{1F}", "\u{7F}", "\u{2028}", "😀",
    "</x>",
    "é", "e\u{301}", "",
  ]
  private static let names = ["year", "a", "zz", "ID", "snippet", "titles", "字", "_", "score ", "id", "source", "é"]
  private static let numbers = [
    0, 1, -1, 0.5, 12, 1e-7, 1e15, 1e16, 1e21, -0.0, 3.14159, 1.7976931348623157e308, 5e-300,
  ]

  private func text(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...5, using: &generator)).map { _ in
      Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
    }.joined()
  }

  private func value(_ generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: .string(text(&generator))
    case 1: .integer(Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0..<64, using: &generator))
    case 2: .number(Self.numbers[Int.random(in: 0..<Self.numbers.count, using: &generator)])
    case 3: .boolean(Bool.random(using: &generator))
    case 4: .null
    default: .list((0..<Int.random(in: 0...3, using: &generator)).map { _ in value(&generator) })
    }
  }

  private func hit(_ generator: inout SeededGenerator) -> HitAnswer {
    let names = Self.names.shuffled(using: &generator).prefix(Int.random(in: 0...6, using: &generator))
    let snippets = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
      SnippetAnswer(text: text(&generator), highlights: [0..<Int.random(in: 0...100_000, using: &generator), 7..<9])
    }
    return HitAnswer(
      id: text(&generator),
      score: Int.random(in: 0...4, using: &generator) > 0 ? Double.random(in: 0...100, using: &generator) : nil,
      title: text(&generator),
      source: Bool.random(using: &generator) ? SourceAnswer(path: text(&generator), startLine: 1, endLine: 42) : nil,
      snippets: Bool.random(using: &generator) ? snippets : nil,
      fields: names.map { AnswerField(name: $0, value: value(&generator)) })
  }

  private func facets(_ generator: inout SeededGenerator) -> [FacetAnswer]? {
    guard Bool.random(using: &generator) else { return nil }
    return Self.names.shuffled(using: &generator).prefix(Int.random(in: 0...4, using: &generator)).map { name in
      let values = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        FacetValue(value: text(&generator), count: Int.random(in: 0...1_000_000, using: &generator))
      }
      return FacetAnswer(field: name, values: values, more: Int.random(in: 0...1000, using: &generator))
    }
  }

  private func corrections(_ generator: inout SeededGenerator) -> [CorrectionAnswer]? {
    guard Bool.random(using: &generator) else { return nil }
    return (0..<Int.random(in: 0...3, using: &generator)).map { number in
      CorrectionAnswer(
        query: text(&generator), reason: text(&generator),
        kind: CorrectionAnswer.Kind.allCases[number % CorrectionAnswer.Kind.allCases.count],
        total: SearchAnswer.Total(value: number, exact: number > 0),
        applied: Bool.random(using: &generator) ? true : nil)
    }
  }

  @Test("The bytes are those of JSONEncoder with sorted keys", arguments: 0..<1000 as Range<UInt64>)
  func twin(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    var answer = SearchAnswer(
      query: text(&generator),
      total: SearchAnswer.Total(value: Int.random(in: 0...1_000_000, using: &generator), exact: seed % 2 == 0),
      tookMilliseconds: Double.random(in: 0...1, using: &generator),
      hits: (0..<Int.random(in: 0...3, using: &generator)).map { _ in hit(&generator) },
      facets: facets(&generator),
      synonyms: (0..<Int.random(in: 0...2, using: &generator)).map { _ in
        SynonymAnswer(
          typed: text(&generator), also: [text(&generator), "n"],
          domain: Bool.random(using: &generator) ? text(&generator) : nil)
      },
      hosts: (0..<Int.random(in: 0...2, using: &generator)).map { number in
        HostedTermAnswer(
          term: text(&generator), inside: [text(&generator), "n"], occurrences: 7 + number, notCounted: 6)
      },
      notes: seed % 3 == 0 ? [text(&generator), "n"] : [])
    answer.didYouMean = corrections(&generator)
    if Bool.random(using: &generator) {
      (answer.parts, answer.haveAll) = ([text(&generator), "n"], 3)
      answer.letGo = [LetGoAnswer(part: text(&generator), documents: 12)]
    }
    let expected = String(decoding: try AnswerCoding.encode(answer), as: UTF8.self)
    #expect(String(decoding: AnswerCoding.bytes(of: answer), as: UTF8.self) == expected)
  }

  @Test("The extremes of 64 bits are written in full; what JSON cannot say is null; of two equal names the last counts")
  func extremes() {
    let fields = [JSONValue.integer(.min), .integer(.max), .number(.nan), .boolean(false), .boolean(true)]
    let hit = HitAnswer(
      id: "", score: .infinity, title: "", source: nil, snippets: nil,
      fields: zip(["a", "b", "c", "d", "d"], fields).map { AnswerField(name: $0, value: $1) })
    let facets = [1, Int.max].map { FacetAnswer(field: "f", values: [], more: $0) }
    let answer = SearchAnswer(
      query: "", total: SearchAnswer.Total(value: .max, exact: true), tookMilliseconds: 0, hits: [hit], facets: facets,
      notes: [])
    #expect(
      String(decoding: AnswerCoding.bytes(of: answer), as: UTF8.self)
        == #"{"facets":{"f":{"more":9223372036854775807,"values":[]}},"hits":[{"a":-9223372036854775808,"b":9223372036854775807,"c":null,"d":true,"id":"","score":null,"title":""}],"#
        + #""query":"","took_ms":0,"total":{"exact":true,"value":9223372036854775807}}"#)
  }
}
