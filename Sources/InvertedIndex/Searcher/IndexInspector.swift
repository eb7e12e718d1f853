import CJKTokenizer

/// Shows what an index holds, for people who want to see why.
public struct IndexInspector: Sendable {
  private let snapshot: Snapshot

  /// An inspector of `snapshot`.
  public init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  // MARK: terms

  /// A document that holds a term.
  public struct Posting: Equatable, Sendable {
    /// The document's key.
    public var key: String
    /// How often the term stands there.
    public var frequency: Int
    /// Where, in characters, words and gaps from the title on.
    public var positions: [UInt32]
  }

  /// A term as title and text hold it.
  public struct TermReport: Equatable, Sendable {
    /// The term as it is indexed, or the parts of the phrase, with a space between them.
    public var term: String
    /// Documents that hold it.
    public var documentFrequency: Int
    /// How often it occurs in them.
    public var occurrences: Int
    /// The first documents, in the order of the index.
    public var postings: [Posting]
    /// Where text without quotation marks does not count it; nil where it counts everywhere.
    public var hosts: HostedTerm?
  }

  /// What the index knows of a term; a text of several terms is taken as a phrase, and nil is for one that folds to nothing.
  public func term(_ text: String, limit: Int = 20) throws(IndexError) -> TermReport? {
    guard let pattern = Pattern.phrase(text, scope: .body) else { return nil }
    var report = TermReport(term: Self.describe(pattern), documentFrequency: 0, occurrences: 0, postings: [])
    for segment in snapshot.segments {
      var found: [(UInt32, UInt32)] = []
      var matches = try PatternMatcher(segment).matches(of: pattern).matches
      try matches.forEach(in: 0..<UInt32(segment.documentCount)) { document, frequency in
        report.documentFrequency += 1
        report.occurrences += Int(frequency)
        if report.postings.count + found.count < limit { found.append((document, frequency)) }
      }
      for (document, frequency) in found {
        report.postings.append(
          Posting(
            key: String(decoding: try segment.documents.key(of: document), as: UTF8.self), frequency: Int(frequency),
            positions: PatternScan(try segment.tokens(ofDocument: document, scope: .body)).starts(of: pattern)))
      }
    }
    if case .bigram(let key) = pattern.elements.first?.kind, pattern.elements.count == 1 {
      report.hosts = try snapshot.freeOccurrences(of: key)?.report
    }
    return report
  }

  // MARK: segments

  /// A segment's figures.
  public struct SegmentReport: Equatable, Sendable {
    /// The number in its files' names, in hexadecimal.
    public var id: String
    /// Documents, deleted ones included.
    public var documents: Int
    /// Deleted documents.
    public var deletedDocuments: Int
    /// Terms of characters.
    public var characterTerms: Int
    /// Words.
    public var words: Int
    /// Bytes by section.
    public var byteCounts: [SectionByteCount]
    /// Bytes of all files.
    public var fileByteCount: UInt64
  }

  /// The segments, in the order of their documents.
  public func segments() throws(IndexError) -> [SegmentReport] {
    var reports: [SegmentReport] = []
    for segment in snapshot.segments {
      var characterTerms = 0
      var words = 0
      try segment.dictionary.forEachCharacters(in: 0...UInt64.max) { (_, _) throws(IndexError) in
        characterTerms += 1
        return true
      }
      try segment.dictionary.forEachWord { (_, _) throws(IndexError) in
        words += 1
        return true
      }
      reports.append(
        SegmentReport(
          id: String(segment.info.id, radix: 16), documents: segment.documentCount,
          deletedDocuments: Int(segment.info.deletedCount), characterTerms: characterTerms, words: words,
          byteCounts: snapshot.sectionByteCounts(of: [segment]), fileByteCount: segment.info.byteCount))
    }
    return reports
  }

  // MARK: queries

  /// One pattern of a query, and what it adds to a document's score.
  public struct PatternReport: Equatable, Sendable {
    /// The pattern's terms with their offsets.
    public var pattern: String
    /// Documents that match; for a phrase those of its rarest bigram or word, by which it is weighed.
    public var documentFrequency: Int
    /// How many documents hold it, each as a whole.
    public var documents: Int
    /// How often they hold it.
    public var occurrences: Int
    /// How often it stands inside of its hosts besides, where it does not count; nil for a pattern without hosts.
    public var notCounted: Int?
    /// ln(1 + (N − n + ½) ÷ (n + ½)).
    public var idf: Double
    /// How much the query asks for it.
    public var factor: Double
    /// How often it stands in the explained document; nil when none is explained.
    public var frequency: Int?
    /// idf × factor × tf ÷ (tf + norm); nil when none is explained.
    public var score: Double?
  }

  /// How a query is understood, and why a document has its score.
  public struct QueryReport: Equatable, Sendable {
    /// Which documents are asked for, patterns by their numbers from 1.
    public var plan: String
    /// The patterns.
    public var patterns: [PatternReport]
    /// What was read as text although it looks like an operator.
    public var notes: [String]
    /// What was not counted everywhere.
    public var hosts: [HostedTerm]
    /// Which parts of a query of several documents have together.
    public var parts: PartsReport?
    /// N, the documents of the index.
    public var documents: Int
    /// avgL, their mean length.
    public var averageLength: Double
    /// k1 and b of the formula.
    public var k1: Double
    /// k1 and b of the formula.
    public var b: Double
    /// The explained document's key.
    public var key: String?
    /// Its length.
    public var length: Int?
    /// k1 × (1 − b + b × L′ ÷ avgL′).
    public var norm: Double?
    /// The sum of the patterns' scores; nil when the document is no hit.
    public var first: Double?
    /// What the second score is made of; nil for a document that is not scored again.
    public var second: SecondScore?
    /// What preferences multiply the score by, each by its name; nothing for a document that they do not reach.
    public var lifts: [SearchRequest.Preference.Lift] = []
    /// The score; nil when the document is no hit.
    public var score: Double?
  }

  /// What a document's second score is made of.
  ///
  /// score = ((first + characters) × √coverage + 0.7 × passage + 0.3 × short passage) × family
  public struct SecondScore: Equatable, Sendable {
    /// The single characters' sum.
    public var characters: Double
    /// The share of the typed patterns' weights whose patterns the document has.
    public var coverage: Double
    /// The best passage's score.
    public var passage: Double
    /// The best short passage's score.
    public var shortPassage: Double
    /// What the best short passage's place and the heaviest missing pattern multiply it by.
    public var focus: Double
    /// What the law that the document is an article of multiplies it by.
    public var family: Double
  }

  /// Explains a query, and the score of the document with `key`.
  ///
  /// - Throws: ``QueryError``, ``IndexError``; ``IndexError/invalidDocument(key:reason:)`` when no document has the key.
  public func query(_ request: SearchRequest, explaining key: String? = nil) throws -> QueryReport {
    var prepared = try PreparedQuery(request, snapshot)
    let formula = prepared.formula
    var report = QueryReport(
      plan: prepared.plan.root.map(Self.describe) ?? "nothing", patterns: [], notes: prepared.notes,
      hosts: prepared.hosts.sorted { $0.key < $1.key }.map(\.value),
      parts: try prepared.coverage(allowed: nil)?.report,
      documents: formula.documentCount, averageLength: formula.averageLength, k1: formula.k1, b: formula.b)
    for (index, pattern) in prepared.plan.patterns.enumerated() {
      let (documents, occurrences) = try counts(of: pattern)
      report.patterns.append(
        PatternReport(
          pattern: Self.describe(pattern), documentFrequency: prepared.documentFrequencies[index],
          documents: documents, occurrences: occurrences,
          notCounted: prepared.hosts[index]?.notCounted,
          idf: formula.idf(documentFrequency: prepared.documentFrequencies[index]),
          factor: prepared.factors[index]))
    }
    guard let key else { return report }
    guard let place = try snapshot.locate(key: key) else {
      throw IndexError.invalidDocument(key: key, reason: "no document of the index has this key")
    }
    let length = snapshot.segments[place.segment].documents.lengths[place.document]
    let norm = formula.norm(length: length)
    let frequencies = try prepared.frequencies(ofDocument: place.document, inSegment: place.segment)
    let scored = prepared.plan.root?.scoredPatterns ?? []
    for (index, frequency) in frequencies.enumerated() {
      report.patterns[index].frequency = Int(frequency)
      let part = formula.part(weight: prepared.weights[index], frequency: frequency, norm: norm)
      report.patterns[index].score = frequency > 0 && scored.contains(index) ? part : 0
    }
    let passes = prepared.filters.map { $0.sets[place.segment].contains(place.document) }
    report.key = key
    report.length = Int(length)
    report.norm = norm
    if prepared.plan.root?.isMatched(by: frequencies, passes: passes) ?? false {
      let first = report.patterns.reduce(0) { $0 + ($1.score ?? 0) }
      report.first = first
      report.score = first
      try addSecondScore(to: &report, first: first, of: place, request)
    }
    return report
  }

  /// Adds what the query's second look at a document says.
  private func addSecondScore(
    to report: inout QueryReport, first: Double, of place: (segment: Int, document: UInt32), _ request: SearchRequest
  ) throws {
    var request = request
    (request.offset, request.limit, request.facets) = (0, 1, [])
    let found = try HitPage(request, snapshot).find(try PreparedQuery(request, snapshot))
    let candidate = found.rescored.first {
      $0.entry.segment == place.segment && $0.entry.document == place.document
    }
    report.lifts =
      found.lifts.first { ($0.entry.segment, $0.entry.document) == (place.segment, place.document) }?.lifts ?? []
    let lift = report.lifts.reduce(1) { $0 * $1.factor }
    guard let candidate, let parts = candidate.parts else {
      report.score = first * found.scale * lift
      return
    }
    report.second = SecondScore(
      characters: parts.characters, coverage: parts.coverage, passage: parts.passage,
      shortPassage: parts.shortPassage, focus: parts.focus,
      family: candidate.entry.score > 0 ? candidate.lifted / candidate.entry.score : 1)
    report.score = candidate.lifted * lift
  }

  /// How many documents hold a pattern, and how often.
  private func counts(of pattern: Pattern) throws(IndexError) -> (documents: Int, occurrences: Int) {
    var (documents, occurrences) = (0, 0)
    for segment in snapshot.segments {
      var matches = try PatternMatcher(segment).matches(of: pattern).matches
      try matches.forEach(in: 0..<UInt32(segment.documentCount)) { _, frequency in
        documents += 1
        occurrences += Int(frequency)
      }
    }
    return (documents, occurrences)
  }

  private static func describe(_ pattern: Pattern) -> String {
    if let group = pattern.group {
      let members = group.members.map { "[\(describe($0))]" }
      switch group.bond {
      case .near(let distances):
        return zip(members.dropFirst(), distances).reduce(members.first ?? "") { "\($0) ~\($1.1) \($1.0)" }
      case .within(let unit): return "\(unit.rawValue)(" + members.joined(separator: " ") + ")"
      case .any: return members.joined(separator: " or ")
      }
    }
    var terms = pattern.elements.map { element in
      switch element.kind {
      case .bigram(let key): CharacterKey(rawValue: key).description
      case .character(let scalar): CharacterKey(rawValue: UInt64(scalar) << 21).description + "*"
      case .word(let bytes): String(decoding: bytes, as: UTF8.self)
      case .beginning(let bytes): String(decoding: bytes, as: UTF8.self) + "*"
      }
    }.joined(separator: " ")
    if !pattern.hosts.isEmpty { terms += " outside of " + pattern.hostPhrases.map(\.text).joined(separator: ", ") }
    switch pattern.scope {
    case .body: return terms
    case .title: return "title: " + terms
    case .text: return "text: " + terms
    case .field(let name): return "\(name): " + terms
    }
  }

  private static func describe(_ node: MatchNode) -> String {
    switch node {
    case .pattern(let index): String(index + 1)
    case .filter(let index): "filter \(index + 1)"
    case .all(let nodes): "(" + nodes.map(describe).joined(separator: " AND ") + ")"
    case .any(let nodes): "(" + nodes.map(describe).joined(separator: " OR ") + ")"
    case .without(let node, let excluded): "(\(describe(node)) NOT \(describe(excluded)))"
    case .boosted(let node, let boost): "(\(describe(node)), ranked also by \(describe(boost)))"
    }
  }
}

extension MatchNode {
  /// Whether a document in which the patterns have these frequencies, and which passes these filters, is asked for.
  func isMatched(by frequencies: [UInt32], passes: [Bool]) -> Bool {
    switch self {
    case .pattern(let index): frequencies[index] > 0
    case .filter(let index): passes[index]
    case .all(let nodes): nodes.allSatisfy { $0.isMatched(by: frequencies, passes: passes) }
    case .any(let nodes): nodes.contains { $0.isMatched(by: frequencies, passes: passes) }
    case .without(let node, let excluded):
      node.isMatched(by: frequencies, passes: passes) && !excluded.isMatched(by: frequencies, passes: passes)
    case .boosted(let node, _): node.isMatched(by: frequencies, passes: passes)
    }
  }
}
