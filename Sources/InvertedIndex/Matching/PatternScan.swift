import CJKTokenizer

/// Finds a pattern in one tokenized text, position by position.
struct PatternScan {
  private let buffer: TokenBuffer
  private let base: UInt32  // the first token's position
  private var isTaken: [Bool]

  /// A scan of the buffer's tokens.
  ///
  /// - Parameter knowsGaps: false where no pattern has a gap, and nobody asks ``isTaken(_:)``.
  init(_ buffer: TokenBuffer, knowsGaps: Bool = true) {
    self.buffer = buffer
    base = buffer.tokens.first?.position ?? 0
    guard knowsGaps else {
      isTaken = []
      return
    }
    isTaken = [Bool](repeating: false, count: Int(buffer.positionCount - base) + 1)
    for token in buffer.tokens where token.kind.takesPosition {
      isTaken[Int(token.position - base)] = true
      if token.kind == .bigram { isTaken[Int(token.position - base) + 1] = true }
    }
  }

  /// Whether a character or a word stands at the position; where none does there is a gap.
  func isTaken(_ position: UInt32) -> Bool {
    position >= base && Int(position - base) < isTaken.count && isTaken[Int(position - base)]
  }

  /// The positions at which the pattern begins, rising.
  func starts(of pattern: Pattern) -> [UInt32] {
    var starts: [UInt32] = []
    let first = pattern.elements[0].kind
    for (place, token) in buffer.tokens.enumerated() {
      switch first {  // most tokens are something else
      case .bigram(let key) where token.key != key: continue
      case .character(let scalar) where token.key >> 21 != UInt64(scalar): continue
      case .word where token.kind != .word, .beginning where token.kind != .word: continue
      default: if end(of: pattern, at: place) != nil { starts.append(token.position) }
      }
    }
    return starts
  }

  /// One past the last byte of a pattern whose first element is the token at `place`; nil when it does not match there.
  func end(of pattern: Pattern, at place: Int) -> Int? {
    let tokens = buffer.tokens
    let first = tokens[place].position
    guard matches(pattern.elements[0].kind, tokens[place]),
      pattern.gaps.allSatisfy({ !isTaken(first + $0) }),
      pattern.hosts.isEmpty || !tokens.stands(inside: pattern.hosts, at: place)
    else { return nil }
    var next = place
    var end = 0
    for element in pattern.elements {
      let position = first + element.offset
      while next < tokens.count, tokens[next].position < position { next += 1 }
      var candidate = next
      while candidate < tokens.count, tokens[candidate].position == position,
        !matches(element.kind, tokens[candidate])
      {
        candidate += 1
      }
      guard candidate < tokens.count, tokens[candidate].position == position else { return nil }
      end = endOfMatch(element.kind, at: candidate)
    }
    return end
  }

  private func matches(_ kind: Pattern.Element.Kind, _ token: Token) -> Bool {
    switch kind {
    case .bigram(let key): token.kind != .word && token.key == key
    case .character(let scalar): token.kind.isOfRun && token.key >> 21 == UInt64(scalar)
    case .word(let bytes): token.kind == .word && buffer.wordBytes(of: token).elementsEqual(bytes)
    case .beginning(let bytes): token.kind == .word && buffer.wordBytes(of: token).starts(with: bytes)
    }
  }

  private func endOfMatch(_ kind: Pattern.Element.Kind, at place: Int) -> Int {
    if case .character = kind { endOfFirstCharacter(at: place) } else { Int(buffer.tokens[place].end) }
  }

  /// The last byte, plus one, of the first characters of some tokens; 0 where there are none.
  func endOfFirstCharacters(at places: Range<Int>) -> Int {
    let tokens = buffer.tokens
    var end: UInt32 = 0
    for place in places {
      let token = tokens[place]
      if token.end <= end { continue }
      // Nearly always the next token is the one that decides.
      if token.kind == .bigram, place + 1 < tokens.count, case let next = tokens[place + 1],
        next.position == token.position + 1, next.kind.isOfRun, next.start > token.start
      {
        end = max(end, min(next.start, token.end))
      } else {
        end = max(end, UInt32(endOfFirstCharacter(at: place)))
      }
    }
    return Int(end)
  }

  /// Where the first character of a token ends: that of a bigram where the second one begins, unless both came from one
  /// scalar.
  func endOfFirstCharacter(at place: Int) -> Int {
    let token = buffer.tokens[place]
    guard token.kind == .bigram,
      let next = buffer.tokens[place...].first(where: { $0.position == token.position + 1 && $0.kind.isOfRun }),
      next.start > token.start
    else { return Int(token.end) }
    return Int(min(next.start, token.end))
  }
}

extension Token.Kind {
  /// Whether the token is of a run of Han, kana or Hangul.
  var isOfRun: Bool { self == .bigram || self == .runEnd || self == .single }
}

extension SegmentReader {
  /// The tokens of a stored document's stream, made once more.
  func tokens(ofDocument number: UInt32, scope: StreamScope) throws(IndexError) -> TokenBuffer {
    let document = try documents.document(number)
    var buffer = TokenBuffer()
    if case .field(let name) = scope {
      if let field = document.fields.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        DocumentStreams.tokenize(field.value, into: &buffer)
      }
    } else {
      var text = document.text
      text.makeContiguousUTF8()
      _ = DocumentStreams.tokenizeBody(
        title: document.title, text: text.utf8Span.span, tabsSeparateCells: document.tabsSeparateCells, into: &buffer)
    }
    return buffer
  }
}
