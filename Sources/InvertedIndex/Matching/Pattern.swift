import CJKTokenizer

/// Where a pattern is looked for.
enum StreamScope: Hashable, Sendable {
  /// Title and text.
  case body
  /// The title alone.
  case title
  /// The text alone.
  case text
  /// A field by its name.
  case field(String)

  /// Whether it is only a part of a stream, so that where a term stands decides whether it counts.
  var isPart: Bool { self == .title || self == .text }
}

/// What documents are matched against: one term, all terms that begin with a character, a phrase of such, or several phrases
/// together.
struct Pattern: Hashable, Sendable {
  /// One part of a pattern.
  struct Element: Hashable, Sendable {
    /// What stands there.
    enum Kind: Hashable, Sendable {
      /// A bigram, or a run of one character and nothing else, by its ``CharacterKey`` raw value.
      case bigram(UInt64)
      /// Any term that begins with the character.
      case character(UInt32)
      /// A word, by its folded UTF-8.
      case word([UInt8])
      /// Any word that begins so, by its folded UTF-8.
      case beginning([UInt8])

      /// Whether it is one term.
      var isTerm: Bool {
        switch self {
        case .bigram, .word: true
        case .character, .beginning: false
        }
      }
    }

    /// Counted from the pattern's first position.
    let offset: UInt32
    /// What stands there.
    let kind: Kind

    /// Whether it is one term: a bigram or a word.
    var isTerm: Bool { kind.isTerm }

    /// How many positions it takes.
    var width: UInt32 { if case .bigram(let key) = kind, key & CharacterKey.runEndMark != 0 { 2 } else { 1 } }
  }

  /// A longer word that a bigram stands inside of: 人民政府 for 民政, or 邮政法 for 政法.
  struct Host: Hashable, Sendable {
    /// The character before the bigram.
    let before: UInt32
    /// The character behind it; nil where the bigram ends the word.
    let after: UInt32?
  }

  /// The parts in the order of their offsets; at least one, but for a group.
  let elements: [Element]
  /// The offsets at which the text must have a gap.
  let gaps: [UInt32]
  /// Where to look.
  let scope: StreamScope
  /// The phrases that stand for the elements.
  let group: PhraseGroup?
  /// Where a bigram does not count.
  let hosts: [Host]

  /// A phrase, or a group that has no elements.
  init(
    elements: [Element], gaps: [UInt32], scope: StreamScope, group: PhraseGroup? = nil, hosts: [Host] = []
  ) {
    precondition(elements.isEmpty == (group != nil), "a phrase or a group")
    self.hosts = hosts
    self.elements = elements
    self.gaps = gaps
    self.scope = scope
    self.group = group
  }

  /// Whether its places follow from the positions of terms alone: it has no lone characters and no punctuation.
  var isFoundByTerms: Bool { group == nil && gaps.isEmpty && elements.allSatisfy(\.isTerm) }

  /// Whether a word follows on an element without a gap.
  func isBeforeWord(_ place: Int) -> Bool {
    guard place + 1 < elements.count, elements[place + 1].offset == elements[place].offset + 1 else { return false }
    switch elements[place + 1].kind {
    case .word, .beginning: return true
    case .bigram, .character: return false
    }
  }

  /// How many positions the pattern takes.
  var width: UInt32 { elements.last.map { $0.offset + $0.width } ?? 0 }
}

extension Pattern {
  /// The phrase that `text` is, or nil when it folds to nothing; gaps at its ends do not count.
  static func phrase(_ text: String, scope: StreamScope) -> Pattern? {
    var buffer = TokenBuffer()
    Tokenizer().tokenize(text, into: &buffer)
    return phrase(of: buffer.tokens[...], in: buffer, scope: scope)
  }

  /// The phrase of some tokens of a buffer.
  static func phrase(of tokens: ArraySlice<Token>, in buffer: TokenBuffer, scope: StreamScope) -> Pattern? {
    var elements: [Element] = []
    var gaps: [UInt32] = []
    var next: UInt32?  // the position after the last one taken
    guard let first = tokens.first(where: { $0.kind.takesPosition })?.position else { return nil }
    for token in tokens where token.kind.takesPosition {
      for position in (next ?? token.position)..<max(token.position, next ?? 0) { gaps.append(position - first) }
      let kind: Element.Kind
      switch token.kind {
      case .word: kind = .word(Array(buffer.wordBytes(of: token)))
      case .single: kind = .character(UInt32(truncatingIfNeeded: token.key >> 21))
      default: kind = .bigram(token.key)
      }
      let element = Element(offset: token.position - first, kind: kind)
      elements.append(element)
      next = max(next ?? 0, token.position + element.width)
    }
    return Pattern(elements: elements, gaps: gaps, scope: scope)
  }

  /// The phrase that `text` is, whose last word, where it ends in one, may go on.
  static func beginning(_ text: String, scope: StreamScope) -> Pattern? {
    guard let whole = phrase(text, scope: scope), let last = whole.elements.last else { return nil }
    guard case .word(let bytes) = last.kind else { return whole }
    let element = Element(offset: last.offset, kind: .beginning(bytes))
    return Pattern(elements: whole.elements.dropLast() + [element], gaps: whole.gaps, scope: scope)
  }
}
