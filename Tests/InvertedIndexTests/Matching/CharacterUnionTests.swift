import Testing

@testable import InvertedIndex

/// The documents of a character: what a count of the texts says, however many are looked at at a time.
@Suite struct CharacterUnionTests {
  private static let characters = Array("甲乙丙丁戊己庚辛")

  /// Keeps every third document.
  private struct KeepsThirds: MatchFilter {
    func keeps(_ document: UInt32, frequency: UInt32) -> Bool { document % 3 == 0 }
  }

  /// A folder with texts in which one character is in nearly all, the last in few.
  private func texts(_ generator: inout SeededGenerator) -> [String] {
    (0..<3000).map { _ in
      var text = "子"
      for _ in 0..<generator.number(below: 30) {
        let bound = 1 + generator.number(below: Self.characters.count)
        text.append(generator.number(below: 40) == 0 ? "癸" : Self.characters[generator.number(below: bound)])
      }
      return text
    }
  }

  @Test(arguments: [0, 1] as [UInt64], [1, 7, 64, 999, 1024, 2999, 3000, 1 << 16])
  func `the documents and their frequencies are those of the texts`(seed: UInt64, width: Int) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = texts(&generator)
    let folder = try TestFolder()
    try folder.build(texts.enumerated().map { Document(key: "\($0)", text: $1) })
    if seed == 1 {
      try folder.update { writer in
        for number in stride(from: 0, to: 3000, by: 4) { _ = try writer.remove(key: "\(number)") }
      }
    }
    let segment = try #require(try folder.snapshot().segments.first)
    for character in Self.characters + ["子", "癸", "丑"] {
      let scalar = try #require(character.unicodeScalars.first)
      var expected: [(document: UInt32, frequency: UInt32)] = []
      for (number, text) in texts.enumerated() where !segment.isDeleted(UInt32(number)) {
        let frequency = UInt32(text.unicodeScalars.count { $0 == scalar })
        if frequency > 0 { expected.append((UInt32(number), frequency)) }
      }
      let union = CharacterUnion(segment, rangeWidth: width)
      var all = KeepsAll()
      let list = try union.matches(of: scalar.value, field: FieldedKey.bodyField, keeping: &all)
      #expect(list.documents == expected.map(\.document), "\(character)")
      #expect(list.frequencies == expected.map(\.frequency), "\(character)")
      #expect(list.passedOver == 0)
      var thirds = KeepsThirds()
      let some = try union.matches(of: scalar.value, field: FieldedKey.bodyField, keeping: &thirds)
      #expect(some.documents == expected.map(\.document).filter { $0 % 3 == 0 }, "\(character)")
      #expect(some.count + some.passedOver == expected.count, "\(character)")
    }
  }
}
