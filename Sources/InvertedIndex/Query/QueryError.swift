/// Why a query is not answered.
public enum QueryError: Error, Equatable, Sendable {
  /// An operator that cannot be one, where the caller asked for strictness; `position` counts Unicode scalars of the query.
  case syntax(message: String, position: Int)
  /// More characters than a query may have.
  case tooLong(length: Int, limit: Int)
  /// A query without a character.
  case empty
}

extension QueryError: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .syntax(let message, let position): "The query is not well formed at character \(position + 1): \(message)."
    case .tooLong(let length, let limit): "The query has \(length) characters; at most \(limit) are allowed."
    case .empty: "The query is empty."
    }
  }
}
