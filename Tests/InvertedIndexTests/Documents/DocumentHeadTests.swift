import Testing

@testable import InvertedIndex

/// The heads of a group: short where documents follow each other, and read back whatever comes.
@Suite struct DocumentHeadTests {
  /// The heads of a group of documents, whose tails have no bytes.
  private func bytes(_ documents: [Document]) -> [[UInt8]] {
    var last = DocumentHead()
    return documents.map { document in
      var writer = ByteWriter()
      var batch = DocumentBatch()
      batch.append(document)
      var head = DocumentHead()
      head.become(batch, 0, tailByteCount: 0, after: last)
      head.append(to: &writer, after: last)
      last = head
      return writer.bytes
    }
  }

  /// What the heads say, in order; nil when one is damaged or, where `all` of them are asked for, they are not used up.
  private func read(_ heads: [UInt8], count: Int, all: Bool = true) -> [Document]? {
    heads.withUnsafeBytes { heads in
      DocumentHeadReader.read(heads, count: count) { reader in
        var documents: [Document] = []
        for _ in 0..<count {
          guard reader.next() else { return nil }
          documents.append(reader.document(fields: []))
        }
        return reader.remaining == 0 || !all ? documents : nil
      }
    }
  }

  /// What the last of the heads says, and how many bytes the texts before it have; nil when one is damaged.
  private func readLast(_ heads: [UInt8], count: Int) -> (document: Document, texts: Int)? {
    heads.withUnsafeBytes { heads in
      DocumentHeadReader.read(heads, count: count) { reader in
        reader.read(behind: count - 1).map { (reader.document(fields: []), $0.texts) }
      }
    }
  }

  private func lines(_ path: String, _ start: Int, _ end: Int) -> InvertedIndex.SourceLocation {
    InvertedIndex.SourceLocation(path: path, startLine: start, endLine: end)
  }

  @Test func `a document behind that of the line before takes its flags and the length of its text`() {
    let documents = (1...4).map { line in
      Document(key: "\(line + 7)", text: "水", source: lines("a/b.jsonl", line, line))
    }
    let heads = bytes(documents)
    let path: [UInt8] = Array("a/b.jsonl".utf8)
    let first: [UInt8] = [2 + 16, 0x10, 0x38, 0x90] + path + [3]
    let other: [UInt8] = [2 + 4, 3]
    #expect(heads == [first, other, other, other])
    let keys = read(heads.flatMap { $0 }, count: 4)?.map { $0.key }
    #expect(keys == ["8", "9", "10", "11"])
  }

  @Test(arguments: [
    ("1", "2", 2), ("9", "10", 2), ("k-099", "k-100", 2), ("a999", "a1000", 2), ("0", "1", 2), ("一9", "一10", 2),
    ("9", "11", 5), ("9", "9", 3), ("a", "b", 4), ("a", "a1", 4), ("10", "9", 4), ("9a", "10a", 6), ("1", "02", 5),
  ])
  func `a key that counts on takes no bytes`(first: String, second: String, byteCount: Int) {
    let documents = [Document(key: first, text: ""), Document(key: second, text: "")]
    let heads = bytes(documents)
    #expect(heads[1].count == byteCount)
    #expect(read(heads.flatMap { $0 }, count: 2) == documents)
  }

  @Test(arguments: 0..<200)
  func `heads come back, and a changed byte never traps`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var line = 1
    let documents = (0..<1 + generator.number(below: 40)).map { number in
      line += generator.pick([0, 1, 1, 1, 5, 1000])
      let length = generator.pick([0, 0, 2, 14, 15, 16, 300])
      let end = generator.number(below: 40) == 0 ? Int.max : line + generator.pick([0, 0, 3])
      let nines = String(repeating: "9", count: 1 + length)
      let key = generator.pick(["\(number)", "k\(99 + number)", nines, "é\(number)\n"])
      let path = generator.pick(["a", "a", "dir/long name.md"])
      let document = Document(
        key: key, title: String(repeating: generator.pick(["a", "b"]), count: length), text: "",
        source: generator.number(below: 4) == 0 ? nil : lines(path, line, end),
        tabsSeparateCells: generator.number(below: 2) == 0)
      if end < Int.max { line = end }
      return document
    }
    let heads = bytes(documents).flatMap { $0 }
    #expect(read(heads, count: documents.count) == documents, "seed \(seed)")
    #expect(read(Array(heads.dropLast()), count: documents.count) == nil, "seed \(seed)")
    for _ in 0..<20 {
      var damaged = heads
      damaged[generator.number(below: heads.count)] ^= UInt8(1 + generator.number(below: 255))
      for document in read(damaged, count: documents.count) ?? [] {
        #expect(document.source.map { $0.startLine <= $0.endLine } ?? true, "seed \(seed)")
      }
    }
  }

  @Test(arguments: 0..<100)
  func `who passes over heads comes to the same as who reads them`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var line = 1
    var key = generator.pick([1, 8, 97, 9_990])
    let documents = (0..<32).map { _ in
      key += generator.pick([1, 1, 1, 1, 1, 1, 1, 20])
      let last = line + generator.pick([0, 0, 0, 2, 300])
      defer { line = last + generator.pick([1, 1, 1, 1, 2]) }
      return Document(
        key: "k\(key)", title: generator.pick(["", "", "", "t"]),
        text: String(
          repeating: "a", count: generator.number(below: 100) == 0 ? 16_384 : generator.pick([0, 1, 127, 128])),
        source: generator.number(below: 20) == 0 ? nil : lines(generator.pick(["a", "a", "a", "b"]), line, last))
    }
    let heads = bytes(documents)
    for index in documents.indices {
      let bytes = heads[...index].flatMap { $0 }
      let last = readLast(bytes, count: index + 1)
      var document = documents[index]
      document.text = ""
      #expect(last?.document == document, "seed \(seed), document \(index)")
      #expect(last?.texts == documents[..<index].reduce(0) { $0 + $1.text.utf8.count }, "seed \(seed)")
      var damaged = bytes
      damaged[generator.number(below: bytes.count)] ^= UInt8(1 + generator.number(below: 255))
      #expect(readLast(damaged, count: index + 1)?.document == read(damaged, count: index + 1, all: false)?.last)
    }
  }

  @Test func `flags of a source without one, and a number behind none, are damage`() {
    for flags in [16, 32, 64, 4] as [UInt8] { #expect(read([flags, 0x10, 0x61, 0, 0], count: 1) == nil) }
    #expect(read([0, 0x10, 0x61, 0], count: 1) == [Document(key: "a", text: "")])
  }

  @Test(arguments: 0..<20)
  func `heads that were read are written as they were`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let documents = (0..<32).map { number in
      Document(
        key: generator.pick(["k\(number)", "\(number)"]), title: generator.pick(["", "a", "ab", "b"]), text: "水",
        source: generator.pick([nil, lines("p", number, number), lines("q", 1, 2)]))
    }
    let heads = bytes(documents).flatMap { $0 }
    var writer = ByteWriter()
    heads.withUnsafeBytes { heads in
      DocumentHeadReader.read(heads, count: documents.count) { reader in
        var last = DocumentHead()
        for _ in documents where reader.next() {
          let head = DocumentHead(reader)
          head.append(to: &writer, after: last)
          last = head
        }
      }
    }
    #expect(writer.bytes == heads, "seed \(seed)")
  }

  @Test func `no line follows the last that there can be`() {
    let last = Document(key: "a", text: "", source: lines("p", Int.max, Int.max))
    let heads = bytes([last, Document(key: "b", text: "", source: lines("p", 0, 0))])
    let sources = read(heads.flatMap { $0 }, count: 2)?.map { $0.source }
    #expect(sources?.last == lines("p", 0, 0))
    #expect(read(heads[0] + [2, 0x10, 0x62, 0], count: 2) == nil)
  }
}
