/// One walk over one text: folds scalar by scalar and feeds the ``TokenAssembler``.
///
/// SAFETY: `text` is valid for `count` bytes while the pass runs; every read is below `count`, checked by the loop or by
/// ``UTF8Decoder``.
@safe struct TokenizerPass {
  private let text: UnsafePointer<UInt8>
  private let count: Int
  private let table = FoldTable.shared
  private let tabIsGap: Bool
  private var assembler: TokenAssembler

  init(text: UnsafePointer<UInt8>, count: Int, tabRule: Tokenizer.TabRule, buffer: TokenBuffer) {
    unsafe self.text = text
    self.count = count
    tabIsGap = tabRule == .cellBorder
    assembler = TokenAssembler(output: buffer)
  }

  /// The buffer with the tokens of all that was walked.
  var output: TokenBuffer { assembler.output }

  /// Walks the whole text.
  mutating func run() {
    // SAFETY: the tables have 65,536 elements, as many as a UInt16 has values.
    unsafe table.basicIdeographs.withUnsafeBufferPointer { ideographs in
      unsafe table.basicSteps.withUnsafeBufferPointer { steps in
        unsafe table.basicExtends.withUnsafeBufferPointer { extends in
          unsafe run(ideographs, steps, extends)
        }
      }
    }
    assembler.finish()
  }

  @inline(__always)
  private mutating func run(
    _ ideographs: UnsafeBufferPointer<UInt16>, _ steps: UnsafeBufferPointer<UInt8>,
    _ extends: UnsafeBufferPointer<Bool>
  ) {
    var offset = 0
    while offset < count {
      let next = unsafe UTF8Decoder.decode(text, count: count, at: offset)
      let end = offset + next.byteCount
      if next.scalar <= 0xFFFF {
        if case let folded = unsafe ideographs[Int(next.scalar)], folded != 0 {
          beginBlockIfNeeded(at: offset)
          assembler.appendRunCharacter(UInt32(folded), kind: .han, start: offset, end: end)
          offset = unsafe assembler.appendIdeographs(of: text, from: end, count: count, ideographs)
          continue
        }
        if unsafe !isExtended(at: end, extends),
          let step = unsafe FoldTable.Step(rawValue: steps[Int(next.scalar)]), step != .other
        {
          if next.isMalformed { assembler.output.malformedCount += 1 }
          append(next.scalar, as: step, start: offset, end: end)
          offset = end
          continue
        }
      }
      if next.isMalformed { assembler.output.malformedCount += 1 }
      offset = appendCluster(next.scalar, start: offset, end: end)
    }
  }

  /// Whether a scalar that may belong to the character before it begins at `offset`.
  @inline(__always)
  private func isExtended(at offset: Int, _ extends: UnsafeBufferPointer<Bool>) -> Bool {
    if unsafe offset >= count || text[offset] < 0x80 { return false }  // an ASCII byte extends nothing
    let follower = unsafe UTF8Decoder.decode(text, count: count, at: offset).scalar
    return unsafe follower <= 0xFFFF ? extends[Int(follower)] : table.extends(follower)
  }

  /// Appends a scalar that stands alone.
  @inline(__always)
  private mutating func append(_ scalar: UInt32, as step: FoldTable.Step, start: Int, end: Int) {
    switch step {
    case .whiteSpace:
      assembler.appendWhiteSpace()
      return
    case .lineEnd:
      assembler.appendLineEnd(start: start, end: end)
      return
    default: beginBlockIfNeeded(at: start)
    }
    switch step {
    case .gap: assembler.appendGap(endsSentence: false, closesBracket: false, start: start, end: end)
    case .closingBracket: assembler.appendGap(endsSentence: false, closesBracket: true, start: start, end: end)
    case .sentenceEnd: assembler.appendGap(endsSentence: true, closesBracket: false, start: start, end: end)
    case .run: assembler.appendRunCharacter(fold(scalar), kind: .han, start: start, end: end)
    case .hangul: assembler.appendRunCharacter(fold(scalar), kind: .hangul, start: start, end: end)
    case .letter: assembler.appendLetter(fold(scalar), start: start, end: end)
    case .digit: assembler.appendDigit(fold(scalar), start: start, end: end, isCompatibility: false)
    case .whiteSpace, .lineEnd, .other: break
    }
  }

  private func fold(_ scalar: UInt32) -> UInt32 { UInt32(table.basicFolds[Int(scalar)]) }

  /// Appends the character at `start` with the marks behind it, and returns where the next one begins.
  private mutating func appendCluster(_ scalar: UInt32, start: Int, end: Int) -> Int {
    guard end < count, case let follower = unsafe UTF8Decoder.decode(text, count: count, at: end),
      table.extends(follower.scalar)
    else {
      appendFolds(of: scalar, start: start, end: end)
      return end
    }
    return appendMarkedCluster(scalar, start: start, end: end)
  }

  private mutating func appendMarkedCluster(_ scalar: UInt32, start: Int, end: Int) -> Int {
    let longestCluster = 64  // a text of marks alone stays linear
    var scalars = [scalar]
    var offset = end
    var lastEnd = end  // behind the last scalar that does not vanish
    var visible = table.fold(scalar).isEmpty ? 0 : 1
    while offset < count && scalars.count < longestCluster {
      let next = unsafe UTF8Decoder.decode(text, count: count, at: offset)
      guard table.extends(next.scalar) else { break }
      offset += next.byteCount
      guard !table.fold(next.scalar).isEmpty else { continue }
      scalars.append(next.scalar)
      lastEnd = offset
      visible += 1
    }
    if visible < 2 || scalars.count == 1 {
      for scalar in scalars { appendFolds(of: scalar, start: start, end: lastEnd) }
    } else {
      for folded in ClusterFolder.fold(scalars, with: table) {
        append(folded, from: folded, start: start, end: lastEnd)
      }
    }
    return offset
  }

  private mutating func appendFolds(of scalar: UInt32, start: Int, end: Int) {
    if scalar == 0x09 && tabIsGap {
      assembler.appendGap(endsSentence: false, closesBracket: false, start: start, end: end)
      assembler.markRow()
      return
    }
    if UnicodeLineEnd.contains(scalar) {
      assembler.appendLineEnd(start: start, end: end)
      return
    }
    if scalar <= 0xFFFF, case let folded = table.basicFolds[Int(scalar)], folded != 0 || scalar == 0 {
      append(UInt32(folded), from: scalar, start: start, end: end)
      return
    }
    for folded in table.fold(scalar) {
      append(folded, from: scalar, start: start, end: end)
    }
  }

  /// Appends one folded scalar that came from `original`.
  private mutating func append(_ folded: UInt32, from original: UInt32, start: Int, end: Int) {
    let kind = table.scalarClass(folded)
    if kind != .whiteSpace { beginBlockIfNeeded(at: start) }
    switch kind {
    case .run: assembler.appendRunCharacter(folded, kind: .han, start: start, end: end)
    case .hangul: assembler.appendRunCharacter(folded, kind: .hangul, start: start, end: end)
    case .letter: assembler.appendLetter(folded, start: start, end: end)
    case .digit:
      let isCompatibility = original > 0x7F && table.isCompatibilityDigit(original)
      assembler.appendDigit(folded, start: start, end: end, isCompatibility: isCompatibility)
    case .mark: assembler.appendMark(folded, end: end)
    case .whiteSpace: assembler.appendWhiteSpace()
    case .sentenceEnd:
      assembler.appendGap(endsSentence: true, closesBracket: false, start: start, end: end)
    case .gap:
      let closes = BlockStart.closesBracket(folded)
      assembler.appendGap(endsSentence: false, closesBracket: closes, start: start, end: end)
    }
  }

  /// At the first visible character of a line: tells the assembler when a numbering or a heading begins here.
  @inline(__always)
  private mutating func beginBlockIfNeeded(at offset: Int) {
    guard assembler.isAtLineStart else { return }
    assembler.beginLine(startsBlock: unsafe BlockStart.begins(text, count: count, at: offset))
    if tabIsGap, unsafe text[offset] == UInt8(ascii: "|") { assembler.markRow() }
  }
}
