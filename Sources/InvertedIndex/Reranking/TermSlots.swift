/// Small numbers for some keys, found in a step or two: which term of a query a token is.
struct TermSlots {
  private var keys: [UInt64]
  private var slots: [Int32]
  private let shift: UInt64
  private static let free = UInt64.max

  /// Numbers from 0 for different keys, in their order.
  ///
  /// - Precondition: no key is `UInt64.max`.
  init(_ wanted: [UInt64]) {
    var bitCount: UInt64 = 4
    while 1 << bitCount < wanted.count * 4 { bitCount += 1 }
    shift = 64 - bitCount
    keys = [UInt64](repeating: Self.free, count: 1 << bitCount)
    slots = [Int32](repeating: 0, count: 1 << bitCount)
    for (index, key) in wanted.enumerated() {
      var place = place(of: key)
      while keys[place] != Self.free { place = (place + 1) & (keys.count - 1) }
      keys[place] = key
      slots[place] = Int32(index)
    }
  }

  /// The number of a key; nil for others.
  @inline(__always)
  func slot(of key: UInt64) -> Int? {
    var place = place(of: key)
    while true {
      let found = keys[place]
      if found == key { return Int(slots[place]) }
      if found == Self.free { return nil }
      place = (place &+ 1) & (keys.count &- 1)
    }
  }

  @inline(__always)
  private func place(of key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift) }
}
