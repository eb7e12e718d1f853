import Testing

@testable import InvertedIndex

@Suite struct TitleFamiliesTests {
  @Test func `articles of one law are a family, other titles are not`() {
    var families = TitleFamilies()
    let titles = [
      "中华人民共和国刑法第一条", "中华人民共和国刑法第一百二十条", "中华人民共和国民法典第12条", "关于印发预案的通知", "第三条", "刑法第一章", "",
    ]
    #expect(titles.map { families.family(ofTitle: Array($0.utf8)) } == [0, 0, 1, nil, nil, nil, nil])
  }

  @Test func `the members of a family lift each other, by what was left behind too`() throws {
    var families = TitleFamilies()
    let family = families.family(ofTitle: Array("刑法第一条".utf8))
    var candidates = [10.0, 8, 8].enumerated().map { index, score in
      Candidate(
        entry: TopHits.Entry(segment: 0, document: UInt32(index), score: score), title: [], text: 0..<0,
        tabsSeparateCells: false, family: index == 0 ? nil : family)
    }
    families.lift(&candidates, rest: [(family, 0.4), (nil, 1)], (gain: 1, half: 1))
    #expect(candidates[0].lifted == 10 * (1 + 1 / 2.0))
    let sum = 0.8 + 0.8 + 0.4
    #expect(abs(candidates[1].lifted - 8 * (1 + sum / (sum + 1))) < 1e-12)
    #expect(candidates[1].lifted == candidates[2].lifted)
    #expect(candidates[1].precedes(candidates[2]))
  }
}
