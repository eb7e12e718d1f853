/// Which documents a query asks for, as sets of the documents that its patterns match.
///
/// Patterns are named by their places in the query's list.
enum MatchNode: Equatable, Sendable {
  /// The documents of a pattern.
  case pattern(Int)
  /// The documents of every node; at least one node.
  case all([MatchNode])
  /// The documents of any node.
  case any([MatchNode])
  /// The documents of the first node that are not of the second.
  indirect case without(MatchNode, MatchNode)
  /// The documents of the first node; the second one only adds to their scores.
  indirect case boosted(MatchNode, by: MatchNode)
}

extension MatchNode {
  /// The patterns that add to a score: all but those that only take documents away.
  var scoredPatterns: Set<Int> {
    switch self {
    case .pattern(let index): [index]
    case .all(let nodes), .any(let nodes): nodes.reduce(into: []) { $0.formUnion($1.scoredPatterns) }
    case .without(let node, _): node.scoredPatterns
    case .boosted(let node, let boost): node.scoredPatterns.union(boost.scoredPatterns)
    }
  }
}
