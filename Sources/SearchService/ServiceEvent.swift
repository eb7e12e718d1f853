/// What an operator wants to know; never with a word of a query or a document.
public enum ServiceEvent: Equatable, Sendable, CustomStringConvertible {
  /// A commit was taken up.
  case reloaded(generation: UInt64, documents: Int, milliseconds: Double)
  /// The newest commit could not be taken up.
  case reloadFailed(reason: String)
  /// The file of synonyms could not be taken up: those before stay.
  case synonymsKept(reason: String)
  /// The index failed while it was asked.
  case indexFailed(reason: String)

  /// One line for a log.
  public var description: String {
    switch self {
    case .reloaded(let generation, let documents, let milliseconds):
      "reload generation=\(generation) documents=\(documents) ms=\((milliseconds * 1000).rounded() / 1000)"
    case .reloadFailed(let reason): "reload failed: \(reason)"
    case .synonymsKept(let reason): "synonyms stay as they were: \(reason)"
    case .indexFailed(let reason): "index failed: \(reason)"
    }
  }
}
