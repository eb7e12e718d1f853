import SystemIO

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
    let hitPage = HitPage(request, snapshot)
    let prepared = try PreparedQuery(request, snapshot, onlyBest: hitPage.onlyBest)
    let synonyms = prepared.plan.text.synonyms
    let (patterns, words) = (prepared.plan.patterns, prepared.plan.text.words)
    let (weights, notes) = (prepared.weights, prepared.notes)
    let hosts = prepared.hosts.isEmpty ? [] : prepared.plan.text.patternsOfShortWords.compactMap { prepared.hosts[$0] }
    let found = try hitPage.find(prepared)
    let (page, total) = (found.page, found.total)
    let facets = try request.facets.map { source throws(IndexError) in
      try snapshot.facet(of: source, in: found.seen, limit: request.facetLimit)
    }
    var texts: [StoredText] = []
    var hits: [Hit] = []
    hits.reserveCapacity(page.count)
    var path: String?  // of the last hit; neighbours come from the same file more often than not
    for entry in page {
      let segment = snapshot.segments[entry.segment]
      if request.snippets {
        let (document, text) = try segment.documents.documentAndText(entry.document)
        texts.append(text)
        hits.append(Hit(document, entry.score))
      } else {
        let hit = try segment.hit(entry, sharing: path)
        path = hit.source?.path ?? path
        hits.append(hit)
      }
    }
    if !words.isEmpty { noteMissingWords(of: words, found, in: &hits) }
    let took = MonotonicClock.milliseconds(since: started)
    if request.snippets && !hits.isEmpty {
      var builder = SnippetBuilder(patterns: patterns, weights: weights)
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
      facets: facets, synonyms: synonyms, hosts: hosts, parts: found.coverage?.report, notes: notes)
  }
}

extension Searcher {
  /// Says of each hit which words of the query it does not hold.
  private func noteMissingWords(of words: [String], _ found: HitPage.Found, in hits: inout [Hit]) {
    guard words.count > 1 else { return }
    for (index, entry) in found.page.enumerated() {
      let candidate = found.rescored.first {
        ($0.entry.segment, $0.entry.document) == (entry.segment, entry.document)
      }
      hits[index].missing = candidate?.parts?.missingWords.map { words[$0] } ?? []
    }
  }
}

extension SegmentReader {
  /// A hit without passages.
  fileprivate func hit(_ entry: TopHits.Entry, sharing path: String?) throws(IndexError) -> Hit {
    try documents.header(of: entry.document) { head, fields in
      Hit(
        key: head.keyText, score: entry.score, title: head.titleText, source: head.source(sharing: path),
        fields: fields, snippets: [])
    }
  }
}

extension Hit {
  fileprivate init(_ document: Document, _ score: Double) {
    self.init(
      key: document.key, score: score, title: document.title, source: document.source, fields: document.fields,
      snippets: [])
  }
}
