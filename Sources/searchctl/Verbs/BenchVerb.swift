import InvertedIndex
import SearchAPI
import SearchService
import SystemIO

/// `bench`: the time of each query inside this process, or through a daemon's socket.
///
/// A file is gone through once to warm up, then as often as `--runs` says. With `--json`, standard input is answered line by
/// line, so that whoever asks can take turns with other engines; warming up is then the asker's business.
struct BenchVerb {
  /// What was measured about a query.
  struct Measurement: Equatable {
    let query: BenchQuery
    let hitCount: Int
    /// The ids of the best hits, as many as `--limit` says.
    let ids: [String]
    let microseconds: Double

    /// The measurement as `--json` prints it.
    var line: Line {
      Line(
        qid: query.id, kind: query.kind, text: query.text, hits: hitCount,
        us: (microseconds * 1000).rounded() / 1000, ids: ids)
    }
  }

  /// A measurement by the names that programs know.
  struct Line: Encodable {
    let qid: JSONValue
    let kind: String
    let text: String
    let hits: Int
    let us: Double
    let ids: [String]
  }

  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    switch (arguments.text(.index), arguments.text(.socket)) {
    case (let directory?, nil):
      if arguments.has(.connections) { throw UsageError("--connections needs --socket") }
      return try runHere(directory)
    case (nil, let socketPath?): return try runLoad(socketPath)
    case (nil, nil): throw UsageError("neither --index DIR nor --socket PATH is given")
    case (.some, .some): throw UsageError("--index and --socket exclude each other")
    }
  }

  private func runHere(_ directory: String) throws -> ExitStatus {
    Allocator.keepMemoryBetweenQueries()
    let path = try arguments.required(.queries)
    let ranking = try arguments.ranking()
    let synonyms = try arguments.synonyms()
    let stopwatch = Stopwatch(
      ServedIndex(try Snapshot.open(directory: directory), synonyms: synonyms.table), limit: arguments.integer(.limit),
      snippets: arguments.has(.snippets), ranking: ranking, synonyms: synonyms.areWanted)
    if path == BenchQueries.standardInput && arguments.has(.json) {
      try BenchQueries.forEach(in: path) { query in
        try console.print(json: try stopwatch.measure([query], runs: runs, warmUp: false)[0].line)
        try console.flush()
      }
      return .fine
    }
    let measurements = try stopwatch.measure(try BenchQueries.read(path), runs: runs, warmUp: true)
    if arguments.has(.json) {
      for measurement in measurements { try console.print(json: measurement.line) }
    } else {
      try console.print(BenchTable.text(measurements))
    }
    return .fine
  }

  /// The same through a socket, by several connections at a time.
  private func runLoad(_ socketPath: String) throws -> ExitStatus {
    let queries = try BenchQueries.read(try arguments.required(.queries))
    let ranking = try arguments.ranking()
    let synonyms = try arguments.synonyms()
    let requests = queries.map { query in
      var parameters = SearchParameters(query: query.text)
      parameters.limit = arguments.integer(.limit) ?? parameters.limit
      parameters.snippets = arguments.has(.snippets)
      parameters.ranking = ranking
      parameters.synonyms = synonyms.areWanted
      return HTTPResponseParser.request(.get, target: parameters.target, keepsConnection: true)
    }
    let load = LoadRun(
      socketPath: socketPath, connectionCount: arguments.integer(.connections) ?? 8, requests: requests)
    let report = LoadReport(queries, try load.run(runs: runs), connectionCount: load.connectionCount)
    if arguments.has(.json) { try console.print(json: report.summary) } else { try console.print(report.text) }
    return .fine
  }

  private var runs: Int { arguments.integer(.runs) ?? 3 }
}

/// Asks queries of one snapshot and takes their times.
struct Stopwatch {
  private let index: ServedIndex
  private let searcher: Searcher
  private let limit: Int?
  private let snippets: Bool
  private let ranking: SearchParameters.Ranking
  private let synonyms: Bool

  init(
    _ index: ServedIndex, limit: Int?, snippets: Bool, ranking: SearchParameters.Ranking, synonyms: Bool = true
  ) {
    self.index = index
    searcher = Searcher(index.snapshot)
    self.limit = limit
    self.snippets = snippets
    self.ranking = ranking
    self.synonyms = synonyms
  }

  /// The median time of each query, its hits counted.
  ///
  /// The rounds go over all queries, so that the runs of one are apart and none is measured hotter than the others.
  func measure(_ queries: [BenchQuery], runs: Int, warmUp: Bool) throws -> [BenchVerb.Measurement] {
    let requests = try queries.map(request)
    var answers: [SearchResults?] = []
    var times = [[Double]](repeating: [], count: requests.count)
    for round in (warmUp ? -1 : 0)..<runs {
      let isFirst = answers.count < requests.count
      for (index, request) in requests.enumerated() {
        let start = MonotonicClock.nanoseconds()
        let answer = try answer(to: request)
        let time = Double(MonotonicClock.nanoseconds() - start) / 1000
        if isFirst { answers.append(answer) }
        if round >= 0 { times[index].append(time) }
      }
    }
    return queries.indices.map { index in
      BenchVerb.Measurement(
        query: queries[index], hitCount: answers[index]?.total ?? 0, ids: answers[index]?.hits.map(\.key) ?? [],
        microseconds: Quantile.of(times[index].sorted(), 0.5))
    }
  }

  private func request(for query: BenchQuery) throws -> SearchRequest {
    try SearchParameters.checkLength(of: query.text)
    var parameters = SearchParameters(query: query.text)
    parameters.limit = limit ?? parameters.limit
    parameters.snippets = snippets
    parameters.ranking = ranking
    parameters.synonyms = synonyms
    return try SearchRequest(parameters, in: index)
  }

  /// A query that folds to nothing has no hits, as in the daemon's answer.
  private func answer(to request: SearchRequest) throws -> SearchResults? {
    do { return try searcher.search(request) } catch QueryError.empty { return nil }
  }
}

/// Quantiles by the nearest rank: the smallest value that at least the share `q` of all values do not exceed.
enum Quantile {
  /// - Precondition: `sorted` is in ascending order and not empty; 0 < `q` ≤ 1.
  static func of(_ sorted: [Double], _ q: Double) -> Double {
    sorted[max(0, Int((q * Double(sorted.count)).rounded(.up)) - 1)]
  }
}

/// What was measured, a line for each kind of query, in the order in which the kinds first occur.
enum BenchTable {
  /// A query's kind, its hits, and its times in microseconds.
  typealias Entry = (kind: String, hitCount: Int, microseconds: [Double])

  static func text(_ measurements: [BenchVerb.Measurement]) -> String {
    text(measurements.map { ($0.query.kind, $0.hitCount, [$0.microseconds]) })
  }

  static func text(_ entries: [Entry]) -> String {
    var kinds: [String] = []
    for entry in entries where !kinds.contains(entry.kind) { kinds.append(entry.kind) }
    var rows = [["kind", "queries", "hits", "p50 us", "p90 us", "p99 us"]]
    for kind in kinds { rows.append(row(kind, entries.filter { $0.kind == kind })) }
    if kinds.count > 1 { rows.append(row("all", entries)) }
    return TextTable.aligned(rows)
  }

  private static func row(_ name: String, _ entries: [Entry]) -> [String] {
    let times = entries.flatMap(\.microseconds).sorted()
    let quantiles = [0.5, 0.9, 0.99].map { Figures.fixed(Quantile.of(times, $0), 1) }
    return [name, String(entries.count), String(entries.reduce(0) { $0 + $1.hitCount })] + quantiles
  }
}
