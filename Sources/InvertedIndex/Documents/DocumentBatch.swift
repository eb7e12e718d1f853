import CJKTokenizer

/// Some documents on their way into a segment, their names and texts one behind the other in one piece of memory, so that a
/// short document costs no allocation and no counted reference on its way from thread to thread.
struct DocumentBatch: Sendable {
  /// What the indexing of a document found.
  struct Details {
    /// The document's length.
    var length: UInt32 = 0
    /// The position at which its text begins.
    var textStart: UInt32 = 0
  }

  /// One of the documents.
  private struct Item {
    let start: Int
    let titleStart: Int
    let textStart: Int
    let end: Int
    let fields: Int  // in `fieldLists`, or -1
    let path: Int  // in `paths`, or -1
    let startLine: Int
    let endLine: Int
    let tabsSeparateCells: Bool
    var places = -1  // in `placeLists`, or -1
    var details = Details()
  }

  private var bytes: [UInt8] = []
  private var items: [Item] = []
  private var fieldLists: [[Field]] = []
  private var placeLists: [TextPlaces] = []
  private var paths: [[UInt8]] = []
  private var lastPath = ""  // as a string: that two are the same one is known at once
  private static let fullByteCount = 1 << 18
  private static let fullCount = 4096

  /// How many documents there are.
  var count: Int { items.count }
  /// Whether there is enough for the next thread.
  var isFull: Bool { bytes.count >= Self.fullByteCount || items.count >= Self.fullCount }

  /// Appends a document.
  mutating func append(_ document: Document) {
    if bytes.isEmpty { bytes.reserveCapacity(Self.fullByteCount + Self.fullByteCount / 4) }
    let start = bytes.count
    bytes.append(contentsOf: document.key.utf8)
    let titleStart = bytes.count
    bytes.append(contentsOf: document.title.utf8)
    let textStart = bytes.count
    bytes.append(contentsOf: document.text.utf8)
    if !document.fields.isEmpty { fieldLists.append(document.fields) }
    items.append(
      Item(
        start: start, titleStart: titleStart, textStart: textStart, end: bytes.count,
        fields: document.fields.isEmpty ? -1 : fieldLists.count - 1,
        path: document.source.map { number(ofPath: $0.path) } ?? -1, startLine: document.source?.startLine ?? 0,
        endLine: document.source?.endLine ?? 0, tabsSeparateCells: document.tabsSeparateCells))
  }

  private mutating func number(ofPath path: String) -> Int {
    let isLast = unsafe path.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe lastPath.utf8.withContiguousStorageIfAvailable { last in
        unsafe bytes.count == last.count && (bytes.baseAddress == last.baseAddress || bytes.elementsEqual(last))
      }
    }
    if paths.isEmpty || isLast != .some(.some(true)) {
      paths.append(Array(path.utf8))
      lastPath = path
    }
    return paths.count - 1
  }

  /// Notes what indexing a document found.
  mutating func note(_ details: Details, _ places: TextPlaces, of index: Int) {
    items[index].details = details
    guard !places.places.isEmpty else { return }
    items[index].places = placeLists.count
    placeLists.append(places)
  }

  /// A document's key.
  func key(_ index: Int) -> ArraySlice<UInt8> { bytes[items[index].start..<items[index].titleStart] }
  /// A document's title.
  func title(_ index: Int) -> ArraySlice<UInt8> { bytes[items[index].titleStart..<items[index].textStart] }
  /// A document's text.
  func text(_ index: Int) -> ArraySlice<UInt8> { bytes[items[index].textStart..<items[index].end] }
  /// A document's fields.
  func fields(_ index: Int) -> [Field] { items[index].fields < 0 ? [] : fieldLists[items[index].fields] }
  /// The path of a document's source; nil for one without a source.
  func path(_ index: Int) -> [UInt8]? { items[index].path < 0 ? nil : paths[items[index].path] }
  /// The same path as a value of a field (see ``Document/valuePath``).
  func valuePath(_ index: Int) -> [UInt8]? {
    fields(index).contains { $0.name == ValueTerm.pathField } ? nil : path(index)
  }
  /// The first and the last line of a document's source.
  func lines(_ index: Int) -> (start: Int, end: Int) { (items[index].startLine, items[index].endLine) }
  /// Whether a tab in a document's text is a gap.
  func tabsSeparateCells(_ index: Int) -> Bool { items[index].tabsSeparateCells }
  /// What was noted of a document.
  func details(_ index: Int) -> Details { items[index].details }
  /// From where a document's text can be tokenized on.
  func places(_ index: Int) -> TextPlaces { items[index].places < 0 ? TextPlaces() : placeLists[items[index].places] }
}
