/// What was measured through a socket.
struct LoadReport {
  /// The whole as `--json` prints it.
  struct Summary: Codable, Equatable {
    let connections: Int
    let requests: Int
    let hits: Int
    let seconds: Double
    let requestsPerSecond: Double
    let p50: Double
    let p90: Double
    let p99: Double
    let largest: Double

    private enum CodingKeys: String, CodingKey {
      case connections, requests, hits, seconds
      case requestsPerSecond = "requests_per_second"
      case p50 = "p50_us"
      case p90 = "p90_us"
      case p99 = "p99_us"
      case largest = "max_us"
    }
  }

  private let entries: [BenchTable.Entry]
  /// The figures over all requests.
  let summary: Summary

  init(_ queries: [BenchQuery], _ outcome: LoadRun.Outcome, connectionCount: Int) {
    entries = queries.indices.map { (queries[$0].kind, outcome.totals[$0], outcome.microseconds[$0]) }
    let times = outcome.microseconds.flatMap { $0 }.sorted()
    let rounded = { (number: Double) in (number * 1000).rounded() / 1000 }
    summary = Summary(
      connections: connectionCount, requests: times.count, hits: outcome.totals.reduce(0, +),
      seconds: rounded(outcome.seconds), requestsPerSecond: rounded(Double(times.count) / outcome.seconds),
      p50: rounded(Quantile.of(times, 0.5)), p90: rounded(Quantile.of(times, 0.9)),
      p99: rounded(Quantile.of(times, 0.99)), largest: rounded(times.last ?? 0))
  }

  /// A line for each kind of query, and one for the whole.
  var text: String {
    BenchTable.text(entries)
      + "\n\n\(Figures.count(summary.requests, "request")) by \(Figures.count(summary.connections, "connection")) in "
      + "\(Figures.fixed(summary.seconds, 2)) s: \(Figures.fixed(summary.requestsPerSecond, 0)) requests/s"
  }
}
