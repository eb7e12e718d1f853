import CJKTokenizer
import SystemIO

/// What a verification found.
public struct VerifyReport: Equatable, Sendable {
  /// How many promises were checked.
  public internal(set) var checks = 0
  /// How many bytes were read.
  public internal(set) var bytes: UInt64 = 0
  /// What is broken, each naming its file.
  public internal(set) var problems: [String] = []
  /// What is worth knowing and no failure, such as files that a killed writer left.
  public internal(set) var notes: [String] = []
}

/// Holds an index against every promise of FORMAT.md.
public enum IndexVerifier {
  /// Reads every byte of every file against its checksum, every list and record, the stored texts against the postings, and
  /// asks a real query.
  ///
  /// - Complexity: about one build of the index.
  /// - Throws: ``IndexError/missing(directory:)``, ``IndexError/unsupportedVersion(file:what:found:supported:)`` and what the
  ///   system refuses; damage is a problem of the report.
  public static func verify(directory: String) throws(IndexError) -> VerifyReport {
    var report = VerifyReport()
    let snapshot: Snapshot
    do throws(IndexError) {
      snapshot = try Snapshot.open(directory: directory)
    } catch {
      switch error {
      case .damaged:
        report.checks += 1
        report.problems.append(error.description)
        try noteStructureProblems(IndexFolder(path: directory), into: &report)
        return report
      default: throw error
      }
    }
    report.checks += 1
    for segment in snapshot.segments {
      var isSound = true
      for file in segment.files {
        report.bytes += UInt64(file.byteCount)
        report.checks += file.table.entries.count
        for section in file.damagedSections() {
          isSound = false
          report.problems.append("\(file.path): section \(section.name): checksum mismatch.")
        }
      }
      guard isSound else { continue }
      do throws(IndexError) {
        var check = SegmentCheck(segment)
        try check.run()
        report.checks += check.checks
        report.problems += check.problems
      } catch { report.problems.append(error.description) }
    }
    if report.problems.isEmpty {
      try checkKeys(snapshot, into: &report)
      try askQuery(snapshot, into: &report)
    }
    try noteLeftovers(snapshot, into: &report)
    return report
  }

  /// Opens each file by itself, so that every damaged one is named.
  private static func noteStructureProblems(_ folder: IndexFolder, into report: inout VerifyReport) throws(IndexError) {
    guard let commit = try? Commit.read(from: folder) else { return }
    for info in commit.segments {
      do throws(IndexError) {
        _ = try SegmentReader(opening: info, in: folder)
      } catch {
        report.checks += 1
        if !report.problems.contains(error.description) { report.problems.append(error.description) }
      }
    }
  }

  /// No two documents share a key, unless one of them is deleted.
  private static func checkKeys(_ snapshot: Snapshot, into report: inout VerifyReport) throws(IndexError) {
    for (index, segment) in snapshot.segments.enumerated() {
      for number in 0..<UInt32(segment.documentCount) where !segment.isDeleted(number) {
        let key = try segment.documents.key(of: number)
        report.checks += 1
        var isAlone = try segment.documents.document(forKey: key, notMarkedIn: segment.deletes) == number
        for other in snapshot.segments[(index + 1)...] where isAlone {
          isAlone = try other.documents.document(forKey: key, notMarkedIn: other.deletes) == nil
        }
        if !isAlone {
          report.problems.append("\(segment.files[3].path): two documents have the key of document \(number).")
        }
      }
    }
  }

  /// The first term must be found in all its documents.
  private static func askQuery(_ snapshot: Snapshot, into report: inout VerifyReport) throws(IndexError) {
    for segment in snapshot.segments {
      var asked: (key: UInt64, entry: TermEntry)?
      try segment.dictionary.forEachCharacters(in: 0...(1 << 42) - 1) { (key, entry) throws(IndexError) in
        guard segment.deletes == nil || entry.documentFrequency > 0 else { return true }
        asked = (key, entry)
        return false
      }
      guard let asked else { continue }
      report.checks += 1
      let first = UInt32(truncatingIfNeeded: asked.key >> 21)
      let isRunEnd = asked.key & CharacterKey.runEndMark == CharacterKey.runEndMark
      let kind = isRunEnd ? Pattern.Element.Kind.character(first) : .bigram(asked.key)
      let pattern = Pattern(elements: [Pattern.Element(offset: 0, kind: kind)], gaps: [], scope: .body)
      var matches = try PatternMatcher(segment).matches(of: pattern).matches
      var count = 0
      try matches.forEach(in: 0..<PostingsCursor.exhausted) { _, _ in count += 1 }
      if segment.deletes == nil, count < Int(asked.entry.documentFrequency) {
        report.problems.append(
          "\(segment.files[1].path): a query finds \(count) of \(asked.entry.documentFrequency) documents.")
      }
    }
  }

  private static func noteLeftovers(_ snapshot: Snapshot, into report: inout VerifyReport) throws(IndexError) {
    let folder = IndexFolder(path: snapshot.directory)
    let used = Set(snapshot.segments.flatMap(\.files).map(\.path))
    for name in try folder.ownNames() where !used.contains(folder.path + "/" + name) {
      report.notes.append(
        "\(folder.path)/\(name): not of the commit: a writer is at work, or did not end, and the next one removes it.")
    }
  }
}
