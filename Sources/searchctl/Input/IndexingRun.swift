import Bulletins
import InvertedIndex
import SystemIO

/// Puts the documents of files into an index: what `rebuild` and `add` have in common.
///
/// Nothing of it is seen by readers before the commit at its end; when anything throws, the writer is abandoned and the old
/// index stays.
struct IndexingRun {
  /// A kind of run.
  enum Kind { case rebuild, add }

  /// What a run did.
  struct Outcome: Equatable {
    var fileCount = 0
    var skippedCount = 0
    var documentCount = 0
    /// How many records are no documents, but what issues say besides theirs.
    var issueCount = 0
    var warningCount = 0
    var byteCount: UInt64 = 0
    var seconds = 0.0

    /// The line at the end.
    var summary: String {
      let issues = issueCount == 0 ? [] : [Figures.count(issueCount, "issue")]
      let counts = [Figures.count(fileCount, "file"), Figures.count(documentCount, "document")] + issues
      let figures = [
        Figures.count(warningCount, "warning"), "\(Figures.fixed(seconds, 2)) s",
        Figures.rate(byteCount, seconds: seconds),
      ]
      let skipped =
        skippedCount == 0
        ? "" : "; \(Figures.count(skippedCount, "other file")) skipped (not \(SourceFiles.knownExtensions))"
      return (counts + figures).joined(separator: ", ") + skipped
    }
  }

  /// After this many, warnings are only counted.
  private static let shownWarningCount = 20

  let kind: Kind
  let directory: String
  let memoryByteCount: Int
  /// Whether JSON objects are taken as they are, without facts read from their text.
  let isPlain: Bool
  let console: Console

  /// Reads `paths` and commits.
  ///
  /// - Throws: one of the errors that name a file, a line or a folder.
  func perform(_ paths: [String]) throws -> Outcome {
    let sources = try SourceFiles(walking: paths)
    guard !sources.files.isEmpty else { throw Self.noDocuments(in: paths) }
    var progress = Progress(totalByteCount: sources.byteCount, console: console)
    let writer = try IndexWriter(
      directory: directory, memoryBudget: memoryByteCount, mode: kind == .rebuild ? .rebuild : .update)
    var outcome = Outcome(fileCount: sources.files.count, skippedCount: sources.skippedCount)
    do {
      var removedCount = 0
      var keys = Set<[UInt8]>()
      if kind == .add {
        removedCount = try writer.removeAll(withSourcePaths: sources.files.map(\.path))
      }
      for file in sources.files {
        let before = outcome.byteCount
        try DocumentStream.read(file, isPlain: isPlain) { document, bytesRead in
          if kind == .add, !keys.insert(Array(document.key.utf8)).inserted { throw Self.repeatedKey(of: document) }
          try add(document, to: writer)
          outcome.byteCount = before + bytesRead
          if document.isIssue { outcome.issueCount += 1 } else { outcome.documentCount += 1 }
          try note(document, in: &outcome, &progress)
          try progress.update(byteCount: outcome.byteCount, documents: outcome.documentCount)
        }
      }
      guard outcome.documentCount + removedCount > 0 else { throw Self.noDocuments(in: paths) }
      try progress.announce("committing \(Figures.count(outcome.documentCount, "document"))")
      _ = try writer.commit()
    } catch {
      writer.abandon()
      try progress.clear()
      if let error = error as? SystemError, sources.files.contains(where: { $0.openPath == error.path }) {
        throw ToolError(unreadable: error)
      }
      throw error
    }
    try progress.clear()
    outcome.seconds = progress.seconds
    return outcome
  }

  private func add(_ document: SourceDocument, to writer: IndexWriter) throws {
    do throws(IndexError) {
      try writer.add(Document(document))
    } catch {
      switch error {
      case .duplicateKey: throw Self.repeatedKey(of: document)
      case .invalidDocument: throw ToolError("\(Self.place(of: document)): \(error)")
      default: throw error
      }
    }
  }

  private func note(_ document: SourceDocument, in outcome: inout Outcome, _ progress: inout Progress) throws {
    for warning in document.warnings {
      outcome.warningCount += 1
      if outcome.warningCount > Self.shownWarningCount { continue }
      try progress.clear()
      let place = TerminalText.safe(Self.place(of: document, line: warning.line).unicodeScalars)
      try console.say("searchctl: warning: \(place): \(warning)")
      if outcome.warningCount == Self.shownWarningCount {
        try console.say("searchctl: warning: further warnings are only counted")
      }
    }
  }

  private static func repeatedKey(of document: SourceDocument) -> ToolError {
    ToolError("\(place(of: document)): the id '\(document.key)' occurs twice; nothing was changed")
  }

  private static func noDocuments(in paths: [String]) -> ToolError {
    ToolError("no documents in \(paths.joined(separator: ", ")); nothing was changed")
  }

  private static func place(of document: SourceDocument, line: Int? = nil) -> String {
    "\(document.path):\(line ?? document.startLine)"
  }
}
