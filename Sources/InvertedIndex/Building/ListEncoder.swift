/// Codes all terms of characters on two threads, and gives the lists back in the order of the terms.
struct ListEncoder {
  private static let workerCount = 2
  private static let occurrencesInPiece = 1 << 19
  private static let bytesInLists = 1 << 22

  private let work: PieceWork<EncodedLists>

  /// An encoder of the occurrences in memory, which are sorted first.
  init(_ occurrences: PairOccurrences, lengths: [UInt32]) {
    let lengthCodes = BlockImpacts.codes(ofLengths: lengths)
    let places = occurrences.places
    let sizes = (0..<PairOccurrences.bucketCount).map(occurrences.count)
    let make = { () -> PieceWork<EncodedLists>.Make in
      let sorter = PairSorter(occurrences)
      return { (buckets, give) throws(IndexError) in
        let lists = EncodedLists(lengthCodes: lengthCodes)
        for bucket in buckets {
          try unsafe sorter.forEachTerm(ofBucket: bucket) { (key, occurrences) throws(IndexError) in
            try unsafe lists.append(occurrences, in: places)
            try lists.finishTerm(key)
          }
        }
        _ = give(lists)
      }
    }
    work = PieceWork(
      PieceWork<EncodedLists>.pieces(of: sizes, size: Self.occurrencesInPiece),
      (0..<Self.workerCount).map { _ in make() })
  }

  /// An encoder of the occurrences in runs, which are sorted already.
  init(_ runs: SpilledRuns, lengths: [UInt32]) {
    let lengthCodes = BlockImpacts.codes(ofLengths: lengths)
    let make = { () -> PieceWork<EncodedLists>.Make in
      let reader = PairRunReader(runs, shareCount: Self.workerCount)
      return { (buckets, give) throws(IndexError) in
        var lists = EncodedLists(lengthCodes: lengthCodes)
        try reader.read(buckets)
        while let key = reader.nextKey {
          try unsafe reader.forEachPiece { (occurrences, places, firstDocument) throws(IndexError) in
            try unsafe lists.append(occurrences, in: places, firstDocument: firstDocument)
          }
          try lists.finishTerm(key)
          guard lists.byteCount >= Self.bytesInLists else { continue }
          guard give(lists) else { return }
          lists = EncodedLists(lengthCodes: lengthCodes)
        }
        _ = give(lists)
      }
    }
    work = PieceWork(
      PieceWork<EncodedLists>.pieces(of: runs.bucketSizes, size: Self.occurrencesInPiece),
      (0..<Self.workerCount).map { _ in make() })
  }

  /// Calls `body` with the lists, in order.
  func forEach(_ body: (EncodedLists) throws(IndexError) -> Void) throws(IndexError) { try work.forEach(body) }
}
