/// The keys seen in a rebuild, as 128-bit digests: 32 bytes a key at most, however long the keys are.
///
/// Two different keys share a digest with a probability below 10⁻²⁰ for a hundred million keys.
struct KeySet {
  private struct Digest: Hashable {
    let high: UInt64
    let low: UInt64
  }

  private var digests: Set<Digest> = []

  /// How many keys the set has.
  var count: Int { digests.count }

  /// Adds a key; false when it was there.
  mutating func insert(_ key: String) -> Bool {
    var high: UInt64 = 0x243F_6A88_85A3_08D3
    var low: UInt64 = 0x1319_8A2E_0370_7344
    for byte in key.utf8 {
      high = Self.mix(high ^ UInt64(byte))
      low = Self.mix(low &+ UInt64(byte) &* 0x9E37_79B9_7F4A_7C15)
    }
    return digests.insert(Digest(high: high, low: low)).inserted
  }

  /// The finalizer of SplitMix64, a permutation of 64-bit numbers.
  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
