import CJKTokenizer

/// A stretch of text that ends are marked of.
enum TextUnit: String, Sendable {
  case sentence
  case paragraph
}

/// Phrases that are looked for together and count as one pattern.
struct PhraseGroup: Hashable, Sendable {
  /// What makes their places count.
  enum Bond: Hashable, Sendable {
    /// Each stands before or behind the next one, with at most so many positions between the two.
    ///
    /// A position is a character, a word or a gap; what overlaps is not near. The frequency is how many places the member has
    /// that has fewest, of those that belong to a chain through all members.
    case near([UInt32])
    /// All stand in one sentence or paragraph, wholly.
    ///
    /// The frequency is how many places the member has that has fewest, of those in such sentences or paragraphs.
    case within(TextUnit)
    /// Any of them stands there; the frequency is the sum of theirs, without those of `except`, each of which contains a
    /// place of just one member.
    case any(except: [Pattern])
  }

  /// What makes their places count.
  let bond: Bond
  /// The phrases; no groups.
  let members: [Pattern]
}

extension Pattern {
  /// The pattern of phrases that are looked for together.
  init(_ group: PhraseGroup) {
    self.init(elements: [], gaps: [], scope: group.members.first?.scope ?? .body, group: group)
  }

  /// The phrases that it consists of: itself, or those of a group.
  var phrases: [Pattern] { group?.members ?? [self] }
}

extension Pattern {
  /// The ends of paragraphs.
  static let paragraphEnd = end(of: .paragraphEnd, scope: .body)

  /// The ends that bound the units of text.
  static func ends(of unit: TextUnit, scope: StreamScope) -> [Pattern] {
    let paragraphEnd = end(of: .paragraphEnd, scope: scope)
    return unit == .paragraph ? [paragraphEnd] : [paragraphEnd, end(of: .sentenceEnd, scope: scope)]
  }

  private static func end(of key: CharacterKey, scope: StreamScope) -> Pattern {
    Pattern(elements: [Element(offset: 0, kind: .bigram(key.rawValue))], gaps: [], scope: scope)
  }
}
