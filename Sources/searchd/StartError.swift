/// Why the daemon did not start: one sentence for the person who started it.
struct StartError: Error, Equatable, Sendable, CustomStringConvertible {
  let description: String

  init(_ sentence: String) {
    description = sentence
  }
}
