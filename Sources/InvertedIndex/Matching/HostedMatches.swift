import CJKTokenizer

/// Where a bigram stands in a segment, and how often of that inside each of its hosts.
struct HostedMatches {
  /// The hosts.
  private(set) var hosts: [Pattern.Host] = []
  /// The documents that have the bigram, and how often.
  let all: MatchList
  /// For each host the documents that have it, and how often.
  private(set) var inside: [MatchList] = []
  private let pattern: Pattern
  private let segment: SegmentReader

  /// The places of a pattern that has hosts, in title and text.
  ///
  /// - Complexity: that of a search for each host.
  init(of pattern: Pattern, in segment: SegmentReader) throws(IndexError) {
    self.pattern = pattern.withoutHosts
    self.segment = segment
    all = try Self.list(of: self.pattern, in: segment)
    for host in pattern.hosts { try append(host) }
  }

  /// Takes up one more host.
  mutating func append(_ host: Pattern.Host) throws(IndexError) {
    hosts.append(host)
    inside.append(try Self.list(of: pattern.phrase(of: host), in: segment))
  }

  private static func list(of pattern: Pattern, in segment: SegmentReader) throws(IndexError) -> MatchList {
    var matches = try PatternMatcher(segment).matches(of: pattern).matches
    if case .list(let list) = matches { return list }
    var list = MatchList()
    try unsafe matches.forEachRun(in: 0..<PostingsCursor.exhausted) { unsafe list.append($0, $1) }
    return list
  }

  /// The documents in which the bigram stands outside of some of its hosts, and how often.
  ///
  /// What is inside of each can be taken away by number.
  ///
  /// - Precondition: no two of them are around the same place.
  func free(outsideOf hosts: some Collection<Int>) -> MatchList {
    var lists = hosts.map { inside[$0] }
    var free = MatchList()
    unsafe all.withAll { documents, frequencies in
      for place in 0..<documents.count {
        let document = unsafe documents[place]
        var left = unsafe frequencies[place]
        for index in lists.indices where lists[index].seek(to: document) == document {
          left -= min(left, lists[index].frequency)
        }
        if left > 0 { free.append(document: document, frequency: left) }
      }
    }
    return free
  }
}

extension MatchList {
  /// How often the pattern stands in all documents together.
  var occurrences: Int { frequencies.reduce(0) { $0 + Int($1) } }
}

extension Pattern {
  /// The pattern of a bigram in title and text, outside of hosts that are suspected.
  init(bigram key: UInt64, suspected flanks: some Sequence<HostTable.Flanks>) {
    self.init(bigram: key, hosts: flanks.map { Host(before: $0.before, after: $0.after) })
  }

  /// The pattern of a bigram in title and text, outside of its hosts.
  init(bigram key: UInt64, hosts: [Host]) {
    self.init(
      elements: [Element(offset: 0, kind: .bigram(key))], gaps: [], scope: .body, group: nil, hosts: hosts)
  }

  /// The same, wherever it stands.
  var withoutHosts: Pattern { Pattern(elements: elements, gaps: gaps, scope: scope, group: group) }

  /// The bigram of a pattern that has hosts.
  var hostedBigram: UInt64? {
    guard !hosts.isEmpty, case .bigram(let key) = elements.first?.kind else { return nil }
    return key
  }

  /// The hosts as phrases.
  var hostPhrases: [Pattern] { hosts.map(phrase) }

  /// A host of the bigram as a phrase.
  func phrase(of host: Host) -> Pattern {
    guard case .bigram(let key) = elements[0].kind else { preconditionFailure("only a bigram has hosts") }
    var keys = [UInt64(host.before) << 21 | key >> 21, key]
    if let after = host.after { keys.append((key & 0x1F_FFFF) << 21 | UInt64(after)) }
    let elements = keys.enumerated().map { Element(offset: UInt32($0.offset), kind: .bigram($0.element)) }
    return Pattern(elements: elements, gaps: [], scope: scope)
  }
}

extension [Token] {
  /// The characters that stand right before and behind the bigram at `place`, in the same run.
  func flanks(at place: Int) -> (before: UInt32?, after: UInt32?) {
    let (key, position) = (self[place].key, self[place].position)
    var flanks: (before: UInt32?, after: UInt32?)
    var index = place - 1
    while index >= 0, self[index].position + 1 >= position, flanks.before == nil {
      let token = self[index]
      if token.position + 1 == position, token.kind == .bigram, token.key & 0x1F_FFFF == key >> 21 {
        flanks.before = UInt32(truncatingIfNeeded: token.key >> 21)
      }
      index -= 1
    }
    index = place + 1
    while index < count, self[index].position <= position + 1, flanks.after == nil {
      let token = self[index]
      if token.position == position + 1, token.kind == .bigram, token.key >> 21 == key & 0x1F_FFFF {
        flanks.after = UInt32(truncatingIfNeeded: token.key & 0x1F_FFFF)
      }
      index += 1
    }
    return flanks
  }

  /// Whether one of some hosts stands around the bigram at `place`.
  func stands(inside hosts: [Pattern.Host], at place: Int) -> Bool {
    let (before, after) = flanks(at: place)
    return hosts.contains { $0.before == before && ($0.after == nil || $0.after == after) }
  }
}
