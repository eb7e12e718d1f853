import InvertedIndex

/// `verify`: every byte of an index against its checksum, and every promise of the format.
struct VerifyVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let directory = try arguments.required(.index)
    let report = try IndexVerifier.verify(directory: directory)
    for note in report.notes { try console.print("note: \(note)") }
    for problem in report.problems { try console.print("damaged: \(problem)") }
    let checks = "\(Figures.count(report.checks, "check")), \(Figures.megabytes(report.bytes)) read"
    guard report.problems.isEmpty else {
      try console.print("\(checks), \(Figures.count(report.problems.count, "problem"))")
      return .negative
    }
    try console.print("\(checks), no damage found")
    return .fine
  }
}
