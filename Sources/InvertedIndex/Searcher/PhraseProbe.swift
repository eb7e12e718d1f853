internal import CJKTokenizer

/// How many documents hold something.
public struct DocumentCount: Equatable, Sendable {
  /// The number, or an estimate of it.
  public var value: Int
  /// Whether it is the number.
  public var isExact: Bool

  /// A number of documents.
  public init(value: Int, isExact: Bool) {
    self.value = value
    self.isExact = isExact
  }
}

/// Here is a phrase; give me about how many documents hold it, and how it goes on there, at a price that does not grow with
/// the index.
///
/// A segment is looked at in windows of documents, and in each window at so many documents that have the phrase's terms; what
/// they say stands for the rest of the window. Where that is all of them the counts are exact.
///
///     let probe = try PhraseProbe("应急", in: snapshot)
///     probe?.count                                  // 1204 documents
///     try probe?.continuations(limit: 3)            // 应急预, 应急救, 应急管
public struct PhraseProbe: Sendable {
  /// A document of the sample, and where the phrase begins in it.
  private struct Match: Sendable {
    let segment: Int
    let document: UInt32
    let starts: [UInt32]
  }

  /// The folded characters of the last run, with which the phrase ends; continuations are appended.
  public private(set) var ending: String
  /// How many documents hold the phrase.
  public private(set) var count: DocumentCount

  private let snapshot: Snapshot
  private var last: Unicode.Scalar
  private var width: UInt32
  private var sample: [Match] = []

  private static let windowCount = 16
  /// A term with at most so many times the budget's documents is looked at in all of them.
  private static let wholeFactor = 2

  /// A probe of a phrase that ends in two characters of one run; nil for any other, and for one with punctuation.
  ///
  /// - Parameter budget: about how many documents of a segment are looked at; twice as many where the count is exact then.
  public init?(_ phrase: String, in snapshot: Snapshot, budget: Int = 512) throws(IndexError) {
    guard let pattern = Pattern.phrase(phrase, scope: .body), pattern.isFoundByTerms,
      case .bigram(let key)? = pattern.elements.last?.kind, let last = CharacterKey(rawValue: key).second
    else { return nil }
    self.snapshot = snapshot
    self.last = last
    ending = pattern.ending
    width = pattern.width
    count = DocumentCount(value: 0, isExact: true)
    var estimate = 0.0
    for index in snapshot.segments.indices { estimate += try look(for: pattern, inSegment: index, budget: budget) }
    count.value = max(Int(estimate.rounded()), sample.count)
  }

  /// Adds a segment's sample, and returns about how many documents of it hold the phrase.
  private mutating func look(
    for pattern: Pattern, inSegment index: Int, budget: Int
  ) throws(IndexError) -> Double {
    let segment = snapshot.segments[index]
    guard var cursors = try PhraseMatcher(segment, field: FieldedKey.bodyField).cursors(of: pattern) else { return 0 }
    let rarest = cursors.terms.map(\.cursor.documentFrequency).min() ?? 0
    let windowBudget = rarest <= Self.wholeFactor * budget ? Int.max : max(1, budget / Self.windowCount)
    let width = (segment.documentCount + Self.windowCount - 1) / Self.windowCount
    var estimate = 0.0
    var document: UInt32 = 0
    for window in 0..<Self.windowCount where window * width < segment.documentCount {
      let first = UInt32(window * width)
      let end = UInt32(min((window + 1) * width, segment.documentCount))
      document = try cursors.seek(to: max(document, first))
      var looked = 0
      var found = 0
      while document < end, looked < windowBudget {
        if !segment.isDeleted(document) {
          let starts = Array(try cursors.starts())
          if !starts.isEmpty {
            sample.append(Match(segment: index, document: document, starts: starts))
            found += 1
          }
        }
        looked += 1
        document = try cursors.seek(to: document + 1)
      }
      if document < end {
        // What was seen lies between the window's beginning and the next document that was not looked at.
        estimate += Double(found) * Double(end - first) / Double(document - first)
        count.isExact = false
      } else {
        estimate += Double(found)
      }
    }
    return estimate
  }

  /// The characters that follow most often, each as a probe of the longer phrase, most documents first.
  ///
  /// Looked at are the `considered` bigrams of the last character that have the most documents.
  public func continuations(limit: Int, considered: Int = 16) throws(IndexError) -> [PhraseProbe] {
    var found: [PhraseProbe] = []
    for next in try nextCharacters(considered) {
      if let longer = try extended(by: next) { found.append(longer) }
    }
    found.sort { ($1.sample.count, $0.last) < ($0.sample.count, $1.last) }
    return Array(found.prefix(limit))
  }

  /// The first continuation, of the likeliest, that at least a share of the phrase's documents have; nil when none is.
  public func continuation(ofShare least: Double, considered: Int = 12) throws(IndexError) -> PhraseProbe? {
    for next in try nextCharacters(considered) {
      if let longer = try extended(by: next), longer.share(of: self) >= least { return longer }
    }
    return nil
  }

  /// The second characters of the last one's bigrams, of these the ones with the most documents.
  private func nextCharacters(_ count: Int) throws(IndexError) -> [Unicode.Scalar] {
    let bigrams = try snapshot.bigrams(beginningWith: last).sorted { ($1.count, $0.second) < ($0.count, $1.second) }
    return bigrams.prefix(count).map(\.second)
  }

  /// How much of the documents of `phrase` hold this longer one, from 0 to 1.
  public func share(of phrase: PhraseProbe) -> Double {
    phrase.sample.isEmpty ? 0 : Double(sample.count) / Double(phrase.sample.count)
  }

  /// The phrase with a character behind it, by this one's sample; nil when no document of it goes on so.
  private func extended(by next: Unicode.Scalar) throws(IndexError) -> PhraseProbe? {
    var longer = self
    longer.sample = []
    let key = FieldedKey.key(
      field: FieldedKey.bodyField, characters: CharacterKey(first: last, second: next).rawValue)
    var positions: [UInt32] = []
    var index = 0
    while index < sample.count {
      let segment = sample[index].segment
      let end = sample[index...].firstIndex { $0.segment != segment } ?? sample.count
      if let entry = try snapshot.segments[segment].dictionary.entry(characters: key) {
        var cursor = try snapshot.segments[segment].cursor(for: entry)
        for match in sample[index..<end] {
          guard try cursor.seek(to: match.document) == match.document else { continue }
          let count = try cursor.readPositions(into: &positions)
          var place = 0
          let starts = match.starts.filter { start in
            while place < count, positions[place] < start + width - 1 { place += 1 }
            return place < count && positions[place] == start + width - 1
          }
          if !starts.isEmpty {
            longer.sample.append(Match(segment: segment, document: match.document, starts: starts))
          }
        }
      }
      index = end
    }
    guard !longer.sample.isEmpty else { return nil }
    longer.ending.unicodeScalars.append(next)
    longer.last = next
    longer.width += 1
    longer.count.value = max(longer.sample.count, Int((Double(count.value) * longer.share(of: self)).rounded()))
    return longer
  }
}

extension Pattern {
  /// The characters of the run that the pattern ends with.
  fileprivate var ending: String {
    var scalars: [Unicode.Scalar] = []
    for element in elements.reversed() {
      guard case .bigram(let raw) = element.kind else { break }
      let key = CharacterKey(rawValue: raw)
      if scalars.isEmpty, let second = key.second { scalars.append(second) }
      if let first = key.first { scalars.append(first) }
    }
    return String(String.UnicodeScalarView(scalars.reversed()))
  }
}
