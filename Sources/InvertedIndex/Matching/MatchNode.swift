/// Which documents a query asks for, as sets of the documents that its patterns match.
///
/// Patterns are named by their places in the query's list.
enum MatchNode: Equatable, Sendable {
  /// The documents of a pattern.
  case pattern(Int)
  /// The documents that one of the query's filters lets through.
  case filter(Int)
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
    case .filter: []
    case .all(let nodes), .any(let nodes): nodes.reduce(into: []) { $0.formUnion($1.scoredPatterns) }
    case .without(let node, _): node.scoredPatterns
    case .boosted(let node, let boost): node.scoredPatterns.union(boost.scoredPatterns)
    }
  }

  /// Whether it says nothing of the text.
  var isMadeOfFilters: Bool {
    switch self {
    case .filter: true
    case .pattern: false
    case .all(let nodes), .any(let nodes): nodes.allSatisfy(\.isMadeOfFilters)
    case .without(let node, _), .boosted(let node, _): node.isMadeOfFilters
    }
  }

  /// The node without the filters that all its documents must pass, or must not: these need not be walked with the rest.
  ///
  /// - Returns: nil for a node that is nothing else.
  func takingOutFilters(_ required: inout [Int], _ excluded: inout [Int]) -> MatchNode? {
    switch self {
    case .filter(let index):
      required.append(index)
      return nil
    case .all(let nodes):
      var rest: [MatchNode] = []
      for node in nodes {
        if case .filter(let index) = node { required.append(index) } else { rest.append(node) }
      }
      return rest.count > 1 ? .all(rest) : rest.first
    case .without(let node, .filter(let index)):
      excluded.append(index)
      return node.takingOutFilters(&required, &excluded)
    case .boosted(let node, let boost):
      var inner = required
      guard let rest = node.takingOutFilters(&inner, &excluded) else { return self }
      required = inner
      return .boosted(rest, by: boost)
    case .pattern, .any, .without: return self
    }
  }
}
