/// Blocks of 128 numbers of equal width, in four lanes: number *i* lies in lane *i* mod 4, lane words interleaved.
///
/// A block of width *w* takes 16 × *w* bytes: *w* rows of four 32-bit words; the numbers of a lane are packed from the
/// lowest bit of its first word on.
enum BitPacking {
  /// How many numbers a block holds.
  static let blockCount = 128

  /// Packs the `width` low bits of 128 numbers, and returns the end of what was written.
  ///
  /// SAFETY: the caller has checked that `values` are 128, that `output` has room for 16 × `width` bytes, and that `width` is
  /// at most 32.
  static func pack(
    _ values: UnsafeBufferPointer<UInt32>, width: Int, into output: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    guard width > 0 else { return unsafe output }
    let mask = SIMD4<UInt32>(repeating: width == 32 ? .max : (1 << UInt32(width)) - 1)
    let source = UnsafeRawBufferPointer(values)
    let width32 = UInt32(width)
    var target = unsafe output
    var word = SIMD4<UInt32>()
    var shift: UInt32 = 0
    for row in 0..<32 {
      let value = unsafe source.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self) & mask
      word |= value &<< SIMD4(repeating: shift)
      shift &+= width32
      if shift >= 32 {
        unsafe target.storeBytes(of: word, as: SIMD4<UInt32>.self)
        unsafe target += 16
        shift &-= 32
        word = shift > 0 ? value &>> SIMD4(repeating: width32 &- shift) : SIMD4<UInt32>()
      }
    }
    return unsafe target
  }

  /// Unpacks 128 numbers into `output`.
  ///
  /// SAFETY: the caller has checked that `source` has 16 × `width` bytes, that `output` has room for 128 numbers, and that
  /// `width` is at most 32.
  @inline(__always)
  static func unpack(_ source: UnsafeRawPointer, width: Int, into output: UnsafeMutablePointer<UInt32>) {
    let target = UnsafeMutableRawPointer(output)
    unsafe forEachRow(source, width: width) { row, numbers in
      unsafe target.storeBytes(of: numbers, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    }
  }

  /// Calls `body` with each of the 32 rows of four numbers.
  ///
  /// SAFETY: the caller has checked that `source` has 16 × `width` bytes, and that `width` is at most 32; rows read are
  /// 0 ..< `width`.
  @inline(__always)
  static func forEachRow(_ source: UnsafeRawPointer, width: Int, _ body: (Int, SIMD4<UInt32>) -> Void) {
    guard width > 0 else {
      for row in 0..<32 { body(row, SIMD4()) }
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
      body(row, value & mask)
    }
  }
}
