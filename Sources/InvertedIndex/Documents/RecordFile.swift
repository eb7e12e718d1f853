import SystemIO

/// The record groups and text blocks of a documents file.
///
/// Text is read with `pread`. It is a large part of an index, and each answer needs a few pages of it: mapped, the kernel would
/// count their neighbours to the process as well. Record groups are small and lie side by side, and can be read where they
/// are mapped.
struct RecordFile: Sendable {
  /// How many bytes the section has.
  var count: Int { mapped.count }
  private let mapped: ByteSection
  private let file: InputFile
  private let start: UInt64

  /// Opens the section of a documents file that holds them.
  init(_ file: SectionFile) throws(IndexError) {
    guard let entry = file.table.entries.first(where: { $0.id == .stored }) else {
      throw .damaged(file: file.path, detail: "no section \(SectionID.stored.name)")
    }
    mapped = try file.section(.stored)
    start = UInt64(entry.range.lowerBound)
    let path = file.path
    self.file = try wrapping { () throws(SystemError) in try InputFile(opening: path) }
  }

  /// The error for a broken promise in the records.
  func damaged(_ detail: String) -> IndexError { .damaged(file: file.path, detail: detail) }

  /// A reader of a range of the section as it is mapped, valid while the file is.
  func reader(of range: Range<Int>) throws(IndexError) -> ByteReader {
    guard range.lowerBound >= 0, range.upperBound <= count else { throw damaged("a record outside of its section") }
    return unsafe ByteReader(UnsafeRawBufferPointer(rebasing: mapped.bytes[range]))
  }

  /// The bytes of a range of the section.
  func read(_ range: Range<Int>) throws(IndexError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= count else { throw damaged("a record outside of its section") }
    let offset = start + UInt64(range.lowerBound)
    let bytes = try wrapping { () throws(SystemError) in try file.read(at: offset, count: range.count) }
    guard bytes.count == range.count else { throw damaged("it ends before its records do") }
    return bytes
  }
}
