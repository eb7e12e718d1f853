import CJKTokenizer
import SystemIO

/// The occurrences of terms of characters in title and text, and how they come into the order of the terms without hashing.
///
/// All positions of all documents are numbered through; an occurrence is one number of 64 bits: the low six bits of its first
/// character, its second character, its place. It is put into the bucket of its first character's other bits, which writes to
/// a few hundred places in order. A bucket of a few ten thousand occurrences is then sorted in the cache (``PairSorter``).
///
/// SAFETY: `heads` has `bucketCount` elements, and buckets are below it; a head's `next` is below its `end` or the bucket gets
/// a new chunk, whose memory `arenas` keep. While buckets are sorted by several threads nothing changes: the owner waits.
@safe final class PairOccurrences: @unchecked Sendable {
  /// How many occurrences were taken in.
  private(set) var count = 0
  /// Where each document begins, and, last, where the next one will.
  private(set) var documentStarts: [UInt32] = [0]

  @safe private struct Head {
    var next: UnsafeMutablePointer<UInt64>
    var end: UnsafeMutablePointer<UInt64>
  }

  private let heads: UnsafeMutablePointer<Head>
  private var chunks: [[UnsafeMutablePointer<UInt64>]]  // by bucket
  private var arenas: [LargeBuffer<UInt64>] = []
  private var chunksInArena = chunksPerArena
  private var start: UInt32 = 0  // of the current document
  private var largestChunkCount = 0  // of a bucket

  /// How many bits of a first character lie inside of a bucket.
  static let firstBits: UInt64 = 6
  /// A bucket for each 64 scalars of the basic plane.
  static let bucketCount = 1 << (16 - firstBits)
  /// What stands for ``CharacterKey/runEndMark`` in the place of a second character: no character of a run.
  static let runEnd: UInt64 = 0xFFFF
  private static let chunkCount = 512
  private static let chunksPerArena = 1 << 9  // 2 MiB

  init() {
    unsafe heads = .allocate(capacity: Self.bucketCount)
    // Nothing is written there: `next` is `end`.
    let nowhere = unsafe UnsafeMutablePointer<UInt64>(bitPattern: 8).unsafelyUnwrapped
    unsafe heads.initialize(repeating: Head(next: nowhere, end: nowhere), count: Self.bucketCount)
    unsafe chunks = [[UnsafeMutablePointer<UInt64>]](repeating: [], count: Self.bucketCount)
  }

  deinit { unsafe heads.deallocate() }

  /// Bytes in memory.
  var byteCount: Int { arenas.count * Self.chunksPerArena * Self.chunkCount * 8 + documentStarts.count * 4 }

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
    unsafe heads[bucket].next.pointee = low &<< 48 | second &<< 32 | UInt64(start &+ position)
    unsafe heads[bucket].next += 1
    count &+= 1
    return true
  }

  /// Ends the current document, all of whose positions are below `positionCount`.
  ///
  /// - Precondition: fewer than 2³² positions in all.
  func finishDocument(positionCount: UInt32) {
    start += positionCount
    documentStarts.append(start)
  }

  @inline(never)
  private func addChunk(to bucket: Int) {
    if chunksInArena == Self.chunksPerArena {
      arenas.append(LargeBuffer(capacity: Self.chunksPerArena * Self.chunkCount))
      chunksInArena = 0
    }
    let chunk = unsafe arenas[arenas.count - 1].start + chunksInArena * Self.chunkCount
    chunksInArena += 1
    unsafe chunks[bucket].append(chunk)
    largestChunkCount = unsafe max(largestChunkCount, chunks[bucket].count)
    unsafe heads[bucket] = Head(next: chunk, end: chunk + Self.chunkCount)
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
