import SystemIO

/// What is asked.
public struct SearchRequest: Sendable {
  /// How hits are ranked.
  public enum Ranking: Equatable, Sendable {
    /// The ranking of the house: BM25, with words and lone characters that touch taken as phrases.
    case `default`
    /// Plain BM25 over the bigrams and words.
    case bm25(k1: Double, b: Double)
  }

  /// The query as a person types it.
  public var query: String
  /// How many hits to pass over.
  public var offset: Int
  /// How many hits to return at the most.
  public var limit: Int
  /// Whether hits come with passages.
  public var snippets: Bool
  /// How hits are ranked.
  public var ranking: Ranking
  /// Whether an operator that cannot be one is an error; otherwise it is text.
  public var strict: Bool

  /// A request.
  public init(
    query: String, offset: Int = 0, limit: Int = 10, snippets: Bool = true, ranking: Ranking = .default,
    strict: Bool = false
  ) {
    self.query = query
    self.offset = offset
    self.limit = limit
    self.snippets = snippets
    self.ranking = ranking
    self.strict = strict
  }
}

/// Answers queries from one snapshot; any number of threads may use it at once.
public struct Searcher: Sendable {
  private let snapshot: Snapshot

  /// A searcher of `snapshot`.
  public init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  /// The hits of a query, best first.
  ///
  /// - Throws: ``QueryError`` for an empty or too long query, or, where the request is strict, a malformed one;
  ///   ``IndexError`` when the index turns out to be damaged.
  public func search(_ request: SearchRequest) throws -> SearchResults {
    let started = MonotonicClock.nanoseconds()
    var prepared = try PreparedQuery(request, snapshot)
    let capacity = request.limit == 0 ? 0 : request.offset + request.limit
    let (entries, total) = try prepared.topHits(capacity: min(capacity, snapshot.documentCount))
    let page = entries.dropFirst(request.offset).prefix(request.limit)
    var texts: [StoredText] = []
    var hits: [Hit] = []
    hits.reserveCapacity(page.count)
    for entry in page {
      let segment = snapshot.segments[entry.segment]
      if request.snippets {
        let (document, text) = try segment.documents.documentAndText(entry.document)
        texts.append(text)
        hits.append(Hit(document, entry.score))
      } else {
        hits.append(Hit(try segment.documents.header(of: entry.document), entry.score))
      }
    }
    let took = MonotonicClock.milliseconds(since: started)
    if request.snippets && !hits.isEmpty {
      var builder = SnippetBuilder(patterns: prepared.plan.patterns, weights: prepared.weights)
      // In the order of the documents, so that postings and text blocks are gone through once.
      let order = page.enumerated().sorted {
        ($0.element.segment, $0.element.document) < ($1.element.segment, $1.element.document)
      }
      for (index, entry) in order {
        hits[index].snippets = try builder.snippets(
          of: entry.document, in: snapshot.segments[entry.segment], text: texts[index])
      }
    }
    return SearchResults(
      query: request.query, total: total, totalIsExact: true, tookMilliseconds: took, hits: hits,
      notes: prepared.notes)
  }
}

extension Hit {
  fileprivate init(_ document: Document, _ score: Double) {
    self.init(
      key: document.key, score: score, title: document.title, source: document.source, fields: document.fields,
      snippets: [])
  }
}
