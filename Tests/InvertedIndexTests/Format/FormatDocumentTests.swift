import Testing

@testable import InvertedIndex

/// FORMAT.md against the engine: its examples are the engine's bytes, and what it says is enough to read them.
struct FormatDocumentTests {
  private let document: FormatDocument
  private let examples: FormatExamples

  init() throws {
    document = try FormatDocument()
    examples = try FormatExamples("small", "long", "hosts")
  }

  @Test func everyHexBlockIsWhatTheEngineWrites() throws {
    #expect(!document.blocks.isEmpty)
    for block in document.blocks where block.name != "packed" {
      let bytes = try examples.bytes(block.name)
      let written = bytes[block.range.clamped(to: bytes.indices)]
      #expect(Array(written) == block.bytes, "FORMAT.md:\(block.line): \(block.name) from \(block.offset) on")
    }
  }

  @Test func everyByteOfTheSmallIndexIsShown() throws {
    let names = try examples.fileNames(of: "small")
    #expect(
      names == [
        "00000001-00000002.deletes", "00000001.documents", "00000001.positions", "00000001.postings", "00000001.terms",
        "commit", "lock",
      ])
    for name in names {
      let byteCount = try examples.bytes("small/\(name)").count
      var next = 0
      for block in document.blocks.filter({ $0.name == "small/\(name)" }).sorted(by: { $0.offset < $1.offset }) {
        #expect(block.offset == next, "FORMAT.md:\(block.line)")
        next = block.range.upperBound
      }
      #expect(next == byteCount, "\(name) is shown up to \(next)")
    }
    #expect(try examples.bytes("small/lock").isEmpty)
  }

  @Test func thePackedBlockIsWhatTheEngineWritesAndReadsBackByTheText() throws {
    let block = try #require(document.blocks.first { $0.name == "packed" })
    let numbers = (0..<128).map { UInt32($0 % 8) }
    var packed = [UInt8](repeating: 0, count: 48)
    packed.withUnsafeMutableBytes { packed in
      numbers.withUnsafeBufferPointer { numbers in
        guard let start = packed.baseAddress else { return }
        _ = BitPacking.pack(numbers, width: 3, into: start)
      }
    }
    #expect(packed == block.bytes)
    var bytes = DocumentedBytes(block.bytes)
    #expect(try bytes.packedBlock(width: 3) == numbers.map { UInt64($0) })
    #expect(bytes.isAtEnd)
  }

  @Test func theVersionsAreTheEngines() throws {
    let versions = try #require(document.rows.last)
    #expect(versions.first == "\(FileFormat.version)")
    let statistics = try Snapshot.open(directory: examples.folder("small")).statistics
    #expect(versions[1] == "\(statistics.analysisVersion)")
  }

  @Test func aReaderMadeFromTheTextFindsATermsDocumentsAndPositions() throws {
    let index = try DocumentedIndex(examples.folder("small"))
    #expect(index.generation == 2)
    let segment = try #require(index.segments.first)
    #expect(index.segments.count == 1)
    #expect(
      try segment.allPostings(try #require(segment.characters[0xB87C_077FF])) == [
        .init(document: 0, positions: [0, 5]), .init(document: 2, positions: [0]),
      ])
    #expect(segment.deleted == [1])
    let c = try #require(segment.words[[0, 0] + Array("c".utf8)])
    #expect(try segment.allPostings(c) == [.init(document: 1, positions: [0])])
    #expect(try segment.livePostings(c).isEmpty)
    #expect(segment.fieldNames == ["path", "年"])
    for key in [[0, 2] + Array("2021".utf8), [0, 2, 1] + Array("2021".utf8), [0, 1, 1] + Array("c.md".utf8)] {
      #expect(try segment.livePostings(segment.words[key]) == [.init(document: 2, positions: [0])])
    }
    let sentenceEnds = segment.characters[0x1FFFFE << 21]
    #expect(try segment.livePostings(sentenceEnds).map(\.positions) == [[12], [2]])
    #expect(segment.lengths == [8, 2, 1])
    #expect(segment.textStarts == [5, 0, 0])
  }

  @Test(arguments: ["small", "long", "wide"])
  func aReaderMadeFromTheTextFindsTheDocuments(_ name: String) throws {
    let examples = try FormatExamples(name)
    let segments = try DocumentedIndex(examples.folder(name)).segments
    var documents: [Document] = []
    for segment in segments {
      for number in 0..<segment.documentCount { documents.append(try segment.document(number)) }
      let keys = try segment.keyOrder.map { Array(try segment.document($0).key.utf8) }
      for (key, next) in zip(keys, keys.dropFirst()) { #expect(key.lexicographicallyPrecedes(next)) }
    }
    let expected = try #require(FormatExamples.documents[name])
    #expect(documents == expected)
  }

  @Test func aReaderMadeFromTheTextFindsThePlacesOfALongText() throws {
    let segment = try #require(try DocumentedIndex(examples.folder("long")).segments.first)
    #expect(try segment.record(0).places == [.init(position: 601, offset: 1803)])
    #expect(try segment.record(1).places.isEmpty)
  }

  @Test func aReaderMadeFromTheTextReadsFullBlocks() throws {
    let segment = try #require(try DocumentedIndex(examples.folder("long")).segments.first)
    let postings = try segment.livePostings(segment.characters[0x6C34 << 21])
    #expect(postings.map(\.document) == Array(1...130))
    for posting in postings {
      let expected = posting.document == 6 ? [0, 2] : posting.document == 130 ? [0, 2, 4] : [0]
      #expect(posting.positions == expected)
    }
  }

  @Test(arguments: ["small", "long", "wide"])
  func aReaderMadeFromTheTextReadsEveryListAsTheEngineDoes(_ name: String) throws {
    let examples = try FormatExamples(name)
    let engine = try Snapshot.open(directory: examples.folder(name)).segments
    let documented = try DocumentedIndex(examples.folder(name)).segments
    #expect(documented.count == engine.count)
    for (engine, segment) in zip(engine, documented) {
      var entries: [(engine: TermEntry, documented: DocumentedSegment.Entry?)] = []
      try engine.dictionary.forEachCharacters(in: 0...UInt64.max) { (key, entry) throws(IndexError) in
        entries.append((entry, segment.characters[key]))
        return true
      }
      try engine.dictionary.forEachWord { (word, entry) throws(IndexError) in
        entries.append((entry, segment.words[word]))
        return true
      }
      #expect(entries.count == segment.characters.count + segment.words.count)
      for entry in entries {
        var cursor = try engine.cursor(for: entry.engine)
        var expected: [DocumentedSegment.Posting] = []
        var positions: [UInt32] = []
        while try cursor.advance() != PostingsCursor.exhausted {
          let count = try cursor.readPositions(into: &positions)
          expected.append(.init(document: Int(cursor.document), positions: positions[..<count].map { Int($0) }))
        }
        #expect(try segment.allPostings(try #require(entry.documented)) == expected)
      }
    }
  }
}

/// The tables and numbers of FORMAT.md that need no index.
struct FormatTableTests {
  private let document: FormatDocument

  init() throws { document = try FormatDocument() }

  @Test(arguments: FileKind.allCases) func everyKindOfFileIsInATable(_ kind: FileKind) {
    #expect(
      document.rows.contains { $0.count == 3 && $0[0] == "\(kind.rawValue)" && $0[1] == "`\(kind.pathExtension)`" })
  }

  @Test(arguments: SectionID.allCases) func everySectionIsInATable(_ section: SectionID) {
    #expect(document.rows.contains { $0.count == 3 && $0[0] == "\(section.rawValue)" && $0[1] == section.name })
  }

  @Test func theChecksumOfTheTextIsTheEngines() {
    let bytes = Array("123456789".utf8)
    #expect(DocumentedFile.checksum(bytes) == 0xE306_9283)
    #expect(bytes.withUnsafeBytes { CRC32C.checksum(of: $0) } == 0xE306_9283)
  }

  @Test func aDamagedHexBlockIsNoticed() throws {
    #expect(throws: FormatDocument.Malformed.self) { try FormatDocument(text: "```hex a @0\n0g\n```") }
    #expect(throws: FormatDocument.Malformed.self) { try FormatDocument(text: "```hex a\n00\n```") }
    #expect(throws: FormatDocument.Malformed.self) { try FormatDocument(text: "```hex a @0\n00\n") }
    let block = try #require(try FormatDocument(text: "```hex a/b @7\n00 ff ; c\n10\n```").blocks.first)
    #expect(block.name == "a/b" && block.range == 7..<10 && block.bytes == [0x00, 0xFF, 0x10])
  }
}
