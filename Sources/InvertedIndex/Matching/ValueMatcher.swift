/// Here is a field; give me the documents of a segment by its values.
///
/// Deleted documents are not told apart.
struct ValueMatcher {
  private let segment: SegmentReader
  /// The field `kind` of a record that is no document has one of these values.
  static let recordKinds = ["issue", "unreadable"]

  init(_ segment: SegmentReader) { self.segment = segment }

  /// The documents that have a value in a field.
  func documents(field: String, value: String) throws(IndexError) -> DocumentSet {
    var set = DocumentSet(documentCount: segment.documentCount)
    if let entry = try entry(of: value, field: field) { try insert(entry, into: &set) }
    return set
  }

  /// The entry of a value; nil when no document has it.
  func entry(of value: String, field: String) throws(IndexError) -> TermEntry? {
    guard let number = segment.dictionary.fieldNumber(field), let key = ValueTerm.key(field: number, value: value.utf8)
    else { return nil }
    return try segment.dictionary.entry(word: key)
  }

  /// The documents that have a value in a field for which `isWanted` holds; values come in the order of their bytes, from
  /// `first` on, and none is asked about behind one for which `isBehind` holds.
  func documents(
    field: String, from first: String, isBehind: (ArraySlice<UInt8>) -> Bool
  ) throws(IndexError) -> DocumentSet {
    var set = DocumentSet(documentCount: segment.documentCount)
    try forEachValue(of: field, from: first) { (value, entry) throws(IndexError) in
      if isBehind(value) { return false }
      try insert(entry, into: &set)
      return true
    }
    return set
  }

  /// The records that are no documents: of one of the kinds, and with nothing to be found by.
  func records() throws(IndexError) -> DocumentSet {
    var found = DocumentSet(documentCount: segment.documentCount)
    for kind in Self.recordKinds { found.formUnion(try documents(field: "kind", value: kind)) }
    var records = DocumentSet(documentCount: segment.documentCount)
    let lengths = segment.documents.lengths
    found.forEach { if lengths[$0] == 0 { records.insert($0) } }
    return records
  }

  /// Calls `body` with each value of a field and its entry, in the order of their bytes; it stops when `body` returns false.
  func forEachValue(
    of field: String, from first: String = "", _ body: (ArraySlice<UInt8>, TermEntry) throws(IndexError) -> Bool
  ) throws(IndexError) {
    guard let number = segment.dictionary.fieldNumber(field) else { return }
    let prefix = ValueTerm.prefix(field: number)
    try segment.dictionary.forEachWord(from: prefix + first.utf8) { (word, entry) throws(IndexError) in
      guard word.starts(with: prefix) else { return false }
      return try body(word[prefix.count...], entry)
    }
  }

  /// Calls `body` with each document of a value.
  func forEachDocument(of entry: TermEntry, _ body: (UInt32) -> Void) throws(IndexError) {
    var cursor = try segment.cursor(for: entry)
    try unsafe cursor.forEachRun(in: 0..<PostingsCursor.exhausted) { documents, _ in
      for place in 0..<documents.count { unsafe body(documents[place]) }
    }
  }

  private func insert(_ entry: TermEntry, into set: inout DocumentSet) throws(IndexError) {
    try forEachDocument(of: entry) { set.insert($0) }
  }
}
