/// The places of ones among bits, found a byte at a time: a table has the places of the ones of each byte.
///
/// SAFETY: the pointers are to 256 × 8 and 256 numbers, filled once and never changed or freed.
@safe struct OneBits: @unchecked Sendable {
  /// How many numbers ``writePlaces(of:_:fromBit:into:)`` may write behind those it was asked for.
  static let overrun = 7
  /// The table.
  static let shared = OneBits()

  private let places: UnsafePointer<UInt32>  // of the ones of a byte, lowest first, then zeros
  private let counts: UnsafePointer<UInt8>

  private init() {
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: 256 * 8)
    let counts = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in 0..<256 {
      let ones = (0..<8).filter { byte >> $0 & 1 == 1 }
      unsafe counts[byte] = UInt8(ones.count)
      for index in 0..<8 { unsafe places[byte * 8 + index] = index < ones.count ? UInt32(ones[index]) : 0 }
    }
    unsafe self.places = UnsafePointer(places)
    unsafe self.counts = UnsafePointer(counts)
  }

  /// Writes the places of the first `count` ones at or after `bit`, counted from there, and returns whether there are so many,
  /// and not more than 2³¹ bits to the last.
  ///
  /// SAFETY: the caller has checked that there is room for `count` numbers and ``overrun`` more, and that `bit` is not
  /// negative.
  @inline(__always)
  func writePlaces(
    of count: Int, _ bytes: UnsafeRawBufferPointer, fromBit bit: Int, into output: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    guard let start = bytes.baseAddress, bit &>> 3 < bytes.count else { return count == 0 }
    let target = UnsafeMutableRawPointer(output)
    var next = bit &>> 3
    var base = 0 &- UInt32(truncatingIfNeeded: bit & 7)
    var byte = unsafe Int(start.load(fromByteOffset: next, as: UInt8.self)) & (0xFF &<< (bit & 7))
    let end = min(bytes.count, next &+ (1 &<< 28))
    var found = 0
    while true {
      let source = unsafe UnsafeRawPointer(places + byte &* 8)
      let bases = SIMD4(repeating: base)
      let low = unsafe source.loadUnaligned(as: SIMD4<UInt32>.self) &+ bases
      let high = unsafe source.loadUnaligned(fromByteOffset: 16, as: SIMD4<UInt32>.self) &+ bases
      unsafe target.storeBytes(of: low, toByteOffset: found &* 4, as: SIMD4<UInt32>.self)
      unsafe target.storeBytes(of: high, toByteOffset: found &* 4 &+ 16, as: SIMD4<UInt32>.self)
      found &+= unsafe Int(counts[byte])
      next &+= 1
      if found >= count { return true }
      guard next < end else { return false }
      base &+= 8
      byte = unsafe Int(start.load(fromByteOffset: next, as: UInt8.self))
    }
  }
}
