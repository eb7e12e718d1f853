/// Builds tokens from folded characters: runs into bigrams, letters and digits into words, the rest into gaps.
struct TokenAssembler {
  /// What the last character belongs to.
  enum Run: UInt8 {
    case none, han, hangul, letters, digits, compatibilityDigits
  }

  /// Where the tokens go.
  var output: TokenBuffer
  /// Whether a line has ended since the last visible character.
  private(set) var isAtLineStart = false

  private var run = Run.none
  private var position: UInt32
  // The last character of a Han or Hangul run, or the whole of a word.
  private var scalar: UInt32 = 0
  private var start: UInt32 = 0
  private var end: UInt32 = 0
  private var runHasBigrams = false
  private var wordOffset = 0
  // The gap being passed.
  private var isInGap = false
  private var gapEndsSentence = false
  private var gapEndsParagraph = false
  private var gapMayEndParagraph = false
  private var gapStart: UInt32 = 0
  private var gapEnd: UInt32 = 0
  // The last line end passed, and a paragraph end that waits for its character.
  private var lineEndStart: UInt32 = 0
  private var lineEndEnd: UInt32 = 0
  private var paragraphEndWaits = false
  /// Whether the line is a row of a table, so that a paragraph ends with it.
  private var isRow = false

  init(output: TokenBuffer) {
    self.output = output
    position = output.positionCount
  }

  /// Appends a character of a Han or Hangul run.
  @inline(__always)
  mutating func appendRunCharacter(_ folded: UInt32, kind: Run, start: Int, end: Int) {
    if run == kind && !paragraphEndWaits {
      let key = UInt64(scalar) << 21 | UInt64(folded)
      append(.bigram, key: key, at: position &- 1, start: self.start, end: UInt32(truncatingIfNeeded: end))
      output.length &+= 1
      runHasBigrams = true
    } else {
      beginRunCharacter(folded, kind: kind, end: end)
    }
    scalar = folded
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    position &+= 1
  }

  /// Goes on with the Han run whose last character ends at `offset`, through all ideographs of three bytes that follow, and
  /// returns where something else begins.
  ///
  /// It is ``appendRunCharacter(_:kind:start:end:)`` for each of them, with the run's state in registers and without asking
  /// for each token whether the array has room.
  @inline(never)
  mutating func appendIdeographs(
    of text: UnsafePointer<UInt8>, from offset: Int, count: Int, _ ideographs: UnsafeBufferPointer<UInt16>
  ) -> Int {
    var offset = offset
    if position <= output.firstKept {
      offset = unsafe passIdeographs(of: text, from: offset, count: count, ideographs)
    }
    let end =
      output.keepsRuns
      ? unsafe appendCharacters(of: text, from: offset, count: count, ideographs)
      : unsafe appendBigrams(of: text, from: offset, count: count, ideographs)
    let taken = UInt32(truncatingIfNeeded: (end - offset) / 3)
    guard taken > 0 else { return offset }
    start = UInt32(truncatingIfNeeded: end) &- 3
    self.end = UInt32(truncatingIfNeeded: end)
    position &+= taken
    output.length &+= taken
    runHasBigrams = true
    return end
  }

  /// Goes on with the run as ``appendIdeographs(of:from:count:_:)`` does, without keeping bigrams, as far as none has to be
  /// kept, and returns where it stopped.
  private mutating func passIdeographs(
    of text: UnsafePointer<UInt8>, from offset: Int, count: Int, _ ideographs: UnsafeBufferPointer<UInt16>
  ) -> Int {
    // The first of the bigrams begins at the position before this one.
    let limit = min(Int(output.firstKept &- position) + 1, (count - offset - 1) / 3)
    var taken = 0
    var last = UInt16(0)
    var next = offset
    // SAFETY: after each of the three bytes one more lies below `count`, so that four can be loaded.
    while taken < limit, case let ideograph = unsafe Self.ideograph(of: text, at: next, ideographs), ideograph != 0 {
      last = ideograph
      next &+= 3
      taken &+= 1
    }
    guard taken > 0 else { return offset }
    scalar = UInt32(last)
    start = UInt32(truncatingIfNeeded: next) &- 3
    end = UInt32(truncatingIfNeeded: next)
    position &+= UInt32(truncatingIfNeeded: taken)
    output.length &+= UInt32(truncatingIfNeeded: taken)
    runHasBigrams = true
    return next
  }

  /// The ideograph of three bytes at an offset, folded; 0 for anything else.
  ///
  /// Overlong forms (E0 80…9F) and surrogates (ED A0…BF) are something else too: as numbers they are below U+0800 and in
  /// U+D800…DFFF, where no ideograph is.
  ///
  /// SAFETY: four bytes can be loaded from the offset on, as the caller has checked; the table has an element for each 16 bits.
  @inline(__always)
  private static func ideograph(
    of text: UnsafePointer<UInt8>, at offset: Int, _ ideographs: UnsafeBufferPointer<UInt16>
  ) -> UInt16 {
    let word = unsafe UInt32(
      littleEndian: UnsafeRawPointer(text).loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    guard word & 0x00C0_C0F0 == 0x0080_80E0 else { return 0 }
    return unsafe ideographs[Int((word & 0x0F) << 12 | (word >> 2) & 0x0FC0 | (word >> 16) & 0x3F)]
  }

  /// Appends the bigrams of the ideographs from `offset` on as tokens.
  @inline(__always)
  private mutating func appendBigrams(
    of text: UnsafePointer<UInt8>, from offset: Int, count: Int, _ ideographs: UnsafeBufferPointer<UInt16>
  ) -> Int {
    let longestStep = 64
    var offset = offset
    var isFull = true
    var start = self.start
    var position = self.position &- 1
    while isFull {
      let room = min(longestStep, (count - offset - 1) / 3)
      guard room > 0 else { break }
      output.tokens.append(addingCapacity: room) { tokens in
        // SAFETY: at most `room` tokens are written, as many as there is room for. Each comes from three bytes, and after
        // those one more lies below `count`, so that four can be loaded.
        unsafe tokens.withUnsafeMutableBufferPointer { tokens, written in
          var first = scalar
          while written < room, case let second = unsafe Self.ideograph(of: text, at: offset, ideographs), second != 0 {
            let end = UInt32(truncatingIfNeeded: offset) &+ 3
            unsafe tokens.initializeElement(
              at: written,
              to: Token(
                kind: .bigram, key: UInt64(first) << 21 | UInt64(second), position: position, start: start, end: end))
            position &+= 1
            written &+= 1
            first = UInt32(second)
            start = end &- 3
            offset &+= 3
          }
          scalar = first
          isFull = written == room
        }
      }
    }
    return offset
  }

  /// Appends the ideographs from `offset` on as a run.
  @inline(__always)
  private mutating func appendCharacters(
    of text: UnsafePointer<UInt8>, from offset: Int, count: Int, _ ideographs: UnsafeBufferPointer<UInt16>
  ) -> Int {
    let longestStep = 64
    let runStart = output.characters.count
    var offset = offset
    output.characters.append(UInt16(truncatingIfNeeded: scalar))  // an ideograph of the same table
    var isFull = true
    while isFull {
      let room = min(longestStep, (count - offset - 1) / 3)
      guard room > 0 else { break }
      output.characters.append(addingCapacity: room) { characters in
        // SAFETY: as in ``appendBigrams(of:from:count:_:)``, with characters in place of tokens.
        unsafe characters.withUnsafeMutableBufferPointer { characters, written in
          while written < room, case let second = unsafe Self.ideograph(of: text, at: offset, ideographs), second != 0 {
            unsafe characters.initializeElement(at: written, to: second)
            written &+= 1
            offset &+= 3
          }
          isFull = written == room
        }
      }
    }
    let runEnd = output.characters.count
    guard runEnd - runStart > 1 else {
      output.characters.removeLast()
      return offset
    }
    scalar = UInt32(output.characters[runEnd - 1])
    output.runs.append(
      BigramRun(
        position: position &- 1, start: start, characters: runStart..<runEnd, tokenCount: output.tokens.count))
    return offset
  }

  @inline(never)
  private mutating func beginRunCharacter(_ folded: UInt32, kind: Run, end: Int) {
    if run == kind {  // a paragraph ends here without a gap: the run goes on
      let key = UInt64(scalar) << 21 | UInt64(folded)
      append(.bigram, key: key, at: position &- 1, start: start, end: UInt32(truncatingIfNeeded: end))
      output.length &+= 1
      runHasBigrams = true
    } else {
      closeRun()
      closeGap()
      run = kind
      runHasBigrams = false
    }
    appendWaitingParagraphEnd()
  }

  /// Appends a letter to the word, or begins one.
  mutating func appendLetter(_ folded: UInt32, start: Int, end: Int) {
    appendToWord(folded, kind: .letters, continues: run == .letters, start: start, end: end)
  }

  /// Appends a digit; one that came from a compatibility form begins a word of its own.
  mutating func appendDigit(_ folded: UInt32, start: Int, end: Int, isCompatibility: Bool) {
    let kind = isCompatibility ? Run.compatibilityDigits : .digits
    let continues = run == kind && (!isCompatibility || self.start == UInt32(truncatingIfNeeded: start))
    appendToWord(folded, kind: kind, continues: continues, start: start, end: end)
  }

  /// Appends a combining mark to its word; behind anything else it is nothing.
  mutating func appendMark(_ folded: UInt32, end: Int) {
    guard run == .letters || run == .digits || run == .compatibilityDigits else { return }
    appendToWord(folded, kind: run, continues: true, start: Int(start), end: end)
  }

  private mutating func appendToWord(_ folded: UInt32, kind: Run, continues: Bool, start: Int, end: Int) {
    let isFull = output.wordStorage.count - wordOffset > Tokenizer.longestWord - 4
    if !continues || isFull || paragraphEndWaits {
      closeRun()
      closeGap()
      appendWaitingParagraphEnd()
      run = kind
      wordOffset = output.wordStorage.count
      self.start = UInt32(truncatingIfNeeded: start)
      position &+= 1
    }
    self.end = UInt32(truncatingIfNeeded: end)
    if folded < 0x80 {
      output.wordStorage.append(UInt8(truncatingIfNeeded: folded))
    } else if let scalar = Unicode.Scalar(folded) {
      output.wordStorage.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  /// Passes white space: it ends a word or a Hangul run and does nothing to a Han run.
  mutating func appendWhiteSpace() {
    if run != .han { closeRun() }
  }

  /// Passes a line end.
  mutating func appendLineEnd(start: Int, end: Int) {
    appendWhiteSpace()
    if !isAtLineStart { lineEndStart = UInt32(truncatingIfNeeded: start) }
    lineEndEnd = UInt32(truncatingIfNeeded: end)
    isAtLineStart = true
    if isInGap && (gapMayEndParagraph || isRow) { gapEndsParagraph = true }
    if isRow && !isInGap { paragraphEndWaits = true }
    isRow = false
  }

  /// Tells that the line is a row of a table.
  mutating func markRow() { isRow = true }

  /// Tells that the first visible character of a line follows, and whether a numbering or a heading begins there.
  mutating func beginLine(startsBlock: Bool) {
    isAtLineStart = false
    guard startsBlock && position > 0 else { return }
    if isInGap { gapEndsParagraph = true } else { paragraphEndWaits = true }
  }

  /// Passes punctuation, a symbol, or anything else that is no character of a term.
  mutating func appendGap(endsSentence: Bool, closesBracket: Bool, start: Int, end: Int) {
    if !isInGap {
      closeRun()
      isInGap = true
      gapEndsSentence = false
      gapEndsParagraph = paragraphEndWaits
      paragraphEndWaits = false
      gapStart = UInt32(truncatingIfNeeded: start)
      position &+= 1
    }
    if endsSentence { gapEndsSentence = true }
    gapMayEndParagraph = closesBracket || gapEndsSentence
    gapEnd = UInt32(truncatingIfNeeded: end)
  }

  /// Ends the last run and the last gap.
  mutating func finish() {
    closeRun()
    closeGap()
    output.positionCount = position
  }

  private mutating func closeRun() {
    switch run {
    case .none: return
    case .han, .hangul:
      let kind = runHasBigrams ? Token.Kind.runEnd : .single
      let second = runHasBigrams ? CharacterKey.runEndMark : 0
      append(kind, key: UInt64(scalar) << 21 | second, at: position &- 1, start: start, end: end)
      if kind == .single { output.length &+= 1 }
    case .letters, .digits, .compatibilityDigits:
      let byteCount = output.wordStorage.count - wordOffset
      append(.word, key: UInt64(wordOffset) << 16 | UInt64(byteCount), at: position &- 1, start: start, end: end)
      output.length &+= 1
    }
    run = .none
  }

  private mutating func closeGap() {
    guard isInGap else { return }
    isInGap = false
    if gapEndsSentence {
      append(.sentenceEnd, key: CharacterKey.sentenceEnd.rawValue, at: position &- 1, start: gapStart, end: gapEnd)
    }
    if gapEndsParagraph {
      append(.paragraphEnd, key: CharacterKey.paragraphEnd.rawValue, at: position &- 1, start: gapStart, end: gapEnd)
    }
  }

  private mutating func appendWaitingParagraphEnd() {
    guard paragraphEndWaits else { return }
    paragraphEndWaits = false
    append(
      .paragraphEnd, key: CharacterKey.paragraphEnd.rawValue, at: position, start: lineEndStart, end: lineEndEnd)
  }

  @inline(__always)
  private mutating func append(_ kind: Token.Kind, key: UInt64, at position: UInt32, start: UInt32, end: UInt32) {
    output.tokens.append(Token(kind: kind, key: key, position: position, start: start, end: end))
  }
}
