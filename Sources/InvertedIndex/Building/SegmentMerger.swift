import SystemIO

/// Makes one segment of several, leaving deleted documents out.
///
/// Postings, positions and documents are streamed with `pread`; of what is mapped, pages that were read are let go. Memory is
/// three buffers for each input, which grow up to its longest list; 16 bytes a document for the tables of the new segment;
/// and, before the lists come, ten bytes a document and its key.
struct SegmentMerger {
  /// A segment to merge, and which of its documents are left out.
  struct Input {
    let segment: SegmentReader
    let deletes: DeleteMarks?
  }

  private let inputs: [Input]
  private let fieldNames: [[UInt8]]
  private var numbers: [DocumentNumbers] = []
  private static let documentsBetweenReleases: UInt32 = 1 << 16

  /// A merger of `inputs`, whose documents keep their order.
  init(_ inputs: [Input]) {
    self.inputs = inputs
    let names = Set(inputs.flatMap(\.segment.dictionary.fieldNames).map { Array($0.utf8) })
    fieldNames = names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Writes the merged segment.
  mutating func write(to id: UInt64, in folder: IndexFolder) throws(IndexError) -> SegmentInfo {
    guard fieldNames.count < Int(UInt16.max) else { throw .limitExceeded("more than 65,534 fields") }
    guard inputs.reduce(0, { $0 + $1.segment.documentCount }) < Int(UInt32.max) else {
      throw .limitExceeded("2^32 documents in a segment")
    }
    var writer = try SegmentWriter(id: id, in: folder)
    let keyOrder = try copyDocuments(to: &writer)
    writer.beginLists()
    let sources = try openLists()
    try mergeCharacters(sources, to: &writer)
    for source in sources { source.finishCharacters() }
    try mergeWords(sources, to: &writer)
    return try writer.finish(
      keyOrder: keyOrder, fieldNames: fieldNames.map { String(decoding: $0, as: UTF8.self) },
      hosts: HostTable.union(inputs.map(\.segment.hosts)))
  }

  /// Copies the documents that are not deleted, and returns their order by their keys.
  private mutating func copyDocuments(to writer: inout SegmentWriter) throws(IndexError) -> [UInt32] {
    var keys = KeyList()
    var order: [UInt32] = []
    for input in inputs {
      let documents = input.segment.documents
      let cache = TextBlockCache()
      var map = DocumentNumbers(first: UInt32(keys.count), deletes: input.deletes)
      try documents.forEachRecord { (number, head, tail, textOffset) throws(IndexError) in
        if number % Self.documentsBetweenReleases == 0 { input.segment.files[3].letGoOfPages() }
        let isDeleted = input.deletes?[number] ?? false
        map.note(number, isDeleted: isDeleted)
        guard !isDeleted else { return }
        keys.append(head.key)
        try writer.append(
          head, tail: tail, length: documents.lengths[number], textStart: try documents.textStart(of: number))
        guard input.deletes != nil else { return }
        var next = textOffset
        while next < textOffset + head.textByteCount {
          let end = min(next + TextEncoder.blockByteCount, textOffset + head.textByteCount)
          let text = try documents.blocks.read(next..<end, using: cache)
          try writer.append(text: text.span)
          next = end
        }
      }
      if input.deletes == nil { try copyBlocks(of: documents.blocks, cache, to: &writer) }
      numbers.append(map)
      try appendKeyOrder(of: input, map, to: &order)
      input.segment.files[3].letGoOfPages()
    }
    keys.sort(&order)
    return order
  }

  /// Appends an input's documents in the order of their keys, by their merged numbers.
  private func appendKeyOrder(
    of input: Input, _ numbers: DocumentNumbers, to order: inout [UInt32]
  ) throws(IndexError) {
    let segment = input.segment
    var seen = DeleteMarks(documentCount: segment.documentCount)
    for rank in 0..<segment.documentCount {
      let document = try segment.documents.document(atKeyRank: rank)
      guard document < segment.documentCount, seen.mark(document) else {
        throw .damaged(file: segment.files[3].path, detail: "an order of keys that is none")
      }
      if let number = numbers.number(of: document) { order.append(number) }
    }
  }

  /// Copies blocks as they are, but for small ones, which would become many, merge after merge.
  private func copyBlocks(
    of blocks: TextBlocks, _ cache: TextBlockCache, to writer: inout SegmentWriter
  ) throws(IndexError) {
    for index in 0..<blocks.count {
      let (chunk, textByteCount) = try blocks.chunk(index)
      if textByteCount >= TextEncoder.blockByteCount / 2 {
        try writer.append(block: try blocks.storedBytes(of: index), textByteCount: textByteCount)
      } else {
        let text = try blocks.read(chunk.textOffset..<chunk.textOffset + textByteCount, using: cache)
        try writer.append(text: text.span)
      }
    }
  }

  private func mergeCharacters(
    _ sources: [TermListSource], to writer: inout SegmentWriter
  ) throws(IndexError) {
    let names = inputs.indices.map(names)
    var keys: [UInt64] = []  // the next of each source; none is as large as what stands for its end
    var entries: [TermEntry?] = []
    for (index, source) in sources.enumerated() {
      let head = try source.nextCharacters(names[index])
      keys.append(head?.key ?? .max)
      entries.append(head?.entry)
    }
    while let key = keys.min(), key != .max {
      for index in keys.indices where keys[index] == key {
        guard let entry = entries[index] else { continue }
        try sources[index].appendList(of: entry, numbers: numbers[index], to: &writer)
        let head = try sources[index].nextCharacters(names[index])
        keys[index] = head?.key ?? .max
        entries[index] = head?.entry
      }
      try writer.finishTerm(characters: key)
    }
  }

  private func mergeWords(_ sources: [TermListSource], to writer: inout SegmentWriter) throws(IndexError) {
    let names = inputs.indices.map(names)
    var heads: [(word: [UInt8], entry: TermEntry)?] = []
    for (index, source) in sources.enumerated() { heads.append(try source.nextWord(names[index])) }
    while let word = heads.lazy.compactMap({ $0?.word }).min(by: { $0.lexicographicallyPrecedes($1) }) {
      for (index, source) in sources.enumerated() {
        guard let head = heads[index], head.word == word else { continue }
        try source.appendList(of: head.entry, numbers: numbers[index], to: &writer)
        heads[index] = try source.nextWord(names[index])
      }
      try writer.finishTerm(word: word)
    }
  }

  private func openLists() throws(IndexError) -> [TermListSource] {
    var sources: [TermListSource] = []
    for input in inputs {
      sources.append(
        TermListSource(
          segment: input.segment, postings: try stream(input.segment, .postings, .postings),
          positions: try stream(input.segment, .positions, .positions)))
    }
    return sources
  }

  /// The merged number of each field of an input, by its number there; rising, so that terms keep their order.
  private func names(of input: Int) -> [UInt16] {
    [0]
      + inputs[input].segment.dictionary.fieldNames.map { name in
        UInt16((fieldNames.firstIndex(of: Array(name.utf8)) ?? 0) + 1)
      }
  }

  private func stream(
    _ segment: SegmentReader, _ kind: FileKind, _ section: SectionID
  ) throws(IndexError) -> SectionStream {
    guard let file = SegmentInfo.files.firstIndex(of: kind).map({ segment.files[$0] }),
      let range = file.table.entries.first(where: { $0.id == section })?.range
    else { throw .damaged(file: segment.files[0].path, detail: "no section \(section.name)") }
    return try SectionStream(path: file.path, range: range, chunkByteCount: (1 << 22) / (inputs.count + 15))
  }
}

/// The numbers that an input's documents have in the merged segment.
struct DocumentNumbers {
  private var next: UInt32
  private let first: UInt32
  private var numbers: [UInt32]?  // nil when nothing is deleted

  init(first: UInt32, deletes: DeleteMarks?) {
    self.first = first
    next = first
    numbers = deletes.map { $0.count > 0 } ?? false ? [] : nil
  }

  /// Takes the input's next document.
  mutating func note(_ document: UInt32, isDeleted: Bool) {
    numbers?.append(isDeleted ? .max : next)
    if !isDeleted { next += 1 }
  }

  /// The merged number; nil for a document that is left out.
  func number(of document: UInt32) -> UInt32? {
    guard let numbers else { return first + document }
    let number = numbers[Int(document)]
    return number == .max ? nil : number
  }
}

/// One input's terms and lists, front to back.
private final class TermListSource {
  private let segment: SegmentReader
  private var postings: SectionStream
  private var positions: SectionStream
  private var block: DictionaryBlock?
  private var blockNumber = 0
  private var reader = PostingsListReader()
  private static let blocksBetweenReleases = 1 << 10

  init(segment: SegmentReader, postings: SectionStream, positions: SectionStream) {
    self.segment = segment
    self.postings = postings
    self.positions = positions
  }

  /// The next term of characters, its field's number mapped; nil at the end.
  func nextCharacters(_ fields: [UInt16]) throws(IndexError) -> (key: UInt64, entry: TermEntry)? {
    while block?.isAtEnd ?? true {
      guard blockNumber < segment.dictionary.characterBlockCount else { return nil }
      if blockNumber % Self.blocksBetweenReleases == 0 { segment.files[0].letGoOfPages() }
      block = try segment.dictionary.characterBlock(blockNumber)
      blockNumber += 1
    }
    guard let term = block?.nextCharacters(), Int(FieldedKey.field(of: term.key)) < fields.count else {
      throw damaged
    }
    let field = fields[Int(FieldedKey.field(of: term.key))]
    return (FieldedKey.key(field: field, characters: FieldedKey.characters(of: term.key)), term.entry)
  }

  /// Goes over from characters to words.
  func finishCharacters() {
    block = nil
    blockNumber = 0
  }

  /// The next word, its field's number mapped; nil at the end.
  func nextWord(_ fields: [UInt16]) throws(IndexError) -> (word: [UInt8], entry: TermEntry)? {
    while block?.isAtEnd ?? true {
      guard blockNumber < segment.dictionary.wordBlockCount else { return nil }
      if blockNumber % Self.blocksBetweenReleases == 0 { segment.files[0].letGoOfPages() }
      block = try segment.dictionary.wordBlock(blockNumber)
      blockNumber += 1
    }
    guard let term = block?.nextWord(), term.word.count > 2 else { throw damaged }
    let field = Int(term.word[0]) << 8 | Int(term.word[1])
    guard field < fields.count else { throw damaged }
    return (FieldedKey.word(field: fields[field], bytes: term.word.dropFirst(2)), term.entry)
  }

  /// Appends the postings of the term that was returned last to the writer's current term.
  func appendList(
    of entry: TermEntry, numbers: DocumentNumbers, to writer: inout SegmentWriter
  ) throws(IndexError) {
    let isSound = try unsafe postings.read(entry.postings.count) { (list) throws(IndexError) -> Bool in
      try unsafe self.positions.read(entry.positions.count) { (positionsList) throws(IndexError) -> Bool in
        try unsafe self.reader.forEach(
          documentFrequency: Int(entry.documentFrequency), documentCount: self.segment.documentCount, postings: list,
          positions: positionsList
        ) { (document, positionGaps) throws(IndexError) in
          guard let number = numbers.number(of: document) else { return }
          try unsafe writer.append(document: number, positionGaps: positionGaps)
        }
      }
    }
    guard isSound else { throw damaged }
  }

  private var damaged: IndexError { .damaged(file: segment.files[1].path, detail: "a list that does not add up") }
}
