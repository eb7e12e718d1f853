import CJKTokenizer
import SystemIO

/// An index as one commit left it: unchanging while it is open, whatever writers do.
///
/// Any number of threads may search one snapshot at once.
public final class Snapshot: Sendable {
  /// The folder it was opened from.
  public let directory: String
  /// The commit's number.
  public let generation: UInt64
  let segments: [SegmentReader]
  /// The names of all fields, which a query may search by.
  let fieldNames: Set<String>
  /// Documents in the index.
  public let documentCount: Int
  /// What the index keeps beside them and is no document (see ``DocumentFilter/records``).
  public let recordCount: Int
  /// Sum of the documents' lengths.
  let totalLength: UInt64
  let cache = ValueCache()
  let characterFrequencies = CharacterFrequencies()
  let candidateTexts = FlatTextCache()
  /// The hosts that any segment's text suggests.
  let hosts: HostTable
  let freeOccurrences = FreeOccurrenceCache()

  /// The newest commit of a folder.
  ///
  /// Checks the structure of every file and touches a few pages of each.
  ///
  /// - Throws: ``IndexError/missing(directory:)``, ``IndexError/damaged(file:detail:)``,
  ///   ``IndexError/unsupportedVersion(file:what:found:supported:)`` or ``IndexError/system(_:)``.
  public static func open(directory: String) throws(IndexError) -> Snapshot {
    let folder = IndexFolder(path: directory)
    var attempt = 0
    while true {
      let commit = try Commit.read(from: folder)
      do throws(IndexError) {
        return try Snapshot(commit, in: folder)
      } catch {
        // A writer may have replaced the commit, and removed its files, between the two steps.
        attempt += 1
        guard case .system(let cause) = error, cause.isMissingFile, attempt < 10 else { throw error }
        if try Commit.read(from: folder).generation == commit.generation {
          throw .damaged(file: cause.path, detail: "the commit names it, and it is missing")
        }
      }
    }
  }

  private init(_ commit: Commit, in folder: IndexFolder) throws(IndexError) {
    directory = folder.path
    generation = commit.generation
    var segments: [SegmentReader] = []
    for info in commit.segments { segments.append(try SegmentReader(opening: info, in: folder)) }
    self.segments = segments
    hosts = HostTable.union(segments.map(\.hosts))
    fieldNames = Set(segments.flatMap(\.dictionary.fieldNames))
    var recordCount = 0
    for segment in segments {
      var records = try ValueMatcher(segment).records()
      if let deletes = segment.deletes { records.subtract(deletes.words) }
      recordCount += records.count
    }
    self.recordCount = recordCount
    documentCount = segments.reduce(0) { $0 + $1.info.liveCount } - recordCount
    totalLength = segments.reduce(0) { $0 + $1.info.liveLength }
  }

  /// Segments in the index.
  public var segmentCount: Int { segments.count }

  /// The document that has a key; nil when none has it.
  public func document(key: String) throws(IndexError) -> Document? {
    guard let found = try locate(key: key) else { return nil }
    return try segments[found.segment].documents.document(found.document)
  }

  /// Calls `body` with each document, in the order in which they were added.
  public func forEachDocument(_ body: (Document) throws -> Void) throws {
    for segment in segments {
      let cache = TextBlockCache()
      for number in 0..<UInt32(segment.documentCount) where !segment.isDeleted(number) {
        try body(try segment.documents.document(number, using: cache))
      }
    }
  }

  /// Where the document lies that has a key.
  func locate(key: String) throws(IndexError) -> (segment: Int, document: UInt32)? {
    let bytes = Array(key.utf8)
    for index in segments.indices.reversed() {
      let segment = segments[index]
      if let document = try segment.documents.document(forKey: bytes, notMarkedIn: segment.deletes) {
        return (index, document)
      }
    }
    return nil
  }

  /// The figures of the index.
  public var statistics: IndexStatistics {
    IndexStatistics(
      documents: documentCount, records: recordCount,
      deletedDocuments: segments.reduce(0) { $0 + Int($1.info.deletedCount) },
      segments: segments.count, generation: generation, totalLength: totalLength, fieldNames: fieldNames.sorted(),
      byteCounts: sectionByteCounts(of: segments), fileByteCount: segments.reduce(0) { $0 + $1.info.byteCount },
      analysisVersion: Int(Tokenizer.analysisVersion), formatVersion: Int(FileFormat.version))
  }

  func sectionByteCounts(of segments: [SegmentReader]) -> [SectionByteCount] {
    SectionID.allCases.compactMap { section in
      let count = segments.reduce(0) { sum, segment in
        sum + segment.files.reduce(0) { $0 + $1.byteCount(of: section) }
      }
      return count == 0 ? nil : SectionByteCount(section: section.name, byteCount: count)
    }
  }
}

/// How many bytes a section takes.
public struct SectionByteCount: Equatable, Sendable {
  /// The section's name in FORMAT.md.
  public var section: String
  /// Its bytes, over all segments looked at.
  public var byteCount: Int
}

/// The figures of an index.
public struct IndexStatistics: Equatable, Sendable {
  /// Documents that can be found.
  public var documents: Int
  /// What is kept beside the documents: what issues say besides theirs, and files that could not be read.
  public var records: Int
  /// Documents that are deleted and still take space.
  public var deletedDocuments: Int
  /// Segments.
  public var segments: Int
  /// The commit's number.
  public var generation: UInt64
  /// Sum of the documents' lengths in bigrams, words and one-character runs.
  public var totalLength: UInt64
  /// The names of the fields, sorted.
  public var fieldNames: [String]
  /// Bytes by section.
  public var byteCounts: [SectionByteCount]
  /// Bytes of all files of all segments.
  public var fileByteCount: UInt64
  /// The version of the analysis rules.
  public var analysisVersion: Int
  /// The version of the file format.
  public var formatVersion: Int
}
