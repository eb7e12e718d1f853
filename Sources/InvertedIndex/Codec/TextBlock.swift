/// What writer and reader of text blocks agree on, and the reader (see FORMAT.md, "Text blocks").
enum TextBlock {
  /// Bytes that ``decode(_:textByteCount:upTo:into:)`` may write behind the text.
  static let slack = 32
  /// The largest distance that takes one byte.
  static let nearDistance = 768
  /// The lengths that take no byte: 9, 12, … 27.
  private static let shortestUsual = 9
  private static let longestUsual = 27

  /// The length's number among the usual ones, or 7.
  @inline(__always)
  static func lengthCode(of byteCount: Int) -> Int {
    let steps = (byteCount &- shortestUsual) / 3
    let isUsual = byteCount >= shortestUsual && byteCount <= longestUsual && steps &* 3 &+ shortestUsual == byteCount
    return isUsual ? steps : 7
  }

  /// The page of a scalar: 0 for ASCII, else one more than the scalar without its lowest 8 bits.
  @inline(__always)
  static func page(of scalar: UInt32) -> UInt32 { scalar < 0x80 ? 0 : scalar >> 8 &+ 1 }

  /// Decodes a block's text from its beginning, at least up to byte `wanted`, and returns how many bytes it decoded; nil for
  /// damage.
  ///
  /// A block that is decoded to its end has been checked to be used up.
  ///
  /// - Precondition: `output` has room for `textByteCount` and ``slack`` bytes; `wanted` is at most `textByteCount`.
  static func decode(
    _ block: UnsafeRawBufferPointer, textByteCount: Int, upTo wanted: Int, into output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    precondition(output.count >= textByteCount + slack && wanted <= textByteCount)
    guard let target = output.baseAddress else { return nil }
    guard block.count != textByteCount else {
      if let source = block.baseAddress { unsafe target.copyMemory(from: source, byteCount: block.count) }
      return textByteCount
    }
    return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 256) { table in
      var reader = unsafe ByteReader(block)
      guard let table = table.baseAddress, let oneCount = unsafe readTable(&reader, into: table),
        let tokenByteCount = reader.readCount(), let lowCount = reader.readCount(),
        let tokens = unsafe reader.readBytes(tokenByteCount), let lows = unsafe reader.readBytes(lowCount),
        lowCount <= reader.remaining, reader.remaining > 0
      else { return nil }
      let decoder = unsafe TextBlockDecoder(
        table: table, oneCount: oneCount, tokens: tokens, lows: lows, codes: reader, target: target,
        count: textByteCount)
      return decoder.decode(upTo: wanted)
    }
  }

  /// Reads the one-byte characters and the pages; returns how many there are of the former.
  private static func readTable(_ reader: inout ByteReader, into table: UnsafeMutablePointer<UInt64>) -> Int? {
    unsafe table.initialize(repeating: 0, count: 256)
    guard let oneCount = reader.readCount(), oneCount <= 256 else { return nil }
    var next: UInt32 = 0
    for index in 0..<oneCount {
      guard let step = reader.readVarint32(), step <= 0xFFFF, next &+ step <= 0xFFFF else { return nil }
      unsafe table[index] = entry(scalar: next &+ step)
      next &+= step &+ 1
    }
    guard let pageCount = reader.readCount(), pageCount <= 256 - oneCount else { return nil }
    next = 0
    for index in oneCount..<oneCount + pageCount {
      guard let step = reader.readVarint32(), step <= 0x1100, next &+ step <= 0x1100 else { return nil }
      let page = next &+ step
      let first = page == 0 ? 0 : (page &- 1) &<< 8
      unsafe table[index] = entry(scalar: first, isPage: true, byteCount: page == 1 ? 2 : nil)
      next = page &+ 1
    }
    return oneCount
  }

  /// UTF-8 of a scalar, first byte lowest (32 bits); its byte count (8); by how much the upper two and the lower six bits of
  /// the low byte are moved (8 and 8); which bits of the low byte count (8).
  private static func entry(scalar: UInt32, isPage: Bool = false, byteCount: UInt64? = nil) -> UInt64 {
    let s = UInt64(scalar)
    let mask: UInt64 = isPage ? 0xFF << 56 : 0
    let count = byteCount ?? (s < 0x80 ? 1 : s < 0x800 ? 2 : s < 0x10000 ? 3 : 4)
    switch count {
    case 1: return s | 1 << 32 | 6 << 40 | mask
    case 2: return 0x80C0 | s >> 6 | (s & 63) << 8 | 2 << 32 | 8 << 48 | mask
    case 3: return 0x8080E0 | s >> 12 | (s >> 6 & 63) << 8 | (s & 63) << 16 | 3 << 32 | 8 << 40 | 16 << 48 | mask
    default:
      return 0x8080_80F0 | s >> 18 | (s >> 12 & 63) << 8 | (s >> 6 & 63) << 16 | (s & 63) << 24 | 4 << 32 | 16 << 40
        | 24 << 48 | mask
    }
  }
}

/// A block's parts, and their decoding.
///
/// SAFETY: the parts lie in the block one behind the other: tokens, lows, codes, and there is a code. Where a token is read,
/// a byte more may be, which is one of the parts behind. `low` advances by at most one for each code, so that it stays inside
/// of lows and codes together. `next` stays at or below `count`, and a step writes at most ``TextBlock/slack`` bytes from
/// there on: a literal 4, a match what it has or 32; its distance and length are checked before.
@safe private struct TextBlockDecoder {
  let table: UnsafeMutablePointer<UInt64>
  let oneCount: Int
  let tokens: UnsafeRawBufferPointer
  let lows: UnsafeRawBufferPointer
  let codes: ByteReader
  let target: UnsafeMutableRawPointer
  let count: Int

  func decode(upTo wanted: Int) -> Int? {
    var tokens = unsafe ByteReader(self.tokens)
    var code = unsafe codes.next
    let codeEnd = unsafe codes.end
    var low = unsafe code - lows.count
    var next = 0
    while next < wanted {
      var run = unsafe codeEnd - code
      let token = tokens.readByte()
      if let token {
        var tokenRun = Int(token & 7)
        if tokenRun == 7 {
          guard let more = tokens.readVarint32() else { return nil }
          tokenRun &+= Int(more)
        }
        guard tokenRun <= run else { return nil }
        run = tokenRun
      }
      while run > 0 {
        guard next < count else { return nil }
        let step = min(run, (count &- next) &>> 2 &+ 1)  // so many have room, whatever they are
        run &-= step
        let end = unsafe code + step
        repeat {
          let byte = unsafe Int(code.load(as: UInt8.self))
          let entry = unsafe table[byte]
          let bits = unsafe UInt32(low.load(as: UInt8.self)) & UInt32(truncatingIfNeeded: entry &>> 56)
          let upper = (bits &>> 6) &<< UInt32(truncatingIfNeeded: entry &>> 40)
          let lower = (bits & 63) &<< UInt32(truncatingIfNeeded: entry &>> 48)
          let utf8 = (UInt32(truncatingIfNeeded: entry) &+ upper &+ lower).littleEndian
          unsafe (target + next).storeBytes(of: utf8, as: UInt32.self)
          next &+= Int(truncatingIfNeeded: entry &>> 32 & 7)
          unsafe low += byte >= oneCount ? 1 : 0
          unsafe code += 1
        } while unsafe code < end
      }
      guard let token else { break }
      let lengthCode = Int(token &>> 3 & 7)
      var byteCount = 9 &+ 3 &* lengthCode
      if lengthCode == 7 {
        guard let number = tokens.readVarint32() else { return nil }
        byteCount = Int(number)
      }
      guard let distance = tokens.readDistance(token), distance <= next, next <= count, byteCount <= count &- next
      else { return nil }
      unsafe Self.copy(byteCount, from: distance, to: target + next)
      next &+= byteCount
    }
    guard next >= wanted, next <= count else { return nil }
    guard next == count else { return next }
    return unsafe tokens.remaining == 0 && code == codeEnd && low == codes.next ? next : nil
  }

  /// Repeats the `byteCount` bytes that begin `distance` back.
  @inline(__always)
  private static func copy(_ byteCount: Int, from distance: Int, to target: UnsafeMutableRawPointer) {
    typealias Chunk = SIMD2<UInt64>
    var to = unsafe target
    var from = unsafe to - distance
    let end = unsafe to + byteCount
    if distance >= 16 {
      unsafe to.storeBytes(of: from.loadUnaligned(as: Chunk.self), as: Chunk.self)
      unsafe (to + 16).storeBytes(of: (from + 16).loadUnaligned(as: Chunk.self), as: Chunk.self)
      guard byteCount > 32 else { return }
      repeat {
        unsafe to += 16
        unsafe from += 16
        unsafe to.storeBytes(of: from.loadUnaligned(as: Chunk.self), as: Chunk.self)
      } while unsafe to + 16 < end
    } else {
      while unsafe to < end {
        unsafe to.storeBytes(of: from.load(as: UInt8.self), as: UInt8.self)
        unsafe to += 1
        unsafe from += 1
      }
    }
  }
}

extension ByteReader {
  /// A match's distance; one byte more than it has must lie behind the reader's bytes.
  @inline(__always)
  fileprivate mutating func readDistance(_ token: UInt8) -> Int? {
    let bytes = unsafe Int(next.loadUnaligned(as: UInt16.self).littleEndian)
    let isFar = token >= 0xC0
    guard skip(isFar ? 2 : 1) else { return nil }
    return (isFar ? bytes : bytes & 0xFF | Int(token &>> 6) &<< 8) &+ 1
  }
}
