import SystemIO

/// A mapped file of sections, unchanging while it is open.
final class SectionFile: Sendable {
  /// The file's path.
  let path: String
  /// Where its sections lie.
  let table: SectionTable
  private let file: MappedFile

  /// The file's length.
  var byteCount: Int { file.byteCount }

  /// Maps a file and checks its header, its section table and its versions.
  ///
  /// - Throws: ``IndexError``; a missing file is ``IndexError/system(_:)``.
  init(
    opening path: String, kind: FileKind, segment: UInt64, analysisVersion: UInt16
  ) throws(IndexError) {
    self.path = path
    file = try wrapping { () throws(SystemError) in try MappedFile(mapping: path) }
    table = try unsafe SectionTable(reading: file.bytes, path: path, kind: kind)
    guard table.segment == segment else {
      throw .damaged(file: path, detail: "it says segment \(table.segment), its name \(segment)")
    }
    guard table.analysisVersion == analysisVersion else {
      throw .unsupportedVersion(
        file: path, what: "analysis", found: Int(table.analysisVersion), supported: Int(analysisVersion))
    }
  }

  /// A section's bytes.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when the file has no such section.
  func section(_ id: SectionID) throws(IndexError) -> ByteSection {
    guard let entry = table.entries.first(where: { $0.id == id }) else {
      throw .damaged(file: path, detail: "no section \(id.name)")
    }
    return unsafe ByteSection(owner: self, bytes: UnsafeRawBufferPointer(rebasing: file.bytes[entry.range]))
  }

  /// A section's byte count; 0 when the file has no such section.
  func byteCount(of id: SectionID) -> Int { table.entries.first { $0.id == id }?.range.count ?? 0 }

  /// Lets the bytes read so far count to this process no more; who reads them again gets them again.
  func letGoOfPages() { file.letGoOfPages() }

  /// Reads all sections with `pread` and compares them with their checksums.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` for the first that does not match.
  func checkSections() throws(IndexError) {
    for entry in table.entries {
      var stream = try SectionStream(path: path, range: entry.range)
      var checksum = CRC32C()
      var left = entry.range.count
      while left > 0 {
        let count = min(left, 1 << 18)
        try unsafe stream.read(count) { (bytes) throws(IndexError) in unsafe checksum.update(bytes) }
        left -= count
      }
      guard checksum.value == entry.checksum else {
        throw .damaged(file: path, detail: "section \(entry.id.name): checksum mismatch")
      }
    }
  }

  /// Compares a section that is small and read as a whole with its checksum.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` where they differ.
  func checkSection(_ id: SectionID) throws(IndexError) {
    guard let entry = table.entries.first(where: { $0.id == id }),
      unsafe CRC32C.checksum(of: UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])) == entry.checksum
    else { throw .damaged(file: path, detail: "section \(id.name): checksum mismatch") }
  }

  /// The sections whose bytes do not match their checksums.
  ///
  /// - Complexity: O(*n*) in the file's bytes.
  func damagedSections() -> [SectionID] {
    table.entries.filter { entry in
      unsafe CRC32C.checksum(of: UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])) != entry.checksum
    }.map(\.id)
  }
}

/// A piece of a mapped file.
///
/// SAFETY: `base` points to `count` bytes of the mapping that `owner` keeps alive and unchanged; every accessor checks its
/// range before it reads.
@safe struct ByteSection: @unchecked Sendable {
  /// How many bytes the piece has.
  let count: Int
  private let owner: SectionFile
  private let base: UnsafeRawPointer?

  init(owner: SectionFile, bytes: UnsafeRawBufferPointer) {
    self.owner = owner
    unsafe base = bytes.baseAddress
    count = bytes.count
  }

  /// The file's path, for errors.
  var path: String { owner.path }

  /// The error for a broken promise in these bytes.
  func damaged(_ detail: String) -> IndexError { .damaged(file: path, detail: detail) }

  /// The bytes of `range`.
  ///
  /// - Throws: ``IndexError/damaged(file:detail:)`` when they do not lie in the section.
  func piece(at offset: Int, count pieceCount: Int) throws(IndexError) -> ByteSection {
    guard offset >= 0, pieceCount >= 0, offset <= count, pieceCount <= count - offset else {
      throw damaged("\(pieceCount) bytes at \(offset) lie outside a section of \(count)")
    }
    return unsafe ByteSection(
      owner: owner, bytes: UnsafeRawBufferPointer(start: base.map { unsafe $0 + offset }, count: pieceCount))
  }

  /// The number at an index of an array of fixed-width numbers.
  @inline(__always)
  func number<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    at index: Int, as type: Number.Type = Number.self
  ) throws(IndexError) -> Number {
    let size = MemoryLayout<Number>.size
    guard let base = unsafe base, index >= 0, index < count / size else {
      throw damaged("element \(index) of an array of \(count / size)")
    }
    return unsafe Number(littleEndian: base.loadUnaligned(fromByteOffset: index &* size, as: Number.self))
  }

  /// A reader of the bytes from `offset` on; at the end when `offset` lies outside.
  ///
  /// The reader is valid while this section (or its file) is.
  @inline(__always)
  func reader(at offset: Int = 0) -> ByteReader {
    guard offset >= 0 && offset < count else { return unsafe ByteReader(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return unsafe ByteReader(UnsafeRawBufferPointer(start: base.map { unsafe $0 + offset }, count: count - offset))
  }

  /// The bytes; valid while the section is.
  var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }
}
