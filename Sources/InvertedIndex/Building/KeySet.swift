/// The keys seen in a rebuild, as digests: 9 to 14 bytes a key once there are many, however long the keys are.
///
/// A digest has 74 bits: ten choose a table, 64 are stored in it. Two different keys share one with a probability below 10⁻⁶
/// for a hundred million keys. The tables grow one at a time, so that growing needs next to no memory.
struct KeySet {
  /// Bytes in memory.
  private(set) var byteCount = tableCount * MemoryLayout<Table>.stride
  /// How many keys the set has.
  private(set) var count = 0

  /// Open addressing with linear probing, at most seven eighths full.
  private struct Table {
    private var slots: [UInt64] = []  // 0 is empty
    private var count = 0

    var byteCount: Int { slots.count * MemoryLayout<UInt64>.stride }

    /// Whether there is no room for another digest.
    var isFull: Bool { count * 8 >= slots.count * 7 }

    /// Adds a digest where there is room; false when it was there.
    mutating func insert(_ digest: UInt64) -> Bool {
      let slot = Self.slot(of: digest, in: slots)
      guard slots[slot] == 0 else { return false }
      slots[slot] = digest
      count += 1
      return true
    }

    /// Gives the table half as much room again.
    mutating func grow() {
      let old = slots
      slots = [UInt64](repeating: 0, count: max(8, old.count + old.count / 2))
      for digest in old where digest != 0 { slots[Self.slot(of: digest, in: slots)] = digest }
    }

    /// Where a digest is, or the empty slot where it goes.
    @inline(__always)
    private static func slot(of digest: UInt64, in slots: [UInt64]) -> Int {
      var slot = Int(truncatingIfNeeded: digest.multipliedFullWidth(by: UInt64(slots.count)).high)
      while slots[slot] != 0 && slots[slot] != digest { slot = slot + 1 == slots.count ? 0 : slot + 1 }
      return slot
    }
  }

  private var tables = [Table](repeating: Table(), count: tableCount)
  private static let tableBits: UInt64 = 10
  private static let tableCount = 1 << tableBits

  /// Adds a key; false when it was there.
  mutating func insert(_ key: String) -> Bool {
    let isNew = unsafe key.utf8.withContiguousStorageIfAvailable { unsafe insert(UnsafeRawBufferPointer($0)) }
    if let isNew { return isNew }
    return unsafe Array(key.utf8).withUnsafeBytes { unsafe insert($0) }
  }

  private mutating func insert(_ key: UnsafeRawBufferPointer) -> Bool {
    var high: UInt64 = 0x243F_6A88_85A3_08D3
    var low: UInt64 = 0x1319_8A2E_0370_7344 ^ UInt64(key.count)
    var index = 0
    while index < key.count {
      var word: UInt64 = 0
      if index + 8 <= key.count {
        word = unsafe key.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      } else {
        for place in index..<key.count { unsafe word = word << 8 | UInt64(key[place]) }
      }
      high = Self.mix(high ^ word)
      low = Self.mix(low &+ word &* 0x9E37_79B9_7F4A_7C15)
      index += 8
    }
    let table = Int(high >> (64 - Self.tableBits))
    if tables[table].isFull {
      byteCount -= tables[table].byteCount
      tables[table].grow()
      byteCount += tables[table].byteCount
    }
    guard tables[table].insert(max(low, 1)) else { return false }
    count += 1
    return true
  }

  /// The finalizer of SplitMix64, a permutation of 64-bit numbers.
  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
