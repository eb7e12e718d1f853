import CJKTokenizer
import SystemIO

/// The occurrences of terms of characters in title and text, and how they come into the order of the terms without hashing.
///
/// All positions of all documents are numbered through; an occurrence is one number of 64 bits: the low six bits of its first
/// character, its second character, its place; the ten bits above say where its document is (``DocumentPlaces``). It is put into
/// the bucket of its first character's other bits, which writes to a few hundred places in order. A bucket of a few ten
/// thousand occurrences is then sorted in the cache (``PairSorter``).
///
/// SAFETY: `heads` has `bucketCount` elements, and buckets are below it; a head's `next` is below its `end` or the bucket gets
/// a new chunk, whose memory `arenas` keep. While buckets are sorted by several threads nothing changes: the owner waits.
@safe final class PairOccurrences: @unchecked Sendable {
  /// How many occurrences were taken in.
  private(set) var count = 0
  /// Where each document begins, and, last, where the next one will.
  private(set) var documentStarts: [UInt32] = [0]
  private var granuleFirsts: [UInt32] = []  // by granule of places: the document that holds its first place

  @safe private struct Head {
    var next: UnsafeMutablePointer<UInt64>
    var end: UnsafeMutablePointer<UInt64>
  }

  private let heads: UnsafeMutablePointer<Head>
  private var chunks: [[UnsafeMutablePointer<UInt64>]]  // by bucket
  private var arenas: [LargeBuffer<UInt64>] = []
  private var arenaCount = 0  // of those, in use
  private var chunksInArena = chunksPerArena  // of the last one in use
  private var start: UInt32 = 0  // of the current document
  private var step: UInt64 = 0  // to the current document in the granule where it begins, shifted to its place
  private var stepEnd: UInt32 = 0  // the end of that granule, less `start`
  private var largestChunkCount = 0  // of a bucket

  /// How many bits of a first character lie inside of a bucket.
  static let firstBits: UInt64 = 6
  /// A bucket for each 64 scalars of the basic plane.
  static let bucketCount = 1 << (16 - firstBits)
  /// What stands for ``CharacterKey/runEndMark`` in the place of a second character: no character of a run.
  static let runEnd: UInt64 = 0xFFFF
  private static let chunkCount = 512
  private static let chunksPerArena = 1 << 9  // 2 MiB
  private static let arenaCapacity = chunksPerArena * chunkCount

  init() {
    unsafe heads = .allocate(capacity: Self.bucketCount)
    unsafe heads.initialize(repeating: Self.nowhere, count: Self.bucketCount)
    unsafe chunks = [[UnsafeMutablePointer<UInt64>]](repeating: [], count: Self.bucketCount)
  }

  deinit { unsafe heads.deallocate() }

  /// Nothing is written there: `next` is `end`.
  private static var nowhere: Head {
    let nowhere = unsafe UnsafeMutablePointer<UInt64>(bitPattern: 8).unsafelyUnwrapped
    return unsafe Head(next: nowhere, end: nowhere)
  }

  /// Forgets all occurrences and documents, and keeps the memory.
  func removeAll() {
    unsafe heads.update(repeating: Self.nowhere, count: Self.bucketCount)
    for bucket in 0..<Self.bucketCount { unsafe chunks[bucket].removeAll(keepingCapacity: true) }
    (arenaCount, chunksInArena, largestChunkCount, count) = (0, Self.chunksPerArena, 0, 0)
    (start, step, stepEnd) = (0, 0, 0)
    documentStarts = [0]
    granuleFirsts = []
  }

  /// Bytes in memory.
  var byteCount: Int { arenaCount * Self.arenaCapacity * 8 + documentStarts.count * 4 }

  /// As many as the largest bucket has, or up to a chunk more.
  var largestBucketCount: Int { largestChunkCount * Self.chunkCount }

  /// Takes an occurrence of the current document in; false for a term that has a character outside of the basic plane.
  @inline(__always)
  func append(_ key: UInt64, position: UInt32) -> Bool {
    let first = key >> 21
    var second = key & 0x1F_FFFF
    if second == CharacterKey.runEndMark { second = Self.runEnd }
    guard first | second <= 0xFFFF else { return false }
    let bucket = Int(truncatingIfNeeded: first &>> Self.firstBits)
    if unsafe heads[bucket].next == heads[bucket].end { addChunk(to: bucket) }
    let low = first & (1 &<< Self.firstBits &- 1)
    let step = position < stepEnd ? self.step : 0
    unsafe heads[bucket].next.pointee = step | low &<< 48 | second &<< 32 | UInt64(start &+ position)
    unsafe heads[bucket].next += 1
    count &+= 1
    return true
  }

  /// Takes in the occurrences of bigrams of the current document, given by their characters.
  func append(_ characters: UnsafeBufferPointer<UInt16>, position: UInt32) {
    let heads = unsafe self.heads
    let (step, stepEnd) = (self.step, self.stepEnd)
    let start = self.start
    var position = position
    var first = unsafe UInt64(characters[0])
    for index in 1..<characters.count {
      let second = unsafe UInt64(characters[index])
      let bucket = Int(truncatingIfNeeded: first &>> Self.firstBits)
      if unsafe heads[bucket].next == heads[bucket].end { addChunk(to: bucket) }
      let next = unsafe heads[bucket].next
      let low = first & (1 &<< Self.firstBits &- 1)
      let place = UInt64(start &+ position)
      unsafe next.pointee = (position < stepEnd ? step : 0) | low &<< 48 | second &<< 32 | place
      unsafe heads[bucket].next = next + 1
      position &+= 1
      first = second
    }
    count &+= characters.count &- 1
  }

  /// Ends the current document, all of whose positions are below `positionCount`.
  ///
  /// - Precondition: fewer than 2³² positions in all.
  func finishDocument(positionCount: UInt32) {
    let document = UInt32(documentStarts.count - 1)
    start += positionCount
    documentStarts.append(start)
    while UInt64(granuleFirsts.count) << UInt64(DocumentPlaces.granuleBits) < UInt64(start) {
      granuleFirsts.append(document)
    }
    let granule = start >> DocumentPlaces.granuleBits
    stepEnd = (granule &+ 1) << DocumentPlaces.granuleBits &- start
    let documents = Int(granule) < granuleFirsts.count ? Int(document + 1 - granuleFirsts[Int(granule)]) : 0
    step = UInt64(min(documents, DocumentPlaces.longestStep)) << DocumentPlaces.stepShift
  }

  /// How many documents were ended.
  var documentCount: Int { documentStarts.count - 1 }

  /// Which document each place belongs to.
  var places: DocumentPlaces { DocumentPlaces(starts: documentStarts, firsts: granuleFirsts) }

  @inline(never)
  private func addChunk(to bucket: Int) {
    if chunksInArena == Self.chunksPerArena {
      if arenaCount == arenas.count {
        arenas.append(LargeBuffer(capacity: Self.arenaCapacity))
      }
      arenaCount += 1
      chunksInArena = 0
    }
    let chunk = unsafe arenas[arenaCount - 1].start + chunksInArena * Self.chunkCount
    chunksInArena += 1
    unsafe chunks[bucket].append(chunk)
    largestChunkCount = unsafe max(largestChunkCount, chunks[bucket].count)
    unsafe heads[bucket] = Head(next: chunk, end: chunk + Self.chunkCount)
  }

  /// The key of a term: what its occurrences have between place and step.
  static func key(bucket: Int, term: UInt32) -> UInt64 {
    let second = UInt64(term) & 0xFFFF
    let first = UInt64(bucket) << firstBits | UInt64(term) >> 16
    return first << 21 | (second == runEnd ? CharacterKey.runEndMark : second)
  }

  /// How many occurrences a bucket has.
  func count(ofBucket bucket: Int) -> Int {
    unsafe chunks[bucket].count * Self.chunkCount - (heads[bucket].end - heads[bucket].next)
  }

  /// Calls `body` with the occurrences of a bucket, in the order of their places.
  func forEachPiece(ofBucket bucket: Int, _ body: (UnsafeBufferPointer<UInt64>) -> Void) {
    var left = count(ofBucket: bucket)
    for index in 0..<(left + Self.chunkCount - 1) / Self.chunkCount {
      unsafe body(UnsafeBufferPointer(start: chunks[bucket][index], count: min(left, Self.chunkCount)))
      left -= Self.chunkCount
    }
  }
}
