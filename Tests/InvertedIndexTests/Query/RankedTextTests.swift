import Testing

@testable import InvertedIndex

@Suite struct RankedTextTests {
  private func plan(_ query: String, synonyms: SynonymTable? = nil) throws -> QueryPlan {
    var parser = QueryParser(query, fieldNames: [])
    return QueryPlan(try parser.parse(isStrict: false), isPlain: false, synonyms: synonyms)
  }

  @Test(
    arguments: [
      ("尾矿库", [1, 1]), ("尾矿的", [1, 0.5]), ("的是", [1]), ("是的尾矿", [0.5, 1]), ("尾矿 演练", [1, 1]),
      ("尾矿怎么办", [1, 0.65 / 2, 0.3 / 2]), ("PM2 尾矿", [2, 1]), ("森林の火", [1, 0.5, 0.5]),
    ] as [(String, [Double])])
  func `a bigram weighs less with function characters, frames and white space in it`(
    query: String, weights: [Double]
  ) throws {
    let found = try plan(query).text.terms.map(\.weight)
    #expect(found.count == weights.count, "\(query): \(found)")
    for (one, other) in zip(found, weights) { #expect(abs(one - other) < 1e-9, "\(query): \(found)") }
  }

  @Test func `a bigram between two that are more than twice as frequent weighs less`() throws {
    let text = try plan("单位解除").text
    #expect(text.factors(documentFrequencies: [30, 10, 25], documentCount: 100, idf: { _ in 1 }) == [1, 0.7, 1])
    #expect(text.factors(documentFrequencies: [30, 10, 20], documentCount: 100, idf: { _ in 1 }) == [1, 1, 1])
    #expect(text.factors(documentFrequencies: [5, 10, 30], documentCount: 100, idf: { _ in 1 }) == [1, 1, 1])
  }

  @Test func `a synonym weighs less than what is typed, and least where that is the index's own word`() throws {
    let table = try SynonymTable("[通信]\n断网 > 通信\n")
    let text = try plan("断网", synonyms: table).text
    #expect(text.expansions.map(\.use.others) == [["通信"]])
    #expect(text.factors(documentFrequencies: [0, 50], documentCount: 1000, idf: { _ in 1 }) == [1, 0.4])
    #expect(text.factors(documentFrequencies: [25, 50], documentCount: 1000, idf: { _ in 1 }) == [1, 0.2])
    // What was typed too keeps its own weight.
    let both = try plan("断网通信", synonyms: table).text
    #expect(both.factors(documentFrequencies: [1, 1, 1], documentCount: 1000, idf: { _ in 1 }) == [1, 1, 1])
  }

  @Test func `the words of a synonym weigh together less than what is typed`() throws {
    let table = try SynonymTable("[民政]\n低保 > 最低生活保障 救助\n")
    let text = try plan("低保", synonyms: table).text
    let frequencies = [0, 50, 50, 50, 50, 50, 50]
    let factors = text.factors(documentFrequencies: frequencies, documentCount: 1000) { $0 == 0 ? 3 : 2 }
    // Five bigrams of 0.4 · 2 would be 4; the one of 救助 is 0.8.
    #expect(factors[0] == 1)
    for factor in factors[1...5] { #expect(abs(factor - 0.4 * 0.8 * 3 / 4) < 1e-12) }
    #expect(factors[6] == 0.4)
  }

  @Test func `words between white space are told apart`() throws {
    let text = try plan("尾矿库 应急　演练").text
    #expect(text.words == ["尾矿库", "应急", "演练"])
    #expect(text.terms.map(\.word) == [0, 0, 1, 2])
  }
}
