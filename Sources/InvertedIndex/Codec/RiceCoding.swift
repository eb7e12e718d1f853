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
    guard high > 0 else { return (high, Int(sum) + numbers.count) }
    // A number with a bit less taken off is twice as many zeros, and one more where that bit is set.
    let shift32 = UInt32(truncatingIfNeeded: high)
    var highSum: UInt32 = 0  // the mean of what is left is below 5: there is no way to 2³²
    var oddCount: UInt32 = 0
    for index in 0..<numbers.count {
      let number = unsafe numbers[index]
      highSum &+= number &>> shift32
      oddCount &+= number &>> (shift32 &- 1) & 1
    }
    let highBits = Int(highSum) + numbers.count
    let lowBits = 2 * Int(highSum) + Int(oddCount) + numbers.count
    return lowBits < highBits + numbers.count ? (high - 1, lowBits) : (high, highBits)
  }

  @inline(__always)
  static func unaryBitCount(of numbers: UnsafeBufferPointer<UInt32>, shift: Int) -> Int {
    var sum: UInt64 = 0
    let shift = UInt32(truncatingIfNeeded: shift)
    for index in 0..<numbers.count { unsafe sum &+= UInt64(numbers[index] &>> shift) }
    return Int(sum) + numbers.count
  }

  /// The numbers added up.
  @inline(__always)
  static func sum(of numbers: UnsafeBufferPointer<UInt32>) -> UInt64 {
    var sum: UInt64 = 0
    for index in 0..<numbers.count { unsafe sum &+= UInt64(numbers[index]) }
    return sum
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

  /// Appends the `count` low bits of `value`, whose other bits are 0; `count` is at most 56.
  @inline(__always)
  mutating func append(_ value: UInt64, count: UInt64) {
    word |= value &<< fill
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
    let shift64 = UInt64(truncatingIfNeeded: shift)
    let mask = UInt64.max &>> (64 &- shift64)
    var index = 0
    if shift <= 14 {  // four at once
      while index &+ 4 <= numbers.count {
        let low = unsafe UInt64(numbers[index]) & mask | (UInt64(numbers[index &+ 1]) & mask) &<< shift64
        let high = unsafe UInt64(numbers[index &+ 2]) & mask | (UInt64(numbers[index &+ 3]) & mask) &<< shift64
        append(low | high &<< (2 &* shift64), count: 4 &* shift64)
        index &+= 4
      }
    }
    while index < numbers.count {
      unsafe append(UInt64(numbers[index]) & mask, count: shift64)
      index &+= 1
    }
  }

  /// Appends the unary parts of all numbers.
  @inline(__always)
  mutating func append(highBitsOf numbers: UnsafeBufferPointer<UInt32>, shift: Int) {
    let shift = UInt32(truncatingIfNeeded: shift)
    var index = 0
    while index &+ 2 <= numbers.count {
      let first = unsafe UInt64(numbers[index] &>> shift)
      let second = unsafe UInt64(numbers[index &+ 1] &>> shift)
      let end = first &+ 1 &+ second
      if end < 56 {  // both at once
        append(1 &<< first | 1 &<< end, count: end &+ 1)
      } else {
        appendUnary(UInt32(truncatingIfNeeded: first))
        appendUnary(UInt32(truncatingIfNeeded: second))
      }
      index &+= 2
    }
    if index < numbers.count { unsafe appendUnary(numbers[index] &>> shift) }
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
  /// - Parameter numbers: has room for `count` numbers and ``OneBits/overrun`` more.
  @inline(__always)
  mutating func readRising(
    _ count: Int, lowBit: Int, shift: Int, behind previous: Int, from next: UInt64,
    into numbers: UnsafeMutablePointer<UInt32>
  ) -> (last: Int, next: UInt64)? {
    // The unary parts of a number and of those before it add up to its place, less where they begin, less its index.
    let base = previous &+ 1
    guard count > 0, base >= 0 else { return nil }
    if count < Self.fewOnes {
      guard forEachOne(count, { unsafe numbers[$0] = UInt32(truncatingIfNeeded: $1 &- base) }) else { return nil }
    } else {
      let bytes = unsafe UnsafeRawBufferPointer(start: start, count: byteCount)
      guard unsafe OneBits.shared.writePlaces(of: count, bytes, fromBit: base, into: numbers) else { return nil }
      unsafe seekUnary(toBit: base &+ Int(numbers[count &- 1]) &+ 1)
    }
    let last = unsafe UInt64(numbers[count &- 1])
    let sum =
      unsafe next
      &+ addLowBits(count, lowBit: lowBit, shift: shift, first: UInt32(truncatingIfNeeded: next), to: numbers)
    // Numbers rise: if the last one is below 2³², so are all.
    let high = last &- UInt64(truncatingIfNeeded: count &- 1)
    let number = high &<< UInt64(truncatingIfNeeded: shift) &+ sum &+ UInt64(truncatingIfNeeded: count &- 1)
    guard high >> UInt64(truncatingIfNeeded: 32 &- shift) == 0, number >> 32 == 0 else { return nil }
    return (base &+ Int(truncatingIfNeeded: last), number &+ 1)
  }

  /// As many ones are found one by one rather than by table.
  private static let fewOnes = 8

  /// Replaces places, counted from where the unary parts begin, by the numbers that they and the low bits lead to, modulo 2³²,
  /// and returns the sum of the low bits.
  @inline(__always)
  private func addLowBits(
    _ count: Int, lowBit: Int, shift: Int, first: UInt32, to numbers: UnsafeMutablePointer<UInt32>
  ) -> UInt64 {
    let shift32 = UInt32(truncatingIfNeeded: shift)
    var sum: UInt64 = 0
    let add = { (index: Int, low: UInt64) in
      sum &+= low
      let slot = UInt32(truncatingIfNeeded: index)
      unsafe numbers[index] =
        (numbers[index] &- slot) &<< shift32 &+ slot &+ first &+ UInt32(truncatingIfNeeded: sum)
    }
    // Low bits whose last load ends inside of the bytes need no check of their own; few lists' last blocks do.
    guard lowBit >= 0, (lowBit &+ count &* shift) &>> 3 <= byteCount &- 8, let start = unsafe start else {
      for index in 0..<count { add(index, UInt64(bits(at: lowBit &+ index &* shift, count: shift))) }
      return sum
    }
    let shift64 = UInt64(truncatingIfNeeded: shift)
    let mask = ~(UInt64.max &<< shift64)
    var index = 0
    if shift <= 14 {  // four fit in one load, from any bit of a byte on
      while index &+ 4 <= count {
        // SAFETY: the bit is at or before the one of which the load was just checked.
        let bit = lowBit &+ index &* shift
        let bytes = unsafe start.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
        var word = UInt64(littleEndian: bytes) &>> UInt64(truncatingIfNeeded: bit & 7)
        add(index, word & mask)
        word &>>= shift64
        add(index &+ 1, word & mask)
        word &>>= shift64
        add(index &+ 2, word & mask)
        add(index &+ 3, word &>> shift64 & mask)
        index &+= 4
      }
    }
    while index < count {
      let bit = lowBit &+ index &* shift
      let bytes = unsafe start.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
      add(index, UInt64(littleEndian: bytes) &>> UInt64(truncatingIfNeeded: bit & 7) & mask)
      index &+= 1
    }
    return sum
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
