internal import Synchronization
import SystemIO

/// Keeps connections to a searchd busy: each sends the next request as soon as it has its answer.
struct LoadRun {
  /// What came of it.
  struct Outcome: Equatable {
    /// The total of each request.
    var totals: [Int]
    /// The microseconds of each time that a request was made, by request, in ascending order.
    var microseconds: [[Double]]
    /// Seconds from the first request to the last answer.
    var seconds: Double
  }

  private struct Sample {
    let request: Int
    let total: Int
    let microseconds: Double
  }

  private final class Shared: Sendable {
    let next = Atomic(0)
    let samples = Mutex<[Sample]>([])
    let failure = Mutex<String?>(nil)
  }

  /// The daemon's socket.
  let socketPath: String
  /// How many connections are kept.
  let connectionCount: Int
  /// The requests' bytes.
  let requests: [[UInt8]]

  /// Makes each request `runs` times, after a round that is not measured.
  ///
  /// - Throws: ``ToolError`` for an answer whose status is not 200, or whose total is another than the last time.
  func run(runs: Int) throws(ToolError) -> Outcome {
    let warmUp = try round(runs: 1)
    let start = MonotonicClock.nanoseconds()
    let samples = try round(runs: runs)
    let seconds = MonotonicClock.milliseconds(since: start) / 1000
    var totals = [Int?](repeating: nil, count: requests.count)
    var microseconds = [[Double]](repeating: [], count: requests.count)
    for sample in warmUp + samples {
      guard (totals[sample.request] ?? sample.total) == sample.total else {
        throw ToolError("request \(sample.request + 1): \(totals[sample.request] ?? 0) hits, then \(sample.total)")
      }
      totals[sample.request] = sample.total
    }
    for sample in samples { microseconds[sample.request].append(sample.microseconds) }
    return Outcome(
      totals: totals.map { $0 ?? 0 }, microseconds: microseconds.map { $0.sorted() }, seconds: seconds)
  }

  private func round(runs: Int) throws(ToolError) -> [Sample] {
    let shared = Shared()
    var threads: [SystemThread] = []
    for number in 0..<connectionCount {
      do throws(SystemError) {
        threads.append(
          try SystemThread(starting: "connection \(number + 1)") {
            do {
              let samples = try self.samples(shared, runs: runs)
              shared.samples.withLock { $0 += samples }
            } catch {
              shared.failure.withLock { $0 = $0 ?? "\(error)" }
            }
          })
      } catch {
        shared.failure.withLock { $0 = $0 ?? "\(error)" }
      }
    }
    for thread in threads { thread.join() }
    if let failure = shared.failure.withLock({ $0 }) { throw ToolError("\(socketPath): \(failure)") }
    return shared.samples.withLock { $0 }
  }

  /// What one connection does: the next request of all, until all were made.
  private func samples(_ shared: Shared, runs: Int) throws -> [Sample] {
    var connection = try LoadConnection(to: socketPath)
    var samples: [Sample] = []
    while case let number = shared.next.add(1, ordering: .relaxed).oldValue, number < requests.count * runs {
      let request = number % requests.count
      let start = MonotonicClock.nanoseconds()
      let answer = try connection.ask(requests[request])
      let microseconds = Double(MonotonicClock.nanoseconds() - start) / 1000
      guard answer.status == 200, let total = answer.total else {
        throw ToolError("request \(request + 1) is answered with status \(answer.status)")
      }
      samples.append(Sample(request: request, total: total, microseconds: microseconds))
    }
    return samples
  }
}
