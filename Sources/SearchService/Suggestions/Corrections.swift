import Bulletins
import InvertedIndex
import SearchAPI

/// Did you mean: other queries for one that finds nothing, or next to nothing as a phrase, where the index has what was
/// probably meant.
///
/// Looked for only where two characters beside each other are next to nowhere in the index; a query whose characters all
/// stand together somewhere costs a look into the dictionary for each pair of them.
struct Corrections {
  let index: ServedIndex
  let parameters: SearchParameters

  private static let limit = 3
  /// A pair of characters in more documents is in order; in a short phrase it may also be by chance that some stand together.
  private static let fewDocuments = (short: 100, long: 3)
  private static let shortPhrase = 8
  /// A pair is far rarer than another where it is in so many times fewer documents.
  private static let rarity = 20
  /// What was typed, if it is anywhere, must be in so many times fewer documents than what is offered.
  private static let gain = 50
  /// The longest run that is compared as a whole; of a longer one only what is around the slip.
  private static let longestPhrase = 12
  private static let reach = 3  // characters on each side of the slip
  private static let mostRare = 6
  /// Characters that are written for each other often and tell nothing.
  private static let particles = Set("的地得他她它了".utf16)

  /// What is offered for a query that has so many hits, the best first.
  func found(number: DocumentNumber?, hits: Int) throws -> [CorrectionAnswer] {
    if let number { return try NumberCorrections(index: index).found(for: number, limit: Self.limit) }
    // A phrase that is in some documents is right.
    if hits > Self.fewDocuments.long, TypedText.isQuoted(parameters.query) { return [] }
    guard let typed = TypedText(parameters.query) else { return [] }
    for piece in typed.pieces {
      let found = try corrections(of: piece, in: typed, hits: hits)
      if !found.isEmpty { return found }
    }
    return []
  }

  private func corrections(of piece: TypedText.Piece, in typed: TypedText, hits: Int) throws -> [CorrectionAnswer] {
    if !piece.letters.isEmpty {
      guard piece.letters.count > 3 || hits == 0, try !isKnown(typed.text(piece.range)) else { return [] }
      return try pinyin(piece, in: typed)
    }
    // A short word that the index does not have is more often right than wrong, unless it is all that was asked.
    guard piece.characters.count > 3 || hits == 0 else { return [] }
    guard let slip = try slip(in: piece.characters, isAlone: typed.pieces.count == 1) else { return [] }
    let found = try characters(piece, slip, in: typed, hits: hits)
    guard found.isEmpty, let part = slip.parts.first, !typed.isQuoted else { return found }
    return try characters(piece, part, in: typed, hits: hits)
  }

  private func isKnown(_ word: String) throws -> Bool {
    try count(of: "\"\(word)\"", filtered: false) > 0
  }

  // MARK: characters

  /// A piece of a run in which a character seems to be a wrong one.
  private struct Slip {
    /// The characters that are compared.
    let window: Range<Int>
    /// Those of them that may be wrong.
    let suspects: Set<Int>
    /// How many may be wrong at a time.
    let mostChanges: Int
    /// No correction is in more documents: so many have the rarest of the other pairs.
    let bound: Int
    /// How many documents have the commonest of the rare pairs.
    let rareFrequency: Int
    /// What is around the slip, where that is less.
    var parts: [Slip] = []
  }

  /// Where a run has pairs of characters that are next to nowhere, or far rarer than others of it.
  private func slip(in characters: [UInt16], isAlone: Bool) throws -> Slip? {
    guard characters.count > 1 else { return nil }
    var frequencies: [Int] = []
    for place in 1..<characters.count {
      guard let first = Unicode.Scalar(characters[place - 1]), let second = Unicode.Scalar(characters[place]) else {
        return nil
      }
      frequencies.append(try index.snapshot.documentFrequency(of: first, second))
    }
    let most = frequencies.max() ?? 0
    let few = isAlone && characters.count <= Self.shortPhrase ? Self.fewDocuments.short : Self.fewDocuments.long
    let rare = frequencies.indices.filter {
      frequencies[$0] == 0 || (frequencies[$0] <= few && frequencies[$0] * Self.rarity < most)
    }
    guard let first = rare.first, let last = rare.last, rare.count <= Self.mostRare else { return nil }
    // A wrong character spoils the pairs on both sides of it, the last one only one.
    var suspects = Set(rare.flatMap { [$0, $0 + 1] })
    if rare.count == 2, last == first + 1 {
      if first > 0 { suspects.remove(first) }
      if last + 2 < characters.count { suspects.remove(last + 1) }
    }
    func slip(_ window: Range<Int>) -> Slip? {
      guard window.count <= Self.longestPhrase else { return nil }
      let others = window.dropLast().filter { !rare.contains($0) }.map { frequencies[$0] }
      return Slip(
        window: window, suspects: suspects, mostChanges: rare.count > 2 ? 2 : 1, bound: others.min() ?? .max,
        rareFrequency: rare.map { frequencies[$0] }.max() ?? 0)
    }
    let part = slip(max(0, first + 1 - Self.reach)..<min(characters.count, last + 1 + Self.reach))
    guard var whole = slip(characters.indices) else { return part }
    // Around a slip in a phrase that is nowhere there may be one that is in many documents.
    if let part, part.window.count < characters.count, whole.rareFrequency <= Self.fewDocuments.long {
      whole.parts = [part]
    }
    return whole
  }

  /// How many documents a correction must be in, where `before` have what was typed.
  private func least(before: Int, _ slip: Slip, isAll: Bool) -> Int {
    if before > 0 { return before * Self.gain }
    // The fewer characters say what was meant, the more documents must.
    let few = isAll ? slip.window.count == 2 ? Self.rarity : 1 : slip.window.count > 6 ? 3 : Self.rarity
    return min(few, index.snapshot.documentCount / 1000 + 1)
  }

  private func characters(
    _ piece: TypedText.Piece, _ slip: Slip, in typed: TypedText, hits: Int
  ) throws -> [CorrectionAnswer] {
    let isAll = typed.pieces.count == 1 && slip.window.count == piece.characters.count
    guard slip.bound >= least(before: 0, slip, isAll: isAll) else { return [] }
    let before =
      typed.isQuoted && isAll
      ? hits
      : try PhraseProbe(
        String(decoding: piece.characters[slip.window], as: UTF16.self), in: index.snapshot)?.count.value ?? 0
    let least = least(before: before, slip, isAll: isAll)
    if before > 0 {
      // What is in some documents is right, and so is what is in one by pairs that others have, too; of two or three
      // characters that are in one nobody can say what else is meant.
      guard before <= Self.fewDocuments.long, slip.rareFrequency <= Self.fewDocuments.long, slip.window.count > 3,
        slip.bound >= least
      else { return [] }
    }
    let places = slip.window.map { place -> CharacterLattice.Place in
      let character = piece.characters[place]
      guard slip.suspects.contains(place), !Self.particles.contains(character) else {
        return CharacterLattice.Place(typed: character, others: [])
      }
      let others = Readings.shared.homophones(of: character).union(Confusion.characters(like: character))
      return CharacterLattice.Place(typed: character, others: others.subtracting(Self.particles))
    }
    let lattice = CharacterLattice(places, mostChanges: slip.mostChanges, fewest: least, in: index.snapshot)
    var found: [(changes: Int, correction: CorrectionAnswer)] = []
    for path in try lattice.paths(limit: 3 * Self.limit) where path.changes > 0 {
      guard let probe = try PhraseProbe(path.text, in: index.snapshot), probe.count.value >= least else { continue }
      var replacements: [(range: Range<Int>, text: String)] = []
      var reasons: [String] = []
      var kinds: [CorrectionAnswer.Kind] = []
      for (place, character) in zip(slip.window, path.characters) where piece.characters[place] != character {
        replacements.append((piece.places[place], String(decoding: [character], as: UTF16.self)))
        let isRead = Readings.shared.homophones(of: piece.characters[place]).contains(character)
        let change = String(decoding: [piece.characters[place], UInt16(0x2192), character], as: UTF16.self)
        kinds.append(isRead ? .homophone : .shape)
        reasons.append((isRead ? "同音：" : "形近：") + change)
      }
      let total = try count(of: "\"\(path.text)\"", filtered: true)
      guard total > 0 else { continue }
      let correction = CorrectionAnswer(
        query: typed.replacing(replacements), reason: reasons.joined(separator: "；"), kind: kinds[0],
        total: SearchAnswer.Total(value: total, exact: true))
      found.append((path.changes, correction))
    }
    return Self.best(found)
  }

  // MARK: pinyin

  private func pinyin(_ piece: TypedText.Piece, in typed: TypedText) throws -> [CorrectionAnswer] {
    guard let pinyin = Pinyin(piece.letters) else { return [] }
    let names = try index.catalogue().matches(of: pinyin, limit: PinyinPhrases.namesRead)
    let phrases = try PinyinPhrases(names, in: index.snapshot).phrases(for: pinyin)
    let found = try phrases.prefix(2 * Self.limit).compactMap { text -> CorrectionAnswer? in
      let total = try count(of: "\"\(text)\"", filtered: true)
      guard total > 0 else { return nil }
      return CorrectionAnswer(
        query: typed.replacing([(piece.range, text)]), reason: "拼音：\(typed.text(piece.range))→\(text)", kind: .pinyin,
        total: SearchAnswer.Total(value: total, exact: true))
    }
    return Array(found.prefix(Self.limit))
  }

  /// How many documents a query finds, of those that pass the filters if `filtered`.
  private func count(of query: String, filtered: Bool) throws -> Int {
    var asked = SearchParameters(query: query)
    asked.limit = 0
    asked.snippets = false
    if filtered { asked.filters = parameters.filters }
    return try Searcher(index.snapshot).search(SearchRequest(asked, in: index)).total
  }

  /// Those with fewer changes first, then those of more documents.
  private static func best(_ found: [(changes: Int, correction: CorrectionAnswer)]) -> [CorrectionAnswer] {
    let order = found.enumerated().sorted { one, other in
      if one.element.changes != other.element.changes { return one.element.changes < other.element.changes }
      let totals = (one.element.correction.total.value, other.element.correction.total.value)
      return totals.0 != totals.1 ? totals.0 > totals.1 : one.offset < other.offset
    }
    return order.prefix(limit).map(\.element.correction)
  }
}
