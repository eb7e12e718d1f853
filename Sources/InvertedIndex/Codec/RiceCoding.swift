/// Rice codes with the two halves of the numbers apart: first the low bits of all of them, then the rest of each in unary.
///
/// A number *x* with shift *k* is its *k* low bits, and *x* >> *k* zeros and a one. Apart, the low bits of any number lie at
/// a known place, and the ones of the unary part are counted a word at a time, so that reading can begin in the middle.
enum RiceCoding {
  /// The largest shift: low bits, taken from any bit of a byte on, lie in eight bytes.
  static let largestShift = 31

  /// The shift for `count` numbers whose sum is `sum`: the best one when they are geometrically distributed.
  ///
  /// 1 + ⌊log2(−ln(φ − 1) × mean)⌋, at least 0, with φ the golden ratio (Kiely, "Selecting the Golomb parameter in Rice
  /// coding", 2004).
  static func shift(sum: UInt64, count: Int) -> Int {
    let scaled = sum &* 123 / (UInt64(count) &* 256)
    return min(largestShift, UInt64.bitWidth - scaled.leadingZeroBitCount)
  }

  /// The better of the shift for the mean and the one below it, and the bits of the unary parts; long tails raise the mean.
  ///
  /// - Complexity: O(*n*).
  @inline(__always)
  static func bestShift(of numbers: UnsafeBufferPointer<UInt32>, sum: UInt64) -> (shift: Int, unaryBitCount: Int) {
    let high = shift(sum: sum, count: numbers.count)
    let highBits = unsafe unaryBitCount(of: numbers, shift: high)
    guard high > 0 else { return (high, highBits) }
    let lowBits = unsafe unaryBitCount(of: numbers, shift: high - 1)
    return lowBits < highBits + numbers.count ? (high - 1, lowBits) : (high, highBits)
  }

  @inline(__always)
  static func unaryBitCount(of numbers: UnsafeBufferPointer<UInt32>, shift: Int) -> Int {
    var sum: UInt64 = 0
    let shift = UInt32(truncatingIfNeeded: shift)
    for index in 0..<numbers.count { unsafe sum &+= UInt64(numbers[index] &>> shift) }
    return Int(sum) + numbers.count
  }
}

/// Writes bits, the lowest of a byte first.
///
/// SAFETY: the maker has room for all bits that will be written and eight bytes more.
@safe struct BitWriter {
  private var next: UnsafeMutableRawPointer
  private var word: UInt64 = 0
  private var fill: UInt64 = 0  // bits of `word` in use, at most 7 between calls

  init(_ start: UnsafeMutableRawPointer) { unsafe next = start }

  /// Appends the `count` low bits of `value`, whose other bits are 0; `count` is at most 32.
  @inline(__always)
  mutating func append(_ value: UInt32, count: UInt64) {
    word |= UInt64(value) &<< fill
    fill &+= count
    unsafe next.storeBytes(of: word.littleEndian, as: UInt64.self)
    unsafe next += Int(truncatingIfNeeded: fill &>> 3)
    word &>>= fill & 0x38
    fill &= 7
  }

  /// Appends `zeros` zeros and a one.
  @inline(__always)
  mutating func appendUnary(_ zeros: UInt32) {
    var rest = zeros
    while rest > 31 {
      append(0, count: 32)
      rest &-= 32
    }
    append(1 &<< rest, count: UInt64(rest) &+ 1)
  }

  /// Appends the low bits of all numbers.
  @inline(__always)
  mutating func append(lowBitsOf numbers: UnsafeBufferPointer<UInt32>, shift: Int) {
    guard shift > 0 else { return }
    let mask = UInt32.max &>> UInt32(truncatingIfNeeded: 32 - shift)
    for index in 0..<numbers.count {
      unsafe append(numbers[index] & mask, count: UInt64(truncatingIfNeeded: shift))
    }
  }

  /// Appends the unary parts of all numbers.
  @inline(__always)
  mutating func append(highBitsOf numbers: UnsafeBufferPointer<UInt32>, shift: Int) {
    let shift = UInt32(truncatingIfNeeded: shift)
    for index in 0..<numbers.count { unsafe appendUnary(numbers[index] &>> shift) }
  }

  /// Ends the last byte and returns where the next one goes.
  func end() -> UnsafeMutableRawPointer { unsafe fill > 0 ? next + 1 : next }
}

/// Reads bits from bytes that may be damaged: every read is checked, and one past the end says so.
///
/// SAFETY: `start` has `byteCount` bytes, which the maker keeps alive while the reader is used.
@safe struct BitReader {
  let byteCount: Int
  private let start: UnsafeRawPointer?
  // The unary part being read: the ones of `word` are those not yet passed, and bit 0 of it is bit `wordStart`.
  private var word: UInt64 = 0
  private var wordStart = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe start = bytes.baseAddress
    byteCount = bytes.count
  }

  /// Goes to a bit, from which ones are counted.
  @inline(__always)
  mutating func seekUnary(toBit bit: Int) {
    wordStart = bit & ~63
    word = load(byte: wordStart &>> 3) & (UInt64.max &<< UInt64(truncatingIfNeeded: bit & 63))
  }

  /// The place of the next one; nil when the bytes end before.
  @inline(__always)
  mutating func nextOne() -> Int? {
    while word == 0 {
      wordStart &+= 64
      guard wordStart &>> 3 < byteCount else { return nil }
      word = load(byte: wordStart &>> 3)
    }
    let place = wordStart &+ word.trailingZeroBitCount
    word &= word &- 1
    return place
  }

  /// Calls `body` with the index and the place of each of the next `count` ones; false when the bytes end before.
  @inline(__always)
  mutating func forEachOne(_ count: Int, _ body: (_ index: Int, _ place: Int) -> Void) -> Bool {
    var index = 0
    while true {
      let end = min(count, index &+ word.nonzeroBitCount)  // so that the loop below knows how often it runs
      while index < end {
        body(index, wordStart &+ word.trailingZeroBitCount)
        word &= word &- 1
        index &+= 1
      }
      if index == count { return true }
      wordStart &+= 64
      guard wordStart &>> 3 < byteCount else { return false }
      word = load(byte: wordStart &>> 3)
    }
  }

  /// Reads `count` gaps whose low bits begin at `lowBit`, and whose unary parts come next, behind the one at `previous`, and
  /// writes the numbers that they lead to from `next` on, each one more than the gap behind the one before.
  ///
  /// Returns the place of the last one and one past the last number; nil when the bytes end before, or a number reaches 2³².
  ///
  /// - Parameter numbers: has room for `count` numbers.
  @inline(__always)
  mutating func readRising(
    _ count: Int, lowBit: Int, shift: Int, behind previous: Int, from next: UInt64,
    into numbers: UnsafeMutablePointer<UInt32>
  ) -> (last: Int, next: UInt64)? {
    var previous = previous
    var next = next
    var all: UInt64 = 0  // what reaches 2³² leaves a trace here before a sum can wrap
    let lows = self
    let isRead = forEachOne(count) { index, place in
      let low = lows.bits(at: lowBit &+ index &* shift, count: shift)
      let high = UInt64(truncatingIfNeeded: place &- previous &- 1)
      all |= high
      next &+= high &<< UInt64(truncatingIfNeeded: shift) &+ UInt64(low)
      all |= next
      unsafe numbers[index] = UInt32(truncatingIfNeeded: next)
      next &+= 1
      previous = place
    }
    return isRead && all >> 32 == 0 ? (previous, next) : nil
  }

  /// Passes over `count` ones, at least one, and returns the place of the last; nil when the bytes end before.
  @inline(__always)
  mutating func skipOnes(_ count: Int) -> Int? {
    var left = count
    while true {
      let ones = word.nonzeroBitCount
      if ones >= left { break }
      left &-= ones
      wordStart &+= 64
      guard wordStart &>> 3 < byteCount else { return nil }
      word = load(byte: wordStart &>> 3)
    }
    for _ in 1..<left { word &= word &- 1 }
    return nextOne()
  }

  /// The `count` bits from bit `place` on, at most 32; 0 beyond the end.
  @inline(__always)
  func bits(at place: Int, count: Int) -> UInt32 {
    let word = load(byte: place &>> 3) &>> UInt64(truncatingIfNeeded: place & 7)
    return UInt32(truncatingIfNeeded: word & ~(UInt64.max &<< UInt64(truncatingIfNeeded: count)))
  }

  /// Eight bytes from a place on; bytes beyond the end are 0.
  @inline(__always)
  private func load(byte place: Int) -> UInt64 {
    guard let start = unsafe start, place >= 0, place <= byteCount &- 8 else { return loadEnd(byte: place) }
    return unsafe UInt64(littleEndian: start.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  @inline(never)
  private func loadEnd(byte place: Int) -> UInt64 {
    guard let start = unsafe start, place >= 0 else { return 0 }
    var word: UInt64 = 0
    for index in 0..<8 where place &+ index < byteCount {
      word |= unsafe UInt64(start.load(fromByteOffset: place &+ index, as: UInt8.self)) &<< UInt64(index * 8)
    }
    return word
  }
}
