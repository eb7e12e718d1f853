import Testing

@testable import InvertedIndex

/// The dictionary against plain arrays.
@Suite struct DictionaryTests {
  private struct Plain {
    var characters: [(key: UInt64, entry: TermEntry)] = []
    var words: [(word: [UInt8], entry: TermEntry)] = []
    var fieldNames: [String] = []
  }

  private func random(_ generator: inout SeededGenerator, characters: Int, words: Int) -> Plain {
    var plain = Plain()
    var keys: Set<UInt64> = []
    let bits = UInt64(10 + generator.number(below: 48))
    while keys.count < min(characters, 1 << 9) { keys.insert(generator.next() >> (64 - bits)) }
    var wordSet: Set<[UInt8]> = []
    while wordSet.count < words {
      let field = UInt8(generator.number(below: 3))
      let letters = (0..<1 + generator.number(below: generator.number(below: 10) == 0 ? 253 : 5)).map { _ in
        UInt8(97 + generator.number(below: 4))
      }
      wordSet.insert([0, field] + letters)
    }
    var postings = 0
    var positions = 0
    func entry() -> TermEntry {
      let documentFrequency = 1 + generator.number(below: 1 << generator.number(below: 30))
      let entry = TermEntry(
        documentFrequency: UInt32(documentFrequency),
        occurrences: UInt64(documentFrequency + generator.number(below: 1 << generator.number(below: 40))),
        postings: postings..<postings + 1 + generator.number(below: 1000),
        positions: positions..<positions + 1 + generator.number(below: 1 << 20))
      (postings, positions) = (entry.postings.upperBound, entry.positions.upperBound)
      return entry
    }
    plain.characters = keys.sorted().map { ($0, entry()) }
    plain.words = wordSet.sorted { $0.lexicographicallyPrecedes($1) }.map { ($0, entry()) }
    plain.fieldNames = (0..<generator.number(below: 4)).map { "字段\($0)" }
    return plain
  }

  private func write(_ plain: Plain, in folder: TestFolder) throws -> DictionaryReader {
    let file = try SectionFileWriter(creating: folder["x.terms"], kind: .terms, segment: 1, analysisVersion: 1)
    var writer = DictionaryWriter(file: file)
    for (key, entry) in plain.characters {
      try writer.append(
        characters: key, documentFrequency: entry.documentFrequency, occurrences: entry.occurrences,
        postingsByteCount: UInt64(entry.postings.count), positionsByteCount: UInt64(entry.positions.count))
    }
    for (word, entry) in plain.words {
      try writer.append(
        word: word, documentFrequency: entry.documentFrequency, occurrences: entry.occurrences,
        postingsByteCount: UInt64(entry.postings.count), positionsByteCount: UInt64(entry.positions.count))
    }
    try writer.finish(fieldNames: plain.fieldNames)
    try file.append([UInt32](), as: .lengths)
    file.beginSection(.hosts)
    try file.append(HostTable.none.bytes)
    file.endSection()
    try file.finish()
    return try DictionaryReader(
      file: SectionFile(opening: folder["x.terms"], kind: .terms, segment: 1, analysisVersion: 1))
  }

  @Test(
    arguments: [(0, 0), (1, 0), (0, 1), (31, 31), (32, 32), (33, 33), (64, 65), (400, 700)] as [(Int, Int)],
    0..<3)
  func `every term is found and no other`(counts: (Int, Int), seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let plain = random(&generator, characters: counts.0, words: counts.1)
    let reader = try write(plain, in: try TestFolder())
    #expect(reader.fieldNames == plain.fieldNames)
    for (key, entry) in plain.characters {
      #expect(try reader.entry(characters: key) == entry, "seed \(seed), key \(key)")
      for absent in [key &- 1, key + 1] where !plain.characters.contains(where: { $0.key == absent }) {
        #expect(try reader.entry(characters: absent) == nil, "seed \(seed), key \(absent)")
      }
    }
    for (word, entry) in plain.words {
      #expect(try reader.entry(word: word) == entry, "seed \(seed), word \(word)")
      for absent in [word + [0], Array(word.dropLast()), word.dropLast() + [122], word.map { $0 &+ 1 }]
      where !plain.words.contains(where: { $0.word == absent }) {
        #expect(try reader.entry(word: absent) == nil, "seed \(seed), word \(absent)")
      }
    }
    #expect(try reader.entry(characters: .max) == nil)
    #expect(try reader.entry(word: []) == nil)
  }

  @Test(arguments: 0..<12)
  func `ranges give their terms in order, and stop when asked`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 50)
    let plain = random(&generator, characters: generator.number(below: 300), words: 3)
    let reader = try write(plain, in: try TestFolder())
    let ends = plain.characters.flatMap { [$0.key, $0.key &+ 1] } + [0, .max]
    for _ in 0..<30 {
      let pair = [generator.pick(ends), generator.pick(ends)].sorted()
      let expected = plain.characters.filter { $0.key >= pair[0] && $0.key <= pair[1] }
      var found: [UInt64] = []
      var entries: [TermEntry] = []
      let limit = generator.number(below: 3) == 0 ? generator.number(below: 5) + 1 : .max
      try reader.forEachCharacters(in: pair[0]...pair[1]) { (key, entry) throws(IndexError) in
        found.append(key)
        entries.append(entry)
        return found.count < limit
      }
      #expect(found == expected.prefix(limit).map(\.key), "seed \(seed)")
      #expect(entries == expected.prefix(limit).map(\.entry), "seed \(seed)")
    }
    var words: [[UInt8]] = []
    try reader.forEachWord { (word, _) throws(IndexError) in
      words.append(word)
      return true
    }
    #expect(words == plain.words.map(\.word), "seed \(seed)")
    for first in words + words.map({ $0 + [0] }) + [[0]] {
      var found: [[UInt8]] = []
      try reader.forEachWord(from: first) { (word, _) throws(IndexError) in
        found.append(word)
        return found.count < 3
      }
      #expect(found == Array(words.filter { !$0.lexicographicallyPrecedes(first) }.prefix(3)), "seed \(seed)")
    }
  }
}
