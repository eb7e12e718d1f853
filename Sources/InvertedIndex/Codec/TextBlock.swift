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
  /// - Precondition: `output` has room for `textByteCount` and ``slack`` bytes; `wanted` is at most `textByteCount`.
  static func decode(
    _ block: UnsafeRawBufferPointer, textByteCount: Int, upTo wanted: Int, into output: UnsafeMutableRawBufferPointer
  ) -> Int? {
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 256) { table in
      guard var decoding = unsafe Decoding(block, textByteCount: textByteCount, table: table) else { return nil }
      return unsafe decoding.go(on: block, upTo: wanted, table: table, into: output) ? decoding.byteCount : nil
    }
  }

  /// How far a block is decoded: whoever wants more of it goes on from there.
  struct Decoding {
    /// How many bytes of text there are so far.
    private(set) var byteCount = 0
    private let textByteCount: Int
    private let blockByteCount: Int
    // What is left of the block's parts, which lie in it one behind the other.
    private var tokens = 0..<0
    private var low = 0
    private var lowEnd = 0
    private var codes = 0..<0

    /// The beginning of a block, what each code stands for in `table`; nil when it is damaged.
    ///
    /// - Precondition: `table` has 256 elements.
    init?(_ block: UnsafeRawBufferPointer, textByteCount: Int, table: UnsafeMutableBufferPointer<UInt64>) {
      precondition(table.count == 256, "an element for each code")
      self.textByteCount = textByteCount
      blockByteCount = block.count
      guard block.count != textByteCount else { return }
      var reader = unsafe ByteReader(block)
      guard let table = table.baseAddress, unsafe readTable(&reader, into: table),
        let tokenByteCount = reader.readCount(), let lowCount = reader.readCount(),
        case let start = block.count - reader.remaining, tokenByteCount <= reader.remaining,
        lowCount <= reader.remaining - tokenByteCount, reader.remaining - tokenByteCount - lowCount >= max(lowCount, 1)
      else { return nil }
      tokens = start..<start + tokenByteCount
      low = tokens.upperBound
      lowEnd = low + lowCount
      codes = lowEnd..<block.count
    }

    /// Decodes on, at least up to byte `wanted` of the text; false for damage.
    ///
    /// A block that is decoded to its end has been checked to be used up.
    ///
    /// - Precondition: block and table are those of the beginning, and `output` has what was decoded and room for all the text
    ///   and ``slack`` bytes; `wanted` is at most the text's length.
    mutating func go(
      on block: UnsafeRawBufferPointer, upTo wanted: Int, table: UnsafeMutableBufferPointer<UInt64>,
      into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
      precondition(block.count == blockByteCount && output.count >= textByteCount + slack && wanted <= textByteCount)
      guard byteCount < wanted else { return true }
      guard let start = block.baseAddress, let target = output.baseAddress, let table = table.baseAddress
      else { return false }
      guard block.count != textByteCount else {
        unsafe target.copyMemory(from: start, byteCount: block.count)
        byteCount = textByteCount
        return true
      }
      return unsafe lowBits.withUnsafeBufferPointer { lowBits in
        guard let lowBits = lowBits.baseAddress else { return false }
        var decoder = unsafe TextBlockDecoder(
          table: table, lowBits: lowBits, tokens: ByteReader(UnsafeRawBufferPointer(rebasing: block[tokens])),
          low: start + low, lowEnd: start + lowEnd, code: start + codes.lowerBound,
          codeEnd: start + codes.upperBound, target: target, count: textByteCount, next: byteCount)
        guard decoder.decode(upTo: wanted) else { return false }
        byteCount = decoder.next
        tokens = tokens.upperBound - decoder.tokens.remaining..<tokens.upperBound
        low = unsafe decoder.low - start
        codes = unsafe decoder.code - start..<codes.upperBound
        return true
      }
    }
  }

  /// Reads the one-byte characters and the pages; false when they are damaged.
  private static func readTable(_ reader: inout ByteReader, into table: UnsafeMutablePointer<UInt64>) -> Bool {
    unsafe table.initialize(repeating: pageFlag, count: 256)
    guard let oneCount = reader.readCount(), oneCount <= 256 else { return false }
    var next: UInt32 = 0
    for index in 0..<oneCount {
      guard let step = reader.readVarint32(), step <= 0xFFFF, next &+ step <= 0xFFFF else { return false }
      let scalar = next &+ step
      unsafe table[index] = entry(scalar, byteCount: scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : 3)
      next &+= step &+ 1
    }
    guard let pageCount = reader.readCount(), pageCount <= 256 - oneCount else { return false }
    next = 0
    for index in oneCount..<oneCount + pageCount {
      guard let step = reader.readVarint32(), step <= 0x1100, next &+ step <= 0x1100 else { return false }
      let page = next &+ step
      let first = page == 0 ? 0 : (page &- 1) &<< 8
      let byteCount: UInt64 = page == 0 ? 1 : first < 0x800 ? 2 : first < 0x10000 ? 3 : 4
      unsafe table[index] = entry(first, byteCount: byteCount) | pageFlag | byteCount &<< (rowShift + 8)
      next = page &+ 1
    }
    return true
  }

  /// What a code stands for: UTF-8 of a scalar, first byte lowest (32 bits); its byte count (5); whether a low byte is added
  /// (3); and where in ``lowBits`` the row for it begins (16).
  private static func entry(_ scalar: UInt32, byteCount: UInt64) -> UInt64 {
    let s = UInt64(scalar)
    let utf8: UInt64
    switch byteCount {
    case 1: utf8 = s
    case 2: utf8 = 0x80C0 | s >> 6 | (s & 63) << 8
    case 3: utf8 = 0x8080E0 | s >> 12 | (s >> 6 & 63) << 8 | (s & 63) << 16
    default: utf8 = 0x8080_80F0 | s >> 18 | (s >> 12 & 63) << 8 | (s >> 6 & 63) << 16 | (s & 63) << 24
    }
    return utf8 | byteCount << 32
  }

  /// A code of a page, or of nothing.
  private static let pageFlag: UInt64 = 1 << 37
  fileprivate static let rowShift: UInt64 = 40

  /// What a low byte adds to the UTF-8 of its page's first character: rows of 256 for characters that take one byte in the
  /// block, to which nothing is added, and for pages whose characters have 1, 2, 3 and 4 bytes of UTF-8.
  private static let lowBits: [UInt32] = (0..<5).flatMap { byteCount in
    (0..<256).map { (low: UInt32) -> UInt32 in
      switch byteCount {
      case 0: 0
      case 1: low
      default: (low >> 6) << UInt32(8 * (byteCount - 2)) | (low & 63) << UInt32(8 * (byteCount - 1))
      }
    }
  }
}

/// A block's parts, and their decoding.
///
/// SAFETY: the parts lie in the block one behind the other: tokens, lows, codes, and there is a code. Where a token is read,
/// a byte more may be, which is one of the parts behind. `low` advances by at most one for each code, so that it stays inside
/// of lows and codes together. `next` stays at or below `count`, and a step writes at most ``TextBlock/slack`` bytes from
/// there on: a literal 4, a match what it has or 32; its distance and length are checked before. Where literals are decoded
/// that the token does not have, there are as many codes, and room for them in the text.
@safe private struct TextBlockDecoder {
  let table: UnsafeMutablePointer<UInt64>
  let lowBits: UnsafePointer<UInt32>
  var tokens: ByteReader
  var low: UnsafeRawPointer
  let lowEnd: UnsafeRawPointer
  var code: UnsafeRawPointer
  let codeEnd: UnsafeRawPointer
  let target: UnsafeMutableRawPointer
  let count: Int
  var next: Int

  /// Decodes at least up to byte `wanted` of the text; false for damage.
  mutating func decode(upTo wanted: Int) -> Bool {
    var decoder = self  // a copy that nobody else sees stays in registers
    guard decoder.run(upTo: wanted) else { return false }
    self = decoder
    return true
  }

  @inline(__always)
  private mutating func run(upTo wanted: Int) -> Bool {
    while next < wanted {
      guard let token = tokens.readByte() else {
        guard unsafe appendLiterals(codeEnd - code) else { return false }
        break
      }
      let run = Int(token & 7)
      if run < 7, unsafe codeEnd - code >= 6, count &- next >= 24 {
        // The processor cannot guess how many there are: four, or six, are decoded, and as many as there are stay.
        unsafe appendLiteral(code, if: 0 < run)
        unsafe appendLiteral(code + 1, if: 1 < run)
        unsafe appendLiteral(code + 2, if: 2 < run)
        unsafe appendLiteral(code + 3, if: 3 < run)
        if run > 4 {
          unsafe appendLiteral(code + 4, if: true)
          unsafe appendLiteral(code + 5, if: 5 < run)
        }
        unsafe code += run
      } else {
        var literalCount = run
        if run == 7 {
          guard let more = tokens.readVarint32() else { return false }
          literalCount &+= Int(more)
        }
        guard unsafe literalCount <= codeEnd - code, appendLiterals(literalCount) else { return false }
      }
      let lengthCode = Int(token &>> 3 & 7)
      var byteCount = 9 &+ 3 &* lengthCode
      if lengthCode == 7 {
        guard let number = tokens.readVarint32() else { return false }
        byteCount = Int(number)
      }
      guard let distance = tokens.readDistance(token), distance <= next, next <= count, byteCount <= count &- next
      else { return false }
      unsafe Self.copy(byteCount, from: distance, to: target + next)
      next &+= byteCount
    }
    guard next >= wanted, next <= count else { return false }
    guard next == count else { return true }
    return unsafe tokens.remaining == 0 && code == codeEnd && low == lowEnd
  }

  /// Decodes a code at the text's end; what is not to stay is written over.
  @inline(__always)
  private mutating func appendLiteral(_ code: UnsafeRawPointer, if stays: Bool) {
    let entry = unsafe table[Int(code.load(as: UInt8.self))]
    let row = Int(truncatingIfNeeded: entry &>> TextBlock.rowShift)
    let utf8 = unsafe UInt32(truncatingIfNeeded: entry) &+ lowBits[row &+ Int(low.load(as: UInt8.self))]
    unsafe (target + next).storeBytes(of: utf8.littleEndian, as: UInt32.self)
    let lengths = Int(truncatingIfNeeded: entry &>> 32 & 0xFF) & (stays ? -1 : 0)
    next &+= lengths & 31
    unsafe low += lengths &>> 5
  }

  /// Decodes `run` codes; false when they are more than the text has room for.
  @inline(__always)
  private mutating func appendLiterals(_ run: Int) -> Bool {
    var run = run
    while run > 0 {
      guard next < count else { return false }
      let step = min(run, (count &- next) &>> 2 &+ 1)  // so many have room, whatever they are
      run &-= step
      let end = unsafe code + step
      repeat {
        unsafe appendLiteral(code, if: true)
        unsafe code += 1
      } while unsafe code < end
    }
    return true
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
