import Foundation

@testable import InvertedIndex

/// A list of postings as plain arrays.
struct PlainList {
  struct Posting: Equatable {
    var document: UInt32
    var positions: [UInt32]
  }

  var postings: [Posting] = []

  /// A random list of `count` documents; gaps and frequencies are now small, now large.
  static func random(count: Int, _ generator: inout SeededGenerator) -> PlainList {
    var list = PlainList()
    var next: UInt64 = 0
    let gapBits = generator.number(below: 20)
    let manyBits = generator.number(below: 7)
    for _ in 0..<count {
      next += UInt64.random(in: 0...(1 << UInt64(generator.number(below: gapBits + 1))) - 1, using: &generator)
      let frequency = 1 + generator.number(below: 1 << generator.number(below: manyBits + 1))
      var position = UInt64(generator.number(below: 1 << generator.number(below: 25)))
      var positions: [UInt32] = []
      for _ in 0..<frequency {
        positions.append(UInt32(position))
        position += 1 + UInt64(generator.number(below: 1 << generator.number(below: 20)))
      }
      list.postings.append(Posting(document: UInt32(next), positions: positions))
      next += 1
    }
    return list
  }

  /// The first posting at or after `target`, from the index on.
  func first(reaching target: UInt32, from start: Int) -> Int {
    postings[start...].firstIndex { $0.document >= target } ?? postings.count
  }
}

/// Lists written to files as the engine writes them, and the way back.
final class ListFixture {
  let folder: TestFolder
  let lists: [PlainList]
  let entries: [TermEntry]
  let documentCount: Int
  private let postings: SectionFile
  private let positions: SectionFile

  init(_ lists: [PlainList]) throws {
    self.lists = lists
    let folder = try TestFolder()
    self.folder = folder
    var entries: [TermEntry] = []
    documentCount = Int(lists.compactMap { $0.postings.last?.document }.max() ?? 0) + 1
    func create(_ kind: FileKind, _ name: String) throws -> SectionFileWriter {
      try SectionFileWriter(creating: folder[name], kind: kind, segment: 7, analysisVersion: 1)
    }
    let postingsFile = try create(.postings, "a.postings")
    let positionsFile = try create(.positions, "a.positions")
    postingsFile.beginSection(.postings)
    positionsFile.beginSection(.positions)
    let writer = PostingsListWriter()
    writer.lengthCodes = [UInt8](repeating: 40, count: documentCount)
    func drain() throws {
      try writer.drain { (postings, positions) throws(IndexError) in
        try postingsFile.append(postings)
        try positionsFile.append(positions)
      }
    }
    var postingsOffset = 0
    var positionsOffset = 0
    for list in lists {
      for start in stride(from: 0, to: list.postings.count, by: 50) {  // the occurrences of some documents at a time
        let occurrences = list.postings[start..<min(start + 50, list.postings.count)].flatMap { posting in
          posting.positions.map { UInt64(posting.document) << 32 | UInt64($0) }
        }
        try occurrences.withUnsafeBufferPointer { try writer.append(occurrences: $0) }
        if start % 3 == 0 { try drain() }  // now and then in the middle of a list
      }
      let summary = try writer.finishList()
      let entry = TermEntry(
        documentFrequency: summary.documentFrequency, occurrences: summary.occurrences,
        postings: postingsOffset..<postingsOffset + Int(summary.postingsByteCount),
        positions: positionsOffset..<positionsOffset + Int(summary.positionsByteCount))
      postingsOffset = entry.postings.upperBound
      positionsOffset = entry.positions.upperBound
      entries.append(entry)
    }
    self.entries = entries
    try drain()
    postingsFile.endSection()
    positionsFile.endSection()
    try postingsFile.finish()
    try positionsFile.finish()
    postings = try SectionFile(opening: folder["a.postings"], kind: .postings, segment: 7, analysisVersion: 1)
    positions = try SectionFile(opening: folder["a.positions"], kind: .positions, segment: 7, analysisVersion: 1)
  }

  func cursor(_ index: Int) throws -> PostingsCursor {
    try PostingsCursor(
      entry: entries[index], postings: postings.section(.postings), positions: positions.section(.positions),
      documentCount: documentCount)
  }

  /// The bytes of a list in its two sections.
  func bytes(_ index: Int) throws -> (postings: [UInt8], positions: [UInt8]) {
    let entry = entries[index]
    return (
      Array(try postings.section(.postings).bytes[entry.postings]),
      Array(try positions.section(.positions).bytes[entry.positions])
    )
  }
}
