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
    var headers: [DocumentHeader] = []
    var hits: [Hit] = []
    headers.reserveCapacity(page.count)
    hits.reserveCapacity(page.count)
    for entry in page {
      let header = try header(of: entry, withText: request.snippets)
      headers.append(header)
      hits.append(Hit(header.document, entry.score))
    }
    let took = MonotonicClock.milliseconds(since: started)
    if request.snippets && !hits.isEmpty {
      var builder = SnippetBuilder(patterns: prepared.plan.patterns, weights: prepared.weights)
      for (index, header) in headers.enumerated() {
        guard let text = header.text else { continue }
        hits[index].snippets = try builder.snippets(
          of: header.number, in: snapshot.segments[header.segment], text: text)
      }
    }
    return SearchResults(
      query: request.query, total: total, totalIsExact: true, tookMilliseconds: took, hits: hits,
      notes: prepared.notes)
  }

  /// What a hit shows besides passages, and, where these are wanted, where its text lies.
  private func header(of entry: TopHits.Entry, withText: Bool) throws(IndexError) -> DocumentHeader {
    if let kept = snapshot.headers.header(segment: entry.segment, number: entry.document),
      kept.text != nil || !withText
    {
      return kept
    }
    let documents = snapshot.segments[entry.segment].documents
    let parts: (document: Document, text: StoredText?)
    if withText {
      parts = try documents.documentAndText(entry.document)
    } else {
      parts = (try documents.header(of: entry.document), nil)
    }
    let header = DocumentHeader(
      segment: entry.segment, number: entry.document, document: parts.document, text: parts.text)
    snapshot.headers.keep(header)
    return header
  }
}

extension Hit {
  fileprivate init(_ document: Document, _ score: Double) {
    self.init(
      key: document.key, score: score, title: document.title, source: document.source, fields: document.fields,
      snippets: [])
  }
}
