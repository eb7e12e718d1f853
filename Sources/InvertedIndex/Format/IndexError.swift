public import SystemIO

/// What can go wrong with an index, in one sentence that says what to do.
public enum IndexError: Error, Equatable, Sendable {
  /// A folder that has no index in it.
  case missing(directory: String)
  /// Another process holds the writer's lock.
  case locked(directory: String)
  /// Bytes that break a promise of the format.
  case damaged(file: String, detail: String)
  /// A file that another version wrote; `found` and `supported` name the format or the analysis version.
  case unsupportedVersion(file: String, what: String, found: Int, supported: Int)
  /// The operating system refused something.
  case system(SystemError)
  /// A key that an earlier document of the same rebuild has.
  case duplicateKey(String)
  /// A document that cannot be kept.
  case invalidDocument(key: String, reason: String)
  /// A number that the format has no room for.
  case limitExceeded(String)
  /// The writer was used after `commit` or `abandon`.
  case writerClosed
}

extension IndexError: CustomStringConvertible {
  /// One sentence: where, what, and what to do.
  public var description: String {
    switch self {
    case .missing(let directory):
      "\(directory): no index here. Make one with 'searchctl rebuild --index \(directory) PATH...'."
    case .locked(let directory):
      "\(directory): another writer is at work on this index. Wait for it to end, then try again."
    case .damaged(let file, let detail):
      "\(file): damaged (\(detail)). Rebuild the index with 'searchctl rebuild'."
    case .unsupportedVersion(let file, let what, let found, let supported):
      "\(file): \(what) version \(found); this build reads \(supported). Rebuild the index with 'searchctl rebuild'."
    case .system(let error): Self.sentence(for: error)
    case .duplicateKey(let key): "The document key '\(key)' occurs twice. Give each document a key of its own."
    case .invalidDocument(let key, let reason): "The document '\(key)' cannot be indexed: \(reason)."
    case .limitExceeded(let what): "The index cannot hold \(what). Divide it into several indexes."
    case .writerClosed: "The writer has been closed by 'commit' or 'abandon'. Open a new one."
    }
  }

  private static func sentence(for error: SystemError) -> String {
    error.isNoSpace
      ? "\(error). The disk is full; free some space and try again: the index is as it was before."
      : "\(error)."
  }
}

extension SystemError {
  /// Whether the disk or a quota is full (ENOSPC, EDQUOT on Linux).
  fileprivate var isNoSpace: Bool { code == 28 || code == 122 }
}

/// Runs `body` and turns a system error into an index error.
func wrapping<Result>(_ body: () throws(SystemError) -> Result) throws(IndexError) -> Result {
  do { return try body() } catch { throw IndexError.system(error) }
}
