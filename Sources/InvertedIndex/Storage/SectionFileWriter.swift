import SystemIO

/// Writes one file of sections: header, sections one behind the other, table, footer (see FORMAT.md).
///
/// SAFETY: one thread at a time: the one that writes, and, while it waits, another one that finishes the file.
final class SectionFileWriter: @unchecked Sendable {
  /// The file's path.
  var path: String { file.path }
  /// How many bytes the section being written has so far.
  private(set) var sectionByteCount: UInt64 = 0
  /// The finished file's length; 0 before ``finish()``.
  private(set) var byteCount: UInt64 = 0
  /// The finished file's checksum; 0 before ``finish()``.
  private(set) var checksum: UInt32 = 0

  private let file: OutputFile
  private let header: [UInt8]
  private var table = ByteWriter()
  private var sectionCount: UInt32 = 0
  private var section: SectionID?
  private var sectionChecksum = CRC32C()

  /// Creates the file and writes its header.
  ///
  /// - Throws: ``IndexError/system(_:)``, also when the file exists.
  init(
    creating path: String, kind: FileKind, segment: UInt64, analysisVersion: UInt16, bufferByteCount: Int = 1 << 17
  ) throws(IndexError) {
    file = try wrapping { () throws(SystemError) in
      try OutputFile(creating: path, bufferByteCount: bufferByteCount)
    }
    var header = ByteWriter()
    header.append(contentsOf: FileFormat.magic)
    header.append(fixed: kind.rawValue)
    header.append(fixed: FileFormat.version)
    header.append(fixed: analysisVersion)
    header.append(fixed: UInt16(0))
    header.append(fixed: segment)
    self.header = header.bytes
    try append(toFile: header.bytes)
  }

  /// Begins a section; the one before must be ended.
  func beginSection(_ id: SectionID) {
    precondition(section == nil, "one section at a time")
    section = id
    sectionByteCount = 0
    sectionChecksum = CRC32C()
    table.append(fixed: id.rawValue)
  }

  /// Appends bytes to the section.
  func append(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    unsafe sectionChecksum.update(bytes)
    sectionByteCount += UInt64(bytes.count)
    do { try unsafe file.append(bytes) } catch { throw IndexError.system(error) }
  }

  /// Appends bytes to the section.
  func append(_ bytes: [UInt8]) throws(IndexError) {
    let result = unsafe bytes.withUnsafeBytes { raw -> Result<Void, IndexError> in
      do throws(IndexError) {
        try unsafe append(raw)
        return .success(())
      } catch { return .failure(error) }
    }
    try result.get()
  }

  /// Appends numbers to the section, each least byte first.
  func append(_ numbers: [some FixedWidthInteger & UnsignedInteger]) throws(IndexError) {
    var writer = ByteWriter()
    for number in numbers {
      writer.append(fixed: number)
      guard writer.count >= 1 << 16 else { continue }
      try append(writer.bytes)
      writer.removeAll()
    }
    try append(writer.bytes)
  }

  /// Ends the section and notes its checksum, place and length.
  func endSection() {
    precondition(section != nil, "a section was begun")
    section = nil
    sectionCount += 1
    table.append(fixed: sectionChecksum.value)
    table.append(fixed: file.byteCount - sectionByteCount)
    table.append(fixed: sectionByteCount)
  }

  /// Writes table and footer, and makes the file durable.
  func finish() throws(IndexError) {
    precondition(section == nil, "all sections were ended")
    byteCount = file.byteCount + UInt64(table.count + FileFormat.footerByteCount)
    table.append(fixed: sectionCount)
    table.append(fixed: UInt32(0))
    table.append(fixed: byteCount)
    var checksum = CRC32C()
    for part in [header, table.bytes] { unsafe part.withUnsafeBytes { unsafe checksum.update($0) } }
    self.checksum = checksum.value
    table.append(fixed: checksum.value)
    table.append(fixed: FileFormat.endMagic)
    try append(toFile: table.bytes)
    try wrapping { () throws(SystemError) in try file.finish() }
  }

  private func append(toFile bytes: [UInt8]) throws(IndexError) {
    try wrapping { () throws(SystemError) in try file.append(bytes) }
  }
}
