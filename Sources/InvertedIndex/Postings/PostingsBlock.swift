/// At most 128 postings, unpacked: documents first, frequencies when they are asked for.
///
/// Copies share their memory: of these only one may be used.
struct PostingsBlock {
  /// How many postings all blocks of a list but the last have.
  static let fullCount = 128
  /// Bytes of a full block in the skip table: last document, where postings and positions end, four bytes each; bounds.
  static let skipByteCount = 12 + BlockImpacts.byteCount
  /// Documents, as large as can be, behind the last one.
  private static let padding = OneBits.overrun + 1
  /// What a block's first byte has room for.
  static let largestFrequencyShift = 7

  /// How many postings there are.
  private(set) var count = 0

  private let memory = Memory()
  private var hasFrequencies = false
  private var frequencyShift = 0
  private var frequencyBit = 0  // where the frequencies begin

  /// Room for the numbers of a block, 128 of each kind.
  ///
  /// SAFETY: both pointers are to 128 numbers, set at first, which live as long as the object; eight more lie behind
  /// each.
  @safe private final class Memory {
    let documents: UnsafeMutablePointer<UInt32>
    let frequencies: UnsafeMutablePointer<UInt32>

    init() {
      unsafe documents = .allocate(capacity: 2 * (fullCount + padding))
      unsafe documents.initialize(repeating: .max, count: 2 * (fullCount + padding))
      unsafe frequencies = documents + fullCount + padding
    }

    deinit { unsafe documents.deallocate() }
  }

  /// The document in a slot.
  ///
  /// - Precondition: the slot is below 128.
  @inline(__always)
  func document(_ slot: Int) -> UInt32 {
    guard slot >= 0, slot < Self.fullCount else { preconditionFailure("a slot of the block") }
    return unsafe memory.documents[slot]
  }

  /// The frequency in a slot; see ``readFrequencies(_:)``.
  ///
  /// - Precondition: the slot is below 128.
  @inline(__always)
  func frequency(_ slot: Int) -> UInt32 {
    guard slot >= 0, slot < Self.fullCount else { preconditionFailure("a slot of the block") }
    return unsafe memory.frequencies[slot]
  }

  /// The first of the slots from `slot` on whose document is at or after `target`; ``count`` when there is none.
  ///
  /// - Precondition: the slot is not negative.
  @inline(__always)
  func firstSlot(reaching target: UInt32, from slot: Int) -> Int {
    precondition(slot >= 0, "a slot of the block")
    var slot = slot
    while slot &+ 8 < count, unsafe memory.documents[slot &+ 8] < target { slot &+= 8 }
    guard slot < count else { return count }
    // SAFETY: eight numbers lie behind the last document, as large as can be: none of them is below the target.
    let start = unsafe UnsafeRawPointer(memory.documents + slot)
    let first = unsafe start.loadUnaligned(as: SIMD4<UInt32>.self)
    let second = unsafe start.loadUnaligned(fromByteOffset: 16, as: SIMD4<UInt32>.self)
    let limit = SIMD4(repeating: target)
    let none = SIMD4<UInt32>(repeating: 0)
    let one = SIMD4<UInt32>(repeating: 1)
    let below = none.replacing(with: one, where: first .< limit) &+ none.replacing(with: one, where: second .< limit)
    return slot &+ Int(below.wrappedSum())
  }

  /// The sum of the frequencies in some slots, modulo 2³².
  ///
  /// - Precondition: the slots are below 128.
  @inline(__always)
  func sumOfFrequencies(_ slots: Range<Int>) -> UInt32 {
    precondition(slots.lowerBound >= 0 && slots.upperBound <= Self.fullCount, "slots of the block")
    var sum: UInt32 = 0
    for slot in slots { unsafe sum &+= memory.frequencies[slot] }
    return sum
  }

  /// The documents in some slots, valid until another block is read.
  @inline(__always)
  func documents(_ slots: Range<Int>) -> UnsafeBufferPointer<UInt32> {
    precondition(slots.lowerBound >= 0 && slots.upperBound <= Self.fullCount, "slots of the block")
    return unsafe UnsafeBufferPointer(start: memory.documents + slots.lowerBound, count: slots.count)
  }

  /// Passes the postings in some slots to `body`.
  ///
  /// - Precondition: frequencies were read.
  @inline(__always)
  func withRun(
    _ slots: Range<Int>, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    precondition(slots.lowerBound >= 0 && slots.upperBound <= Self.fullCount, "slots of the block")
    unsafe body(
      UnsafeBufferPointer(start: memory.documents + slots.lowerBound, count: slots.count),
      UnsafeBufferPointer(start: memory.frequencies + slots.lowerBound, count: slots.count))
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
    // SAFETY: there is room for 128 documents, and there are at most so many postings.
    let documents = unsafe memory.documents
    let end: Int?
    if isFull {
      guard start + 1 + 16 * shift <= bytes.count, let base = bytes.baseAddress else { return false }
      // SAFETY: the bytes of the packed block are there, as was just checked.
      unsafe end = Self.readFull(bytes, base + start + 1, unaryBit, shift: shift, first: first, into: documents)
    } else {
      bits.seekUnary(toBit: unaryBit)
      unsafe end =
        bits.readRising(
          count, lowBit: (start &+ 1) &* 8, shift: shift, behind: unaryBit &- 1, from: first, into: documents)?.last
    }
    guard let end else { return false }
    for pad in count..<count + Self.padding { unsafe documents[pad] = .max }
    self.count = count
    frequencyShift = header >> 5
    frequencyBit = end + 1
    hasFrequencies = false
    return true
  }

  /// Reads the documents of a full block, and returns where the unary part of their gaps ends; nil when it is damaged.
  private static func readFull(
    _ bytes: UnsafeRawBufferPointer, _ lowBits: UnsafeRawPointer, _ unaryBit: Int, shift: Int, first: UInt64,
    into documents: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    // The unary parts of a posting and of those before it add up to its place less its slot.
    guard unsafe OneBits.shared.writePlaces(of: fullCount, bytes, fromBit: unaryBit, into: documents) else {
      return nil
    }
    let last = unsafe unaryBit &+ Int(documents[fullCount - 1])
    unsafe sum(documents, lowBits, shift: shift, first: UInt32(truncatingIfNeeded: first))
    // The last document is the sum, modulo 2³², of `first`, all low bits, and this; where the low bits are below 2³¹, a sum
    // that has wrapped is below its parts.
    let high = UInt64(truncatingIfNeeded: last &- unaryBit &- fullCount &+ 1)
    guard high >> UInt64(32 - shift) == 0 else { return nil }
    if shift <= 24 {
      let least = first + high << UInt64(shift) + UInt64(fullCount - 1)
      return unsafe least <= UInt64(documents[fullCount - 1]) ? last : nil
    }
    var isRising = unsafe UInt64(documents[0]) >= first
    for slot in 0..<fullCount - 1 { unsafe isRising = isRising && documents[slot] < documents[slot + 1] }
    return isRising ? last : nil
  }

  /// Replaces 128 places by documents, modulo 2³²: *first* + the sum of the low bits up to the slot + *slot* +
  /// ((*place* − *slot*) << *shift*).
  @inline(__always)
  private static func sum(
    _ places: UnsafeMutablePointer<UInt32>, _ lowBits: UnsafeRawPointer, shift: Int, first: UInt32
  ) {
    let target = UnsafeMutableRawPointer(places)
    let shifts = SIMD4(repeating: UInt32(truncatingIfNeeded: shift))
    let step = UInt32(1) &- (1 &<< UInt32(truncatingIfNeeded: shift))
    var carry = SIMD4<UInt32>(repeating: first)
    var slots = SIMD4<UInt32>(0, step, 2 &* step, 3 &* step)
    unsafe BitPacking.forEachRow(lowBits, width: shift) { row, low in
      var sums = low &+ SIMD4(0, low[0], low[1], low[2])
      sums = sums &+ SIMD4(0, 0, sums[0], sums[1]) &+ carry
      let high = unsafe target.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self) &<< shifts
      unsafe target.storeBytes(of: sums &+ slots &+ high, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
      carry = SIMD4(repeating: sums[3])
      slots = slots &+ SIMD4(repeating: 4 &* step)
    }
  }

  /// Reads the frequencies of the block whose documents were read last, if they are not yet; false when it is damaged.
  ///
  /// - Parameter bytes: the whole list.
  @inline(__always)
  mutating func readFrequencies(_ bits: inout BitReader, _ bytes: UnsafeRawBufferPointer) -> Bool {
    unsafe hasFrequencies || decodeFrequencies(&bits, bytes) != nil
  }

  /// Reads the frequencies and returns the byte behind the block; nil when it is damaged.
  mutating func decodeFrequencies(_ bits: inout BitReader, _ bytes: UnsafeRawBufferPointer) -> Int? {
    let shift = frequencyShift
    let unaryBit = frequencyBit + shift * count
    // SAFETY: there is room for 128 frequencies and eight numbers more, and `count` is at most 128.
    let frequencies = unsafe memory.frequencies
    guard unsafe OneBits.shared.writePlaces(of: count, bytes, fromBit: unaryBit, into: frequencies) else { return nil }
    let last = unsafe unaryBit &+ Int(frequencies[count - 1])
    let target = UnsafeMutableRawPointer(frequencies)
    let shifts = SIMD4(repeating: UInt32(truncatingIfNeeded: shift))
    let one = SIMD4<UInt32>(repeating: 1)
    var previous = UInt32.max
    var largest = SIMD4<UInt32>()
    for row in 0..<(count &+ 3) / 4 {
      let places = unsafe target.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self)
      let steps = places &- SIMD4(previous, places[0], places[1], places[2])
      previous = places[3]
      if row &* 4 &+ 4 <= count {
        largest |= steps
      } else {
        let isHere = SIMD4<UInt32>(0, 1, 2, 3) &+ SIMD4(repeating: UInt32(row &* 4)) .< SIMD4(repeating: UInt32(count))
        largest |= SIMD4<UInt32>().replacing(with: steps, where: isHere)
      }
      unsafe target.storeBytes(of: (steps &- one) &<< shifts &+ one, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    }
    // 2³¹ positions are not in one document.
    guard largest[0] | largest[1] | largest[2] | largest[3] < 1 << 24 else { return nil }
    if shift > 0 { unsafe addLowBits(bits, bytes, shift: shift, to: frequencies) }
    hasFrequencies = true
    return (last &+ 8) / 8
  }

  /// Adds the low bits of the frequencies, at most seven of each, to their high bits.
  @inline(__always)
  private func addLowBits(
    _ bits: BitReader, _ bytes: UnsafeRawBufferPointer, shift: Int, to frequencies: UnsafeMutablePointer<UInt32>
  ) {
    var slot = 0
    if let start = bytes.baseAddress {
      let mask = UInt32(1) &<< UInt32(truncatingIfNeeded: shift) &- 1
      // SAFETY: eight bytes from the first bit of eight numbers on lie in the list, and hold all of them.
      while slot &+ 8 <= count, case let bit = frequencyBit &+ slot &* shift, bit &>> 3 <= bytes.count &- 8 {
        let loaded = unsafe start.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
        var word = UInt64(littleEndian: loaded) &>> UInt64(truncatingIfNeeded: bit & 7)
        for next in slot..<slot &+ 8 {
          unsafe frequencies[next] &+= UInt32(truncatingIfNeeded: word) & mask
          word &>>= UInt64(truncatingIfNeeded: shift)
        }
        slot &+= 8
      }
    }
    while slot < count {
      unsafe frequencies[slot] &+= bits.bits(at: frequencyBit &+ slot &* shift, count: shift)
      slot &+= 1
    }
  }
}
