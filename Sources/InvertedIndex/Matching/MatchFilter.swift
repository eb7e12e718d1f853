/// Says which matches of a pattern are worth keeping, document by document; the others are only counted.
protocol MatchFilter {
  /// Whether to keep a match; documents come in order.
  mutating func keeps(_ document: UInt32, frequency: UInt32) -> Bool
}

/// Keeps all.
struct KeepsAll: MatchFilter {
  func keeps(_ document: UInt32, frequency: UInt32) -> Bool { true }
}

/// Keeps nothing.
struct KeepsNone: MatchFilter {
  func keeps(_ document: UInt32, frequency: UInt32) -> Bool { false }
}
