/// Blocks of 128 numbers of equal width, in four lanes: number *i* lies in lane *i* mod 4, lane words interleaved.
///
/// A block of width *w* takes 16 × *w* bytes: *w* rows of four 32-bit words; the numbers of a lane are packed from the
/// lowest bit of its first word on.
enum BitPacking {
  /// How many numbers a block holds.
  static let blockCount = 128

  /// The width that the largest of `values` needs, 0 when all are 0.
  static func width(of values: [UInt32]) -> Int {
    var all: UInt32 = 0
    for value in values { all |= value }
    return 32 - all.leadingZeroBitCount
  }

  /// Passes the packed bytes to `body`.
  ///
  /// - Precondition: `values` are 128 numbers below 2^`width`, and `width` is at most 32.
  static func pack(_ values: [UInt32], width: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    precondition(values.count == blockCount && width <= 32, "a block is 128 numbers of at most 32 bits")
    var words = [UInt32](repeating: 0, count: 4 * width)
    for lane in 0..<4 {
      var bit = 0
      for row in 0..<32 {
        let value = values[row * 4 + lane]
        let word = bit >> 5
        let shift = bit & 31
        if width > 0 { words[word * 4 + lane] |= value << UInt32(shift) }
        if shift + width > 32 { words[(word + 1) * 4 + lane] |= value >> UInt32(32 - shift) }
        bit += width
      }
    }
    for index in words.indices { words[index] = words[index].littleEndian }
    unsafe words.withUnsafeBytes { unsafe body($0) }
  }

  /// Unpacks 128 numbers into `output`.
  ///
  /// SAFETY: the caller has checked that `source` has 16 × `width` bytes, that `output` has room for 128 numbers, and that
  /// `width` is at most 32; rows read are 0 ..< `width`.
  @inline(__always)
  static func unpack(_ source: UnsafeRawPointer, width: Int, into output: UnsafeMutablePointer<UInt32>) {
    let target = UnsafeMutableRawPointer(output)
    guard width > 0 else {
      for row in 0..<32 {
        unsafe target.storeBytes(of: SIMD4<UInt32>(), toByteOffset: row * 16, as: SIMD4<UInt32>.self)
      }
      return
    }
    let mask = SIMD4<UInt32>(repeating: width == 32 ? .max : (1 << UInt32(width)) - 1)
    var word = unsafe source.loadUnaligned(as: SIMD4<UInt32>.self)
    var next = 16
    var shift: UInt32 = 0
    let width32 = UInt32(width)
    for row in 0..<32 {
      var value = word &>> SIMD4(repeating: shift)
      shift &+= width32
      if shift >= 32 {
        shift &-= 32
        if row < 31 || shift > 0 {
          word = unsafe source.loadUnaligned(fromByteOffset: next, as: SIMD4<UInt32>.self)
          next &+= 16
          if shift > 0 { value |= word &<< SIMD4(repeating: width32 &- shift) }
        }
      }
      unsafe target.storeBytes(of: value & mask, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    }
  }
}
