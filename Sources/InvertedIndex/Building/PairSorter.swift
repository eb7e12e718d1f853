import CJKTokenizer
import SystemIO

/// Brings the occurrences of a bucket into the order of the terms: by second characters, then by first ones, the places of a
/// term staying in order (a radix sort with two digits of eleven bits).
///
/// SAFETY: both arrays have room for the largest bucket; a digit's places begin where the counts before it end,
/// and the digits are below `digitCount`. One thread at a time uses a sorter.
@safe final class PairSorter: @unchecked Sendable {
  private let occurrences: PairOccurrences
  private let unsorted: LargeBuffer<UInt64>
  private let sorted: LargeBuffer<UInt64>
  // By digit: how many there are, then where the next one goes.
  private let low = LargeBuffer<UInt32>(capacity: digitCount)
  private let high = LargeBuffer<UInt32>(capacity: digitCount)
  private static let digitBits: UInt64 = 11
  private static let digitCount = 1 << digitBits
  private static let termMask: UInt64 = (1 << 22 - 1) << 32

  /// A sorter for all buckets; none may change from here on.
  init(_ occurrences: PairOccurrences) {
    self.occurrences = occurrences
    unsorted = LargeBuffer(capacity: occurrences.largestBucketCount)
    sorted = LargeBuffer(capacity: occurrences.largestBucketCount)
  }

  /// Calls `body` with the key of each term of a bucket, in order, and its occurrences, as ``PairOccurrences`` describes them.
  func forEachTerm(
    ofBucket bucket: Int, _ body: (UInt64, UnsafeBufferPointer<UInt64>) throws(IndexError) -> Void
  ) throws(IndexError) {
    unsafe try forEachTerm(
      ofBucket: bucket,
      terms: { (term, occurrences) throws(IndexError) in
        try unsafe body(PairOccurrences.key(bucket: bucket, term: term), occurrences)
      })
  }

  /// The same with what the term's occurrences have between place and step.
  @inline(__always)
  func forEachTerm(
    ofBucket bucket: Int, terms body: (UInt32, UnsafeBufferPointer<UInt64>) throws(IndexError) -> Void
  ) throws(IndexError) {
    let count = occurrences.count(ofBucket: bucket)
    guard count > 0 else { return }
    sort(bucket, count)
    let places = unsafe sorted.start
    var start = 0
    while start < count {
      let term = unsafe places[start] & Self.termMask
      var end = start &+ 1
      while end < count, unsafe places[end] & Self.termMask == term { end &+= 1 }
      try unsafe body(
        UInt32(truncatingIfNeeded: term >> 32), UnsafeBufferPointer(start: places + start, count: end - start))
      start = end
    }
  }

  private func sort(_ bucket: Int, _ count: Int) {
    precondition(count <= unsorted.capacity, "no occurrence was added")
    let low = unsafe self.low.start
    let high = unsafe self.high.start
    let mask = UInt64(Self.digitCount - 1)
    unsafe low.initialize(repeating: 0, count: Self.digitCount)
    unsafe high.initialize(repeating: 0, count: Self.digitCount)
    unsafe occurrences.forEachPiece(ofBucket: bucket) { piece in
      for index in 0..<piece.count {
        let occurrence = unsafe piece[index]
        unsafe low[Int(truncatingIfNeeded: occurrence &>> 32 & mask)] &+= 1
        unsafe high[Int(truncatingIfNeeded: occurrence &>> (32 &+ Self.digitBits) & mask)] &+= 1
      }
    }
    var lowSum: UInt32 = 0
    var highSum: UInt32 = 0
    for digit in 0..<Self.digitCount {
      let lowCount = unsafe low[digit]
      let highCount = unsafe high[digit]
      unsafe low[digit] = lowSum
      unsafe high[digit] = highSum
      lowSum &+= lowCount
      highSum &+= highCount
    }
    let middle = unsafe unsorted.start
    unsafe occurrences.forEachPiece(ofBucket: bucket) { piece in
      for index in 0..<piece.count {
        let occurrence = unsafe piece[index]
        let digit = Int(truncatingIfNeeded: occurrence &>> 32 & mask)
        unsafe middle[Int(low[digit])] = occurrence
        unsafe low[digit] &+= 1
      }
    }
    let target = unsafe sorted.start
    for index in 0..<count {
      let occurrence = unsafe middle[index]
      let digit = Int(truncatingIfNeeded: occurrence &>> (32 &+ Self.digitBits) & mask)
      unsafe target[Int(high[digit])] = occurrence
      unsafe high[digit] &+= 1
    }
  }
}
