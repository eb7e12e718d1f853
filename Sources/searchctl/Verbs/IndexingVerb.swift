import SystemIO

/// `rebuild` and `add`: documents from files into an index.
struct IndexingVerb {
  let kind: IndexingRun.Kind
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    Allocator.keepMemoryWhileBuilding()
    let run = IndexingRun(
      kind: kind, directory: try arguments.required(.index),
      memoryByteCount: (arguments.integer(.memory) ?? 256) << 20, isPlain: arguments.has(.plain),
      isStrict: arguments.has(.strictReading), console: console)
    let outcome = try run.perform(arguments.operands)
    try console.print(outcome.summary)
    try ReloadRequest.sendAfterCommit(to: arguments.text(.reloadSocket), console: console)
    return .fine
  }
}
