import CJKTokenizer

/// The tokens of a text, with what a test needs to read them.
struct Analysis {
  let buffer: TokenBuffer

  init(_ text: String, tabRule: Tokenizer.TabRule = .whiteSpace) { self.init(Array(text.utf8), tabRule: tabRule) }

  init(_ bytes: [UInt8], tabRule: Tokenizer.TabRule = .whiteSpace) {
    var buffer = TokenBuffer()
    Tokenizer(tabRule: tabRule).tokenize(bytes.span, into: &buffer)
    self.buffer = buffer
  }

  /// `term@position` of each token; a run's last character with `·`, one alone with `!`, ends of sentence `。`, paragraph `¶`.
  var terms: String {
    buffer.tokens.map { token in
      switch token.kind {
      case .bigram, .word: "\(buffer.term(of: token))@\(token.position)"
      case .runEnd: "\(buffer.term(of: token))·@\(token.position)"
      case .single: "\(buffer.term(of: token))!@\(token.position)"
      case .sentenceEnd: "。@\(token.position)"
      case .paragraphEnd: "¶@\(token.position)"
      }
    }.joined(separator: " ")
  }

  /// Terms and positions alone, to compare two texts by.
  var termsAndPositions: [String] { buffer.tokens.map { "\($0.kind) \(buffer.term(of: $0)) \($0.position)" } }
}

/// A seeded generator (SplitMix64), so that a failing case can be named.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
