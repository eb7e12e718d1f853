import Testing

@testable import InvertedIndex

/// What bounds the scores of a block.
@Suite struct BlockImpactsTests {
  private func impacts(_ postings: [(frequency: UInt32, length: UInt32)]) -> BlockImpacts {
    postings.map { $0.frequency - 1 }.withUnsafeBufferPointer { frequencies in
      postings.map(\.length).withUnsafeBufferPointer { BlockImpacts(frequencies: frequencies, lengths: $0) }
    }
  }

  @Test(arguments: 0..<300)
  func `no posting scores more, whatever k1, b and the mean length`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let frequencyBits = 1 + generator.number(below: 12)
    let lengthBits = 1 + generator.number(below: 24)
    let postings = (0..<1 + generator.number(below: 128)).map { _ in
      (
        frequency: UInt32(1 + generator.number(below: 1 << generator.number(below: frequencyBits))),
        length: UInt32(generator.number(below: 1 << generator.number(below: lengthBits)))
      )
    }
    let impacts = impacts(postings)
    #expect(BlockImpacts(word: impacts.word) == impacts)
    for (k1, b) in [(1.2, 0.75), (0.9, 0.4), (3, 1), (0.1, 0), (0, 0.5)] {
      let formula = BM25(k1: k1, b: b, documentCount: 10, totalLength: 10 * UInt64(1 + generator.number(below: 5000)))
      func score(_ frequency: UInt32, _ length: UInt32) -> Double {
        formula.saturation(frequency: frequency, norm: formula.norm(length: length))
      }
      let bound = impacts.maximum(score)
      for posting in postings {
        #expect(score(posting.frequency, posting.length) <= bound * (1 + 1e-12), "seed \(seed), k1 \(k1), b \(b)")
      }
    }
  }

  @Test func `a single posting is its own bound`() {
    var found: [UInt32] = []
    _ = impacts([(frequency: 3, length: 20)]).maximum { frequency, length in
      found += [frequency, length]
      return 0
    }
    #expect(found == [3, 20])
  }

  @Test func `codes of lengths round down by a sixteenth at most, and never fall`() {
    var previous: UInt8 = 0
    let sizes = Array(UInt32(0)..<70_000) + (UInt32(17)...31).flatMap { [1 << $0 - 1, UInt32(1) << $0] as [UInt32] }
    for length in sizes {
      let code = BlockImpacts.code(ofLength: length)
      let rounded = BlockImpacts.length(ofCode: code)
      #expect(rounded <= length && code >= previous)
      if length < 1 << 19 { #expect(Double(length - rounded) <= Double(length) / 16) }
      previous = code
    }
    for code in UInt8(0)...255 { #expect(BlockImpacts.code(ofLength: BlockImpacts.length(ofCode: code)) == code) }
  }
}
