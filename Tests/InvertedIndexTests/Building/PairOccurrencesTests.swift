import CJKTokenizer
import SystemIO
import Testing

@testable import InvertedIndex

/// Occurrences in memory and in runs: each leads back to its document, however many documents there are.
@Suite struct PairOccurrencesTests {
  /// Documents of a few positions, many of none, so that a granule has more than a step can say.
  private func positionCounts(_ generator: inout SeededGenerator) -> [UInt32] {
    let longest = generator.pick([1, 2, 40, 9000])
    return (0..<2500).map { _ in UInt32(generator.number(below: 3) == 0 ? 0 : generator.number(below: longest + 1)) }
  }

  @Test(arguments: 0..<16)
  func `the documents of occurrences are found from memory and from a run`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let occurrences = PairOccurrences()
    let characters: [UInt16] = [0x4E00, 0x4E01, 0x4E40, 0x9FA5]
    var expected: [UInt64: [UInt64]] = [:]  // by key: document above position
    for (document, count) in positionCounts(&generator).enumerated() {
      let run = (0..<count + 1).map { _ in generator.pick(characters) }
      if count > 0 {
        run.withUnsafeBufferPointer { occurrences.append($0, position: 0) }
        for position in 0..<Int(count) {
          let key = UInt64(run[position]) << 21 | UInt64(run[position + 1])
          expected[key, default: []].append(UInt64(document) << 32 | UInt64(position))
        }
      }
      occurrences.finishDocument(positionCount: count)
    }
    let sorter = PairSorter(occurrences)
    let places = occurrences.places
    func pairs(_ occurrences: UnsafeBufferPointer<UInt64>, _ places: DocumentPlaces) -> [UInt64] {
      occurrences.map { occurrence in
        let document = places.tables.document(of: occurrence)
        return UInt64(document) << 32
          | UInt64(UInt32(truncatingIfNeeded: occurrence) - places.tables.start(of: document))
      }
    }
    var found: [UInt64: [UInt64]] = [:]
    for bucket in 0..<PairOccurrences.bucketCount {
      try sorter.forEachTerm(ofBucket: bucket) { key, occurrences in found[key] = pairs(occurrences, places) }
    }
    #expect(found == expected, "seed \(seed)")

    let folder = try TestFolder()
    let runs = try SpilledRuns(creating: folder["run"])
    try runs.append(occurrences, firstDocument: 0, fieldNames: [])
    #expect(try folder.names() == [])
    let reader = PairRunReader(runs, shareCount: 1)
    try reader.read(0..<PairOccurrences.bucketCount)
    var read: [UInt64: [UInt64]] = [:]
    while let key = reader.nextKey {
      try reader.forEachPiece { occurrences, places, _ in read[key, default: []] += pairs(occurrences, places) }
    }
    #expect(read == expected, "seed \(seed)")
  }

  @Test func `forgotten occurrences leave room for others`() throws {
    let occurrences = PairOccurrences()
    for round in 0..<3 {
      let characters = [UInt16](repeating: 0x4E00 + UInt16(round), count: 2000)
      characters.withUnsafeBufferPointer { occurrences.append($0, position: 0) }
      occurrences.finishDocument(positionCount: 2000)
      #expect(occurrences.count == 1999 && occurrences.documentCount == 1)
      var keys: [UInt64] = []
      try PairSorter(occurrences).forEachTerm(ofBucket: 0x4E00 >> 6) { key, occurrences in
        keys.append(key)
        #expect(occurrences.count == 1999)
      }
      #expect(keys == [UInt64(characters[0]) << 21 | UInt64(characters[0])])
      occurrences.removeAll()
      #expect(occurrences.count == 0 && occurrences.byteCount == 4)
    }
  }
}
