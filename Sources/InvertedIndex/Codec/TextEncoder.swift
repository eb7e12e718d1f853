/// Makes blocks of text small: repetitions become references, the most frequent characters of the block one byte, others
/// two (see FORMAT.md).
///
/// An encoder is for one thread; all its memory is allocated once.
///
/// SAFETY: `codes` has an element for each 16 bits, `pageCodes` for each page of a scalar below 2²¹; `output` has room for two
/// bytes of each literal, of which there are at most ``blockByteCount``.
@safe final class TextEncoder {
  /// How many bytes of text a block has at the most.
  static let blockByteCount = 1 << 15

  private var matches = TextMatches()
  private let codes = UnsafeMutablePointer<UInt16>.allocate(capacity: 1 << 16)  // 2⁸ more where a low byte follows
  private let pageCodes = UnsafeMutablePointer<UInt16>.allocate(capacity: 0x2001)
  private let output = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * blockByteCount)
  private let chosenBits = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << 10)
  private let histogram = UnsafeMutablePointer<Int32>.allocate(capacity: 256)  // how many characters have a count
  private let rare = UnsafeMutablePointer<UInt16>.allocate(capacity: blockByteCount)
  private var chosen: [UInt32] = []
  private var pages: [UInt32] = []

  init() {
    unsafe pageCodes.initialize(repeating: 0, count: 0x2001)
    unsafe chosenBits.initialize(repeating: 0, count: 1 << 10)
    unsafe histogram.initialize(repeating: 0, count: 256)
  }

  deinit {
    matches.deallocate()
    unsafe codes.deallocate()
    unsafe pageCodes.deallocate()
    unsafe chosenBits.deallocate()
    unsafe histogram.deallocate()
    unsafe rare.deallocate()
    unsafe output.deallocate()
  }

  /// Appends the block of a text to `writer`; that of one which does not get smaller is the text.
  ///
  /// - Precondition: at most ``blockByteCount`` bytes, valid UTF-8.
  func encode(_ text: UnsafeRawBufferPointer, into writer: inout ByteWriter) {
    let start = writer.count
    var matches = self.matches
    unsafe matches.find(in: text)
    if choose(matches) {
      writer.append(rising: chosen)
      writer.append(rising: pages)
      append(matches, to: &writer)
      for page in pages { unsafe pageCodes[Int(page)] = 0 }
    }
    for index in 0..<matches.distinctCount { unsafe matches.counts[Int(matches.distinct[index])] = 0 }
    if writer.count == start || writer.count - start >= text.count {
      writer.removeLast(writer.count - start)
      unsafe writer.append(text)
    }
  }

  /// Chooses the characters of one byte and the pages of the others, and gives them codes; false when there is no room.
  private func choose(_ matches: TextMatches) -> Bool {
    var pages = self.pages
    pages.removeAll(keepingCapacity: true)
    unsafe histogram.update(repeating: 0, count: 256)
    for index in 0..<matches.distinctCount {
      let scalar = unsafe Int(matches.distinct[index])
      unsafe histogram[Int(min(matches.counts[scalar], 255))] += 1
      notePage(of: UInt32(scalar), in: &pages)
    }
    if matches.hasLargeLiterals { noteLargePages(matches, in: &pages) }
    for page in pages { unsafe pageCodes[Int(page)] = 0 }
    guard pages.count < 256 else { return false }
    let least = leastCount(room: 256 - pages.count)

    pages.removeAll(keepingCapacity: true)
    var rareCount = 0
    for index in 0..<matches.distinctCount {
      let scalar = unsafe matches.distinct[index]
      if unsafe matches.counts[Int(scalar)] >= least {
        unsafe chosenBits[Int(scalar &>> 6)] |= 1 &<< UInt64(scalar & 63)
      } else {
        notePage(of: UInt32(scalar), in: &pages)
        unsafe rare[rareCount] = scalar
        rareCount &+= 1
      }
    }
    if matches.hasLargeLiterals { noteLargePages(matches, in: &pages) }
    pages.sort()
    numberChosen()
    for (index, page) in pages.enumerated() {
      unsafe pageCodes[Int(page)] = UInt16(truncatingIfNeeded: 0x100 + chosen.count + index)
    }
    for index in 0..<rareCount {
      let scalar = unsafe rare[index]
      unsafe codes[Int(scalar)] = pageCodes[Int(TextBlock.page(of: UInt32(scalar)))]
    }
    self.pages = pages
    return true
  }

  /// Lists the characters of `chosenBits`, gives them codes in their order, and clears the bits.
  private func numberChosen() {
    var chosen = self.chosen
    chosen.removeAll(keepingCapacity: true)
    for index in 0..<1 << 10 {
      while unsafe chosenBits[index] != 0 {
        let bits = unsafe chosenBits[index]
        let scalar = index &<< 6 | bits.trailingZeroBitCount
        unsafe codes[scalar] = UInt16(truncatingIfNeeded: chosen.count)
        chosen.append(UInt32(scalar))
        unsafe chosenBits[index] = bits & (bits &- 1)
      }
    }
    self.chosen = chosen
  }

  @inline(__always)
  private func notePage(of scalar: UInt32, in pages: inout [UInt32]) {
    let page = TextBlock.page(of: scalar)
    guard unsafe pageCodes[Int(page)] == 0 else { return }
    unsafe pageCodes[Int(page)] = 1
    pages.append(page)
  }

  private func noteLargePages(_ matches: TextMatches, in pages: inout [UInt32]) {
    for index in 0..<matches.literalCount where unsafe matches.literals[index] > 0xFFFF {
      unsafe notePage(of: matches.literals[index], in: &pages)
    }
  }

  /// The smallest count, at least 2, that no more than `room` characters have or exceed.
  private func leastCount(room: Int) -> UInt16 {
    var left = room
    var least = 256
    while least > 2, unsafe histogram[least - 1] <= left {
      least -= 1
      left -= unsafe Int(histogram[least])
    }
    return UInt16(least)
  }

  /// Appends low bytes, codes and matches.
  private func append(_ matches: TextMatches, to writer: inout ByteWriter) {
    let (codes, pageCodes, lows) = unsafe (self.codes, self.pageCodes, output)
    let literalCount = matches.literalCount
    let codeBytes = unsafe lows + Self.blockByteCount
    var lowCount = 0
    for index in 0..<literalCount {
      let scalar = unsafe matches.literals[index]
      let code = unsafe scalar <= 0xFFFF ? codes[Int(scalar)] : pageCodes[Int(TextBlock.page(of: scalar))]
      unsafe codeBytes[index] = UInt8(truncatingIfNeeded: code)
      unsafe lows[lowCount] = UInt8(truncatingIfNeeded: scalar)
      lowCount &+= Int(code &>> 8)
    }
    writer.append(varint: UInt64(matches.tokenByteCount))
    writer.append(varint: UInt64(lowCount))
    unsafe writer.append(UnsafeRawBufferPointer(start: matches.tokens, count: matches.tokenByteCount))
    unsafe writer.append(UnsafeRawBufferPointer(start: lows, count: lowCount))
    unsafe writer.append(UnsafeRawBufferPointer(start: codeBytes, count: literalCount))
  }
}
