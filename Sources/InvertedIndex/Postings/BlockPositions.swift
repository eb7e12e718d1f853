/// Here is a term's positions list; give me the positions of one posting of a block after the other.
struct BlockPositions {
  private let list: ByteSection
  private var bits: BitReader
  private var shift = 0
  private var lowBit = 0  // where the block's low bits begin
  private var slot = -1  // the posting whose positions come next; -1 before a block is begun
  private var passed = 0  // positions of the block before that posting's
  private var lastOne = 0  // where the last of these ends

  /// A reader of a whole list.
  init(_ list: ByteSection) {
    self.list = list
    bits = unsafe BitReader(list.bytes)
  }

  /// Forgets the block.
  mutating func leaveBlock() { slot = -1 }

  /// Whether the positions of a posting can be read without going back to the beginning of its block.
  func reaches(_ slot: Int) -> Bool { self.slot >= 0 && self.slot <= slot }

  /// Goes to the first position of a block, whose frequencies were read.
  ///
  /// - Parameter start: the byte of the list where the positions of the block begin.
  mutating func begin(_ block: PostingsBlock, at start: Int) throws(IndexError) {
    let header = Int(bits.bits(at: start * 8, count: 8))
    guard start < list.count, header <= RiceCoding.largestShift else { throw list.damaged("positions cut off") }
    shift = header
    lowBit = start * 8 + 8
    let unaryBit = lowBit + Int(block.sumOfFrequencies(0..<block.count)) * shift
    bits.seekUnary(toBit: unaryBit)
    lastOne = unaryBit - 1
    passed = 0
    slot = 0
  }

  /// Reads the positions of a posting into the first places of `numbers`, and returns how many these are.
  ///
  /// They rise; four times 2³² − 1, which is no position, come behind them.
  ///
  /// - Precondition: the reader ``reaches(_:)`` the posting.
  mutating func read(
    _ wanted: Int, of block: PostingsBlock, into numbers: inout [UInt32]
  ) throws(IndexError) -> Int {
    let skipped = Int(block.sumOfFrequencies(slot..<wanted))
    if skipped > 0 {
      guard let one = bits.skipOnes(skipped) else { throw list.damaged("positions cut off") }
      lastOne = one
      passed &+= skipped
    }
    slot = wanted
    let count = Int(block.frequency(wanted))
    guard count <= list.count * 8 else { throw list.damaged("positions cut off") }  // each has a one
    if numbers.count < count + 8 { numbers = [UInt32](repeating: .max, count: max(2 * count, 256)) }
    let first = lowBit &+ passed &* shift
    if count == 1 {  // most terms of a short document
      guard let one = bits.nextOne(), (one &- lastOne &- 1) >> (32 - shift) == 0 else {
        throw list.damaged("positions cut off or out of range")
      }
      numbers[0] =
        UInt32(truncatingIfNeeded: one &- lastOne &- 1) &<< UInt32(shift) | bits.bits(at: first, count: shift)
      for pad in 1..<5 { numbers[pad] = .max }
      lastOne = one
      passed &+= 1
      slot &+= 1
      return 1
    }
    let last = unsafe numbers.withUnsafeMutableBufferPointer { numbers -> Int? in
      // SAFETY: the array has room for eight numbers more than `count`, as was just seen to.
      guard let numbers = numbers.baseAddress else { return nil }
      let outcome = unsafe bits.readRising(
        count, lowBit: first, shift: shift, behind: lastOne, from: 0, into: numbers)
      for pad in count..<count &+ 4 { unsafe numbers[pad] = .max }
      return outcome?.last
    }
    guard let last else { throw list.damaged("positions cut off or out of range") }
    lastOne = last
    passed &+= count
    slot &+= 1
    return count
  }
}
