import InvertedIndex
import SearchAPI
import SearchService
import SystemIO

/// `bench`: the time of each query inside this process, after a warm-up.
struct BenchVerb {
  /// What was measured about a query.
  struct Measurement: Equatable {
    let query: BenchQuery
    let hitCount: Int
    let microseconds: Double

    /// The measurement as `--json` prints it.
    var line: Line {
      Line(
        qid: query.id, kind: query.kind, text: query.text, hits: hitCount,
        us: (microseconds * 1000).rounded() / 1000)
    }
  }

  /// A measurement by the names that programs know.
  struct Line: Encodable {
    let qid: JSONValue
    let kind: String
    let text: String
    let hits: Int
    let us: Double
  }

  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let directory = try arguments.required(.index)
    let queries = try BenchQueries.read(try arguments.required(.queries))
    let ranking = try arguments.ranking()
    let snapshot = try Snapshot.open(directory: directory)
    let parameters = queries.map { query in
      var parameters = SearchParameters(query: query.text)
      parameters.limit = arguments.integer(.limit) ?? parameters.limit
      parameters.snippets = false
      parameters.ranking = ranking
      return parameters
    }
    let hitCounts = try parameters.map { try SearchService.searchAnswer($0, in: snapshot).total.value }
    let times = try Self.times(
      of: parameters.map { SearchRequest($0) }, in: snapshot, runs: arguments.integer(.runs) ?? 3)
    let measurements = queries.indices.map { index in
      Measurement(
        query: queries[index], hitCount: hitCounts[index], microseconds: Quantile.of(times[index], 0.5))
    }
    if arguments.has(.json) {
      for measurement in measurements { try console.print(json: measurement.line) }
    } else {
      try console.print(BenchTable.text(measurements))
    }
    return .fine
  }

  /// The microseconds that each request took, in ascending order.
  ///
  /// The rounds go over all requests, so that the runs of one are apart and none is measured hotter than the others.
  private static func times(of requests: [SearchRequest], in snapshot: Snapshot, runs: Int) throws -> [[Double]] {
    let searcher = Searcher(snapshot)
    var times = [[Double]](repeating: [], count: requests.count)
    for _ in 0..<runs {
      for (index, request) in requests.enumerated() {
        let start = MonotonicClock.nanoseconds()
        // A query that folds to nothing has no hits; so does the answer of the daemon.
        do { _ = try searcher.search(request) } catch QueryError.empty {}
        times[index].append(Double(MonotonicClock.nanoseconds() - start) / 1000)
      }
    }
    return times.map { $0.sorted() }
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
  static func text(_ measurements: [BenchVerb.Measurement]) -> String {
    var kinds: [String] = []
    for measurement in measurements where !kinds.contains(measurement.query.kind) {
      kinds.append(measurement.query.kind)
    }
    var rows = [["kind", "queries", "hits", "p50 us", "p90 us", "p99 us"]]
    for kind in kinds { rows.append(row(kind, measurements.filter { $0.query.kind == kind })) }
    if kinds.count > 1 { rows.append(row("all", measurements)) }
    return TextTable.aligned(rows)
  }

  private static func row(_ name: String, _ measurements: [BenchVerb.Measurement]) -> [String] {
    let times = measurements.map(\.microseconds).sorted()
    let quantiles = [0.5, 0.9, 0.99].map { Figures.fixed(Quantile.of(times, $0), 1) }
    return [name, String(measurements.count), String(measurements.reduce(0) { $0 + $1.hitCount })] + quantiles
  }
}
