/// The numbers of FORMAT.md.
enum FileFormat {
  /// The first eight bytes of every file: a high byte and both line ends, so that a transfer as text is noticed.
  static let magic: [UInt8] = [0x8E, 0x5A, 0x69, 0x6C, 0x69, 0x6E, 0x0D, 0x0A]
  /// The last four bytes of every file, "end\n".
  static let endMagic: UInt32 = 0x0A64_6E65
  /// The version of the layout.
  static let version: UInt16 = 4
  /// Magic, kind, format version, analysis version, a zero, segment id.
  static let headerByteCount = 24
  /// Table checksum, section count, file length, file checksum, end magic.
  static let footerByteCount = 24
  /// Id, checksum, offset, length.
  static let sectionEntryByteCount = 24
}

/// The kinds of files in an index folder.
enum FileKind: UInt16, CaseIterable {
  /// The list of segments that are the index.
  case commit = 1
  /// A segment's terms.
  case terms = 2
  /// A segment's document numbers and frequencies.
  case postings = 3
  /// A segment's positions.
  case positions = 4
  /// A segment's stored documents.
  case documents = 5
  /// Which documents of a segment are deleted.
  case deletes = 6

  /// The ending of the file's name.
  var pathExtension: String {
    switch self {
    case .commit: "commit"
    case .terms: "terms"
    case .postings: "postings"
    case .positions: "positions"
    case .documents: "documents"
    case .deletes: "deletes"
    }
  }
}

extension FileKind {
  /// The sections of the file, in their order.
  var sections: [SectionID] {
    switch self {
    case .commit: [.manifest]
    case .terms: [.characterBlocks, .characterIndex, .wordBlocks, .wordIndex, .fieldNames, .lengths, .hosts]
    case .postings: [.postings]
    case .positions: [.positions]
    case .documents: [.stored, .recordGroups, .textBlocks, .textStarts, .keyOrder]
    case .deletes: [.deleteBits]
    }
  }
}

/// The sections of the files.
enum SectionID: UInt32, CaseIterable {
  /// commit: generation, segments, files.
  case manifest = 1
  /// terms: blocks of terms of one and two characters.
  case characterBlocks = 16
  /// terms: where each of those blocks begins.
  case characterIndex = 17
  /// terms: blocks of words.
  case wordBlocks = 18
  /// terms: where each of those blocks begins.
  case wordIndex = 19
  /// terms: the names of the fields.
  case fieldNames = 20
  /// terms: the length of each document.
  case lengths = 21
  /// terms: phrases that bigrams mostly stand inside of.
  case hosts = 22
  /// postings: the lists, in the order of their terms.
  case postings = 32
  /// positions: the lists, in the order of their terms.
  case positions = 48
  /// documents: record groups and text blocks.
  case stored = 64
  /// documents: where each record group lies.
  case recordGroups = 65
  /// documents: where each text block lies.
  case textBlocks = 66
  /// documents: the position at which each document's text begins.
  case textStarts = 67
  /// documents: the document numbers in the order of their keys.
  case keyOrder = 68
  /// deletes: one bit a document.
  case deleteBits = 80

  /// The name as FORMAT.md and `inspect segment` spell it.
  var name: String { String(describing: self) }
}
