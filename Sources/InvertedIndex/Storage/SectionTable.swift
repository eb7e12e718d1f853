/// Where the sections of a file lie, read from its end and checked against its length.
struct SectionTable: Sendable {
  /// One section.
  struct Entry: Sendable {
    /// Which section.
    let id: SectionID
    /// CRC-32C of its bytes.
    let checksum: UInt32
    /// Its place in the file.
    let range: Range<Int>
  }

  /// The sections in the order of the file.
  let entries: [Entry]
  /// The segment that the file says it belongs to.
  let segment: UInt64
  /// The analysis version that the file was written with.
  let analysisVersion: UInt16
  /// The file's checksum: of its header, table and length.
  let checksum: UInt32

  /// Reads and checks header, table and footer; the sections' bytes are not touched.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` or ``IndexError/unsupportedVersion(file:what:found:supported:)``.
  init(reading bytes: UnsafeRawBufferPointer, path: String, kind: FileKind) throws(IndexError) {
    func damaged(_ detail: String) -> IndexError { .damaged(file: path, detail: detail) }
    let smallest = FileFormat.headerByteCount + FileFormat.footerByteCount
    guard bytes.count >= smallest else { throw damaged("\(bytes.count) bytes; a file has at least \(smallest)") }

    var header = unsafe ByteReader(UnsafeRawBufferPointer(rebasing: bytes[..<FileFormat.headerByteCount]))
    let magic = unsafe header.readBytes(FileFormat.magic.count).map { unsafe Array($0) }
    guard magic == FileFormat.magic else { throw damaged("it does not begin like an index file") }
    guard let kindNumber: UInt16 = header.readFixed(), let version: UInt16 = header.readFixed(),
      let analysis: UInt16 = header.readFixed(), let zero: UInt16 = header.readFixed(),
      let segment: UInt64 = header.readFixed()
    else { throw damaged("header cut off") }

    var footer = unsafe ByteReader(
      UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - FileFormat.footerByteCount)...]))
    guard let sectionCount: UInt32 = footer.readFixed(), let padding: UInt32 = footer.readFixed(),
      let length: UInt64 = footer.readFixed(), let checksum: UInt32 = footer.readFixed(),
      let end: UInt32 = footer.readFixed()
    else { throw damaged("footer cut off") }
    guard end == FileFormat.endMagic else { throw damaged("it does not end like an index file: cut off?") }
    guard length == UInt64(bytes.count) else {
      throw damaged("\(bytes.count) bytes; its footer says \(length)")
    }
    guard Int(sectionCount) <= (bytes.count - smallest) / FileFormat.sectionEntryByteCount else {
      throw damaged("no room for \(sectionCount) sections")
    }
    let tableByteCount = Int(sectionCount) * FileFormat.sectionEntryByteCount
    let tableStart = bytes.count - FileFormat.footerByteCount - tableByteCount

    var actual = CRC32C()
    unsafe actual.update(UnsafeRawBufferPointer(rebasing: bytes[..<FileFormat.headerByteCount]))
    unsafe actual.update(UnsafeRawBufferPointer(rebasing: bytes[tableStart..<bytes.count - 8]))
    guard actual.value == checksum else { throw damaged("header or section table: checksum mismatch") }
    guard version == FileFormat.version else {
      throw .unsupportedVersion(
        file: path, what: "format", found: Int(version), supported: Int(FileFormat.version))
    }
    guard kindNumber == kind.rawValue && zero == 0 && padding == 0 && sectionCount == kind.sections.count else {
      throw damaged("not a file of its kind")
    }

    var table = unsafe ByteReader(
      UnsafeRawBufferPointer(rebasing: bytes[tableStart..<tableStart + tableByteCount]))
    var entries: [Entry] = []
    var next = FileFormat.headerByteCount
    for _ in 0..<sectionCount {
      guard let number: UInt32 = table.readFixed(), let sectionChecksum: UInt32 = table.readFixed(),
        let offset: UInt64 = table.readFixed(), let count: UInt64 = table.readFixed()
      else { throw damaged("section table cut off") }
      let id = kind.sections[entries.count]
      guard number == id.rawValue else { throw damaged("section \(number) in the place of \(id.name)") }
      guard offset == UInt64(next), count <= UInt64(tableStart - next) else {
        throw damaged("section \(id.name) lies outside the file")
      }
      entries.append(Entry(id: id, checksum: sectionChecksum, range: next..<next + Int(count)))
      next += Int(count)
    }
    guard next == tableStart else { throw damaged("bytes between sections and table") }
    self.entries = entries
    self.segment = segment
    analysisVersion = analysis
    self.checksum = checksum
  }
}
