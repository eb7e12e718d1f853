import InvertedIndex
import SearchAPI

/// Completes what is being typed, by names of documents and by how phrases go on in their texts.
struct Completion {
  private let snapshot: Snapshot
  private let catalogue: Catalogue

  /// A phrase grows while at least this share of its documents has it go on the same way.
  private static let steadyShare = 0.5
  private static let longestGrowth = 10
  private static let phraseLimit = 6
  /// A phrase that is in fewer documents is nobody's habit.
  private static let fewestDocuments = 2

  init(_ snapshot: Snapshot, _ catalogue: Catalogue) {
    (self.snapshot, self.catalogue) = (snapshot, catalogue)
  }

  /// The best completions of `text`, at most `limit`.
  func suggestions(for text: String, limit: Int) throws -> [Suggestion] {
    let typed = FoldedCharacters.units(of: text)
    guard !typed.isEmpty, limit > 0 else { return [] }
    var names = catalogue.matches(of: typed, limit: limit)
    var phrases = try self.phrases(from: text)
    if let letters = FoldedCharacters.letters(of: text), letters.count > 1, let pinyin = Pinyin(letters) {
      let read = catalogue.matches(of: pinyin, limit: max(limit, PinyinPhrases.namesRead))
      names += read
      for phrase in try PinyinPhrases(read, in: snapshot).phrases(for: pinyin) {
        guard let probe = try PhraseProbe(phrase, in: snapshot, budget: Self.budget) else { continue }
        phrases.append(Suggestion(text: phrase, kind: .phrase, total: SearchAnswer.Total(probe.count)))
      }
    }
    return Self.mixed(names, phrases, limit: limit)
  }

  /// Some of each kind, then what else there is: a list of titles alone hides that a phrase would find them all.
  private static func mixed(_ matches: [Catalogue.Match], _ phrases: [Suggestion], limit: Int) -> [Suggestion] {
    func names(_ kind: Suggestion.Kind) -> [Suggestion] {
      matches.lazy.filter { $0.kind == kind }.prefix(limit).map {
        Suggestion(text: $0.text, kind: kind, total: SearchAnswer.Total(value: $0.count, exact: true))
      }
    }
    let (issuers, numbers, titles) = (names(.issuer), names(.number), names(.title))
    let named = Set((issuers + numbers + titles).map(\.text))
    let groups = [issuers, numbers, phrases.filter { !named.contains($0.text) }, titles]
    var taken = groups.map { Array($0.prefix(max(1, limit * 3 / 10))) }
    var room = limit - taken.reduce(0) { $0 + $1.count }
    // What room is left goes to titles first.
    for index in groups.indices.reversed() where room > 0 {
      let more = groups[index].dropFirst(taken[index].count).prefix(room)
      taken[index] += more
      room -= more.count
    }
    return Array(taken.joined().prefix(limit))
  }

  // MARK: phrases

  /// How the text goes on in documents, the commonest ways first.
  private func phrases(from text: String) throws -> [Suggestion] {
    var found: [String: DocumentCount] = [:]
    for (root, start, phrase) in try starts(of: text) {
      let grown = try grown(phrase)
      var appended = grown.ending.unicodeScalars.dropFirst(start)
      while let last = appended.last, Self.particles.contains(last) { appended.removeLast() }
      let suggested = root + String(appended)
      guard !appended.isEmpty, found[suggested] == nil else { continue }
      // Of a rare phrase the number is had cheaply, of others the estimate is good enough.
      let counted = try PhraseProbe(suggested, in: snapshot, budget: Self.recountBudget)?.count
      let count = counted.flatMap { $0.isExact ? $0 : nil } ?? grown.count
      if count.value >= Self.fewestDocuments { found[suggested] = count }
    }
    let order = found.sorted { ($1.value.value, $0.key) < ($0.value.value, $1.key) }
    return order.prefix(Self.phraseLimit).map { text, count in
      Suggestion(text: text, kind: .phrase, total: SearchAnswer.Total(count))
    }
  }

  /// Where phrases begin to grow: the ways in which the text goes on, or the commonest pairs that begin with its one character.
  ///
  /// With each the text before what is appended, and how many characters of the probe that is.
  private func starts(of text: String) throws -> [(root: String, start: Int, phrase: PhraseProbe)] {
    if let probe = try PhraseProbe(text, in: snapshot, budget: Self.budget) {
      let start = probe.ending.unicodeScalars.count
      return try probe.continuations(limit: Self.phraseLimit, considered: 12).map { (text, start, $0) }
    }
    let units = FoldedCharacters.units(of: text)
    guard units.count == 1, let first = Unicode.Scalar(units[0]) else { return [] }
    let pairs = try snapshot.bigrams(beginningWith: first).sorted { ($1.count, $0.second) < ($0.count, $1.second) }
    return try pairs.prefix(Self.phraseLimit).compactMap { pair in
      let pairText = String(Character(first)) + String(Character(pair.second))
      let probe = try PhraseProbe(pairText, in: snapshot, budget: Self.budget / Self.phraseLimit)
      return probe.map { (String(Character(first)), 1, $0) }
    }
  }

  /// About how many documents are looked at for a phrase.
  private static let budget = 128
  private static let recountBudget = 64
  /// What no phrase should end with that goes on.
  private static let particles: Set<Unicode.Scalar> = ["的", "和", "或", "及", "与", "在", "由", "以", "将", "等", "了", "并"]

  private func grown(_ start: PhraseProbe) throws -> PhraseProbe {
    var phrase = start
    for _ in 0..<Self.longestGrowth {
      guard let longer = try phrase.continuation(ofShare: Self.steadyShare) else { break }
      phrase = longer
    }
    return phrase
  }
}

extension SearchAnswer.Total {
  /// The wire's form of a count.
  init(_ count: DocumentCount) { self.init(value: count.value, exact: count.isExact) }
}
