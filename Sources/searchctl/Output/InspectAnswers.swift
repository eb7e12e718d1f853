import InvertedIndex
import SearchAPI
import SearchService

/// Bytes of a section, as `inspect --json` prints them.
struct SectionFigures: Encodable {
  let section: String
  let bytes: Int

  init(_ count: SectionByteCount) {
    section = count.section
    bytes = count.byteCount
  }
}

/// An index, as `inspect index --json` prints it.
struct IndexFigures: Encodable {
  let generation: UInt64
  /// Documents.
  let documents: Int
  /// What the index keeps besides: records of issues and of unreadable files.
  let records: Int
  let deletedDocuments: Int
  let segments: Int
  let totalLength: UInt64
  let fields: [String]
  let unreadableFiles: [UnreadableRecords.File]
  let bytes: UInt64
  let sections: [SectionFigures]
  let analysisVersion: Int
  let formatVersion: Int

  private enum CodingKeys: String, CodingKey {
    case generation, documents, records, segments, fields, bytes, sections
    case deletedDocuments = "deleted_documents"
    case totalLength = "total_length"
    case unreadableFiles = "unreadable_files"
    case analysisVersion = "analysis_version"
    case formatVersion = "format_version"
  }

  init(_ statistics: IndexStatistics, unreadable: [UnreadableRecords.File] = []) {
    generation = statistics.generation
    documents = statistics.documents
    records = statistics.records
    deletedDocuments = statistics.deletedDocuments
    segments = statistics.segments
    totalLength = statistics.totalLength
    fields = statistics.fieldNames
    unreadableFiles = unreadable
    bytes = statistics.fileByteCount
    sections = statistics.byteCounts.map { SectionFigures($0) }
    analysisVersion = statistics.analysisVersion
    formatVersion = statistics.formatVersion
  }
}

/// A segment, as `inspect segment --json` prints it.
struct SegmentFigures: Encodable {
  let id: String
  let documents: Int
  let deletedDocuments: Int
  let characterTerms: Int
  let words: Int
  let bytes: UInt64
  let sections: [SectionFigures]

  private enum CodingKeys: String, CodingKey {
    case id, documents, words, bytes, sections
    case deletedDocuments = "deleted_documents"
    case characterTerms = "character_terms"
  }

  init(_ report: IndexInspector.SegmentReport) {
    id = report.id
    documents = report.documents
    deletedDocuments = report.deletedDocuments
    characterTerms = report.characterTerms
    words = report.words
    bytes = report.fileByteCount
    sections = report.byteCounts.map { SectionFigures($0) }
  }
}

/// A term, as `inspect term --json` prints it.
struct TermFigures: Encodable {
  struct Posting: Encodable {
    let id: String
    let tf: Int
    let positions: [UInt32]
  }

  let term: String
  let df: Int
  let occurrences: Int
  let hosts: HostedTermAnswer?
  let postings: [Posting]

  init(_ report: IndexInspector.TermReport) {
    hosts = report.hosts.map { HostedTermAnswer($0) }
    term = report.term
    df = report.documentFrequency
    occurrences = report.occurrences
    postings = report.postings.map { Posting(id: $0.key, tf: $0.frequency, positions: $0.positions) }
  }
}

/// A query, as `inspect query --json` prints it; the last seven names are there when a document is explained.
struct QueryFigures: Encodable {
  struct Pattern: Encodable {
    let pattern: String
    let df: Int
    let documents: Int
    let occurrences: Int
    let notCounted: Int?
    let idf: Double
    let factor: Double
    let tf: Int?
    let score: Double?

    private enum CodingKeys: String, CodingKey {
      case pattern, df, documents, occurrences, idf, factor, tf, score
      case notCounted = "not_counted"
    }
  }

  let plan: String
  let patterns: [Pattern]
  let hosts: [HostedTermAnswer]
  let parts: [String]?
  let haveAll: Int?
  let letGo: [LetGoAnswer]?
  let notes: [String]
  let documents: Int
  let averageLength: Double
  let k1: Double
  let b: Double
  let id: String?
  let length: Int?
  let norm: Double?
  let first: Double?
  let second: SecondScore?
  let score: Double?

  /// What the second score is made of.
  struct SecondScore: Encodable {
    let characters: Double
    let coverage: Double
    let passage: Double
    let shortPassage: Double
    let focus: Double
    let family: Double

    private enum CodingKeys: String, CodingKey {
      case characters, coverage, passage, focus, family
      case shortPassage = "short_passage"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case plan, patterns, hosts, parts, notes, documents, k1, b, id, length, norm, first, second, score
    case averageLength = "average_length"
    case haveAll = "have_all"
    case letGo = "let_go"
  }

  init(_ report: IndexInspector.QueryReport) {
    plan = report.plan
    patterns = report.patterns.map { pattern in
      Pattern(
        pattern: pattern.pattern, df: pattern.documentFrequency, documents: pattern.documents,
        occurrences: pattern.occurrences, notCounted: pattern.notCounted, idf: pattern.idf, factor: pattern.factor,
        tf: pattern.frequency, score: pattern.score)
    }
    hosts = report.hosts.map { HostedTermAnswer($0) }
    parts = report.parts?.parts
    haveAll = report.parts?.documents
    letGo = report.parts.map { $0.letGo.map { LetGoAnswer(part: $0.part, documents: $0.documents) } }
    notes = report.notes
    documents = report.documents
    averageLength = report.averageLength
    k1 = report.k1
    b = report.b
    id = report.key
    length = report.length
    norm = report.norm
    first = report.first
    second = report.second.map {
      SecondScore(
        characters: $0.characters, coverage: $0.coverage, passage: $0.passage, shortPassage: $0.shortPassage,
        focus: $0.focus, family: $0.family)
    }
    score = report.score
  }
}
