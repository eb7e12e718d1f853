/// The segments of a rebuild, merged in levels, so that there are never many and each document is rewritten seldom.
///
/// Nothing reads them before they are merged, and a merge removes what it read.
struct SpilledSegments {
  private struct Spill {
    let info: SegmentInfo
    let level: Int  // 0 as built, then one more with each merge
  }

  /// So many segments of one level become one of the next.
  static let fanIn = 32

  private let folder: IndexFolder
  private var spills: [Spill] = []  // in the order of their documents; levels fall

  init(in folder: IndexFolder) { self.folder = folder }

  /// Takes a segment whose documents come behind all others; `makeID` gives the numbers of merged ones.
  mutating func append(_ info: SegmentInfo, makeID: () -> UInt64) throws(IndexError) {
    spills.append(Spill(info: info, level: 0))
    while let last = spills.last, spills.count >= Self.fanIn, spills[spills.count - Self.fanIn].level == last.level {
      try merge(last: Self.fanIn, makeID)
    }
  }

  /// Makes one segment of all, and returns it; nil when there are none.
  mutating func mergeAll(makeID: () -> UInt64) throws(IndexError) -> SegmentInfo? {
    // The small ones first, no more of them than it takes to merge all others at once.
    while spills.count > Self.fanIn { try merge(last: min(Self.fanIn, spills.count - Self.fanIn + 1), makeID) }
    if spills.count > 1 { try merge(last: spills.count, makeID) }
    return spills.first?.info
  }

  private mutating func merge(last count: Int, _ makeID: () -> UInt64) throws(IndexError) {
    let merged = spills[(spills.count - count)...]
    var inputs: [SegmentMerger.Input] = []
    for spill in merged {
      inputs.append(SegmentMerger.Input(segment: try SegmentReader(opening: spill.info, in: folder), deletes: nil))
    }
    var merger = SegmentMerger(inputs)
    let info = try merger.write(to: makeID(), in: folder)
    let level = (merged.first?.level ?? 0) + 1
    let obsolete = merged.map(\.info.id)
    spills.removeLast(count)
    spills.append(Spill(info: info, level: level))
    for id in obsolete { try folder.removeFiles(ofSegment: id) }  // their space may be needed
  }
}
