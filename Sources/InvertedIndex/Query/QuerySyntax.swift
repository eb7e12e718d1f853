/// A query as it was typed, taken apart.
struct QuerySyntax: Equatable {
  /// What one part of a query asks for.
  enum Operand: Equatable {
    /// Text to be ranked by.
    case text(String)
    /// An exact phrase.
    case phrase(String, StreamScope)
    /// A phrase whose last word may go on.
    case beginning(String, StreamScope)
    /// Phrases one after the other, each with at most so many positions between it and the next.
    case near([Operand], [Int])
    /// Phrases that stand in one sentence or paragraph.
    case together([Operand], TextUnit)
    /// What stood in parentheses.
    case group([[Sequence]])
  }

  /// Neighbouring parts between two `AND` or `OR`.
  struct Sequence: Equatable {
    /// Phrases that a document must hold, and groups that it must meet.
    var required: [Operand] = []
    /// Text that a document is ranked by; where nothing is required it must match some of it.
    var ranked: [Operand] = []
    /// What a document must not hold.
    var excluded: [Operand] = []
  }

  /// Sequences joined by `AND` make a group; the groups are joined by `OR`.
  var groups: [[Sequence]] = []
  /// What was read as text although it looks like an operator.
  var notes: [String] = []

  /// The longest query, in Unicode scalars.
  static let longestQuery = 1000
  /// The most positions that may be asked for between two phrases.
  static let largestDistance = 1000
}
