/// The lists of the other terms, written between those of the pairs where the order wants them.
protocol OtherTerms: AnyObject {
  /// The key of the next term, if it is one of characters.
  var nextCharacters: UInt64? { get }
  /// Whether all are written.
  var isAtEnd: Bool { get }
  /// Writes the next term.
  func writeNext(to segment: inout SegmentWriter) throws(IndexError)
}

extension OtherTerms {
  /// Writes the terms of characters whose keys come before `key`.
  func write(charactersBefore key: UInt64, to segment: inout SegmentWriter) throws(IndexError) {
    while let other = nextCharacters, other < key { try writeNext(to: &segment) }
  }

  /// Writes all that are left.
  func writeRest(to segment: inout SegmentWriter) throws(IndexError) {
    while !isAtEnd { try writeNext(to: &segment) }
  }
}

/// Those in memory.
final class OtherLists: OtherTerms {
  private let lists: [(term: TermOccurrences.Term, occurrences: ArraySlice<UInt64>)]
  private var next = 0

  init(_ lists: [(term: TermOccurrences.Term, occurrences: ArraySlice<UInt64>)]) { self.lists = lists }

  var isAtEnd: Bool { next == lists.count }

  var nextCharacters: UInt64? {
    guard next < lists.count, case .characters(let key) = lists[next].term else { return nil }
    return key
  }

  func writeNext(to segment: inout SegmentWriter) throws(IndexError) {
    try segment.append(occurrences: lists[next].occurrences)
    try segment.finishTerm(lists[next].term)
    next += 1
  }
}

/// Those in runs.
final class OtherRuns: OtherTerms {
  private let runs: SpilledRuns
  private let fields: [[UInt16]]  // by run and number there: the number in the segment
  private let streams: [RunStream]
  private var heads: [TermOccurrences.Term?] = []
  private var next: TermOccurrences.Term?

  /// The terms of the runs; a field's number in the segment is its place in `names` plus one.
  init(_ runs: SpilledRuns, fields names: [[UInt8]]) throws(IndexError) {
    self.runs = runs
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, UInt16($0 + 1)) })
    fields = runs.runs.map { run in [0] + run.fieldNames.map { numbers[$0] ?? 0 } }
    let byteCount = min(1 << 18, max(1 << 12, (1 << 23) / max(runs.runs.count, 1)))
    streams = runs.runs.map { run in
      let stream = RunStream(runs.file, byteCount: byteCount)
      stream.read(run.others)
      return stream
    }
    for run in streams.indices { heads.append(try head(of: run)) }
    findNext()
  }

  var isAtEnd: Bool { next == nil }

  var nextCharacters: UInt64? {
    guard case .characters(let key) = next else { return nil }
    return key
  }

  func writeNext(to segment: inout SegmentWriter) throws(IndexError) {
    guard let term = next else { return }
    for run in heads.indices where heads[run] == term {
      try segment.append(occurrences: try Self.occurrences(from: streams[run]))
      heads[run] = try head(of: run)
    }
    try segment.finishTerm(term)
    findNext()
  }

  /// Calls `body` with the occurrences of one of the marks, those of a run at a time.
  func forEachPiece(
    ofMark mark: Int, _ body: ([UInt64]) throws(IndexError) -> Void
  ) throws(IndexError) {
    let stream = RunStream(runs.file, byteCount: 1 << 18)
    for run in runs.runs {
      stream.read(run.marks[mark])
      try body(try Self.occurrences(from: stream))
    }
  }

  private func findNext() { next = heads.lazy.compactMap { $0 }.min() }

  private func head(of run: Int) throws(IndexError) -> TermOccurrences.Term? {
    let stream = streams[run]
    guard !stream.isAtEnd else { return nil }
    let byteCount = Int(try stream.next())
    guard byteCount > 0 else {
      let key = try stream.nextLong()
      let field = fields[run][Int(FieldedKey.field(of: key))]
      return .characters(FieldedKey.key(field: field, characters: FieldedKey.characters(of: key)))
    }
    var word: [UInt8] = []
    for _ in 0..<(byteCount + 3) / 4 {
      let bytes = try stream.next()
      unsafe withUnsafeBytes(of: bytes) { unsafe word.append(contentsOf: $0) }
    }
    let field = fields[run][Int(word[0]) << 8 | Int(word[1])]
    return .word(FieldedKey.word(field: field, bytes: word[2..<byteCount]))
  }

  private static func occurrences(from stream: RunStream) throws(IndexError) -> [UInt64] {
    let count = Int(try stream.next())
    var occurrences: [UInt64] = []
    occurrences.reserveCapacity(count)
    for _ in 0..<count { occurrences.append(try stream.nextLong()) }
    return occurrences
  }
}

extension SegmentWriter {
  fileprivate mutating func finishTerm(_ term: TermOccurrences.Term) throws(IndexError) {
    switch term {
    case .characters(let key): try finishTerm(characters: key)
    case .word(let word): try finishTerm(word: word)
    }
  }
}
