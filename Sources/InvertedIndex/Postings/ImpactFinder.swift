/// Finds the bounds of blocks, one after the other, without allocating anything.
///
/// SAFETY: `shortest` and `largest` have an element for each class, which ``place(of:)`` stays below; `pairs` has one for each
/// class too, and no class gives more than a pair. The class is not Sendable: one owner at a time.
@safe final class ImpactFinder {
  // Frequencies up to 16 each, then four classes for a doubling.
  private static let exactCount: UInt32 = 16
  private static let classCount = 17 + 4 * 28
  private static let nothing: UInt32 = 0xFFFF

  private let shortest = UnsafeMutablePointer<UInt32>.allocate(capacity: classCount)  // by class: the smallest code
  private let largest = UnsafeMutablePointer<UInt32>.allocate(capacity: classCount)  // by class: the largest frequency
  private let pairs = UnsafeMutablePointer<BlockImpacts.Pair>.allocate(capacity: classCount)

  init() {
    unsafe shortest.initialize(repeating: Self.nothing, count: Self.classCount)
    unsafe largest.initialize(repeating: 0, count: Self.classCount)
  }

  deinit {
    unsafe shortest.deallocate()
    unsafe largest.deallocate()
    unsafe pairs.deallocate()
  }

  /// The bounds of postings, given by frequencies less one and the codes of lengths (see ``BlockImpacts/code(ofLength:)``).
  ///
  /// - Precondition: there are as many codes as frequencies.
  func bounds(frequencies: UnsafeBufferPointer<UInt32>, codes: UnsafeBufferPointer<UInt8>) -> BlockImpacts {
    precondition(frequencies.count == codes.count, "a length for each posting")
    // Most frequencies are 1 or 2; these are kept in registers.
    var one = Self.nothing
    var two = Self.nothing
    var highest = 2
    for slot in 0..<frequencies.count {
      let frequency = unsafe frequencies[slot] &+ 1
      let code = unsafe UInt32(codes[slot])
      one = min(one, frequency == 1 ? code : Self.nothing)
      two = min(two, frequency == 2 ? code : Self.nothing)
      guard frequency > 2 else { continue }
      let place = Self.place(of: frequency)
      unsafe largest[place] = max(largest[place], frequency)
      unsafe shortest[place] = min(shortest[place], code)
      highest = max(highest, place)
    }
    unsafe (shortest[1], largest[1]) = (one, 1)
    unsafe (shortest[2], largest[2]) = (two, 2)
    return BlockImpacts(word: word(highest))
  }

  @inline(__always)
  private static func place(of frequency: UInt32) -> Int {
    guard frequency > exactCount else { return Int(frequency) }
    let exponent = 31 - frequency.leadingZeroBitCount
    return 17 + (exponent - 4) * 4 + Int(frequency >> UInt32(exponent - 2) & 3)
  }

  /// The pairs that no other one covers, the largest frequency first, as the skip table has them; the classes are empty again.
  private func word(_ highest: Int) -> UInt64 {
    var count = 0
    var last = Self.nothing
    for place in stride(from: highest, to: 0, by: -1) {
      let code = unsafe shortest[place]
      if code < last {
        last = code
        unsafe pairs[count] = BlockImpacts.Pair(frequency: UInt8(min(largest[place], 255)), length: UInt8(code))
        count += 1
      }
      unsafe shortest[place] = Self.nothing
      unsafe largest[place] = 0
    }
    while count > BlockImpacts.pairCount { mergeNearest(&count) }
    var word: UInt64 = 0
    for index in 0..<count {
      let pair = unsafe pairs[index]
      word |= (UInt64(pair.frequency) | UInt64(pair.length) << 8) << UInt64(index * 16)
    }
    return word
  }

  /// Makes one pair of the two neighbours whose bound then grows least.
  private func mergeNearest(_ count: inout Int) {
    var best = 0
    var bestGrowth = Double.infinity
    for index in 0..<count - 1 {
      let (first, second) = unsafe (pairs[index], pairs[index + 1])
      let growth =
        Double(first.frequency) / Double(second.frequency)
        * Double(BlockImpacts.length(ofCode: first.length) + 1)
        / Double(BlockImpacts.length(ofCode: second.length) + 1)
      if growth < bestGrowth { (best, bestGrowth) = (index, growth) }
    }
    unsafe pairs[best].length = pairs[best + 1].length
    for index in best + 1..<count - 1 { unsafe pairs[index] = pairs[index + 1] }
    count -= 1
  }
}

extension BlockImpacts {
  /// The bounds of postings, given by frequencies less one and lengths; all have the same count, at most 128.
  init(frequencies: UnsafeBufferPointer<UInt32>, lengths: UnsafeBufferPointer<UInt32>) {
    let codes = unsafe lengths.map(Self.code)
    self = unsafe codes.withUnsafeBufferPointer { codes in
      unsafe ImpactFinder().bounds(frequencies: frequencies, codes: codes)
    }
  }

  /// The codes of lengths.
  static func codes(ofLengths lengths: [UInt32]) -> [UInt8] { lengths.map(code) }
}
