import Testing

@testable import InvertedIndex

/// Lists of postings against plain arrays.
@Suite struct PostingsTests {
  private static let counts = [1, 2, 3, 10, 126, 127, 128, 129, 130, 255, 256, 257, 383, 384, 385, 511, 512, 640, 1000]

  private func fixture(seed: UInt64) throws -> ListFixture {
    var generator = SeededGenerator(seed: seed)
    return try ListFixture(Self.counts.map { PlainList.random(count: $0, &generator) })
  }

  @Test(arguments: 0..<4)
  func `a cursor gives back what was written`(seed: UInt64) throws {
    let fixture = try fixture(seed: seed)
    for (index, list) in fixture.lists.enumerated() {
      var cursor = try fixture.cursor(index)
      #expect(cursor.documentFrequency == list.postings.count)
      #expect(fixture.entries[index].occurrences == UInt64(list.postings.reduce(0) { $0 + $1.positions.count }))
      var found: [PlainList.Posting] = []
      var positions: [UInt32] = []
      while try cursor.advance() != PostingsCursor.exhausted {
        let count = try cursor.readPositions(into: &positions)
        #expect(Int(try cursor.frequency()) == count)
        #expect(positions[count..<count + 4].allSatisfy { $0 == .max })
        found.append(PlainList.Posting(document: cursor.document, positions: Array(positions[..<count])))
      }
      #expect(found == list.postings, "seed \(seed), list of \(list.postings.count)")
      #expect(try cursor.advance() == PostingsCursor.exhausted)
      #expect(try cursor.seek(to: 0) == PostingsCursor.exhausted)
    }
  }

  @Test(arguments: 0..<6)
  func `seeking equals a linear search, positions included`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 99)
    let fixture = try fixture(seed: seed)
    for (index, list) in fixture.lists.enumerated() {
      for _ in 0..<6 {
        var cursor = try fixture.cursor(index)
        var place = -1  // the plain list's index of the current document
        var positions: [UInt32] = []
        while place < list.postings.count {
          if generator.number(below: 3) == 0 {
            try cursor.advance()
            place += 1
          } else {
            let from = place < 0 ? 0 : list.postings[place].document
            let step = UInt64(generator.number(below: 1 << generator.number(below: 22)))
            let last = list.postings[list.postings.count - 1].document
            let target = UInt32(min(UInt64(from) + step, UInt64(last) + 1))
            try cursor.seek(to: target)
            place = list.first(reaching: target, from: max(place, 0))
          }
          guard place < list.postings.count else {
            #expect(cursor.document == PostingsCursor.exhausted, "seed \(seed)")
            break
          }
          #expect(cursor.document == list.postings[place].document, "seed \(seed)")
          #expect(Int(try cursor.frequency()) == list.postings[place].positions.count, "seed \(seed)")
          for _ in 0..<generator.number(below: 3) {
            let own = list.postings[place].positions
            let count = try cursor.readPositions(into: &positions)
            #expect(Array(positions[..<count]) == own, "seed \(seed)")
          }
        }
      }
    }
  }

  @Test(arguments: 0..<6)
  func `windows give all documents once, wherever they are cut`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 7)
    let fixture = try fixture(seed: seed)
    for (index, list) in fixture.lists.enumerated() {
      for _ in 0..<4 {
        var cursor = try fixture.cursor(index)
        var found: [PlainList.Posting] = []
        var expected: [PlainList.Posting] = []
        var lower: UInt64 = 0
        while lower < UInt64(fixture.documentCount) {
          let width = 1 + UInt64(generator.number(below: 1 << generator.number(below: 24)))
          let upper = min(lower + width, UInt64(fixture.documentCount))
          if generator.number(below: 3) > 0 {  // now and then a window is passed over
            try cursor.forEachRun(in: UInt32(lower)..<UInt32(upper)) { documents, frequencies in
              for (document, frequency) in zip(documents, frequencies) {
                found.append(PlainList.Posting(document: document, positions: [frequency]))
              }
            }
            expected += list.postings.filter { $0.document >= lower && $0.document < upper }.map {
              PlainList.Posting(document: $0.document, positions: [UInt32($0.positions.count)])
            }
          }
          lower = upper
        }
        #expect(found == expected, "seed \(seed), list of \(list.postings.count)")
      }
    }
  }

  @Test(arguments: 0..<4)
  func `reading a list whole gives its positions as gaps`(seed: UInt64) throws {
    let fixture = try fixture(seed: seed)
    for (index, list) in fixture.lists.enumerated() {
      let bytes = try fixture.bytes(index)
      var found: [PlainList.Posting] = []
      let isSound = try read(bytes.postings, bytes.positions, list.postings.count, fixture.documentCount) {
        document, gaps in
        var positions: [UInt32] = []
        for gap in gaps { positions.append(positions.last.map { $0 + 1 + gap } ?? gap) }
        found.append(PlainList.Posting(document: document, positions: positions))
      }
      #expect(isSound && found == list.postings, "seed \(seed), list of \(list.postings.count)")
    }
  }

  @Test(arguments: 0..<4)
  func `a list written posting by posting has the same bytes`(seed: UInt64) throws {
    let fixture = try fixture(seed: seed)
    for (index, list) in fixture.lists.enumerated() {
      let writer = PostingsListWriter()
      writer.lengthCodes = [UInt8](repeating: 40, count: fixture.documentCount)
      for posting in list.postings {
        var next: UInt32 = 0
        let gaps = posting.positions.map { position in
          defer { next = position + 1 }
          return position - next
        }
        try gaps.withUnsafeBufferPointer { try writer.append(document: posting.document, positionGaps: $0) }
      }
      _ = try writer.finishList()
      let bytes = try fixture.bytes(index)
      #expect(Array(writer.bytes.postings) == bytes.postings && Array(writer.bytes.positions) == bytes.positions)
    }
  }

  @Test(arguments: 0..<8)
  func `a damaged list is refused or read, and nothing traps`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let fixture = try ListFixture([130, 257, 3].map { PlainList.random(count: $0, &generator) })
    for (index, list) in fixture.lists.enumerated() {
      let (postings, positions) = try fixture.bytes(index)
      for _ in 0..<300 {
        var damagedPostings = postings
        var damagedPositions = positions
        switch generator.number(below: 4) {
        case 0: damagedPostings[generator.number(below: postings.count)] = UInt8.random(in: 0...255, using: &generator)
        case 1: damagedPositions[generator.number(below: positions.count)] ^= 0x80
        case 2: damagedPostings.removeLast(1 + generator.number(below: postings.count))
        default: damagedPositions.removeLast(1 + generator.number(below: positions.count))
        }
        var previous: UInt32?
        _ = try read(damagedPostings, damagedPositions, list.postings.count, fixture.documentCount) { document, _ in
          #expect(previous.map { $0 < document } ?? true && document < fixture.documentCount, "seed \(seed)")
          previous = document
        }
      }
    }
  }

  private func read(
    _ postings: [UInt8], _ positions: [UInt8], _ documentFrequency: Int, _ documentCount: Int,
    _ body: (UInt32, UnsafeBufferPointer<UInt32>) -> Void
  ) throws -> Bool {
    try postings.withUnsafeBytes { postings in
      try positions.withUnsafeBytes { positions in
        var reader = PostingsListReader()
        return try reader.forEach(
          documentFrequency: documentFrequency, documentCount: documentCount, postings: postings, positions: positions
        ) { document, gaps in body(document, gaps) }
      }
    }
  }

  @Test func `a list of many large positions is written in pieces and comes back`() throws {
    var list = PlainList()
    for document in UInt32(0)..<700 {
      list.postings.append(.init(document: document * 3, positions: (0..<200).map { $0 * 70_000 + document }))
    }
    let fixture = try ListFixture([list, list])
    for index in 0...1 {
      var cursor = try fixture.cursor(index)
      var positions: [UInt32] = []
      for (target, place) in [(UInt32(1500), 500), (1502, 501)] {
        try cursor.seek(to: target)
        let count = try cursor.readPositions(into: &positions)
        #expect(Array(positions[..<count]) == list.postings[place].positions)
      }
    }
  }
}
