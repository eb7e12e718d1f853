import InvertedIndex

/// Seeded small documents and queries of few different characters, so that matches are frequent.
struct RandomCorpus {
  private(set) var generator: SeededGenerator
  private let alphabet: [String]

  /// Alphabets from plain to mixed.
  static let alphabets: [[String]] = [
    ["甲", "乙", "丙"],
    ["甲", "乙", "の", "ー", " ", "\n"],
    ["甲", "乙", "丙", "，", "。", "\n", "\u{3000}"],
    ["年", "1", "2", "a", "水", " ", "．"],
    ["한", "글", "어", " ", "甲", "，"],
    ["甲", "应", "應", "预", "預", "Ａ", "a", "１", "ｶ", "カ", "⽔", "水", "（", "\n", "한", "b"],
  ]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    alphabet = Self.alphabets[Int(seed % UInt64(Self.alphabets.count))]
  }

  mutating func number(below limit: Int) -> Int { generator.number(below: limit) }

  mutating func pick<Element>(_ choices: [Element]) -> Element { generator.pick(choices) }

  /// A text of up to `longest` characters.
  mutating func text(longest: Int) -> String {
    (0..<generator.number(below: longest + 1)).map { _ in generator.pick(alphabet) }.joined()
  }

  /// A document; some have no title, no text, or nothing but punctuation.
  mutating func document(key: String) -> Document {
    var fields: [Field] = []
    switch generator.number(below: 4) {
    case 0: fields = [Field(name: "memo", value: .string(text(longest: 5)))]
    case 1: fields = [Field(name: "memo", value: .list([.string(text(longest: 3)), .integer(12), .string("甲")]))]
    case 2:
      fields = [
        Field(name: "year", value: .integer(Int64(generator.number(below: 3)))), Field(name: "x", value: .null),
      ]
    default: break
    }
    return Document(
      key: key, title: text(longest: generator.number(below: 2) * 5),
      text: text(longest: generator.pick([0, 3, 12, 30])),
      fields: fields,
      source: SourceLocation(
        path: "f\(generator.number(below: 4))", startLine: 1, endLine: 1 + generator.number(below: 9)))
  }

  /// Documents with the keys d0, d1, …; the first always has each field.
  mutating func documents(_ count: Int) -> [Document] {
    let first = Document(
      key: "d0", title: "甲", text: "乙",
      fields: [Field(name: "memo", value: .string("甲乙")), Field(name: "year", value: .integer(1))])
    return [first] + (1..<max(1, count)).map { document(key: "d\($0)") }
  }

  /// Text without white space or what an operator may be, and not empty.
  private mutating func word(longest: Int) -> String {
    let solid = alphabet.filter { ![" ", "\n", "\u{3000}", "（"].contains($0) }
    return (0..<1 + generator.number(below: longest)).map { _ in generator.pick(solid) }.joined()
  }

  /// What a phrase may be: solid text, or text with anything inside.
  mutating func phrase() -> String {
    generator.number(below: 3) == 0 ? word(longest: 1) + text(longest: 5) + word(longest: 1) : word(longest: 4)
  }

  private mutating func scope() -> PlainIndex.Scope {
    generator.pick([.body, .body, .body, .title, .text, .field("memo"), .field("year")])
  }

  private mutating func part(isFirst: Bool) -> PlainQuery.Part {
    switch generator.number(below: isFirst ? 4 : 6) {
    case 0, 1: .text(word(longest: 4))
    case 2, 3: .phrase(phrase(), scope())
    default: .excluded(phrase(), scope(), word: generator.number(below: 2) == 0)
    }
  }

  /// A query of some phrases, text, operators, and exclusions.
  mutating func query() -> PlainQuery {
    let groups = (0..<1 + generator.number(below: 3) / 2 + generator.number(below: 3) / 2).map { _ in
      (0..<1 + generator.number(below: 4) / 3 + generator.number(below: 3) / 2).map { _ in
        (0..<1 + generator.number(below: 3)).map { part(isFirst: $0 == 0) }
      }
    }
    return PlainQuery(groups: groups)
  }
}
