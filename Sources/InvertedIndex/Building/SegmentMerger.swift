import SystemIO

/// Makes one segment of several, leaving deleted documents out.
///
/// Postings, positions and records are streamed with `pread`: memory is a buffer for each file, the keys, and the longest
/// list.
struct SegmentMerger {
  /// A segment to merge, and which of its documents are left out.
  struct Input {
    let segment: SegmentReader
    let deletes: DeleteMarks?
  }

  private let inputs: [Input]
  private let fieldNames: [[UInt8]]
  private var numbers: [DocumentNumbers] = []

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
    let keys = try copyDocuments(to: &writer)
    let sources = try openLists()
    try mergeCharacters(sources, to: &writer)
    for source in sources { source.finishCharacters() }
    try mergeWords(sources, to: &writer)
    return try writer.finish(keys: keys, fieldNames: fieldNames.map { String(decoding: $0, as: UTF8.self) })
  }

  private mutating func copyDocuments(to writer: inout SegmentWriter) throws(IndexError) -> [String] {
    var keys: [String] = []
    for input in inputs {
      let segment = input.segment
      var map = DocumentNumbers(first: UInt32(keys.count), deletes: input.deletes)
      var records = try stream(segment, .documents, .records)
      for document in 0..<UInt32(segment.documentCount) {
        let byteCount = try segment.documents.recordRange(document).count
        let isDeleted = input.deletes?[document] ?? false
        let length = segment.documents.lengths[document]
        let textStart = try segment.documents.textStart(of: document)
        let key = try unsafe records.read(byteCount) { (record) throws(IndexError) -> String? in
          guard !isDeleted else { return nil }
          var reader = unsafe ByteReader(record)
          guard let key = reader.readString() else {
            throw .damaged(file: segment.files[3].path, detail: "the record of document \(document)")
          }
          try unsafe writer.append(record: record, length: length, textStart: textStart)
          return key
        }
        if let key { keys.append(key) }
        map.note(document, isDeleted: isDeleted)
      }
      numbers.append(map)
    }
    return keys
  }

  private func mergeCharacters(
    _ sources: [TermListSource], to writer: inout SegmentWriter
  ) throws(IndexError) {
    var heads: [(key: UInt64, entry: TermEntry)?] = []
    for (index, source) in sources.enumerated() { heads.append(try source.nextCharacters(names(of: index))) }
    while let key = heads.compactMap({ $0?.key }).min() {
      for (index, source) in sources.enumerated() {
        guard let head = heads[index], head.key == key else { continue }
        try source.appendList(of: head.entry, numbers: numbers[index], to: &writer)
        heads[index] = try source.nextCharacters(names(of: index))
      }
      try writer.finishTerm(characters: key)
    }
  }

  private func mergeWords(_ sources: [TermListSource], to writer: inout SegmentWriter) throws(IndexError) {
    var heads: [(word: [UInt8], entry: TermEntry)?] = []
    for (index, source) in sources.enumerated() { heads.append(try source.nextWord(names(of: index))) }
    while let word = heads.compactMap({ $0?.word }).min(by: { $0.lexicographicallyPrecedes($1) }) {
      for (index, source) in sources.enumerated() {
        guard let head = heads[index], head.word == word else { continue }
        try source.appendList(of: head.entry, numbers: numbers[index], to: &writer)
        heads[index] = try source.nextWord(names(of: index))
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
    return try SectionStream(path: file.path, range: range)
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

  init(segment: SegmentReader, postings: SectionStream, positions: SectionStream) {
    self.segment = segment
    self.postings = postings
    self.positions = positions
  }

  /// The next term of characters, its field's number mapped; nil at the end.
  func nextCharacters(_ fields: [UInt16]) throws(IndexError) -> (key: UInt64, entry: TermEntry)? {
    while block?.isAtEnd ?? true {
      guard blockNumber < segment.dictionary.characterBlockCount else { return nil }
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
        try unsafe PostingsListReader.forEach(
          documentFrequency: Int(entry.documentFrequency), documentCount: self.segment.documentCount, postings: list,
          positions: positionsList
        ) { (document, frequency, codedPositions) throws(IndexError) in
          guard let number = numbers.number(of: document) else { return }
          try unsafe writer.append(document: number, frequency: frequency, codedPositions: codedPositions)
        }
      }
    }
    guard isSound else { throw damaged }
  }

  private var damaged: IndexError { .damaged(file: segment.files[1].path, detail: "a list that does not add up") }
}
