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
    families.lift(
      &candidates, rest: [(family, 0.4), (nil, 1)], competing: (gain: 1, half: 1), length: (gain: 0, half: 1),
      statute: 1)
    #expect(candidates[0].lifted == 10 * (1 + 1 / 2.0))
    let sum = 0.8 + 0.8 + 0.4
    #expect(abs(candidates[1].lifted - 8 * (1 + sum / (sum + 1))) < 1e-12)
    #expect(candidates[1].lifted == candidates[2].lifted)
    #expect(candidates[1].precedes(candidates[2]))
  }

  @Test(
    arguments: [
      (["刑法第一条", "刑法第三百条", "刑法第二条"], 300), (["刑法第9条"], 9), (["刑法第99999999999999999999条"], 9999),
      (["刑法第12345条"], 9999), (["刑法第十二十条"], 0), (["刑法第十二十条", "刑法第1条"], 1),
    ] as [([String], Double)])
  func `the highest number among a family's articles lifts them all`(titles: [String], highest: Double) throws {
    var families = TitleFamilies()
    let found = titles.map { families.family(ofTitle: Array($0.utf8)) }
    var candidates = found.enumerated().map { index, family in
      Candidate(
        entry: TopHits.Entry(segment: 0, document: UInt32(index), score: 5), title: [], text: 0..<0,
        tabsSeparateCells: false, family: family)
    }
    families.lift(
      &candidates, rest: [], competing: (gain: 0, half: 1), length: (gain: 2, half: 3), statute: 1)
    #expect(candidates.allSatisfy { $0.lifted == 5 * (1 + 2 * highest / (highest + 3)) })
  }

  @Test(
    arguments: [
      ("中华人民共和国刑法第一条", 3), ("中华人民共和国民法典第一条", 3), ("宪法第1条", 3), ("信访工作条例第一条", 1), ("户籍管理办法第一条", 1),
      ("关于适用《民法典》的解释第一条", 1), ("法第一条", 3), ("刑法", 1), ("", 1),
    ] as [(String, Double)])
  func `a statute by its name comes before other articles`(title: String, factor: Double) throws {
    var families = TitleFamilies()
    var candidates = [
      Candidate(
        entry: TopHits.Entry(segment: 0, document: 0, score: 5), title: [], text: 0..<0, tabsSeparateCells: false,
        family: families.family(ofTitle: Array(title.utf8)))
    ]
    families.lift(
      &candidates, rest: [], competing: (gain: 0, half: 1), length: (gain: 0, half: 1), statute: 3)
    #expect(candidates[0].lifted == 5 * factor)
  }
}
