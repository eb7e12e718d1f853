internal import Synchronization

/// What shall go wrong: a test binds a plan to ``current``, and the system calls made inside fail as planned.
///
/// A plan counts every raw call by its name (`open`, `write`, `fsync`, …) and, for rules about ``anyOperation``, all of
/// them together; counting starts at 1. Calls in a `deinit` are neither counted nor failed. A planned failure happens
/// instead of the call, except for `close`, which closes and then reports. `EINTR` is retried, as a real one is.
///
///     let plan = FaultPlan()
///     plan.fail("fsync", call: 2, code: EIO)
///     FaultPlan.$current.withValue(plan) { … }
///
/// A ``SystemThread`` takes the plan of the thread that started it along.
public final class FaultPlan: Sendable {
  /// The plan that holds in this task or thread; nil, as outside of tests, lets every call through.
  @TaskLocal public static var current: FaultPlan?

  /// The name that stands for every call, whatever its own name.
  public static let anyOperation = "*"

  private struct Rule {
    var operation: String
    var calls: ClosedRange<Int>
    var outcome: Outcome
  }

  private struct State {
    var rules: [Rule] = []
    var counts: [String: Int] = [:]
  }

  enum Outcome {
    case proceed
    case fail(code: Int32)
    case shorten(byteCount: Int)
  }

  private let state = Mutex(State())

  /// Creates a plan in which nothing fails; it still counts.
  public init() {}

  /// Makes the `call`-th call of `operation` fail with `code`.
  public func fail(_ operation: String, call: Int, code: Int32) {
    add(Rule(operation: operation, calls: call...call, outcome: .fail(code: code)))
  }

  /// Makes each call of `operation` from the `call`-th on fail with `code`, as a full disk or a crash would.
  public func fail(_ operation: String, from call: Int, code: Int32) {
    add(Rule(operation: operation, calls: call...Int.max, outcome: .fail(code: code)))
  }

  /// Makes the `call`-th call of `operation` move at most `byteCount` bytes.
  ///
  /// - Precondition: `byteCount` is positive: a transfer of nothing means the end of the file.
  public func shorten(_ operation: String, call: Int, to byteCount: Int) {
    precondition(byteCount > 0)
    add(Rule(operation: operation, calls: call...call, outcome: .shorten(byteCount: byteCount)))
  }

  /// How many calls of `operation` were made so far, failed ones included.
  public func callCount(of operation: String) -> Int {
    state.withLock { $0.counts[operation] ?? 0 }
  }

  private func add(_ rule: Rule) {
    precondition(rule.calls.lowerBound > 0)
    state.withLock { $0.rules.append(rule) }
  }

  /// Counts a call and says what shall become of it; of several rules the one made first decides.
  func outcome(of operation: String) -> Outcome {
    state.withLock { state in
      state.counts[operation, default: 0] += 1
      state.counts[Self.anyOperation, default: 0] += 1
      for rule in state.rules where rule.operation == operation || rule.operation == Self.anyOperation {
        if rule.calls.contains(state.counts[rule.operation] ?? 0) { return rule.outcome }
      }
      return .proceed
    }
  }
}
