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
    var slots: [UInt64] = []  // 0 is empty
    var count = 0
  }

  private var tables = [Table](repeating: Table(), count: tableCount)
  private static let tableBits: UInt64 = 10
  private static let tableCount = 1 << tableBits

  /// Adds a key; false when it was there.
  mutating func insert(_ key: String) -> Bool {
    var high: UInt64 = 0x243F_6A88_85A3_08D3
    var low: UInt64 = 0x1319_8A2E_0370_7344 ^ UInt64(key.utf8.count)
    var word: UInt64 = 0
    var index = 0
    for byte in key.utf8 {
      word = word << 8 | UInt64(byte)
      index += 1
      guard index & 7 == 0 || index == key.utf8.count else { continue }
      high = Self.mix(high ^ word)
      low = Self.mix(low &+ word &* 0x9E37_79B9_7F4A_7C15)
      word = 0
    }
    return insert(max(low, 1), into: Int(high >> (64 - Self.tableBits)))
  }

  private mutating func insert(_ digest: UInt64, into table: Int) -> Bool {
    if tables[table].count * 8 >= tables[table].slots.count * 7 { grow(table) }
    let slot = Self.slot(of: digest, in: tables[table].slots)
    guard tables[table].slots[slot] == 0 else { return false }
    tables[table].slots[slot] = digest
    tables[table].count += 1
    count += 1
    return true
  }

  /// Gives a table half as much room again.
  private mutating func grow(_ table: Int) {
    let old = tables[table].slots
    var slots = [UInt64](repeating: 0, count: max(8, old.count + old.count / 2))
    for digest in old where digest != 0 { slots[Self.slot(of: digest, in: slots)] = digest }
    byteCount += (slots.count - old.count) * MemoryLayout<UInt64>.stride
    tables[table].slots = slots
  }

  /// Where a digest is, or the empty slot where it goes.
  private static func slot(of digest: UInt64, in slots: [UInt64]) -> Int {
    var slot = Int(truncatingIfNeeded: digest.multipliedFullWidth(by: UInt64(slots.count)).high)
    while slots[slot] != 0 && slots[slot] != digest { slot = slot + 1 == slots.count ? 0 : slot + 1 }
    return slot
  }

  /// The finalizer of SplitMix64, a permutation of 64-bit numbers.
  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
