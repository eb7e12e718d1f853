import CJKTokenizer
import Testing

@testable import InvertedIndex

/// Which phrases are suspected to be hosts, and the sample that they are sought in.
@Suite struct HostMinerTests {
  private func hosts(_ text: String) -> [String] {
    let characters = text.utf16.map { $0 < 0x4E00 ? 0 : $0 }
    var found: [String] = []
    HostMiner.hosts(in: characters).forEach { bigram, flanks in
      let middle = CharacterKey(rawValue: bigram).description
      for pair in flanks {
        let characters = [pair.before, pair.after].compactMap(Unicode.Scalar.init).map(String.init)
        found.append(characters.joined(separator: middle))
      }
    }
    return found
  }

  private func times(_ count: Int, _ phrases: String...) -> String {
    String(repeating: phrases.joined(separator: " ") + " ", count: count)
  }

  @Test(arguments: [
    (8, 0, ["人民政府"]), (7, 0, []), (8, 5, ["人民政府"]), (8, 6, []), (60, 40, ["人民政府"]), (60, 41, []),
  ])
  func `a host stands eight times, and makes three fifths`(inside: Int, alone: Int, expected: [String]) {
    #expect(hosts(times(inside, "人民政府") + times(alone, "民政", "人民", "政府")) == expected)
  }

  @Test func `hosts of one bigram count together, those of less than a tenth do not`() {
    let words = times(120, "人民 政府 居民 政策 县民 政区")
    let text = words + times(30, "人民政府") + times(20, "居民政策") + times(8, "县民政区") + times(40, "民政")
    #expect(Set(hosts(text)) == [])
    #expect(Set(hosts(text + times(40, "人民政府"))) == ["人民政府", "居民政策"])
  }

  @Test func `a bigram more frequent than the halves of the phrase is a word of its own`() {
    #expect(hosts(times(9, "人民政府") + times(3, "民政")) == ["人民政府"])
    #expect(hosts(times(9, "人民政府") + times(4, "民政")) == [])
  }

  @Test(arguments: ["第十一条", "一一一一"])
  func `numerals and repetitions have no hosts`(phrase: String) {
    #expect(hosts(times(50, phrase, String(phrase.prefix(2)), String(phrase.suffix(2)))) == [])
  }

  @Test func `the sample never grows beyond its bounds and depends on the documents alone`() {
    var sample = PhraseSample()
    var buffer = TokenBuffer(keepsRuns: true)
    let long = String(repeating: "人民政府", count: 10_000)
    for number in 0..<300 {
      buffer.removeAll()
      Tokenizer().tokenize(Array((number % 3 == 0 ? long : "行政法规，甲乙丙丁").utf8).span, into: &buffer)
      sample.append(buffer)
      #expect(sample.characters.count <= PhraseSample.capacity)
    }
    #expect(sample.characters.count > PhraseSample.capacity / 4)
    #expect(hosts(String(decoding: sample.characters, as: UTF16.self)).contains("人民政府"))
  }

  @Test(arguments: 0..<20)
  func `what is counted is what a dictionary counts`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var counts = GramCounts(capacity: 4)
    var expected: [UInt64: UInt32] = [:]
    for _ in 0..<2000 {
      let gram = UInt64(1 + generator.number(below: 400)) << UInt64(generator.pick([0, 16, 32]))
      counts.count(gram)
      expected[gram, default: 0] += 1
    }
    #expect(Dictionary(uniqueKeysWithValues: counts.all.map { ($0.gram, $0.count) }) == expected)
    #expect(expected.allSatisfy { counts.count(of: $0.key) == $0.value })
  }
}
