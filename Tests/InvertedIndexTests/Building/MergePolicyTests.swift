import Testing

@testable import InvertedIndex

@Suite struct MergePolicyTests {
  private func segment(bytes: UInt64 = 1000, documents: UInt32 = 10, deleted: UInt32 = 0) -> SegmentInfo {
    SegmentInfo(
      id: 1, documentCount: documents, liveLength: 0, deletedCount: deleted,
      stamps: [FileStamp(byteCount: bytes, checksum: 0)])
  }

  @Test func `few segments of a size stay, eight become one`() {
    for count in 0..<8 { #expect(MergePolicy.nextMerge([SegmentInfo](repeating: segment(), count: count)) == nil) }
    #expect(MergePolicy.nextMerge([SegmentInfo](repeating: segment(), count: 8)) == 0..<8)
  }

  @Test func `a segment that is half deleted is rewritten alone`() {
    #expect(MergePolicy.nextMerge([segment(), segment(deleted: 4)]) == nil)
    #expect(MergePolicy.nextMerge([segment(), segment(deleted: 5)]) == 1..<2)
    #expect(MergePolicy.nextMerge([segment(documents: 1, deleted: 1)]) == 0..<1)
  }

  @Test func `small neighbours of a large segment are merged without it`() {
    let segments = [segment(bytes: 100 << 20)] + [SegmentInfo](repeating: segment(), count: 9)
    #expect(MergePolicy.nextMerge(segments) == 1..<10)
  }

  @Test(arguments: 0..<40)
  func `merging ends, and leaves fewer than eight neighbours of a level`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var segments = (0..<generator.number(below: 60)).map { _ in
      segment(bytes: 1 << UInt64(generator.number(below: 34)), deleted: UInt32(generator.number(below: 11)))
    }
    var merges = 0
    while let range = MergePolicy.nextMerge(segments) {
      #expect(range.lowerBound >= 0 && range.upperBound <= segments.count && !range.isEmpty, "seed \(seed)")
      let bytes = segments[range].reduce(0) { $0 + $1.byteCount }
      segments.replaceSubrange(range, with: [segment(bytes: bytes)])
      merges += 1
      guard merges < 1000 else {
        Issue.record("seed \(seed): merging does not end")
        return
      }
    }
    #expect(segments.count < 8 * 8, "seed \(seed)")
  }
}
