import Testing

@testable import InvertedIndex

@Suite struct QueryLexerTests {
  private func parts(_ query: String) -> [QueryLexer.Part] {
    var lexer = QueryLexer(query, fieldNames: [])
    return lexer.parts().0
  }

  @Test func `text ends at what Unicode calls white space, and at nothing else`() {
    let low = (0..<0x3100).compactMap { Unicode.Scalar($0) }
    let high = stride(from: UInt32(0x3100), through: 0x10FFFF, by: 97).compactMap { Unicode.Scalar($0) }
    for scalar in low + high {
      let parts = parts("甲\(scalar)乙")
      #expect(parts.count == (scalar.properties.isWhitespace ? 2 : 1), "U+\(String(scalar.value, radix: 16))")
      if parts.count == 2 {
        let start = 3 + String(scalar).utf8.count
        let part = QueryLexer.Part(kind: .text("乙"), position: 2, space: String(scalar), source: start..<start + 3)
        #expect(parts[1] == part)
      }
    }
  }

  @Test(arguments: ["甲", "é", "a", "𠮷"])
  func `places are counted in scalars, however many bytes these have`(letter: String) {
    let query = "\(letter)\(letter) \"\(letter)\" -\(letter)\u{3000}\(letter)"
    let width = letter.utf8.count
    let places = [
      0..<2 * width, 1 + 2 * width..<3 + 3 * width, 4 + 3 * width..<5 + 4 * width, 8 + 4 * width..<8 + 5 * width,
    ]
    #expect(
      parts(query) == [
        QueryLexer.Part(kind: .text(letter + letter), position: 0, space: "", source: places[0]),
        QueryLexer.Part(kind: .phrase(letter, .body), position: 3, space: " ", source: places[1]),
        QueryLexer.Part(kind: .text(letter), isNegated: true, position: 7, space: " ", source: places[2]),
        QueryLexer.Part(kind: .text(letter), position: 10, space: "\u{3000}", source: places[3]),
      ])
  }
}
