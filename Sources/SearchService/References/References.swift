import Bulletins
public import InvertedIndex
import Synchronization

/// Which documents of an index refer to which, by number and by title.
///
/// Nothing of it is stored: it follows from the fields named after relations, whose values are terms of the index, so that it
/// is that of the snapshot whatever was added or removed. A table of the names that are cited is made when it is first asked
/// for; everything else is looked up.
public final class References: Sendable {
  /// A document that refers to another.
  public struct Citing: Sendable {
    /// To what end.
    public var relation: String
    /// The document, without its text.
    public var document: Document
  }

  /// What a document refers to.
  public struct Cited: Sendable {
    /// To what end.
    public var relation: String
    /// The number, or the title in 《》, as it is printed.
    public var name: String
    /// The documents of the index that it means, without their texts; none for one that the index does not have.
    public var documents: [Document]
  }

  /// The documents of each status.
  public typealias Groups = [(name: String, documents: DocumentSelection)]

  private let snapshot: Snapshot
  private let tables: [Citation.Relation: Table]
  private let groups = Mutex<Groups?>(nil)

  /// The printed values of a relation by the names that they mean, made once.
  ///
  /// Every hit asks, from every thread: whoever held a lock for it would have all others wait.
  private final class Table: Sendable {
    /// What is made, as an object.
    final class Names: Sendable {
      let printed: [String: [String]]
      init(_ printed: [String: [String]]) { self.printed = printed }
    }

    let names = AtomicLazyReference<Names>()
  }

  private static let numberField = "number"

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    // A relation that no document has takes no look at all.
    let known = Citation.Relation.allCases.filter { snapshot.hasField($0.rawValue) }
    tables = Dictionary(uniqueKeysWithValues: known.map { ($0, Table()) })
  }

  /// The documents that refer to one.
  public func citing(_ document: Document) throws -> [Citing] {
    let names = Names(of: document)
    return try Citation.Relation.allCases.flatMap { relation in
      try citing(document, names, as: relation).map { Citing(relation: relation.rawValue, document: $0) }
    }
  }

  /// What a document refers to.
  public func cited(by document: Document) throws -> [Cited] {
    try Citation.Relation.allCases.flatMap { relation in
      try Self.texts(of: relation.rawValue, in: document).map { name in
        let found = try snapshot.headers(of: documents(named: name)).filter {
          $0.key != document.key && (Self.title(name) == nil || Self.mayMean(document, $0))
        }
        return Cited(relation: relation.rawValue, name: name, documents: found)
      }
    }
  }

  /// The documents that are meant by a number, or by a title in 《》.
  func documents(named name: String) throws -> DocumentSelection {
    guard let title = Self.title(name) else {
      let number = Self.canonical(name)
      return try snapshot.selection(holding: name, inField: Self.numberField) { header in
        Self.texts(of: Self.numberField, in: header).contains { Self.canonical($0) == number }
      }
    }
    let key = ReferenceName.ofTitle(title)
    return try snapshot.selection(holding: Self.longestRun(of: title), inField: "title") { header in
      ReferenceName.names(ofTitle: header.title).contains(key)
    }
  }

  /// The documents that have one of some numbers.
  func documents(numbered numbers: [DocumentNumber]) throws -> DocumentSelection {
    try numbers.reduce(try snapshot.selection(of: .nothing)) { $0.union(try documents(named: $1.description)) }
  }

  /// The documents that cite one of some numbers.
  func citing(numbers: [DocumentNumber]) throws -> DocumentSelection {
    let values = numbers.map(\.description)
    return try Citation.Relation.allCases.reduce(try snapshot.selection(of: .nothing)) {
      $0.union(try snapshot.selection(of: .values(field: $1.rawValue, values)))
    }
  }

  // MARK: status

  /// Whether a document is in force, and the keys of those that repealed or amended it; nil where it says so itself.
  func status(of document: Document) throws -> (status: DocumentStatus, causes: [String])? {
    guard !document.fields.contains(where: { $0.name == DocumentStatus.field }) else { return nil }
    let changes = [(Citation.Relation.repeals, DocumentStatus.repealed), (.amends, .amended)]
    let names = changes.contains { tables[$0.0] != nil } ? Names(of: document) : Names()
    for (relation, status) in changes where tables[relation] != nil {
      let causes = try citing(document, names, as: relation).filter { Self.mayFollow($0, document) }
      if !causes.isEmpty { return (status, causes.map(\.key)) }
    }
    let isOfficial = document.fields.contains { $0.name == Self.numberField || $0.name == "type" }
    return (isOfficial ? .inForce : .unknown, [])
  }

  /// Whether a document is in force, or says so itself.
  func isInForce(_ document: Document) throws -> Bool {
    if let status = try status(of: document) { return status.status == .inForce }
    return Self.texts(of: DocumentStatus.field, in: document).first == DocumentStatus.inForce.rawValue
  }

  /// The documents by their status: the four, and what documents say of themselves.
  func statusGroups() throws -> Groups {
    if let known = groups.withLock({ $0 }) { return known }
    var rest = try snapshot.selection(of: .everything)
      .subtracting(try snapshot.selection(of: .range(field: DocumentStatus.field, from: nil, through: nil)))
    var computed: [DocumentStatus: DocumentSelection] = [:]
    for (relation, status) in [(Citation.Relation.repeals, DocumentStatus.repealed), (.amends, .amended)] {
      var found = try snapshot.selection(of: .nothing)
      for printed in try table(of: relation).values {
        for name in Set(printed) { found = found.union(try documents(named: name)) }
      }
      found = try snapshot.selection(of: .documents(found.intersection(rest))) { document in
        try self.status(of: document)?.status == status
      }
      computed[status] = found
      rest = rest.subtracting(found)
    }
    let official = try snapshot.selection(of: .range(field: Self.numberField, from: nil, through: nil))
      .union(try snapshot.selection(of: .range(field: "type", from: nil, through: nil)))
    computed[.inForce] = rest.intersection(official)
    computed[.unknown] = rest.subtracting(official)
    var names = DocumentStatus.allCases.map(\.rawValue)
    try snapshot.forEachValue(of: DocumentStatus.field) { (value, _) throws(IndexError) in
      if !names.contains(value) { names.append(value) }
      return names.count < 1000
    }
    let made: Groups = try names.map { name in
      let own = try snapshot.selection(of: .values(field: DocumentStatus.field, [name]))
      return (name, DocumentStatus(rawValue: name).flatMap { computed[$0] }?.union(own) ?? own)
    }
    groups.withLock { $0 = made }
    return made
  }

  // MARK: names

  /// The documents that refer to one as `relation` says, in the order of the index.
  private func citing(
    _ document: Document, _ names: Names, as relation: Citation.Relation
  ) throws -> [Document] {
    let table = try table(of: relation)
    let numbers = names.numbers.flatMap { table[$0] ?? [] }
    let titles = names.titles.flatMap { table[$0] ?? [] }
    guard !numbers.isEmpty || !titles.isEmpty else { return [] }
    return try snapshot.headers(withValues: numbers + titles, ofField: relation.rawValue).filter { citing in
      guard citing.key != document.key else { return false }
      let cited = Self.texts(of: relation.rawValue, in: citing)
      return Self.mayMean(citing, document) || cited.contains { numbers.contains($0) }
    }
  }

  /// The names by which others may refer to a document.
  private struct Names {
    var numbers: [String] = []
    var titles: [String] = []

    init() {}

    init(of document: Document) {
      numbers = References.texts(of: References.numberField, in: document).map(References.canonical)
      titles = ReferenceName.names(ofTitle: document.title)
    }
  }

  private func table(of relation: Citation.Relation) throws -> [String: [String]] {
    guard let place = tables[relation] else { return [:] }
    if let known = place.names.load() { return known.printed }
    var table: [String: [String]] = [:]
    var seen: Set<String> = []
    try snapshot.forEachValue(of: relation.rawValue) { (value, _) throws(IndexError) in
      guard seen.insert(value).inserted else { return true }
      let name = ReferenceName.name(ofCitation: value)
      if !name.isEmpty { table[name, default: []].append(value) }
      return true
    }
    return place.names.storeIfNil(Table.Names(table)).printed
  }

  /// Whether a document may have ended or changed another: it is not the older one, as far as dates are known, and a law is
  /// ended by a law or a decision only, whatever a regulation says beside its name.
  private static func mayFollow(_ document: Document, _ other: Document) -> Bool {
    if isLaw(other.title), !isLaw(document.title), !document.title.hasSuffix("决定") { return false }
    guard let date = texts(of: "date", in: document).first, let before = texts(of: "date", in: other).first else {
      return true
    }
    return before <= date
  }

  private static func isLaw(_ title: String) -> Bool {
    (title.hasSuffix("法") && !title.hasSuffix("办法")) || title.hasSuffix("法典")
  }

  private static func canonical(_ number: String) -> String { DocumentNumber(number)?.description ?? number }

  /// The title that stands in 《》; nil for a number.
  private static func title(_ name: String) -> String? {
    name.hasPrefix("《") ? String(name.dropFirst().dropLast(name.hasSuffix("》") ? 1 : 0)) : nil
  }

  /// The longest piece of a title without punctuation and issuer, which every spelling of it has.
  private static func longestRun(of title: String) -> String {
    let runs = title.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
    var run = runs.max { $0.count < $1.count }.map { String($0) } ?? ""
    if let about = run.firstRange(of: "关于"), about.upperBound < run.endIndex { run = String(run[about.upperBound...]) }
    return run.hasPrefix(country) && run != country ? String(run.dropFirst(country.count)) : run
  }

  private static let country = "中华人民共和国"

  /// Whether what one document says by its title alone may be said of another: not where they are of governments of different
  /// places, whose papers often have the same titles.
  private static func mayMean(_ document: Document, _ other: Document) -> Bool {
    guard let place = place(of: document), let otherPlace = Self.place(of: other) else { return true }
    return place.hasPrefix(otherPlace) || otherPlace.hasPrefix(place)
  }

  /// The place whose government issued a document; nil for other offices.
  private static func place(of document: Document) -> Substring? {
    guard let issuer = texts(of: "issuer", in: document).first, let end = issuer.firstRange(of: "人民政府") else {
      return nil
    }
    return issuer[..<end.lowerBound]
  }

  static func texts(of field: String, in document: Document) -> [String] {
    guard let value = document.fields.first(where: { $0.name == field })?.value else { return [] }
    switch value {
    case .string(let text): return [text]
    case .list(let values): return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    default: return []
    }
  }
}
