import InvertedIndex
import Testing

/// What is said of phrases and bigrams without looking at all documents, against a look at all.
@Suite struct PhraseProbeTests {
  private static let alphabet = Array("应急预案管理部门的人民")

  /// Documents of so many characters at the most, in a sentence each, and the index of them in several segments.
  private func build(seed: UInt64, count: Int, longest: Int) throws -> (TestFolder, Snapshot, [String]) {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<count).map { _ in
      String((0..<2 + generator.number(below: longest - 1)).map { _ in generator.pick(Self.alphabet) })
    }
    let folder = try TestFolder()
    let documents = texts.enumerated().map { Document(key: "\($0.offset)", text: $0.element) }
    try folder.build(Array(documents[..<(count / 2)]))
    try folder.update { writer in
      for document in documents[(count / 2)...] { try writer.add(document) }
      for number in stride(from: 0, to: count, by: 7) { _ = try writer.remove(key: "\(number)") }
    }
    return (folder, try folder.snapshot(), texts.enumerated().filter { $0.offset % 7 != 0 }.map(\.element))
  }

  @Test(
    "A probe of a small index counts what a scan counts, and so do its continuations", arguments: 1...6 as ClosedRange)
  func exact(seed: UInt64) throws {
    let (_, snapshot, texts) = try build(seed: seed, count: 300, longest: 20)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let phrase = String((0..<2 + generator.number(below: 2)).map { _ in generator.pick(Self.alphabet) })
      let probe = try #require(try PhraseProbe(phrase, in: snapshot))
      #expect(probe.count == DocumentCount(value: texts.count { $0.contains(phrase) }, isExact: true), "\(phrase)")
      #expect(probe.ending == phrase)
      let expected = Set(Self.alphabet).compactMap { next -> String? in
        texts.contains { $0.contains(phrase + String(next)) } ? phrase + String(next) : nil
      }
      let longer = try probe.continuations(limit: 99, considered: 99)
      #expect(longer.map(\.ending).sorted() == expected.sorted(), "seed \(seed), \(phrase)")
      for each in longer {
        let count = texts.count { $0.contains(each.ending) }
        #expect(each.count == DocumentCount(value: count, isExact: true), "seed \(seed), \(each.ending)")
        #expect(each.share(of: probe) == Double(count) / Double(probe.count.value))
      }
      #expect(zip(longer, longer.dropFirst()).allSatisfy { $0.count.value >= $1.count.value })
    }
  }

  @Test("With a small budget a count is an estimate near the number", arguments: 1...4 as ClosedRange)
  func estimate(seed: UInt64) throws {
    let (_, snapshot, texts) = try build(seed: seed, count: 4000, longest: 300)
    for phrase in ["应急", "人民", "管理"] {
      let probe = try #require(try PhraseProbe(phrase, in: snapshot, budget: 256))
      let count = texts.count { $0.contains(phrase) }
      #expect(!probe.count.isExact)
      #expect(abs(probe.count.value - count) < count / 4, "seed \(seed), \(phrase): \(probe.count.value), not \(count)")
    }
  }

  @Test(
    "Nothing but a phrase that ends in two characters of a run has a probe",
    arguments: ["", "。", "应", "a", "应a", "年 1", "应急，人民", "应急 a"])
  func none(text: String) throws {
    let (_, snapshot, _) = try build(seed: 1, count: 20, longest: 9)
    #expect(try PhraseProbe(text, in: snapshot) == nil)
  }

  @Test("Words may stand before, and punctuation at the ends", arguments: ["a应急", "，应急。"])
  func further(text: String) throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "1", text: "有a应急预案")])
    let probe = try #require(try PhraseProbe(text, in: try folder.snapshot()))
    #expect(probe.count == DocumentCount(value: 1, isExact: true))
    #expect(probe.ending == "应急")
    #expect(try probe.continuations(limit: 2).map(\.ending) == ["应急预"])
  }

  @Test("A phrase that is nowhere has no documents and no continuations")
  func nowhere() throws {
    let (_, snapshot, _) = try build(seed: 1, count: 20, longest: 9)
    let probe = try #require(try PhraseProbe("烟花", in: snapshot))
    #expect(probe.count == DocumentCount(value: 0, isExact: true))
    #expect(try probe.continuations(limit: 5).isEmpty)
  }

  @Test("Bigrams are those of all segments, deleted documents included", arguments: 1...3 as ClosedRange)
  func bigrams(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<200).map { _ in String((0..<6).map { _ in generator.pick(Self.alphabet) }) }
    let folder = try TestFolder()
    try folder.build(texts[..<90].enumerated().map { Document(key: "\($0.offset)", text: $0.element) })
    try folder.update { writer in
      for (number, text) in texts.enumerated().dropFirst(90) { try writer.add(Document(key: "\(number)", text: text)) }
      _ = try writer.remove(key: "3")
    }
    let snapshot = try folder.snapshot()
    for first in Set(Self.alphabet) {
      let scalar = try #require(first.unicodeScalars.first)
      let found = try snapshot.bigrams(beginningWith: scalar)
      let expected = Set(Self.alphabet).filter { second in texts.contains { $0.contains(String([first, second])) } }
      #expect(Set(found.map { Character($0.second) }) == expected, "seed \(seed), \(first)")
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.second < $1.second })
      for bigram in found {
        let count = texts.count { $0.contains(String([first, Character(bigram.second)])) }
        #expect(bigram.count == count, "seed \(seed), \(first)\(bigram.second)")
        #expect(try snapshot.documentFrequency(of: scalar, bigram.second) == count)
      }
    }
  }

  @Test("Titles come once, with their documents and the greatest rank of these")
  func titles() throws {
    let folder = try TestFolder()
    let dated = { (key: String, title: String, date: String?) in
      Document(
        key: key, title: title, text: "文", fields: date.map { [Field(name: "date", value: .string($0))] } ?? [])
    }
    try folder.build([dated("1", "甲办法", "2020-01-01"), dated("2", "乙办法", nil), dated("3", "", "2021-01-01")])
    try folder.update { writer in
      try writer.add(dated("4", "甲办法", "2022-01-01"))
      try writer.add(dated("5", "丙办法", "2019-01-01"))
      try writer.add(Document(key: "6", text: "", fields: [Field(name: "kind", value: .string("issue"))]))
      _ = try writer.remove(key: "5")
    }
    let found = try folder.snapshot().titles(rankedBy: "date")
    #expect(found.map(\.title) == ["甲办法", "乙办法"])
    #expect(found.map(\.count) == [2, 1])
    #expect(found[0].rank > 0)
    #expect(found[1].rank == -1)
  }
}
