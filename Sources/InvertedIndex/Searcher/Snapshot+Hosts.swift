import CJKTokenizer
import Synchronization

/// What was found of bigrams that have hosts, kept for the next who asks; nobody else does.
final class FreeOccurrenceCache: Sendable {
  private struct Kept {
    var bigrams: [UInt64: FreeOccurrences?] = [:]
    var documentCount = 0
  }

  private let kept = Mutex(Kept())
  private static let largestDocumentCount = 1 << 20  // eight bytes each
  private static let largestCount = 1 << 14

  /// What is known of a bigram, found by `make` when nobody has asked lately; nil where it has no hosts after all.
  func bigram(_ key: UInt64, make: () throws(IndexError) -> FreeOccurrences?) throws(IndexError) -> FreeOccurrences? {
    if let known = kept.withLock({ $0.bigrams[key] }) { return known }
    let made = try make()
    let count = made?.free.reduce(0) { $0 + $1.count } ?? 0
    kept.withLock { kept in
      if kept.documentCount + count > Self.largestDocumentCount || kept.bigrams.count >= Self.largestCount {
        kept = Kept()
      }
      if kept.bigrams.updateValue(made, forKey: key) == nil { kept.documentCount += count }
    }
    return made
  }
}

extension Snapshot {
  // What makes a suspected host one. In the laws 民政 stands in 人民政府 19 times of 20, 小学 in 中小学校 7 times of 10.
  private static let leastShare = 0.1
  private static let leastTotalShare = 0.8
  /// Either half of a host stands elsewhere, too: it is a word, as 民共 in 民共和国 is not.
  private static let leastRatioOfHalves = 1.02
  private static let leastCount = 8
  /// 邮政 stands ten times as often as 政法 does outside of 行政法规: 邮政法 is a host of 政法, too.
  private static let leastRatioOfBeginning = 10
  /// In so many of the documents that are left, and at so many places in each, it is looked what stands before.
  private static let lookedAtCount = 32
  private static let lookedAtPlaces = 4

  /// A bigram outside of its hosts, as all segments together have it; nil where it has none, or stands nowhere else.
  ///
  /// - Complexity: that of a search for each suspected host; one asked for lately is at hand.
  func freeOccurrences(of key: UInt64) throws(IndexError) -> FreeOccurrences? {
    let flanks = hosts.flanks(of: key)
    if flanks.isEmpty { return nil }
    return try freeOccurrences.bigram(key) { () throws(IndexError) in try makeFreeOccurrences(key, Array(flanks)) }
  }

  private func makeFreeOccurrences(
    _ key: UInt64, _ suspected: [HostTable.Flanks]
  ) throws(IndexError) -> FreeOccurrences? {
    let pattern = Pattern(bigram: key, suspected: suspected)
    var matches: [HostedMatches] = []
    for segment in segments { matches.append(try HostedMatches(of: pattern, in: segment)) }
    let occurrences = matches.reduce(0) { $0 + $1.all.occurrences }
    var hosts: [Int] = []
    for (index, phrase) in pattern.hostPhrases.enumerated() {
      let count = matches.reduce(0) { $0 + $1.inside[index].occurrences }
      guard count >= Self.leastCount, Double(count) >= Self.leastShare * Double(occurrences) else { continue }
      var areHalvesWords = true
      for half in [phrase.elements[0], phrase.elements[2]] {
        let halfCount = try self.occurrences(of: half.kind)
        if halfCount < occurrences || Double(halfCount) < Self.leastRatioOfHalves * Double(count) {
          areHalvesWords = false
        }
      }
      if areHalvesWords { hosts.append(index) }
    }
    guard !hosts.isEmpty else { return nil }
    let found = FreeOccurrences(matches, of: key, outsideOf: hosts)
    guard found.count > 0, Double(found.notCounted) >= Self.leastTotalShare * Double(occurrences) else { return nil }
    return try withoutEndsOfWords(found, of: key, &matches, hosts) ?? found
  }

  /// The same without the places where the bigram ends a word of three characters, whose beginning is a word far more
  /// frequent than what is left of the bigram; nil where there is none, or nothing would be left.
  private func withoutEndsOfWords(
    _ found: FreeOccurrences, of key: UInt64, _ matches: inout [HostedMatches], _ hosts: [Int]
  ) throws(IndexError) -> FreeOccurrences? {
    var hosts = hosts
    var hasEnds = false
    for before in try charactersBefore(key, found) where !FunctionCharacters.contains(before) {
      let beginning = UInt64(before) << 21 | key >> 21
      // One that has hosts itself is no word: 级政 is frequent in 各级政府.
      guard self.hosts.flanks(of: beginning).isEmpty,
        try occurrences(of: .bigram(beginning)) / Self.leastRatioOfBeginning >= found.count
      else { continue }
      // It takes in the longer hosts that begin so.
      hosts.removeAll { matches[0].hosts[$0].before == before }
      hosts.append(matches[0].hosts.count)
      for index in matches.indices { try matches[index].append(Pattern.Host(before: before, after: nil)) }
      hasEnds = true
    }
    guard hasEnds else { return nil }
    var narrower = FreeOccurrences(matches, of: key, outsideOf: hosts)
    narrower.longerHosts = found.pattern.hosts.filter { !narrower.pattern.hosts.contains($0) }
    return narrower.count > 0 ? narrower : nil
  }

  /// What stands before a bigram where it is free, in some documents spread over all of those; rising.
  private func charactersBefore(_ key: UInt64, _ found: FreeOccurrences) throws(IndexError) -> [UInt32] {
    var before: Set<UInt32> = []
    var buffer = TokenBuffer()
    for (segment, documents) in zip(segments, found.someDocuments(Self.lookedAtCount)) where !documents.isEmpty {
      let cache = TextBlockCache()
      let matcher = PhraseMatcher(segment, field: FieldedKey.bodyField)
      guard var walk = try matcher.cursors(of: found.pattern) else { continue }
      for document in documents {
        guard try walk.seek(to: document) == document else { continue }
        let (_, text) = try segment.documents.documentAndText(document)
        for start in try walk.starts().prefix(Self.lookedAtPlaces) where start > text.textStart {
          _ = try text.tokenize(passage: start - 1..<start + 2, into: &buffer, using: cache)
          let place = buffer.tokens.firstIndex { $0.position == start && $0.kind == .bigram && $0.key == key }
          if let place, let character = buffer.tokens.flanks(at: place).before { before.insert(character) }
        }
      }
    }
    return before.sorted()
  }

  /// How often a bigram stands in documents that are not deleted.
  private func occurrences(of bigram: Pattern.Element.Kind) throws(IndexError) -> Int {
    var sum = 0
    for segment in segments {
      guard let entry = try segment.entry(of: bigram, field: FieldedKey.bodyField) else { continue }
      guard let deletes = segment.deletes else {
        sum += Int(clamping: entry.occurrences)
        continue
      }
      var cursor = try segment.cursor(for: entry)
      while try cursor.advance() != PostingsCursor.exhausted {
        if !deletes[cursor.document] { sum += Int(try cursor.frequency()) }
      }
    }
    return sum
  }
}

extension FreeOccurrences {
  /// What an answer says of it.
  var report: HostedTerm {
    HostedTerm(
      term: pattern.withoutHosts.text, inside: (longerHosts + pattern.hosts).map { pattern.phrase(of: $0).text },
      occurrences: occurrences, notCounted: notCounted)
  }
}

extension Pattern {
  /// The characters of a phrase of bigrams one behind the other.
  var text: String {
    var text = ""
    for element in elements {
      guard case .bigram(let key) = element.kind else { continue }
      if element.offset == 0, let first = CharacterKey(rawValue: key).first { text.unicodeScalars.append(first) }
      if let second = CharacterKey(rawValue: key).second { text.unicodeScalars.append(second) }
    }
    return text
  }
}
