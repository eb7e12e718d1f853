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
    /// How many files are kept as records without text.
    var unreadableCount = 0
    var warningCount = 0
    var byteCount: UInt64 = 0
    var seconds = 0.0

    /// Counts a record as what it is.
    mutating func count(_ record: SourceDocument) {
      if record.isIssue {
        issueCount += 1
      } else if record.isUnreadable {
        unreadableCount += 1
      } else {
        documentCount += 1
      }
    }

    /// The line at the end.
    var summary: String {
      let issues = issueCount == 0 ? [] : [Figures.count(issueCount, "issue")]
      let unreadable = unreadableCount == 0 ? [] : [Figures.count(unreadableCount, "unreadable file")]
      let counts =
        [Figures.count(fileCount, "file"), Figures.count(documentCount, "document")] + issues + unreadable
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
  /// Whether a warning or an unreadable file keeps everything from being committed.
  let isStrict: Bool
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
        func take(_ document: SourceDocument, bytesRead: UInt64) throws {
          if kind == .add, !keys.insert(Array(document.key.utf8)).inserted { throw Self.repeatedKey(of: document) }
          try add(document, to: writer)
          outcome.byteCount = before + bytesRead
          outcome.count(document)
          try note(document, in: &outcome, &progress)
          try progress.update(byteCount: outcome.byteCount, documents: outcome.documentCount)
        }
        do {
          try DocumentStream.read(file, isPlain: isPlain, take)
        } catch let unreadable as UnreadableFile {
          try take(unreadable.record, bytesRead: file.byteCount)
          try warn("\(unreadable)", number: outcome.unreadableCount, &progress)
        }
      }
      guard outcome.documentCount + outcome.unreadableCount + removedCount > 0 else {
        throw Self.noDocuments(in: paths)
      }
      if isStrict, outcome.warningCount + outcome.unreadableCount > 0 { throw Self.tooStrict(outcome) }
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
      let place = Self.place(of: document, line: warning.line)
      try warn("\(place): \(warning)", number: outcome.warningCount, &progress)
    }
  }

  /// Shows the `number`-th message of its kind; where everything depends on them, all are shown.
  private func warn(_ message: String, number: Int, _ progress: inout Progress) throws {
    guard isStrict || number <= Self.shownWarningCount else { return }
    try progress.clear()
    try console.say("searchctl: warning: \(TerminalText.safe(message.unicodeScalars))")
    if !isStrict && number == Self.shownWarningCount {
      try console.say("searchctl: warning: further warnings are only counted")
    }
  }

  private static func tooStrict(_ outcome: Outcome) -> ToolError {
    let warnings = Figures.count(outcome.warningCount, "warning")
    let files = Figures.count(outcome.unreadableCount, "unreadable file")
    return ToolError("\(warnings) and \(files), and --strict was given; nothing was changed")
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
