/// A bigram that mostly stands inside of other words, and the places where it does not.
struct FreeOccurrences: Sendable {
  /// The bigram, with its hosts.
  let pattern: Pattern
  /// By segment, the documents in which it stands outside of them.
  let free: [MatchList]
  /// Longer hosts that begin as some of these, which have their places, too.
  var longerHosts: [Pattern.Host] = []
  /// How often it stands in the index.
  let occurrences: Int
  /// How often of these inside of its hosts.
  let notCounted: Int

  /// How often it stands outside of them.
  var count: Int { occurrences - notCounted }

  /// What is outside of some hosts, by their places among those of the segments' matches.
  init(_ matches: [HostedMatches], of key: UInt64, outsideOf hosts: [Int]) {
    pattern = Pattern(bigram: key, hosts: hosts.map { matches[0].hosts[$0] })
    free = matches.map { $0.free(outsideOf: hosts) }
    occurrences = matches.reduce(0) { $0 + $1.all.occurrences }
    notCounted = occurrences - free.reduce(0) { $0 + $1.occurrences }
  }

  /// By segment, some documents in which it stands outside of them, spread over all of those; rising.
  func someDocuments(_ count: Int) -> [[UInt32]] {
    let step = (free.reduce(0) { $0 + $1.count } + count - 1) / count
    return free.map { list in stride(from: 0, to: list.count, by: step).map { list.documents[$0] } }
  }
}
