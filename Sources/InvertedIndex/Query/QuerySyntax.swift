/// A query as it was typed, taken apart.
struct QuerySyntax: Equatable {
  /// What one part of a query asks for.
  enum Operand: Equatable {
    /// Text to be ranked by.
    case text(String)
    /// An exact phrase.
    case phrase(String, StreamScope)
  }

  /// Neighbouring parts between two `AND` or `OR`.
  struct Sequence: Equatable {
    /// Phrases that a document must hold.
    var required: [Operand] = []
    /// Text that a document is ranked by; where nothing is required it must match some of it.
    var ranked: [Operand] = []
    /// What a document must not hold.
    var excluded: [Operand] = []

    /// Whether the sequence asks for anything.
    var isPositive: Bool { !required.isEmpty || !ranked.isEmpty }
  }

  /// Sequences joined by `AND` make a group; the groups are joined by `OR`.
  var groups: [[Sequence]] = []
  /// What was read as text although it looks like an operator.
  var notes: [String] = []

  /// The longest query, in Unicode scalars.
  static let longestQuery = 1000
}
