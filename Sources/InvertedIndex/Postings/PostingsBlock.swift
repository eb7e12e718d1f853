/// At most 128 postings, unpacked: documents first, frequencies and where their positions begin when they are asked for.
struct PostingsBlock {
  /// How many postings all blocks of a list but the last have.
  static let fullCount = 128
  /// Bytes of a full block in the skip table: last document, where postings and positions end, four bytes each; bounds.
  static let skipByteCount = 12 + BlockImpacts.byteCount
  /// What a block's first byte has room for.
  static let largestFrequencyShift = 7

  /// The documents, rising.
  private(set) var documents = [UInt32](repeating: 0, count: fullCount)
  /// The frequency in each of them; see ``readFrequencies(_:)``.
  private(set) var frequencies = [UInt32](repeating: 0, count: fullCount)
  /// How many postings there are.
  private(set) var count = 0

  private var hasFrequencies = false
  private var frequencyShift = 0
  private var frequencyBit = 0  // where the frequencies begin

  /// Passes the postings in some slots to `body`.
  ///
  /// - Precondition: frequencies were read.
  @inline(__always)
  func withRun(
    _ slots: Range<Int>, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    unsafe documents.withUnsafeBufferPointer { documents in
      unsafe frequencies.withUnsafeBufferPointer { frequencies in
        unsafe body(
          UnsafeBufferPointer(rebasing: documents[slots]), UnsafeBufferPointer(rebasing: frequencies[slots]))
      }
    }
  }

  /// Reads the documents of the block of `count` postings that begins at a byte of the list; false when it is damaged.
  ///
  /// - Parameters:
  ///   - first: one past the last document of the block before.
  ///   - bytes: the whole list, as `bits` reads it.
  mutating func readDocuments(
    _ bits: inout BitReader, _ bytes: UnsafeRawBufferPointer, at start: Int, count: Int, first: UInt64
  ) -> Bool {
    guard start >= 0, start < bytes.count else { return false }
    let header = unsafe Int(bytes[start])
    let shift = header & 31
    let isFull = count == Self.fullCount
    let unaryBit = (start + 1) * 8 + shift * count
    if isFull {
      guard start + 1 + 16 * shift <= bytes.count, let base = bytes.baseAddress else { return false }
      // SAFETY: the bytes of the packed block are there, as was just checked; the array has 128 places.
      unsafe documents.withUnsafeMutableBufferPointer { output in
        guard let target = output.baseAddress else { return }
        unsafe BitPacking.unpack(base + start + 1, width: shift, into: target)
      }
    }
    var reader = bits
    reader.seekUnary(toBit: unaryBit)
    let end = unsafe documents.withUnsafeMutableBufferPointer { documents -> Int? in
      // SAFETY: the array has 128 places, and there are at most so many postings.
      guard let documents = documents.baseAddress else { return nil }
      guard isFull else {
        let lowBit = (start &+ 1) &* 8
        return unsafe reader.readRising(
          count, lowBit: lowBit, shift: shift, behind: unaryBit &- 1, from: first, into: documents)?.last
      }
      // The unary parts of a posting and of those before it add up to its place less its slot: what the slots say is put with
      // the sums of the low bits first, and the places are added as they are read.
      unsafe Self.sumLowBits(in: documents, first: UInt32(truncatingIfNeeded: first), shift: shift)
      let shift32 = UInt32(truncatingIfNeeded: shift)
      var last = unaryBit
      let isRead = reader.forEachOne(Self.fullCount) { slot, place in
        last = place
        unsafe documents[slot] &+= UInt32(truncatingIfNeeded: place &- unaryBit) &<< shift32
      }
      // Sums that wrap would not rise: gaps are below 2³², as their unary parts are where the bytes of a list are.
      var isRising: UInt32 = 1
      for slot in 0..<Self.fullCount - 1 {
        isRising &= unsafe documents[slot] < documents[slot + 1] ? 1 : 0
      }
      return unsafe isRead && isRising == 1 && documents[0] >= first ? last : nil
    }
    bits = reader
    guard let end else { return false }
    self.count = count
    frequencyShift = header >> 5
    frequencyBit = end + 1
    hasFrequencies = false
    return true
  }

  /// Replaces 128 low bits of gaps by *first* + their sum up to the slot + *slot* − (*slot* << *shift*), modulo 2³².
  @inline(__always)
  private static func sumLowBits(in numbers: UnsafeMutablePointer<UInt32>, first: UInt32, shift: Int) {
    let target = UnsafeMutableRawPointer(numbers)
    var carry = SIMD4<UInt32>(repeating: first)
    let step = UInt32(1) &- (1 &<< UInt32(truncatingIfNeeded: shift))
    var slots = SIMD4<UInt32>(0, step, 2 &* step, 3 &* step)
    for row in 0..<32 {
      var sums = unsafe target.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self)
      sums = sums &+ SIMD4(0, sums[0], sums[1], sums[2])
      sums = sums &+ SIMD4(0, 0, sums[0], sums[1]) &+ carry
      unsafe target.storeBytes(of: sums &+ slots, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
      carry = SIMD4(repeating: sums[3])
      slots = slots &+ SIMD4(repeating: 4 &* step)
    }
  }

  /// Reads the frequencies of the block whose documents were read last, if they are not yet; false when it is damaged.
  @inline(__always)
  mutating func readFrequencies(_ bits: inout BitReader) -> Bool { hasFrequencies || decodeFrequencies(&bits) != nil }

  /// Reads the frequencies and returns the byte behind the block; nil when it is damaged.
  mutating func decodeFrequencies(_ bits: inout BitReader) -> Int? {
    var reader = bits
    let shift = frequencyShift
    let unaryBit = frequencyBit + shift * count
    reader.seekUnary(toBit: unaryBit)
    let end = unsafe frequencies.withUnsafeMutableBufferPointer { frequencies -> Int? in
      // SAFETY: slots are below `count`, at most 128.
      var previous = unaryBit &- 1
      var largest = 0
      let lows = reader
      let lowBit = frequencyBit
      let isRead =
        shift == 0
        ? reader.forEachOne(count) { slot, place in
          let frequency = place &- previous
          unsafe frequencies[slot] = UInt32(truncatingIfNeeded: frequency)
          largest |= frequency
          previous = place
        }
        : reader.forEachOne(count) { slot, place in
          let high = place &- previous &- 1
          let low = lows.bits(at: lowBit &+ slot &* shift, count: shift)
          unsafe frequencies[slot] = UInt32(truncatingIfNeeded: high &<< shift) &+ low &+ 1
          largest |= high
          previous = place
        }
      return isRead && largest < 1 << 24 ? previous &+ 1 : nil  // 2³¹ positions are not in one document
    }
    bits = reader
    guard let end else { return nil }
    hasFrequencies = true
    return (end + 7) / 8
  }
}
