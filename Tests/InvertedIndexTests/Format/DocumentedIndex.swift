import InvertedIndex

/// An index read by the rules of FORMAT.md, with none of the engine's readers: slow, plain, and strict about every promise.
struct DocumentedIndex {
  /// The commit's number.
  let generation: UInt64
  /// The segments in their order.
  let segments: [DocumentedSegment]

  init(_ folder: String) throws {
    var manifest = try DocumentedFile(folder + "/commit", kind: 1, segment: 0, sections: [1])[1]
    generation = try manifest.number(8)
    let nextSegment = try manifest.number(8)
    var segments: [DocumentedSegment] = []
    for _ in 0..<(try manifest.number(4)) {
      let segment = try DocumentedSegment(folder, &manifest)
      try hold(segment.id < nextSegment, "ids below the next segment's")
      try hold(segment.deletesGeneration <= generation, "marks of this commit or of one before")
      segments.append(segment)
    }
    try hold(manifest.isAtEnd, "a manifest that is used up")
    self.segments = segments
  }
}

/// A segment.
struct DocumentedSegment {
  /// What the dictionary says of a term, and where its lists lie.
  struct Entry {
    let documentFrequency: Int
    let occurrences: Int
    let postings: Range<Int>
    let positions: Range<Int>
  }

  /// A document that holds a term, and where.
  struct Posting: Equatable {
    let document: Int
    let positions: [Int]
  }

  let id: UInt64
  let documentCount: Int
  let deletesGeneration: UInt64
  /// The fields' names, that of number 1 first.
  let fieldNames: [String]
  /// Terms of characters by their keys.
  private(set) var characters: [UInt64: Entry] = [:]
  /// Words by their keys.
  private(set) var words: [[UInt8]: Entry] = [:]
  /// Numbers of the deleted documents.
  private(set) var deleted: Set<Int> = []
  /// The documents' lengths.
  let lengths: [Int]
  /// By bigram, what stands before and behind it in its hosts.
  let hosts: [UInt64: [[UInt64]]]
  /// The positions at which their texts begin.
  let textStarts: [Int]
  /// The documents' numbers in the order of their keys.
  let keyOrder: [Int]

  private let postings: DocumentedBytes
  private let positions: DocumentedBytes
  private let stored: DocumentedStore

  /// Reads a segment's part of the manifest, and opens its files.
  init(_ folder: String, _ manifest: inout DocumentedBytes) throws {
    id = try manifest.number(8)
    documentCount = Int(try manifest.number(4))
    let deletedCount = Int(try manifest.number(4))
    let liveLength = Int(try manifest.number(8))
    deletesGeneration = try manifest.number(8)
    let id = self.id
    func open(_ ending: String, _ kind: UInt64, _ sections: [UInt64]) throws -> DocumentedFile {
      let stamp = DocumentedFile.Stamp(length: try manifest.number(8), checksum: try manifest.number(4))
      let path = "\(folder)/\(Self.name(id))\(ending)"
      let file = try DocumentedFile(path, kind: kind, segment: id, sections: sections)
      try hold(file.stamp == stamp, "the stamp of \(path)")
      return file
    }
    let terms = try open(".terms", 2, [16, 17, 18, 19, 20, 21, 22])
    postings = try open(".postings", 3, [32])[32]
    positions = try open(".positions", 4, [48])[48]
    let documents = try open(".documents", 5, [64, 65, 66, 67, 68])
    lengths = try Self.table(terms[21], documentCount)
    textStarts = try Self.table(documents[67], documentCount)
    keyOrder = try Self.table(documents[68], documentCount)
    stored = try DocumentedStore(
      documents[64], groups: try Self.array(documents[65], 8), blocks: try Self.array(documents[66], 8),
      documentCount: documentCount)
    try hold(keyOrder.sorted() == Array(0..<documentCount), "each document once in the order of the keys")

    var names = terms[20]
    fieldNames = try (0..<(try names.varint())).map { _ in try names.string() }
    try hold(names.isAtEnd, "field names that are used up")
    hosts = try Self.hosts(terms[22])
    if deletesGeneration > 0 {
      let words = try Self.array(try open("-\(Self.name(deletesGeneration)).deletes", 6, [80])[80], 8)
      try hold(words.count == (documentCount + 63) / 64, "a bit for each document")
      deleted = Set((0..<words.count * 64).filter { words[$0 / 64] >> ($0 % 64) & 1 == 1 })
      try hold(deleted.allSatisfy { $0 < documentCount }, "no bits beyond the last document")
    } else {
      try hold(try manifest.take(12) == [UInt8](repeating: 0, count: 12), "a stamp of zeros without marks")
    }
    try hold(deleted.count == deletedCount, "as many marks as the commit says")
    let live = (0..<documentCount).filter { !deleted.contains($0) }
    try hold(live.reduce(0) { $0 + lengths[$1] } == liveLength, "the live length")
    try readTerms(terms)
  }

  private static func hosts(_ section: DocumentedBytes) throws -> [UInt64: [[UInt64]]] {
    var section = section
    var hosts: [UInt64: [[UInt64]]] = [:]
    var next: UInt64 = 0
    for _ in 0..<(try section.varint()) {
      let bigram = next + (try section.varint())
      let pairs = try (0..<(try section.varint())).map { _ in [try section.varint(), try section.varint()] }
      try hold(!pairs.isEmpty && bigram < 1 << 42, "a bigram with hosts")
      for (pair, behind) in zip(pairs, pairs.dropFirst()) {
        try hold(pair.lexicographicallyPrecedes(behind), "hosts that rise")
      }
      for character in pairs.joined() + [bigram >> 21, bigram & 0x1FFFFF] {
        try hold(character > 0 && Unicode.Scalar(UInt32(character)) != nil, "hosts of characters")
      }
      hosts[bigram] = pairs
      next = bigram + 1
    }
    try hold(section.isAtEnd, "hosts that are used up")
    return hosts
  }

  /// The postings of a term, deleted documents left out.
  func livePostings(_ entry: Entry?) throws -> [Posting] {
    guard let entry else { return [] }
    return try allPostings(entry).filter { !deleted.contains($0.document) }
  }

  /// The postings of a term.
  func allPostings(_ entry: Entry) throws -> [Posting] {
    var list = try postings.piece(entry.postings.lowerBound, entry.postings.upperBound)
    var places = try positions.piece(entry.positions.lowerBound, entry.positions.upperBound)
    let fullBlockCount = entry.documentFrequency / 128
    var skips = try list.piece(list.count - 20 * fullBlockCount, list.count)
    var result: [Posting] = []
    var next = 0  // one past the document before
    for start in stride(from: 0, to: entry.documentFrequency, by: 128) {
      let count = min(128, entry.documentFrequency - start)
      let header = Int(try list.number(1))
      let (gapShift, frequencyShift) = (header & 31, header >> 5)
      let packed = count == 128 ? try list.packedBlock(width: gapShift) : nil
      var bits = DocumentedBits(list)
      let lows = try packed ?? bits.numbers(count, width: gapShift)
      let gaps = try zip(lows, bits.unary(count)).map { low, high in high << gapShift | Int(low) }
      let frequencyLows = try bits.numbers(count, width: frequencyShift)
      let frequencies = try zip(frequencyLows, bits.unary(count)).map { $1 << frequencyShift | Int($0) }
      list = try bits.end()

      let positionShift = Int(try places.number(1))
      let positionCount = frequencies.reduce(0) { $0 + $1 + 1 }
      var positionBits = DocumentedBits(places)
      let positionLows = try positionBits.numbers(positionCount, width: positionShift)
      var positionGaps = try zip(positionLows, positionBits.unary(positionCount)).map { low, high in
        high << positionShift | Int(low)
      }[...]
      places = try positionBits.end()

      var block: [Posting] = []
      for (gap, frequency) in zip(gaps, frequencies) {
        let document = next + gap
        try hold(document < documentCount, "documents of the segment")
        var positions: [Int] = []
        for step in positionGaps.prefix(frequency + 1) { positions.append((positions.last ?? -1) + 1 + step) }
        positionGaps = positionGaps.dropFirst(frequency + 1)
        block.append(Posting(document: document, positions: positions))
        next = document + 1
      }
      result += block
      guard count == 128 else { continue }
      try hold(Int(try skips.number(4)) == next - 1, "the last document of a block")
      try hold(Int(try skips.number(4)) == list.offset, "where a block's postings end")
      try hold(Int(try skips.number(4)) == places.offset, "where a block's positions end")
      let bounds = try (0..<4).map { _ in (frequency: Int(try skips.number(1)), code: Int(try skips.number(1))) }
      for posting in block {
        let isBounded = bounds.contains { bound in
          let length = bound.code < 32 ? bound.code : (16 | bound.code & 15) << (bound.code / 16 - 1)
          let isWithin = posting.positions.count <= bound.frequency || bound.frequency == 255
          return bound.frequency > 0 && isWithin && lengths[posting.document] >= length
        }
        try hold(isBounded, "a pair that bounds the posting")
      }
    }
    try hold(list.offset == list.count - 20 * fullBlockCount && places.isAtEnd, "lists that are used up")
    try hold(result.reduce(0) { $0 + $1.positions.count } == entry.occurrences, "occurrences as the entry says")
    return result
  }

  /// A stored document.
  func document(_ number: Int) throws -> Document { try record(number).document }

  /// A stored document and the places in its text.
  func record(_ number: Int) throws -> (document: Document, places: [DocumentedStore.Place]) {
    try stored.record(number, textStart: textStarts[number])
  }

  private mutating func readTerms(_ file: DocumentedFile) throws {
    var postingsEnd = 0
    var positionsEnd = 0
    func entry(_ block: inout DocumentedBytes) throws -> Entry {
      let documentFrequency = Int(try block.varint())
      try hold(documentFrequency > 0, "a term with documents")
      let occurrences = documentFrequency + Int(try block.varint())
      let (postings, positions) = (postingsEnd, positionsEnd)
      postingsEnd += Int(try block.varint())
      positionsEnd += Int(try block.varint())
      return Entry(
        documentFrequency: documentFrequency, occurrences: occurrences, postings: postings..<postingsEnd,
        positions: positions..<positionsEnd)
    }
    func blocks(_ section: UInt64, _ index: UInt64, columns: Int) throws -> [(row: [Int], block: DocumentedBytes)] {
      let numbers = try Self.array(file[index], 8)
      let rows = stride(from: 0, to: numbers.count, by: columns).map { Array(numbers[$0..<$0 + columns]) }
      let ends = rows.dropFirst().map { $0[columns - 3] } + [file[section].count]
      try hold(rows.isEmpty ? ends == [0] : rows[0][columns - 3] == 0, "blocks that use up their section")
      return try zip(rows, ends).map { ($0, try file[section].piece($0[columns - 3], $1)) }
    }
    var previousKey: UInt64?
    for (row, bytes) in try blocks(16, 17, columns: 4) {
      var block = bytes
      var key = UInt64(row[0])
      try hold(row[2...] == [postingsEnd, positionsEnd], "lists that begin where the index says")
      while !block.isAtEnd {
        let isFirst = block.offset == 0
        let step = try block.varint()
        key += step
        try hold(isFirst ? step == 0 : step > 0, "a step")
        try hold(
          previousKey.map { $0 < key } ?? true && key >> 42 <= fieldNames.count, "keys in order, of known fields")
        previousKey = key
        characters[key] = try entry(&block)
      }
    }
    var previousWord: [UInt8] = []
    for (row, bytes) in try blocks(18, 19, columns: 3) {
      var block = bytes
      var word: [UInt8] = []
      try hold(row[1...] == [postingsEnd, positionsEnd], "lists that begin where the index says")
      while !block.isAtEnd {
        let shared = Int(try block.varint())
        try hold(shared <= word.count, "bytes to share")
        word = word.prefix(shared) + (try block.take(Int(try block.varint())))
        try hold(previousWord.lexicographicallyPrecedes(word), "words in order")
        try hold((3...257).contains(word.count), "a field and 1 to 255 bytes")
        try hold(Int(word[0]) << 8 | Int(word[1]) <= fieldNames.count, "words of known fields")
        previousWord = word
        words[word] = try entry(&block)
      }
    }
    try hold(postingsEnd == postings.count && positionsEnd == positions.count, "lists that use up their sections")
  }

  private static func array(_ section: DocumentedBytes, _ byteCount: Int) throws -> [Int] {
    var section = section
    try hold(section.count % byteCount == 0, "an array of whole numbers")
    return try (0..<section.count / byteCount).map { _ in Int(truncatingIfNeeded: try section.number(byteCount)) }
  }

  /// A table of numbers.
  private static func table(_ section: DocumentedBytes, _ count: Int) throws -> [Int] {
    var section = section
    let width = Int(try section.number(4))
    try hold(width <= 4 && section.count == 4 + width * count, "a table for all documents")
    let numbers = try (0..<count).map { _ in Int(try section.number(width)) }
    try hold(width == 0 || numbers.contains { $0 >> (8 * width - 8) > 0 }, "as few bytes as the largest needs")
    return numbers
  }

  private static func name(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
