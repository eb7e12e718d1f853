/// Divides a block's text into literals and matches.
///
/// Matches are looked for by a hash of what begins at each character, the last place of each hash being the only one that is
/// tried; a match that is found is taken.
///
/// SAFETY: positions stay below the text's byte count, at most ``TextEncoder/blockByteCount``, and `text` has `padding` bytes
/// more, so that loads of 9 bytes and steps of one character end inside. Each literal takes a byte of the text or more, each
/// match 5 or more, and at most 11 of `tokens`. `places` has an element for each hash, `counts` for each 16 bits.
@safe struct TextMatches {
  private static let padding = 16
  private static let hashBits: UInt64 = 13

  private let text = UnsafeMutableRawPointer.allocate(byteCount: TextEncoder.blockByteCount + padding, alignment: 16)
  private let places = UnsafeMutablePointer<UInt16>.allocate(capacity: 1 << Int(hashBits))
  /// The characters that no match covers, in their order.
  let literals = UnsafeMutablePointer<UInt32>.allocate(capacity: TextEncoder.blockByteCount + padding)
  private(set) var literalCount = 0
  /// How often each character below 2¹⁶ is a literal; the next ``find(in:)`` expects zeros.
  let counts = UnsafeMutablePointer<UInt16>.allocate(capacity: 1 << 16)
  /// Those characters, each once.
  let distinct = UnsafeMutablePointer<UInt16>.allocate(capacity: TextEncoder.blockByteCount + padding)
  private(set) var distinctCount = 0
  /// Whether a literal is 2¹⁶ or more.
  private(set) var hasLargeLiterals = false
  /// What the block says of its matches.
  let tokens = UnsafeMutablePointer<UInt8>.allocate(capacity: 11 * (TextEncoder.blockByteCount / 5 + 1))
  private(set) var tokenByteCount = 0

  /// Allocates its memory, which ``deallocate()`` frees.
  init() { unsafe counts.initialize(repeating: 0, count: 1 << 16) }

  func deallocate() {
    unsafe text.deallocate()
    unsafe places.deallocate()
    unsafe literals.deallocate()
    unsafe counts.deallocate()
    unsafe distinct.deallocate()
    unsafe tokens.deallocate()
  }

  /// Finds the matches of a text and counts its literals.
  mutating func find(in source: UnsafeRawBufferPointer) {
    var matches = self  // a local one: its counters stay in registers
    unsafe matches.fill(from: source)
    self = matches
  }

  @inline(__always)
  private mutating func fill(from source: UnsafeRawBufferPointer) {
    let count = source.count
    precondition(count <= TextEncoder.blockByteCount, "a block's text")
    if let base = source.baseAddress { unsafe text.copyMemory(from: base, byteCount: count) }
    unsafe (text + count).initializeMemory(as: UInt8.self, repeating: 0, count: Self.padding)
    unsafe places.initialize(repeating: 0, count: 1 << Int(Self.hashBits))
    (literalCount, distinctCount, tokenByteCount, hasLargeLiterals) = (0, 0, 0, false)
    var position = count > 0 ? appendLiteral(word(at: 0)) : 0
    var runStart = 0
    let lastStart = count - 12
    while position <= lastStart {
      let word = word(at: position)
      let isLong = Self.isLong(word)
      let hash = isLong ? Self.longHash(word) : Self.shortHash(word)
      let other = unsafe Int(places[hash])
      unsafe places[hash] = UInt16(truncatingIfNeeded: position)
      let difference = self.word(at: other) ^ word
      if isLong ? difference != 0 : difference &<< 24 != 0 {
        if isLong {
          appendLong(word)
          position &+= 3
        } else {
          position &+= appendLiteral(word)
        }
        continue
      }
      let byteCount = matchByteCount(position, other, difference, count: count)
      guard byteCount >= (isLong ? 9 : 5) else {
        position &+= appendLiteral(word)
        continue
      }
      appendMatch(run: literalCount &- runStart, byteCount: byteCount, distance: position &- other)
      runStart = literalCount
      insert(position &+ 3)
      position &+= byteCount
      insert(position &- 6)
      insert(position &- 3)
    }
    while position < count { position &+= appendLiteral(word(at: position)) }
  }

  @inline(__always)
  private func word(at position: Int) -> UInt64 {
    unsafe text.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
  }

  /// Whether a word begins with a character of three bytes.
  @inline(__always)
  private static func isLong(_ word: UInt64) -> Bool { word & 0xF0 == 0xE0 }

  /// The hash of three characters of three bytes, but for the last one's lowest six bits.
  @inline(__always)
  private static func longHash(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> (64 &- hashBits))
  }

  /// The hash of five bytes.
  @inline(__always)
  private static func shortHash(_ word: UInt64) -> Int { longHash(word &<< 24) }

  /// Notes a place where a character may begin; few of a match's are worth it.
  @inline(__always)
  private func insert(_ position: Int) {
    let word = word(at: position)
    if Self.isLong(word) { unsafe places[Self.longHash(word)] = UInt16(truncatingIfNeeded: position) }
  }

  /// How many bytes are equal at two places, cut to whole characters.
  @inline(__always)
  private func matchByteCount(_ position: Int, _ other: Int, _ firstDifference: UInt64, count: Int) -> Int {
    var byteCount = 0
    var difference = firstDifference
    while difference == 0, position &+ byteCount < count {
      byteCount &+= 8
      difference = word(at: position &+ byteCount) ^ word(at: other &+ byteCount)
    }
    byteCount = min(byteCount &+ difference.trailingZeroBitCount &>> 3, count &- position)
    // The byte behind the match and the three before: those of 10xxxxxx from the last one on go.
    let last = unsafe text.loadUnaligned(fromByteOffset: position &+ byteCount &- 3, as: UInt32.self).littleEndian
    return byteCount &- ((last & 0xC0C0_C0C0) ^ 0x8080_8080).leadingZeroBitCount &>> 3
  }

  /// Notes the character that a word begins with as a literal, and returns its byte count.
  @inline(__always)
  private mutating func appendLiteral(_ word: UInt64) -> Int {
    let bits = UInt32(truncatingIfNeeded: word)
    if Self.isLong(word) {
      appendLong(word)
      return 3
    }
    if bits & 0x80 == 0 {
      append(scalar: bits & 0x7F)
      return 1
    }
    if bits & 0xE0 == 0xC0 {
      append(scalar: (bits & 0x1F) << 6 | (bits >> 8) & 0x3F)
      return 2
    }
    hasLargeLiterals = true
    let upper = (bits & 7) << 18 | (bits << 4) & 0x3F000
    unsafe literals[literalCount] = upper | (bits >> 10) & 0xFC0 | (bits >> 24) & 0x3F
    literalCount &+= 1
    return 4
  }

  @inline(__always)
  private mutating func appendLong(_ word: UInt64) {
    let bits = UInt32(truncatingIfNeeded: word)
    append(scalar: (bits & 15) << 12 | (bits >> 2) & 0xFC0 | (bits >> 16) & 0x3F)
  }

  @inline(__always)
  private mutating func append(scalar: UInt32) {
    unsafe literals[literalCount] = scalar
    literalCount &+= 1
    let count = unsafe counts[Int(scalar)]
    unsafe counts[Int(scalar)] = count &+ 1
    unsafe distinct[distinctCount] = UInt16(truncatingIfNeeded: scalar)
    distinctCount &+= count == 0 ? 1 : 0
  }

  @inline(__always)
  private mutating func appendMatch(run: Int, byteCount: Int, distance: Int) {
    let lengthCode = TextBlock.lengthCode(of: byteCount)
    let isNear = distance <= TextBlock.nearDistance
    let distanceCode = isNear ? (distance &- 1) &>> 8 : 3
    append(min(run, 7) | lengthCode &<< 3 | distanceCode &<< 6)
    if run >= 7 { append(varint: run &- 7) }
    if lengthCode == 7 { append(varint: byteCount) }
    append(distance &- 1)
    append((distance &- 1) &>> 8)
    tokenByteCount &-= isNear ? 1 : 0
  }

  @inline(__always)
  private mutating func append(_ byte: Int) {
    unsafe tokens[tokenByteCount] = UInt8(truncatingIfNeeded: byte)
    tokenByteCount &+= 1
  }

  @inline(__always)
  private mutating func append(varint number: Int) {
    var rest = number
    while rest >= 0x80 {
      append(rest | 0x80)
      rest &>>= 7
    }
    append(rest)
  }
}
